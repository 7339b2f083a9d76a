"""From a user to the figures they may have: the way in for every page, file and command."""

from django.core.exceptions import PermissionDenied

from eitrack.indicators.definitions import INDICATORS
from eitrack.indicators.disclosure import publish
from eitrack.indicators.evaluate import evaluate
from eitrack.indicators.series import Series


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


class FiguresOverTime:
    """What `figures_for` answers of any of these periods, from one read of the stored months."""

    def __init__(self, user, scope, periods, *, today):
        self.is_exact = is_exact(user, scope)
        self.scope = scope
        self._series = Series(scope, periods, today=today)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._series.store()

    def of(self, period, by=None, *, indicators=INDICATORS):
        figures = self._series.figures(period, by, indicators=indicators)
        return figures if self.is_exact else publish(figures)
