"""From a user to the figures they may see: used by every page, file and command."""

from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from django.core.exceptions import PermissionDenied

from eitrack.common.reread import Reread
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.disclosure import publish
from eitrack.indicators.disclosure.decided import NOTHING_YET
from eitrack.indicators.disclosure.rows import rows_rest_on
from eitrack.indicators.figures.decided import decided_now, decisions_of, up_to
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.figures.evaluation import Evaluation


def figures_for(user, scope, period, by=None, *, today, indicators=INDICATORS):
    """ExactFigures for users with a duty to see them, else PublishedFigures.

    `by` is the code of a Breakdown or None. Raises PermissionDenied if the user may not see this
    scope.
    """
    with figures_over_time(user, scope, [period], today=today) as over_time:
        return over_time.of(period, by, indicators=indicators, with_open=False)


def is_exact(user, scope):
    """Whether this user sees these figures exactly; PermissionDenied if not at all."""
    if scope is None:
        raise PermissionDenied
    exact = scope.is_exact_for(user)
    if not exact and not scope.is_published_for(user):
        raise PermissionDenied
    return exact


def figures_of(scope, period, by=None, *, today, exact=False, indicators=INDICATORS):
    """Figures for a management command: no permission is checked.

    It waits for the decision on which amounts are printed.
    """
    if exact:
        return evaluate(scope, period, by, today=today, indicators=indicators)
    if to := to_decide(period, today):
        decided_now(scope, to, today=today)
    with FiguresOverTime(scope, [period], today=today) as over_time:
        return over_time.of(period, by, indicators=indicators, with_open=False)


def figures_over_time(user, scope, periods, *, today):
    """As `figures_for`, but for several periods: a FiguresOverTime."""
    return FiguresOverTime(scope, periods, today=today, exact=is_exact(user, scope))


class FiguresOverTime:
    """Figures of several periods, exact or published, from one read of the stored months.

    The number of queries hardly depends on the number of periods. The amounts of an open quarter
    are published as at the end of the last month, so that daily visits show no differences (D17.6).
    """

    def __init__(self, scope, periods, *, today, exact=False):
        self._is_exact, self._today = exact, today
        self._read = {each: each if exact else self._as_published(each) for each in periods}
        read = tuple(dict.fromkeys(self._read.values()))
        self._all = Evaluation(scope, max(read), None, today, periods=read)
        self._reread = Reread()

    def _as_published(self, period):
        return to_decide(period, self._today) or period

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        """Store what had to be computed, once all periods were read."""
        self._all.store()

    @cached_property
    def _decisions(self):
        """One query for all periods, one for changes since."""
        to = [to_decide(each, self._today) for each in self._read]
        return decisions_of(self._all.scope, [each for each in to if each])

    def of(self, period, by=None, *, indicators=INDICATORS, with_open=True):
        """The figures of one period; a published table has an x for what an open period does not
        show.
        """
        read = self._read.get(period) or (period if self._is_exact else self._as_published(period))
        if self._is_exact:
            return self._exact(read, by, indicators)
        besides = [BY_CODE[code] for code in rows_rest_on(by) if BY_CODE[code] not in indicators]
        figures = self._exact(read, by, (*indicators, *besides))
        is_open = period.is_open(self._today)
        figures = replace(figures, period=period, is_provisional=is_open)
        return publish(
            figures, decided=self._decided(period), with_open=with_open, only=tuple(indicators)
        )

    def _exact(self, period, by, indicators):
        scope, today = self._all.scope, self._today

        def work():
            return evaluate(scope, period, by, today=today, indicators=indicators, within=self._all)

        key = (scope, scope.name, self._all.periods, period, by, indicators, today)
        return self._reread.of(key, work, lambda: self._all.is_stored)

    def _decided(self, period):
        to = to_decide(period, self._today)
        if to is None:
            return NOTHING_YET
        if to.code not in self._decisions:
            self._decisions.update(decisions_of(self._all.scope, [to]))
        return self._decisions[to.code]


def to_decide(period, today):
    """The Period whose amounts are decided on.

    An ended period itself; for an open quarter its part up to the end of the last month; None for
    an open year, or before a month has ended.
    """
    if not period.is_open(today):
        return period
    last = today.replace(day=1) - timedelta(days=1)
    if not period.is_quarter or last < period.start:
        return None
    return up_to(period, last)
