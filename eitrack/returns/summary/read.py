"""What the summary page reads: a period, the one before and the same a year ago, together."""

from dataclasses import dataclass, replace

from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.figures.access import figures_over_time
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, EVERY_BREAKDOWN, PUBLISHED
from eitrack.indicators.terms.figures import ALL_ROWS, PublishedFigures
from eitrack.indicators.terms.indicator import Disclosure
from eitrack.indicators.terms.scope import Scope
from eitrack.indicators.terms.words import shown

CASES_BY = ("team", "need_level")


@dataclass(frozen=True)
class Reading:
    """`figures` are those of a file; `shown` is the part the page shows."""

    figures: object
    earlier: tuple
    shown: tuple
    shown_earlier: tuple
    cases: tuple


def read(user, scope, period, by, *, today, team=None, as_published=False):
    """Figures of the scope; `as_published` those of a team as published in the service's table.

    Raises PermissionDenied if the user may not see the scope.
    """
    if as_published:
        scope, by = Scope.of(team.district), "team"
    before = earlier_periods(period)
    with figures_over_time(user, scope, [period, *before], today=today) as over_time:
        figures = over_time.of(period, by)
        earlier = tuple(over_time.of(each, by if as_published else None) for each in before)
        cases = over_time.of(period, cases_broken_down(by), indicators=CASE_COUNT)
    row = team.name if as_published else None
    return Reading(
        figures,
        earlier,
        shown_of(figures, row),
        tuple(shown_of(each, row) for each in earlier),
        shown_of(cases, row),
    )


def cases_broken_down(by):
    """The breakdown of the old case count beside figures by `by`."""
    return by if by in CASES_BY else None


def earlier_periods(period):
    """The period before, and the same a year ago; one and the same for a year."""
    return tuple(dict.fromkeys((period.previous(), period.a_year_before())))


def shown_of(figures, row=None):
    """All figures or one row; P and E of an open period are not published (D8)."""
    found = shown(figures)
    if isinstance(figures, PublishedFigures) and figures.is_provisional:
        found = tuple(each for each in found if each.indicator.disclosure == Disclosure.RESOURCES)
    return found if row is None else tuple(_only_row(found, row))


def _only_row(found, row):
    for each in found:
        for cell in each.rows:
            if cell.label == row:
                yield replace(each, total=replace(cell, label=ALL_ROWS), rows=())


def breakdowns_offered(period, today, team, as_published):
    """For the service those that are published, for an own team all."""
    if as_published:
        return []
    if team:
        codes = [code for code in EVERY_BREAKDOWN if code != "team"]
    else:
        codes = ("team",) if period.is_open(today) else PUBLISHED
    return [BREAKDOWNS[code] for code in codes]
