"""A return in small that holds whatever can go wrong in a file."""

from dataclasses import replace
from datetime import UTC, datetime

from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.returns.document import Column, Definition, Document, Kind, PrintedCell, Table
from eitrack.returns.files.standing import Standing

RELEASED = Standing.of_release(datetime(2026, 11, 23, 12, tzinfo=UTC), 2)
LONG = "The family room behind the library, on the second floor, by the stairs to the old gymnasium"
LABELS = (
    '=HYPERLINK("http://evil.example","here")',
    "+44 team",
    "-minus, and a comma",
    "@handle",
    'St "Mary" – upper, lower',
    "Bücherei Größe",
    "N/A",
    LONG,
)
# One row for each label, every symbol and every kind of figure among them.
COUNTS = ("1,405 e", "c", "x", "0", "at least 20", "15", "1,230", "at least 1,240 e")
SHARES = ("53%", "u", "k", "0%", "100%", "–", "z", "c")
RANGES = ("1,070 to 5,835", "0", "20 to 35 or more", "c", "x", "0 to 10", "305", "40 to 65")
HOURS = ("1,726 h", "0 h", "c", "62 h", "9 h", "12 h", "1,000 h", "3 h")
PLAIN = ("1,820", "10", "0", "635", "1,230", "25", "15", "110")
TOTALS = {
    "VIS-01": PrintedCell("53%", "1,726 h", "3,237 h"),
    "VIS-02": PrintedCell("1,820"),
    "VIS-03": PrintedCell("2.8", "6,257 h", "2,231 h"),
    "VIS-04": PrintedCell("1,530 e", beside="for each full-time worker 48.6"),
    "VIS-05": PrintedCell("66%", "1,363", "2,078", beside="recorded in time 88%"),
    "RCH-01": PrintedCell("12,860", known="100%"),
    "RCH-02": PrintedCell("u", known="c"),
    "RCH-03": PrintedCell(
        "1,070 to 5,835 or more", known="85%", beside="local under-19 population 31,400"
    ),
    "RCH-04": PrintedCell("305", beside="children 620, adults c"),
    "RCH-06": PrintedCell("–"),
    "ERL-01": PrintedCell("93%", "1,983 h", "2,137 h", "66%"),
    "PTN-01": PrintedCell("76%", "108", "142"),
    "PTN-03": PrintedCell("62 h", "62 h", "29", beside="median from draft to agreement 65 days"),
    "PTN-04": PrintedCell("k"),
    "RSP-01": PrintedCell("68%", beside="median to first contact 4.0 working days"),
    "LOD-01": PrintedCell("54%", "1,713.5", "3,150", "100%"),
    "LOD-03": PrintedCell("1.8", "64", "35", beside="median role spread 0.48"),
    "LOD-04": PrintedCell("9 points", "2.1", "23"),
    "LOD-05": PrintedCell("7.7", "193", "25.2"),
    "OUT-01": PrintedCell("not yet collected"),
    "FND-01": PrintedCell("6,257 h", beside="share of all service hours 100%"),
}


def awkward_document(**changes):
    """Symbols of every kind, labels that spreadsheets trip over, two periods in one table."""
    definitions = tuple(Definition.of(each) for each in INDICATORS if each.code in TOTALS)
    whole = Table("", "All", (), tuple(Column(code, "2026-Q2", TOTALS[code]) for code in TOTALS))
    site_kind = Table(
        "site_kind",
        "Kind of site",
        LABELS,
        (
            column("VIS-02", PLAIN),
            column("RCH-01", COUNTS),
            column("RCH-03", RANGES),
            column("ERL-01", SHARES),
        ),
        notes=("Sites below the floor are in “Other sites”",),
    )
    hours = Table(
        "kind",
        "Agency/host: [all]?",
        LABELS,
        (column("FND-01", HOURS), column("FND-01", tuple(reversed(HOURS)), period="2025-Q2")),
    )
    document = Document(
        kind=Kind.SUMMARY,
        title="Indicator summary, Riverside & Hill",
        district="Riverside & Hill",
        period="2026-Q2",
        period_name="Quarter 2 of 2026/27",
        period_dates="1 July 2026 to 30 September 2026",
        is_sample=True,
        parameters=(
            ("View", "Publish view: small numbers are hidden, others rounded"),
            ("Recording coverage", "66% of expected worker-days have a record"),
            ("Rule", "Counts from 1 to 7 are hidden, others rounded to 5"),
        ),
        definitions=definitions,
        tables=(whole, site_kind, hours),
        note="=A note that begins like a formula",
        moved=("RCH-01: 12,855 became 12,860", "VIS-02: 1,815 became 1,820"),
    )
    return replace(document, **changes)


def column(code, figures, period="2026-Q2"):
    return Column(code, period, TOTALS[code], tuple(PrintedCell(figure) for figure in figures))


def printed(document):
    """Every text of every figure: each total once, then the cells of each table."""
    columns = [column for table in document.tables for column in table.columns]
    totals = {(column.code, column.period): column.total for column in columns}
    cells = [*totals.values(), *(cell for column in columns for cell in column.rows)]
    texts = [
        text
        for cell in cells
        for text in (cell.figure, cell.numerator, cell.denominator, cell.known, cell.beside)
    ]
    return [text for text in texts if text]
