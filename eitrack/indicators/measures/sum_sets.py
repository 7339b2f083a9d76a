"""Measures that are summed together, and how sums of several months add up."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from eitrack.indicators.terms.breakdowns import Breakdown


@dataclass(frozen=True)
class SumSet:
    """Measures that are summed and stored together: of the same records, by the same breakdown.

    `measured` are indicators, or anything else with a code and a measure of these records.
    """

    records: Callable
    measured: tuple
    breakdown: Breakdown | None = None

    @property
    def code(self):
        """That of its breakdown; "" is none."""
        return self.breakdown.code if self.breakdown else ""

    @property
    def key(self):
        return self.records.__name__, self.code


def added_up(rows_of_months):
    """{row key: {name: value}}: numbers are added, sets united."""
    added = defaultdict(dict)
    for rows in rows_of_months:
        for key, values in rows.items():
            add(added[key], values)
    return dict(added)


def add(into, values):
    for name, value in values.items():
        known = into.get(name)
        if known is None:
            into[name] = set(value) if isinstance(value, set) else value
        elif isinstance(value, set):
            known |= value
        else:
            into[name] = known + value
