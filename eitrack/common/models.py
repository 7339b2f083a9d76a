from random import randrange

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models, transaction
from django.db.models import Count

# So many that two sums are never the same by chance, and any sum of them fits a column.
STAMPS = 2**40
MOST = 2**62


class ListMarkQuerySet(models.QuerySet["ListMark"]):
    def visible_to(self, user: AbstractBaseUser) -> "ListMarkQuerySet":
        """Internal bookkeeping; no user reads it."""
        return self.none()

    def add(self, table: str) -> None:
        """In the transaction of whatever wrote to the table; undone with it."""
        self.create(table=table, stamp=randrange(1, STAMPS))

    def versions_sql(self) -> str:
        """As SQL: asked by nearly every page, it is put together more slowly than answered."""
        table = self.model._meta.db_table
        return f'SELECT "table", SUM(stamp) AS stamps FROM {table} GROUP BY "table"'

    def versions(self) -> dict[str, int]:
        """{table: number}: another one whenever something was written to the table since.

        Random stamps are added up, not counted: what a transaction saw that was undone afterwards
        is the version of nothing that anybody sees later.
        """
        with connection.cursor() as cursor:
            cursor.execute(self.versions_sql())
            return dict(cursor.fetchall())

    @transaction.atomic
    def compact(self) -> None:
        """One mark for many, with the same sum; one that is added meanwhile stays as it is."""
        many = self.order_by().values("table").annotate(rows=Count("pk")).filter(rows__gt=1)
        for table in list(many.values_list("table", flat=True)):
            of_table = self.filter(table=table).select_for_update().order_by("pk")
            stamps = dict(of_table.values_list("pk", "stamp"))
            if stamps:
                self.filter(pk__in=stamps).delete()
                self.create(table=table, stamp=sum(stamps.values()) % MOST)


class ListMark(models.Model):
    """Something was written to this table of a list: never what, whose or when.

    Only added to, so that two people who save at once never wait for each other.
    """

    table = models.CharField(max_length=80)
    stamp = models.BigIntegerField()

    objects = ListMarkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.table}: {self.stamp}"


class KeyCheckQuerySet(models.QuerySet["KeyCheck"]):
    def visible_to(self, user: AbstractBaseUser) -> "KeyCheckQuerySet":
        """Internal bookkeeping; no user reads it."""
        return self.none()


class KeyCheck(models.Model):
    """What the secret key of every machine that serves this database answers: one row.

    A hash that tells nothing of the key.
    """

    answer = models.CharField(max_length=64)

    objects = KeyCheckQuerySet.as_manager()

    def __str__(self) -> str:
        return "key check"
