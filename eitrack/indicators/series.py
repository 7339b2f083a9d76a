"""Figures of many periods from one read of the stored months: a line over time, a comparison."""

from eitrack.common.periods import Period
from eitrack.indicators.evaluate import Asked, evaluate

QUARTERS = 12


class Series:
    """Exact figures of one scope, of any period between the first and the last of `periods`.

    For indicators that sum records the number of queries does not depend on the number of
    periods: all months are read at once. A `Calculated` one is loaded for each period again, so a
    page asks for the series of at most one of them.
    """

    def __init__(self, scope, periods, *, today):
        start = min(period.start for period in periods)
        end = max(period.end for period in periods)
        self.today = today
        self._all = Asked(scope, Period(start, end, ""), None, today)

    def figures(self, period, by=None, *, indicators):
        return evaluate(
            self._all.scope,
            period,
            by,
            today=self.today,
            indicators=indicators,
            within=self._all,
        )

    def store(self):
        """Keep what had to be worked out, once all periods have been asked for."""
        self._all.store()


def quarters_until(period, today):
    """The twelve quarters up to the end of this period, the running one last of all; in order."""
    last = min(Period.quarter_of(period.end), Period.quarter_of(today))
    quarters = [last]
    while len(quarters) < QUARTERS:
        quarters.append(quarters[-1].previous())
    return quarters[::-1]
