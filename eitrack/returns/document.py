"""The content of a return as data: only text, as frozen in the register and written to files.

A document is made once from published figures. Pages, files and revisions read it and no records.
Written to JSON and read back it is equal, byte for byte.
"""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from eitrack.indicators.disclosure import CONFIDENTIAL, SYMBOLS
from eitrack.indicators.terms.figures import ALL_ROWS


class Kind(StrEnum):
    SUMMARY = "summary"
    FUNDER = "funder"


@dataclass(frozen=True)
class Definition:
    """The words of an indicator at the time the document was made."""

    code: str
    name: str
    theme: str
    definition: str
    numerator: str
    denominator: str
    counting_rule: str
    pitfalls: str
    unit: str
    direction: str
    disclosure: str
    version: int

    @classmethod
    def of(cls, indicator):
        words = {each.name: str(getattr(indicator, each.name)) for each in fields(cls)}
        return cls(**words | {"version": indicator.version})


@dataclass(frozen=True)
class PrintedCell:
    """One printed figure with what is printed beside it; all text, symbols included."""

    figure: str
    numerator: str = ""
    denominator: str = ""
    known: str = ""
    beside: str = ""

    @classmethod
    def of(cls, shown):
        """From an `indicators.figures.ShownCell`."""
        return cls(shown.figure, shown.numerator, shown.denominator, shown.known, shown.beside)

    @property
    def is_hidden(self):
        """Whether it shows no number at all, also not in its parts."""
        parts = self.numerator + self.denominator + self.known + self.beside
        return self.figure == CONFIDENTIAL and not any(sign.isdigit() for sign in parts)


@dataclass(frozen=True)
class Column:
    """One indicator in one period: its total, and a cell for each row of the table, or none."""

    code: str
    period: str
    total: PrintedCell
    rows: tuple[PrintedCell, ...] = ()

    @property
    def is_unavailable(self):
        """Whether every row is hidden; then one sentence replaces the column."""
        return bool(self.rows) and all(cell.is_hidden for cell in self.rows)


@dataclass(frozen=True)
class Table:
    """Figures by one breakdown ("" is none), never by two (D4)."""

    breakdown: str
    label: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, published, notes=()):
        """From one `PublishedFigures`: its indicators in order.

        With a breakdown, only those that have it.
        """
        return cls.showing(published.shown, published.by, published.period, notes)

    @classmethod
    def showing(cls, shown, by, period, notes=()):
        """From ShownIndicators, by `by`; without it only their totals."""
        shown = [each for each in shown if by is None or each.rows]
        labels = next((tuple(row.label for row in each.rows) for each in shown if by), ())
        return cls(
            breakdown=by.code if by else "",
            label=by.label if by else ALL_ROWS,
            rows=labels,
            columns=tuple(
                Column(
                    each.indicator.code,
                    period.code,
                    PrintedCell.of(each.total),
                    tuple(PrintedCell.of(row) for row in each.rows if by),
                )
                for each in shown
            ),
            notes=tuple(notes),
        )


@dataclass(frozen=True)
class Document:
    """A whole return. `parameters` are pairs of name and text, printed at the head (D13).

    `moved` are lines on what a revision changed. Dates are text as printed.
    """

    kind: Kind
    title: str
    district: str
    period: str
    period_name: str
    period_dates: str
    is_sample: bool
    parameters: tuple[tuple[str, str], ...]
    definitions: tuple[Definition, ...]
    tables: tuple[Table, ...]
    symbols: tuple[tuple[str, str], ...] = tuple(SYMBOLS.items())
    note: str = ""
    moved: tuple[str, ...] = ()

    @classmethod
    def of(cls, kind, district, period, *, about="", **content):
        """Of a Period of a district (its name); `about` is what a funder return is of."""
        words = {Kind.SUMMARY: "Indicator summary", Kind.FUNDER: "Funder return"}[kind]
        return cls(
            kind=kind,
            title=", ".join(filter(None, (words, about, district))),
            district=district,
            period=period.code,
            period_name=period.name,
            period_dates=period.dates,
            **content,
        )

    def definition(self, code):
        return next(each for each in self.definitions if each.code == code)

    def table(self, breakdown):
        """The table with this breakdown; raises StopIteration if there is none."""
        return next(each for each in self.tables if each.breakdown == breakdown)

    def to_json(self):
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)

    @classmethod
    def from_json(cls, text):
        read = json.loads(text)
        pairs = {
            name: tuple(tuple(pair) for pair in read[name]) for name in ("parameters", "symbols")
        }
        return cls(
            **read
            | pairs
            | {
                "kind": Kind(read["kind"]),
                "definitions": tuple(Definition(**each) for each in read["definitions"]),
                "tables": tuple(map(_table, read["tables"])),
                "moved": tuple(read["moved"]),
            }
        )


def _table(read):
    columns = tuple(
        Column(
            column["code"],
            column["period"],
            PrintedCell(**column["total"]),
            tuple(PrintedCell(**cell) for cell in column["rows"]),
        )
        for column in read["columns"]
    )
    return Table(
        read["breakdown"], read["label"], tuple(read["rows"]), columns, tuple(read["notes"])
    )
