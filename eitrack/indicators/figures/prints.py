"""Fingerprints of exact figures: equal when every figure is; no figure can be read from one."""

from dataclasses import fields
from hashlib import sha256

from eitrack.common.periods import Period
from eitrack.directory.models import District, FundingStream, Team
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope

# Further digits of a number depend on the order in which a database adds up.
DIGITS = 9


def ended_periods(today, first_year):
    """Years and their quarters that have ended, from the year that starts in April of this one."""
    year, ended = Period.year(first_year), []
    while year.start <= today:
        ended += [each for each in (year, *year.quarters) if not each.is_open(today)]
        year = year.next()
    return ended


def fingerprints(today, periods, *, is_every=False):
    """{words: fingerprint} of every figure of every district, team and funding stream.

    With every breakdown for districts, and for the others where `is_every`.
    """
    found = {}
    for kept in (District, Team, FundingStream):
        breakdowns = BREAKDOWNS if is_every or kept is District else ()
        for scope in map(Scope.of, kept.objects.order_by("pk")):
            for period in periods:
                for by in (None, *breakdowns):
                    words = " ".join(filter(None, [scope.code, period.code, by]))
                    found[words] = print_of(evaluate(scope, period, by, today=today))
    return found


def print_of(exact):
    """A hash of everything in an ExactFigures, however its rows are ordered."""
    said = (
        sorted((code, _said(parts)) for code, parts in exact.totals.items()),
        sorted(
            (code, str(key), _said(parts))
            for code, rows in exact.cells.items()
            for key, parts in rows.items()
            if not parts.is_empty
        ),
        repr(exact.coverage),
    )
    return sha256(repr(said).encode()).hexdigest()[:32]


def _said(value):
    if isinstance(value, Parts):
        return tuple(_said(getattr(value, each.name)) for each in fields(value) if each.compare)
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else repr(value)
