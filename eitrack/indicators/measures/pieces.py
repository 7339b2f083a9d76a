"""One worker's time by month, in pieces small enough to be added up in any way.

A piece is what entries have in common that went into the same work: kind, hat, site, stream. Pieces
are stored by month, so a page that shows time by kind, by hat, by site and by stream reads them
once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from eitrack.activities import kinds
from eitrack.activities.choices import SENSITIVE_PURPOSES
from eitrack.activities.kinds import Group
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.measures.evaluation import Evaluation, Key
from eitrack.indicators.measures.measures import Measure, Named
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.aggregates import BETWEEN, Joined, SetOf, text_of
from eitrack.indicators.terms.breakdowns import Breakdown
from eitrack.indicators.terms.conditions import DIRECT, HEADCOUNT
from eitrack.indicators.terms.records import time_entries

# A colleague's record of a sensitive matter of one family hides its place, also in sums (rule 11).
CLOSED = Q(
    ~Q(activity__recorded_by=F("worker")),
    activity__purpose__in=SENSITIVE_PURPOSES,
    activity__kind__in=kinds.ONE_FAMILY,
)


def unless_closed(expression: Any) -> Case:
    return Case(When(CLOSED, then=None), default=expression)


# In the order of the fields of a Piece.
PARTS_OF_THE_KEY = (
    "activity__kind",
    Case(When(activity__case__isnull=False, then=Value("1")), default=Value("")),
    "placement",
    "funding_stream",
    unless_closed(F("activity__site")),
    unless_closed(Coalesce("activity__agency", "activity__site__agency")),
    "activity__contribution",
    "activity__topic",
    "activity__overhead_kind",
)


BY_PIECE = Breakdown(
    "piece",
    "Piece of time",
    Joined(*map(text_of, PARTS_OF_THE_KEY)),
    lambda scope: (),
    is_of_entry=True,
)
TIME = Named(
    "time",
    Measure(
        {
            "minutes": Sum(ALL_MINUTES, default=0),
            "contact": Sum("contact_minutes", default=0),
            "preparation": Sum("preparation_minutes", default=0),
            "travel": Sum("travel_minutes", default=0),
            "times": Count("pk"),
            "attendances": Sum(HEADCOUNT, filter=DIRECT, default=0),
            "cases": SetOf("activity__case"),
        },
        Q(),
    ),
)
TIME_BY_PIECE = SumSet(time_entries, (TIME,), BY_PIECE)


@dataclass(frozen=True)
class Piece:
    """Time that went into the same work. Keys are those of records, None if there is none.

    `attendances` are those of direct kinds; `times` counts activities.
    """

    kind: str
    has_case: bool
    placement: int
    funding_stream: int
    site: int | None
    agency: int | None
    contribution: str
    topic: str
    overhead_kind: str
    minutes: int
    contact: int
    preparation: int
    travel: int
    times: int
    attendances: int
    cases: frozenset[str]

    @property
    def group(self) -> Group:
        return kinds.group_of(self.kind, self.has_case)

    @property
    def is_direct(self) -> bool:
        return self.kind in kinds.DIRECT

    @property
    def is_service(self) -> bool:
        return self.group != Group.OVERHEAD


def pieces(evaluation: Evaluation) -> list[Piece]:
    """The Pieces of a worker's scope and period, from stored months; at most two queries."""
    rows = evaluation.sums(TIME_BY_PIECE)
    return [piece_of(key, sums) for key, sums in sorted(rows.items())]


def piece_of(key: str, sums: Mapping[str, Any]) -> Piece:
    kind, has_case, hat, stream, site, agency, contribution, topic, overhead_kind = key.split(
        BETWEEN
    )
    return Piece(
        kind,
        bool(has_case),
        int(hat),
        int(stream),
        int(site) if site else None,
        int(agency) if agency else None,
        contribution,
        topic,
        overhead_kind,
        minutes=sums.get("time_minutes", 0),
        contact=sums.get("time_contact", 0),
        preparation=sums.get("time_preparation", 0),
        travel=sums.get("time_travel", 0),
        times=sums["time_times"],
        attendances=sums.get("time_attendances", 0),
        cases=frozenset(sums.get("time_cases", ())),
    )


def minutes_by(found: Iterable[Piece], key_of: Callable[[Piece], Key]) -> Counter[Key]:
    """Counter of minutes by `key_of(piece)`."""
    minutes: Counter[Key] = Counter()
    for piece in found:
        minutes[key_of(piece)] += piece.minutes
    return minutes
