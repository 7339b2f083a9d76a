"""How much of the time worked is in the log: worker-days with a record out of those expected."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Q, Sum

from eitrack.activities import kinds
from eitrack.activities.choices import DayMark
from eitrack.indicators.aggregates import DayText, SetOf
from eitrack.indicators.breakdowns import Breakdown
from eitrack.indicators.calculated.workforce import days, workforce
from eitrack.indicators.figures import Coverage
from eitrack.indicators.measures import Measure, Named
from eitrack.indicators.records import time_entries
from eitrack.indicators.scope import Scope

LOGGED = Named(
    "logged",
    Measure(
        {
            "days": SetOf(DayText("date")),
            "entries": Count("pk"),
            "in_time": Count("pk", filter=Q(is_late=False)),
            "direct": Sum("contact_minutes", filter=Q(activity__kind__in=kinds.DIRECT), default=0),
        },
        Q(),
    ),
)
BY_HAT = Breakdown("hat", "Hat", "placement", lambda scope: ())


def coverage(asked):
    """Days with a record or "nothing to log", out of those expected, up to today (VIS-05)."""
    recorded, expected = worker_days(asked, asked.load(workforce))
    return Coverage(recorded, expected)


def worker_days(asked, people, hats_of=lambda person: person.hats):
    """How many worker-days have a record, and on how many one was expected."""
    logged, all_days = asked.load(logged_days), asked.load(days)
    recorded = expected = 0
    for person in people:
        wanted = person.expected_days(all_days, hats_of(person))
        said = {day for day, mark in person.marks.items() if mark == DayMark.NOTHING_TO_LOG}
        expected += len(wanted)
        recorded += len(wanted & (logged.get(person.worker, set()) | said))
    return recorded, expected


def logged_days(asked):
    """{worker: days with counted time}. Of everybody: a day counts under whichever hat it is."""
    found = defaultdict(set)
    for sums in asked.load(log_by_hat).values():
        # A hat is one worker's.
        (worker,) = sums["workers"]
        found[worker] |= set(map(date.fromisoformat, sums["logged_days"]))
    return found


def log_by_hat(asked):
    """{placement: sums of everybody's time under it}."""
    if asked.day < asked.period.start:
        return {}
    return asked.sums_of(Scope.everybody()).of(time_entries, [LOGGED], BY_HAT)
