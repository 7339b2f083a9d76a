"""Marks of changes, by which stored figures are known to be stale."""

from django.db import models, transaction
from django.db.models import Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from eitrack.common.compiled_query import compiled_query


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

    def stamps(self, months, **of):
        """{month: stamp}; a stamp changes whenever a record of the month changes.

        For one team (`team=key`), a district (`team__district=key`), or all. A count rather than
        the newest key, as the transaction with the older key may commit later.
        """
        times = dict(times_changed(tuple(months), **of))
        return {month: times.get("", 0) + times.get(month, 0) for month in months}

    def stamps_by_team(self, months, teams):
        """{team: {month: stamp}}, as `stamps`, for several teams in one query."""
        marks = self.filter(Q(team__in=teams) | Q(team__isnull=True), month__in=["", *months])
        rows = marks.order_by().values_list("team", "month").annotate(all=Sum("times"))
        times = {(team, month): number for team, month, number in rows}
        return {
            team: {
                month: sum(times.get((of, in_), 0) for of in (team, None) for in_ in ("", month))
                for month in months
            }
            for team in teams
        }

    def stamp_of(self, month, team):
        """As `stamps`, as a subquery for expressions of month and team."""
        marks = self.filter(Q(team=team) | Q(team__isnull=True), Q(month=month) | Q(month=""))
        times = marks.order_by().annotate(one=Value(1)).values("one").annotate(all=Sum("times"))
        return Coalesce(Subquery(times.values("all")), 0)


class ChangeMark(models.Model):
    """How often records of a month and team changed: never what, whose or when.

    Rows are only added, so that concurrent saves never wait for each other. A blank month is every
    month, no team is every team.
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
    concerned = Q(**of) | Q(team__isnull=True) if of else Q()
    marks = ChangeMark.objects.filter(concerned, month__in=["", *months]).order_by()
    return marks.values_list("month").annotate(all=Sum("times"))


@transaction.atomic(savepoint=False)
def save_marked(record, fields, save, *args, **kwargs):
    """Save; if one of these fields changed, mark stored figures as stale."""
    standing = type(record).objects.filter(pk=record.pk).values_list(*fields).first()
    save(*args, **kwargs)
    if standing and standing != tuple(getattr(record, field) for field in fields):
        ChangeMark.objects.raise_for_all()
