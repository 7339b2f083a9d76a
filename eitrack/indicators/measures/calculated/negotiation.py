"""The time it takes to agree with partners (PTN-03)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import CharField, Q, Sum, Value
from django.db.models.functions import Concat

from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.measures.calculated.agreements import Agreed, versions_agreed
from eitrack.indicators.measures.calculated.parts import by_row, median_parts
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key, RowSums
from eitrack.indicators.measures.measures import Measure, Named, workers_with
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.aggregates import SetOf
from eitrack.indicators.terms.breakdowns import Breakdown
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.records import protocol_work

CELL = Concat("activity__agency", Value("-"), "activity__topic", output_field=CharField())
HAS_CELL = Q(activity__agency__isnull=False) & ~Q(activity__topic="")
NEGOTIATION = Named(
    "negotiation",
    Measure(
        {
            "numerator": Sum(ALL_MINUTES, default=0),
            "across": SetOf(CELL, filter=HAS_CELL),
            "workers": workers_with(ALL_MINUTES, Q()),
        },
        Q(),
        is_minutes=True,
    ),
)
NEGOTIATION_BY = ("team", "agency_kind", "funding_stream", "post", "topic")


def negotiation_by(breakdown: Breakdown | None = None) -> SumSet:
    return SumSet(protocol_work, (NEGOTIATION,), breakdown)


def negotiation_sums(breakdown: Breakdown | None) -> list[SumSet]:
    """Those of all, then those of the rows."""
    has_rows = breakdown is not None and breakdown.code in NEGOTIATION_BY
    return [negotiation_by(), *([negotiation_by(breakdown)] if has_rows else [])]


# Hours of all and of rows, and what was agreed meanwhile.
Negotiated = tuple[Parts, dict[Key, Parts], list[Agreed]]


def negotiation(evaluation: Evaluation) -> Negotiated:
    """{row key, None for all: Parts of time on protocols}, and versions agreed in the period."""
    hours, *by_row = map(evaluation.sums, negotiation_sums(evaluation.breakdown))
    total = _parts(hours).get(None, Parts(across=0))
    return total, _parts(*by_row) if by_row else {}, evaluation.load(versions_agreed)


def _parts(sums: Mapping[Key, RowSums]) -> dict[Key, Parts]:
    return {key: NEGOTIATION.measure.parts(NEGOTIATION.code, row) for key, row in sums.items()}


def negotiation_effort(records: Negotiated, evaluation: Evaluation) -> AllAndRows:
    """Hours on protocols, with the median days from draft to agreement beside them (PTN-03).

    A version belongs to no team, hat or stream, so their rows have no median.
    """
    hours, rows, agreed = records
    medians, medians_of_rows = _median_days(agreed, evaluation)
    rows = {
        key: replace(rows.get(key, Parts(across=0)), beside=medians_of_rows.get(key))
        for key in {**rows, **medians_of_rows}
    }
    return replace(hours, beside=medians), rows


@by_row
def _median_days(versions: Sequence[Agreed], evaluation: Evaluation) -> Parts:
    return median_parts(version.days for version in versions)
