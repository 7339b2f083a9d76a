"""What was logged under the hats of a scope's workers: by month, and day by day.

A day counts under whichever hat it is, in another team or district too. So the log is read of each
district in which one of them wears a hat, which is one district nearly always.
"""

from collections import defaultdict
from datetime import date

from django.db.models import CharField, Count, Q, Sum, Value
from django.db.models.functions import Cast, Concat

from eitrack.activities import kinds
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.aggregates import DayText, SetOf
from eitrack.indicators.breakdowns import Breakdown
from eitrack.indicators.calculated.workforce import hats
from eitrack.indicators.measures import Measure, Named
from eitrack.indicators.records import time_entries
from eitrack.indicators.scope import Scope
from eitrack.indicators.sums import added_up

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
LOGGED_MINUTES = Named("logged", Measure({"minutes": Sum(ALL_MINUTES, default=0)}, Q()))
BY_HAT_AND_DAY = Breakdown(
    "hat_and_day",
    "Hat and day",
    Concat(Cast("placement", CharField()), Value(" "), DayText("date"), output_field=CharField()),
    lambda scope: (),
)


def logged_days(asked):
    """{worker: days with counted time}."""
    found = defaultdict(set)
    for sums in asked.load(log_by_hat).values():
        # A hat is one worker's.
        (worker,) = sums["workers"]
        found[worker] |= set(map(date.fromisoformat, sums["logged_days"]))
    return found


def log_by_hat(asked):
    """{placement: sums of all time under it}; also of hats that the scope does not ask for."""
    if asked.day < asked.period.start:
        return {}
    return _of_all_districts(asked, asked.whole.load(districts), [LOGGED], BY_HAT)


def minutes_by_day(asked, placed, span_of):
    """[(placement, day, minutes)] in `span_of` the period, as `log_by_hat`, of the districts of
    these placements."""
    of_districts = {placement.team.district_id for placement in placed}
    rows = _of_all_districts(asked, of_districts, [LOGGED_MINUTES], BY_HAT_AND_DAY, span_of)
    for key, sums in rows.items():
        placement, day = key.split()
        yield int(placement), date.fromisoformat(day), sums.get("logged_minutes", 0)


def districts(asked):
    """The keys of the districts in which workers of the scope wear hats."""
    return {hat.team.district_id for hat in asked.load(hats)}


def _of_all_districts(asked, keys, measured, breakdown, span_of=None):
    return added_up(
        asked.sums_of(Scope.of_district(key), span_of).of(time_entries, measured, breakdown)
        for key in sorted(keys)
    )
