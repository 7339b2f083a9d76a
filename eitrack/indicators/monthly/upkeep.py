"""Upkeep of stored sums: computing them all anew, and checking them."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Count, Min

from eitrack.activities.models import TimeEntry
from eitrack.common.periods import Period
from eitrack.directory.models import ChangeMark, District, Team
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.compute import worked_out_by_month
from eitrack.indicators.monthly.declared import (
    sum_sets_of_district,
    sum_sets_of_series,
    sum_sets_of_team,
    sum_sets_of_workers,
)
from eitrack.indicators.monthly.store import MonthStore, store
from eitrack.indicators.terms.scope import Scope


def rebuild(today, tell=lambda line: None):
    """Delete what is stored and compute it anew, year by year; returns the number of rows.

    Only for districts and teams: sums of a worker are few and computed on demand.
    """
    with transaction.atomic():
        MonthlySums.objects.all().delete()
        compact_marks()
    first = TimeEntry.objects.aggregate(first=Min("date"))["first"]
    # Figures of the first year also need the year before it.
    year = first and Period.year_of(first).previous()
    while year and year.start <= today:
        for scope, of_scope in _scopes():
            tell(f"{year.name}: {scope.name}")
            of_year = MonthStore(scope)
            for sum_set in of_scope():
                of_year.by_month(sum_set, year.months)
            store([of_year])
        year = year.next()
    return MonthlySums.objects.count()


def _scopes():
    for district in District.objects.all():
        yield Scope.of(district), sum_sets_of_district
        series = Scope.of_series_of_district(district.pk)
        yield replace(series, name=f"series of {district}"), sum_sets_of_series
    for team in Team.objects.all():
        yield Scope.of(team), sum_sets_of_team


@transaction.atomic
def compact_marks():
    """Merge the marks of a month and team into one with the same stamp.

    Each save adds one: after a year of a district to count them took a tenth of a second.

    The marks are read by one statement and locked, and only these are deleted: a mark added
    meanwhile stays a row of its own, and of two processes that compact at once the second finds
    nothing to do.
    """
    many = ChangeMark.objects.order_by().values("month", "team").annotate(rows=Count("pk"))
    for group in list(many.filter(rows__gt=1)):
        of_group = ChangeMark.objects.filter(month=group["month"], team=group["team"])
        times = dict(of_group.select_for_update().order_by("pk").values_list("pk", "times"))
        if times:
            ChangeMark.objects.filter(pk__in=times).delete()
            ChangeMark.objects.create(
                month=group["month"], team_id=group["team"], times=sum(times.values())
            )


@dataclass
class Checked:
    """The result of a check: rows that agree, rows to be computed again, differences."""

    right: int = 0
    old: int = 0
    wrong: tuple = ()


def verify(tell=lambda line: None):
    """Compare every fresh stored row with the records; returns a `Checked`."""
    all_sum_sets = (*sum_sets_of_district(), *sum_sets_of_team(), *sum_sets_of_workers())
    known = {sum_set.key: sum_set for sum_set in all_sum_sets}
    checked = Checked()
    groups = MonthlySums.objects.order_by("scope", "breakdown", "records").values_list(
        "scope", "breakdown", "records"
    )
    for code, breakdown, records in groups.distinct():
        sum_set, scope = known.get((records, breakdown)), Scope.from_code(code)
        rows = MonthlySums.objects.filter(scope=code, breakdown=breakdown, records=records)
        if sum_set is None:
            checked.old += rows.count()
            continue
        tell(f"{records} of {code}" + (f" by {breakdown}" if breakdown else ""))
        _verify_rows(checked, scope, sum_set, list(rows.order_by("month")))
    return checked


def _verify_rows(checked, scope, sum_set, rows):
    span = Period(Period.parse(rows[0].month).start, Period.parse(rows[-1].month).end, "")
    good = MonthStore(scope).fresh_rows(sum_set, span.months)
    checked.old += len(rows) - len(good)
    truth = worked_out_by_month([sum_set], scope, span)[sum_set]
    for month, stored in good.items():
        if stored == truth.get(month, {}):
            checked.right += 1
        elif MonthStore(scope).fresh_rows(sum_set, [month]).get(month) != stored:
            # A record was saved during the comparison.
            checked.old += 1
        else:
            name, by = sum_set.key
            checked.wrong += (f"{name} of {scope.code} in {month}" + (f" by {by}" if by else ""),)
