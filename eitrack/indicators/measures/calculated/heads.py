"""What is summed of the sessions of a series, by month, to tell how many people came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from eitrack.activities import kinds
from eitrack.activities.choices import Band, Method
from eitrack.activities.kinds import Counts
from eitrack.indicators.measures.evaluation import Key
from eitrack.indicators.measures.measures import Measure, Named
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.aggregates import DayText, EdgeOf
from eitrack.indicators.terms.breakdowns import Breakdown
from eitrack.indicators.terms.places import Kinds
from eitrack.indicators.terms.records import sessions

# Kinds where people are counted by heads; conversations are contacts, not people (C12).
OPEN_TO_ALL = kinds.codes(
    lambda kind: kind.is_direct and kind.counts == Counts.PEOPLE and not kind.is_one_family
)
# One-off activities have no series, and never count as people (C14).
OF_A_SERIES = Q(activity__kind__in=OPEN_TO_ALL, activity__series__isnull=False)
# A session to which nobody came is valid, but reached nobody (C6).
CAME = OF_A_SERIES & Q(activity__attendance__gt=0)
ESTIMATED = Q(activity__method=Method.ESTIMATE)
OPEN_BAND = Q(activity__band=Band.OVER_80)
NEW_UNKNOWN = Q(activity__first_time__isnull=True) | Q(activity__first_time_not_known__gt=0)
NEW_KNOWN = Q(activity__first_time__isnull=False, activity__first_time_not_known=0)


def end_of_band(which: int) -> Case:
    """The attendance, or the lower (0) or upper (1) end of its band; an open band ends at its
    point.
    """
    ends = [
        When(ESTIMATED & Q(activity__band=band), then=Value(band.bounds[which] or band.point))
        for band in Band
    ]
    return Case(*ends, default=F("activity__attendance"), output_field=IntegerField())


LOWEST, HIGHEST = end_of_band(0), end_of_band(1)
# New at most: if attendance is an estimate, anybody above the number recorded may be new.
NEW = ExpressionWrapper(
    F("activity__first_time") + HIGHEST - F("activity__attendance"), output_field=IntegerField()
)
WHO_IS_KNOWN = F("activity__first_time") + F("activity__returning")


def texts(*expressions: Any) -> Concat:
    spaced = [part for each in expressions for part in (Cast(each, CharField()), Value(" "))]
    return Concat(DayText("date"), Value(" "), *spaced)


FIRST = Case(
    When(CAME & NEW_KNOWN, then=texts(HIGHEST, "activity__attendance", WHO_IS_KNOWN, NEW)),
    When(
        CAME & Q(activity__first_time__isnull=False),
        then=texts(HIGHEST, "activity__attendance", WHO_IS_KNOWN),
    ),
    When(CAME, then=texts(HIGHEST, "activity__attendance", Value(0))),
)
HEADS = Named(
    "people",
    Measure(
        {
            "most": EdgeOf(Case(When(CAME, then=LOWEST)), function="MAX"),
            "first": EdgeOf(FIRST, function="MIN"),
            "highest": Sum(HIGHEST, filter=CAME, default=0),
            "attendances": Sum("activity__attendance", filter=CAME, default=0),
            "estimated": Sum("activity__attendance", filter=CAME & ESTIMATED, default=0),
            "estimates": Count("pk", filter=CAME & ESTIMATED),
            "open": Count("pk", filter=CAME & ESTIMATED & OPEN_BAND),
            "no_headcount": Count("pk", filter=OF_A_SERIES & Q(activity__attendance__isnull=True)),
            "new": Sum(NEW, filter=CAME & NEW_KNOWN, default=0),
            "new_unknown": Count("pk", filter=CAME & NEW_UNKNOWN),
            "known": Sum(WHO_IS_KNOWN, filter=CAME, default=0),
        },
        CAME,
    ),
)
BY_SERIES = Breakdown("series", "Series", "activity__series", lambda scope: ())
HEADS_BY_SERIES = SumSet(sessions, (HEADS,), BY_SERIES)


@cache
def with_series(breakdown: Breakdown) -> Breakdown:
    """A breakdown combined with the series: keys are like "3:17"."""
    key = Cast(breakdown.expression, CharField())
    return Breakdown(
        f"{breakdown.code}+series",
        breakdown.label,
        Concat(key, Value(":"), Cast("activity__series", CharField())),
        lambda scope: (),
        is_of_entry=breakdown.is_of_entry,
        entry_field=str(breakdown.expression) if breakdown.is_of_entry else "",
        stored_by=breakdown.stored_by and with_series(breakdown.stored_by),
        fold=breakdown.fold and _before_series(breakdown.fold),
    )


def _before_series(fold: Callable[[str, Kinds], Key]) -> Callable[[str, Kinds], str]:
    """Folds what stands before the series in a key."""

    def folded(key: str, kinds: Kinds) -> str:
        finer, _, series = key.rpartition(":")
        row = fold(finer, kinds)
        return f"{'' if row is None else row}:{series}"

    return folded


def heads_by(breakdown: Breakdown) -> SumSet:
    return SumSet(sessions, (HEADS,), with_series(breakdown))


@dataclass(frozen=True)
class First:
    """The first session of the school year; `new` is None if it is not known for everybody."""

    highest: int
    attendance: int
    known: int
    new: int | None


def first_of(sums: Mapping[str, Any]) -> First:
    """The earliest among the first sessions of the months."""
    _, highest, attendance, known, *new = min(sums["people_first"]).split()
    return First(int(highest), int(attendance), int(known), int(new[0]) if new else None)
