"""Whether a figure moved, or only moves as it always does: the limits of a control chart (XmR).

Mean ± 2.66 × mean moving range over the last twelve quarters (Wheeler, Understanding Variation,
1993); 2.66 is 3 divided by 1.128, what two neighbours differ by for each unit of their spread.
No Django here, and no records: figures in, limits out.
"""

from dataclasses import dataclass
from itertools import pairwise

QUARTERS = 12
FEWEST_KNOWN = 6  # With fewer figures the limits would move with every new one.
FACTOR = 2.66
FORMULA = (
    f"Usual range: the mean of the figures ± {FACTOR} × the mean difference from one quarter to "
    f"the next, over up to {QUARTERS} quarters"
)


@dataclass(frozen=True)
class UsualRange:
    """The mean of a figure, and the limits it moves within when nothing in particular happens."""

    centre: float
    lower: float
    upper: float

    def holds(self, value):
        return self.lower <= value <= self.upper


def usual_range(values, *, most=None):
    """The usual range of these figures, in order of time; None stands for a quarter without one.

    A moving range is the difference of two known neighbours. Fewer than six known figures, or none
    next to another, have no usual range. No figure is below 0, nor above `most`.
    """
    known = [value for value in values if value is not None]
    moving = [
        abs(later - earlier)
        for earlier, later in pairwise(values)
        if earlier is not None and later is not None
    ]
    if len(known) < FEWEST_KNOWN or not moving:
        return None
    centre = sum(known) / len(known)
    reach = FACTOR * sum(moving) / len(moving)
    upper = centre + reach
    return UsualRange(centre, max(0, centre - reach), upper if most is None else min(upper, most))


def is_usual(first, second, ranges):
    """Whether two figures differ no more than usual: each lies within all of these ranges.

    None if a figure or a range is not known.
    """
    if first is None or second is None or not ranges or None in ranges:
        return None
    return all(each.holds(value) for each in ranges for value in (first, second))
