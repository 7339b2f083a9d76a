"""The quarters of a figure over time."""

from eitrack.common.periods import Period

QUARTERS = 12


def quarters_until(period, today):
    """The twelve quarters up to the end of this period, in order; the last may be the open one."""
    last = min(Period.quarter_of(period.end), Period.quarter_of(today))
    quarters = [last]
    while len(quarters) < QUARTERS:
        quarters.append(quarters[-1].previous())
    return quarters[::-1]
