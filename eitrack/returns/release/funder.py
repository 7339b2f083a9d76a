"""The document of a funder return: hours by kind of work and year, for one funding stream."""

from dataclasses import replace

from eitrack.activities import kinds
from eitrack.common.periods import Period
from eitrack.directory.sample import is_sample_data
from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.release.funder import RULE, FunderYear, funder_years
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.figures import ALL_ROWS
from eitrack.indicators.terms.indicator import Direction, Disclosure, Theme, Unit
from eitrack.indicators.terms.scope import Scope
from eitrack.returns.document import Column, Definition, Document, Kind, PrintedCell, Table

MOST_YEARS = 5
BY_KIND = BREAKDOWNS["kind"]
SHARE = BY_CODE["FND-01"].beside.name
NO_HOURS = "0 h"
HOURS = Definition.of(BY_CODE["FND-01"])
FEW_WORKERS = (
    "Hours that rest on fewer than five workers, or nearly all on one or two, are hidden, and what "
    "would tell them"
)


def _shared_out(code, counted, disclosure):
    return Definition(
        code=code,
        name=f"{counted}, shared out",
        theme=str(Theme.QUALITY),
        definition=f"{counted} of direct work that the stream paid for; what several streams paid "
        "for is shared out between them by minutes.",
        numerator=counted.lower(),
        denominator="",
        counting_rule=f"{RULE}.",
        pitfalls="Not the figure of the summary, where joint work counts whole for each stream.",
        unit=str(Unit.COUNT),
        direction=str(Direction.NEUTRAL),
        disclosure=str(disclosure),
        version=1,
    )


SESSIONS = _shared_out("FND-S", "Sessions", Disclosure.ACTIVITIES)
ATTENDANCES = _shared_out("FND-A", "Attendances", Disclosure.PEOPLE)
DEFINITIONS = (HOURS, SESSIONS, ATTENDANCES)


def years_until(last):
    """The years up to this one that may be shown side by side, in order."""
    first = int(last.code) - MOST_YEARS + 1
    return [Period.year(number) for number in range(first, int(last.code) + 1)]


def years_of(stream, district, years, decisions, *, rules, released=(), own=None):
    """FunderYears of these years, from the first one the stream paid for.

    Their `kinds` are labels; `decisions` are {year: Decided}. A year in `released` (Returns,
    revisions last) is shown as released, so that its counts are published only once; except the
    return's `own` year, which is made now.
    """
    released = {each.period: each.content for each in released if each.period != own}
    worked = funder_years(stream, Scope.of(district), years, decisions, rules=rules)
    found = [
        _as_released(released[each.period.code])
        if each.period.code in released
        else _with_labels(each)
        for each in worked
    ]
    while len(found) > 1 and not found[0].kinds:
        found = found[1:]
    return found


def _with_labels(year):
    return replace(
        year, kinds={str(kinds.KindCode(kind).label): text for kind, text in year.kinds.items()}
    )


def _as_released(document):
    """The FunderYear of a released return."""
    whole, by_kind = document.tables
    own = {each.code: each.total for each in whole.columns if each.period == document.period}
    (column,) = (each for each in by_kind.columns if each.period == document.period)
    return FunderYear(
        period=Period.parse(document.period),
        hours=own[HOURS.code].figure,
        share=own[HOURS.code].beside.removeprefix(f"{SHARE} "),
        sessions=own[SESSIONS.code].figure,
        attendances=own[ATTENDANCES.code].figure,
        kinds={
            label: cell.figure
            for label, cell in zip(by_kind.rows, column.rows, strict=True)
            if cell.figure != NO_HOURS
        },
    )


def funder_document(stream, district, years, parameters):
    """`years` are FunderYears in order; the last one is the return's own."""
    return Document.of(
        Kind.FUNDER,
        str(district),
        years[-1].period,
        about=str(stream),
        is_sample=is_sample_data(),
        parameters=tuple(parameters),
        definitions=DEFINITIONS,
        tables=(_whole(years), _by_kind(years)),
    )


def _whole(years):
    columns = [Column(HOURS.code, each.period.code, _hours(each)) for each in years]
    for code, name in ((SESSIONS.code, "sessions"), (ATTENDANCES.code, "attendances")):
        columns += [
            Column(code, each.period.code, PrintedCell(getattr(each, name))) for each in years
        ]
    return Table("", ALL_ROWS, (), tuple(columns), (RULE, FEW_WORKERS))


def _by_kind(years):
    """Kinds of work in any of the years, in the order of the kinds."""
    order = [str(kind.label) for kind in kinds.KindCode]
    found = dict.fromkeys(label for each in years for label in each.kinds)
    labels = tuple(label for label in dict.fromkeys([*order, *found]) if label in found)
    columns = tuple(
        Column(
            HOURS.code,
            each.period.code,
            _hours(each),
            tuple(PrintedCell(each.kinds.get(label, NO_HOURS)) for label in labels),
        )
        for each in years
    )
    return Table(BY_KIND.code, BY_KIND.label, labels, columns, (FEW_WORKERS,))


def _hours(year):
    return PrintedCell(year.hours, beside=f"{SHARE} {year.share}")


def hidden_lines(document):
    """Pairs of name and text on how much is hidden, for whoever approves it."""
    for name, codes in (
        ("Hours hidden", {HOURS.code}),
        ("Counts hidden", {SESSIONS.code, ATTENDANCES.code}),
    ):
        cells = [
            cell
            for table in document.tables
            for column in table.columns
            if column.code in codes
            for cell in (column.rows or (column.total,))
        ]
        hidden = [cell for cell in cells if cell.figure in dict(document.symbols)]
        yield name, f"{len(hidden)} of {len(cells)}"
