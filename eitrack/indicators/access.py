"""From a user to the figures they may have: the way in for every page, file and command."""

from django.core.exceptions import PermissionDenied

from eitrack.indicators.asked import Asked
from eitrack.indicators.definitions import INDICATORS
from eitrack.indicators.disclosure import publish
from eitrack.indicators.evaluate import evaluate


def figures_for(user, scope, period, by=None, *, today, indicators=INDICATORS):
    """ExactFigures for those with a duty to see them, else PublishedFigures.

    `by` is a Breakdown's code or None. Raises PermissionDenied when the scope is not this user's
    to ask for.
    """
    return figures_of(
        scope, period, by, today=today, exact=is_exact(user, scope), indicators=indicators
    )


def is_exact(user, scope):
    """Whether these figures are exact for this user; PermissionDenied where there are none."""
    if scope is None:
        raise PermissionDenied
    exact = scope.is_exact_for(user)
    if not exact and not scope.is_published_for(user):
        raise PermissionDenied
    return exact


def figures_of(scope, period, by=None, *, today, exact=False, indicators=INDICATORS):
    """Figures for somebody at the machine's console, who is asked for no permission."""
    figures = evaluate(scope, period, by, today=today, indicators=indicators)
    return figures if exact else publish(figures)


def figures_over_time(user, scope, periods, *, today):
    """As `figures_for`, of any of these periods: a FiguresOverTime."""
    return FiguresOverTime(scope, periods, today=today, exact=is_exact(user, scope))


class FiguresOverTime:
    """What `figures_of` answers of any of these periods, from one read of the stored months.

    The number of queries hardly depends on the number of periods: their months and records are
    read at once, and nothing of the time between them.
    """

    def __init__(self, scope, periods, *, today, exact=False):
        self._is_exact = exact
        self._all = Asked(scope, max(periods), None, today, periods=tuple(periods))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        """Keep what had to be worked out, once all periods have been asked for."""
        self._all.store()

    def of(self, period, by=None, *, indicators=INDICATORS):
        """Published figures keep a place, printing x, for what an open period does not show."""
        figures = evaluate(
            self._all.scope,
            period,
            by,
            today=self._all.today,
            indicators=indicators,
            within=self._all,
        )
        return figures if self._is_exact else publish(figures, with_open=True)
