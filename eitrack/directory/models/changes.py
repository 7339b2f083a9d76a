"""Marks of changes, by which stored figures are known to be stale."""

from collections import Counter

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q, Sum

from eitrack.common.compiled_query import compiled_query

# Stands for a month in marks of what is not stored by month.
KINDS = "kinds"


class ChangeMarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Internal bookkeeping; no user reads it."""
        return self.none()

    def raise_for(self, touched):
        """Mark these pairs of a day and a team's key, in the caller's transaction."""
        marks = {(f"{day:%Y-%m}", team) for day, team in touched}
        self.bulk_create([self.model(month=month, team_id=team) for month, team in sorted(marks)])

    def raise_for_all(self):
        """Mark every month and team, after a change that may affect any figure."""
        self.create(month="", team=None)

    def raise_for_district(self, district):
        """Mark every month of the teams of this district (its key), and of no other."""
        teams = apps.get_model("directory.Team").objects.filter(district=district).order_by("pk")
        keys = teams.values_list("pk", flat=True)
        self.bulk_create([self.model(month="", team_id=key) for key in keys])

    def raise_for_kinds(self):
        """Mark that a site or agency is of another kind: stored sums by site and agency stay."""
        self.create(month=KINDS, team=None)

    def stamps(self, months, *, with_kinds=False, **of):
        """{month: stamp}; a stamp changes whenever a record of the month changes.

        For one team (`team=key`), a district (`team__district=key`), or all. `with_kinds` it also
        changes with the kind of any site or agency. A count rather than the newest key, as the
        transaction with the older key may commit later.
        """
        times = Counter(dict(times_changed((KINDS, *months), **of)))
        always = times[""] + (times[KINDS] if with_kinds else 0)
        return {month: always + times[month] for month in months}

    def of_months(self, months, **of):
        """The marks that count for these months, of a team, a district or all (see `stamps`)."""
        concerned = Q(**of) | Q(team__isnull=True) if of else Q()
        return self.filter(concerned, month__in=["", *months]).order_by()


class ChangeMark(models.Model):
    """How often records of a month and team changed: never what, whose or when.

    Rows are only added, so that concurrent saves never wait for each other. A blank month is every
    month, no team is every team; `KINDS` in place of a month is the kind of a site or agency.
    """

    month = models.CharField(max_length=7, blank=True)
    team = models.ForeignKey(
        "directory.Team", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    times = models.PositiveIntegerField(default=1)

    objects = ChangeMarkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["month", "team", "times"], name="changemark_month_team")]

    def __str__(self):
        return f"{self.month or 'every month'}, {self.team or 'every team'}: {self.times}"


@compiled_query
def times_changed(months, **of):
    marks = ChangeMark.objects.of_months(months, **of)
    return marks.values_list("month").annotate(all=Sum("times"))


@transaction.atomic(savepoint=False)
def save_marked(record, fields, save, *args, **kwargs):
    """Save; if one of these fields changed, mark stored figures as stale."""
    standing = type(record).objects.filter(pk=record.pk).values(*fields).first() or {}
    save(*args, **kwargs)
    changed = {field for field, value in standing.items() if value != getattr(record, field)}
    if changed == {"kind"}:
        ChangeMark.objects.raise_for_kinds()
    elif changed:
        ChangeMark.objects.raise_for_all()
