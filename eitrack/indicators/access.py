"""From a user to the figures they may have: the way in for every page, file and command."""

from django.core.exceptions import PermissionDenied

from eitrack.indicators.definitions import INDICATORS
from eitrack.indicators.disclosure import publish
from eitrack.indicators.evaluate import evaluate


def figures_for(user, scope, period, by=None, *, today, indicators=INDICATORS):
    """ExactFigures for those with a duty to see them, else PublishedFigures.

    `by` is a Breakdown's code or None. Raises PermissionDenied when the scope is not this user's
    to ask for.
    """
    if scope is None or not scope.allowed_to(user):
        raise PermissionDenied
    return figures_of(
        scope, period, by, today=today, exact=scope.is_exact_for(user), indicators=indicators
    )


def figures_of(scope, period, by=None, *, today, exact=False, indicators=INDICATORS):
    """Figures for somebody at the machine's console, who is asked for no permission."""
    figures = evaluate(scope, period, by, today=today, indicators=indicators)
    return figures if exact else publish(figures)
