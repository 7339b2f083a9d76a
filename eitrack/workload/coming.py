"""What is coming in a team: the sessions of its series in the next two weeks."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import prefetch_related_objects

from eitrack.activities.choices import Repeat
from eitrack.activities.models import Series
from eitrack.activities.models.series import school_terms

WEEKS_AHEAD = 2


@dataclass(frozen=True)
class Coming:
    """A series that meets soon, and on which days."""

    series: Series
    dates: tuple


def sessions_to_come(team, today):
    """A `Coming` for each series of the team that meets in the next two weeks; by its next day.

    Two queries, three where a series has single dates.
    """
    until = today + timedelta(weeks=WEEKS_AHEAD, days=-1)
    running = Series.objects.filter(team=team).overlapping(today, until)
    found = list(running.select_related("site").order_by("name", "pk"))
    single = [series for series in found if series.repeat == Repeat.DATES]
    prefetch_related_objects(single, "single_dates")
    terms = school_terms() if any(series.skips_school_holidays for series in found) else []
    coming = [
        Coming(series, tuple(dates))
        for series in found
        if (dates := series.dates_between(today, until, terms))
    ]
    return sorted(coming, key=lambda each: (each.dates[0], each.series.name, each.series.pk))
