"""Second figures that need more than the records of the measure: rates and shares."""

from collections.abc import Mapping
from dataclasses import replace

from eitrack.indicators.measures.calculated.contract_by_hat import KEYS, full_time_equivalents
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key
from eitrack.indicators.terms.figures import Parts


def per_full_time(total: Parts, rows: Mapping[Key, Parts], evaluation: Evaluation) -> AllAndRows:
    """The count for each full-time equivalent (VIS-04).

    A row of a team, hat or stream is divided by its own, other rows by all of the scope.
    """
    fte = evaluation.load(full_time_equivalents)
    is_of_hats = evaluation.breakdown and evaluation.breakdown.code in KEYS

    def with_rate(parts: Parts, key: Key) -> Parts:
        of_row = fte.get(key if is_of_hats else None, 0)
        return replace(parts, beside=Parts(parts.numerator, of_row, workers=parts.workers))

    total = replace(total, beside=Parts(total.numerator, fte.get(None, 0), workers=total.workers))
    return total, {key: with_rate(parts, key) for key, parts in rows.items()}


def share_of_all(total: Parts, rows: Mapping[Key, Parts], evaluation: Evaluation) -> AllAndRows:
    """A row's part of the whole scope (FND-01)."""

    def with_share(parts: Parts) -> Parts:
        share = Parts(parts.numerator, total.numerator, workers=parts.workers)
        return replace(parts, beside=share)

    return with_share(total), {key: with_share(parts) for key, parts in rows.items()}
