"""What is coming in a team: the sessions of its series in the next two weeks."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, FilteredRelation, Q

from eitrack.activities.choices import Repeat
from eitrack.activities.models import Series
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.school_terms import SchoolTerms

WEEKS_AHEAD = 2


@dataclass(frozen=True)
class Coming:
    """A series, and the days on which it meets soon."""

    series: Series
    dates: tuple


def sessions_to_come(team, today):
    """A `Coming` for each series of the team that meets in the next two weeks, by next day.

    Two queries: a series of single dates is read once for each date ahead.
    """
    until = today + timedelta(weeks=WEEKS_AHEAD, days=-1)
    found = running_with_dates(team, today, until)
    terms = SchoolTerms() if any(series.skips_school_holidays for series in found) else None
    dates = {}
    for series in found:
        if series.repeat != Repeat.DATES:
            dates[series] = series.dates_between(today, until, terms)
        elif series.single:
            dates.setdefault(series, []).append(series.single)
    coming = [Coming(series, tuple(sorted(days))) for series, days in dates.items() if days]
    return sorted(coming, key=lambda each: (each.dates[0], each.series.name, each.series.pk))


@compiled_query
def running_with_dates(team, start, end):
    ahead = FilteredRelation("single_dates", condition=Q(single_dates__date__range=(start, end)))
    running = Series.objects.filter(team=team).overlapping(start, end)
    running = running.select_related("site", "team__district")
    return running.annotate(ahead=ahead, single=F("ahead__date")).order_by("name", "pk")
