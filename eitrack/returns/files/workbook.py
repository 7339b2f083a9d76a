"""A return as a workbook that programs, screen readers and printers can all read.

It follows "Releasing statistics in spreadsheets" of the Government Statistical Service;
tests/returns/files/test_files_workbook.py has the points one by one. Two of its advices give way
here: the header row stays in sight, and paper carries title and page at its foot. Neither holds
anything that is not in a cell as well.
"""

import io

from eitrack.returns.files.grids import grids_of
from eitrack.returns.files.shared import head_of, notes_of
from eitrack.returns.files.sheets import Sheets

READING = (
    ("Rows", "Each sheet has one table. “All” is the whole, not the sum of the rows below it."),
    ("Numbers", "A cell is a number where a plain number is printed, otherwise text."),
    ("Blank cells", "The figure has nothing of that kind to print."),
)


def xlsx(document, standing):
    # Imported here, as in `common/files.py`: only a workbook needs it.
    import xlsxwriter

    buffer = io.BytesIO()
    # No typed text becomes a formula or a link.
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, safe)
    book.set_properties(
        {
            "title": f"{document.title}, {document.period_name}",
            "subject": f"Published figures of {document.period_dates}",
            "author": document.district,
            "company": document.district,
            "comments": standing.words,
            # A fixed moment, so that the bytes are the same each time.
            "created": standing.at,
        }
    )
    sheets = Sheets(book, foot=f"{document.title}, {document.period_name}")
    grids = grids_of(document)
    names = sheets.names(("Cover", "Contents", "Notes", "Definitions"), grids)

    sheets.pairs("Cover", document.title, head_of(document, standing))
    sheets.contents("Contents", [*((name, name) for name in ("Notes", "Definitions")), *names])
    sheets.table("Notes", "Notes", "How to read the tables", ("Sign", "Meaning"), notes(document))
    sheets.table(
        "Definitions",
        "Definitions",
        "What each indicator counts, as it was when these figures were made",
        *definitions(document),
    )
    for (name, _), grid in zip(names, grids, strict=True):
        sheets.figures(name, grid)
    book.close()
    return buffer.getvalue()


def notes(document):
    return [
        *((f"Symbol {symbol}", meaning) for symbol, meaning in document.symbols),
        *READING,
        *(("Note", note) for note in notes_of(document)),
    ]


def definitions(document):
    """The words needed to read a figure; the JSON file has the full definitions."""
    headers = ("Code", "Indicator", "Version", "Unit", "Definition", "Counting rule", "Pitfalls")
    rows = [
        (
            *(each.code, each.name, str(each.version), each.unit),
            *(each.definition, each.counting_rule, each.pitfalls),
        )
        for each in document.definitions
    ]
    return headers, rows
