"""The workbook, point by point after the guidance for statistics in spreadsheets.

"Releasing statistics in spreadsheets" and "Making spreadsheets accessible: checklist of the
basics", Government Statistical Service and Analysis Function of the United Kingdom.

| Point | Held by |
| --- | --- |
| Tables are marked up, with meaningful names | test_each_sheet_has_one_marked_table |
| One table on a sheet, at its left edge, nothing below it | test_each_sheet_has_one_marked_table |
| One tagged header row, each header unlike the others | test_one_header_row_without_a_gap |
| No merged or split cells, no nested tables | test_no_merged_cell |
| No blank rows or columns within a table | test_no_blank_row_or_column_within_a_table |
| Blank cells only with an explanation | test_a_blank_cell_is_explained_on_its_sheet |
| Text wraps in its cell | test_text_wraps_and_nothing_is_cut |
| No filters; nothing hidden | test_no_filter_and_nothing_hidden |
| Notes and symbols on a sheet of their own, said on each sheet | test_symbols_are_explained |
| Links say where they lead | test_the_contents_lead_to_every_sheet |
| Sheets have descriptive titles in A1 and unique short names | test_titles_and_names |
| Sans serif, 11 points or more, no fill, no italics, no meaning by colour | test_plain_type |
| No images, no macros | test_no_image_and_no_macro |
| A cover sheet first, the cursor in A1 of it | test_opens_on_the_cover |
| Document information is filled in | test_document_information |
| Column A is not left empty | test_titles_and_names |
| Numbers are numbers, shown as they are printed | test_plain_numbers_are_numbers |
| Charts say in words what they show | test_charts_only_where_there_is_no_symbol |

Where it leaves a choice or gives way: the header row stays in sight and is printed on each page,
as a reader of forty rows needs it; paper has title and page at its foot, which repeat what A1 says
(test_on_paper). Symbols are the plain letters that pages and register print, not set in brackets:
a figure is the same text in every file.
"""

import io
import re
from dataclasses import replace
from datetime import datetime
from zipfile import ZipFile

import openpyxl
import pytest

from eitrack.indicators.disclosure import SYMBOLS
from eitrack.returns.document import Table
from eitrack.returns.files.grids import grids_of
from eitrack.returns.files.workbook import xlsx
from tests.returns.documents import LABELS, LONG, RELEASED, awkward_document

FIXED = ["Cover", "Contents", "Notes", "Definitions"]


@pytest.fixture(scope="module")
def content():
    return xlsx(awkward_document(), RELEASED)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def sheets(book):
    """The sheets of figures with what should be on them."""
    grids = grids_of(awkward_document())
    return list(zip(book.worksheets[len(FIXED) :], grids, strict=True))


def tables(book):
    return [(sheet, next(iter(sheet.tables.values()))) for sheet in book.worksheets[1:]]


def body(sheet):
    table = next(iter(sheet.tables.values()))
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def test_each_sheet_has_one_marked_table(book):
    for sheet, table in tables(book):
        assert len(sheet.tables) == 1
        assert table.ref.startswith("A4:")
        assert table.ref == f"A4:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    assert not book.worksheets[0].tables
    assert "table_reach_by_kind_of_site" in {table.name for _, table in tables(book)}


def test_one_header_row_without_a_gap(book):
    for sheet, table in tables(book):
        headers = body(sheet)[0]
        assert table.headerRowCount == 1
        assert all(headers)
        assert len(set(headers)) == len(headers)


def test_no_merged_cell(book):
    assert not [sheet for sheet in book if sheet.merged_cells.ranges]


def test_no_blank_row_or_column_within_a_table(book):
    for sheet, _ in tables(book):
        rows = body(sheet)
        assert all(any(value not in (None, "") for value in row) for row in rows)
        columns = list(zip(*rows[1:], strict=True))
        assert all(any(value not in (None, "") for value in column) for column in columns)


def test_a_blank_cell_is_explained_on_its_sheet(book):
    for sheet, _ in tables(book)[1:]:
        has_blanks = any(value is None for row in body(sheet) for value in row)
        assert has_blanks == ("A blank cell has nothing" in sheet["A2"].value)


def test_text_wraps_and_nothing_is_cut(sheets):
    for sheet, _ in sheets:
        for cell in sheet["A"][4:]:
            assert cell.alignment.wrap_text
        long = [cell for cell in sheet["A"][4:] if cell.value == LONG]
        for cell in long:
            assert sheet.column_dimensions["A"].width >= 40
            assert sheet.row_dimensions[cell.row].height >= 30


def test_no_filter_and_nothing_hidden(book):
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert sheet.auto_filter.ref is None
        assert not [each for each in sheet.row_dimensions.values() if each.hidden]
        assert not [each for each in sheet.column_dimensions.values() if each.hidden]
    assert not [table for _, table in tables(book) if table.autoFilter]


def test_symbols_are_explained(book, sheets):
    notes = {row[0]: row[1] for row in body(book["Notes"])}

    assert notes["Symbol c"] == SYMBOLS["c"]
    assert notes["Note"] == "Sites below the floor are in “Other sites”"
    for sheet, grid in sheets:
        assert "Symbols are explained on the sheet Notes." in sheet["A2"].value
        assert all(note in sheet["A2"].value for note in grid.notes)


def test_the_contents_lead_to_every_sheet(book):
    contents = book["Contents"]
    links = {cell.value: cell.hyperlink.location for cell in contents["A"][4:]}

    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[2:]}
    for sheet in book.worksheets[2:]:
        assert sheet["A3"].value == "Back to the contents"
        assert sheet["A3"].hyperlink.location == "'Contents'!A1"


def test_titles_and_names(book, sheets):
    assert book.sheetnames[:4] == FIXED
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert "Reach by kind of site" in book.sheetnames
    assert [sheet["A1"].value for sheet, _ in sheets] == [grid.title for _, grid in sheets]
    assert all(sheet["A1"].font.b and sheet["A1"].font.sz == 14 for sheet in book)


def test_plain_type(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    assert cell.font.name == "Arial"
                    assert cell.font.sz >= 11
                    assert not cell.font.i
                    assert cell.fill.fill_type is None


def test_no_image_and_no_macro(content):
    names = ZipFile(io.BytesIO(content)).namelist()

    assert not [name for name in names if "media/" in name or "vba" in name.lower()]


def test_opens_on_the_cover(book):
    assert book.active.title == "Cover"
    assert book.active.sheet_view.selection[0].activeCell == "A1"
    said = {row[0].value: row[1].value for row in book["Cover"].iter_rows(min_row=2)}
    assert said["Status"] == "Released 23 November 2026, release 2"
    assert said["Recording coverage"] == "66% of expected worker-days have a record"
    assert said["Release note"] == "=A note that begins like a formula"


def test_document_information(book):
    properties = book.properties

    assert properties.title == "Indicator summary, Riverside & Hill, Quarter 2 of 2026/27"
    assert properties.creator == "Riverside & Hill"
    assert properties.description == "Released 23 November 2026, release 2"
    assert str(properties.created) == "2026-11-23 12:00:00"
    assert str(properties.modified) == "2026-11-23 12:00:00"


def test_plain_numbers_are_numbers(sheets):
    for sheet, grid in sheets:
        for values, facts in zip(body(sheet)[1:], grid.rows, strict=True):
            for value, fact in zip(values, facts, strict=True):
                if not fact.text:
                    assert value is None
                elif fact.is_plain:
                    by = 100 if fact.text.endswith("%") else 1
                    assert value == pytest.approx(fact.value / by, abs=1e-12)
                else:
                    assert value == fact.text


def test_what_is_missing_is_no_cell_and_a_version_is_a_number(content, book):
    for sheet in ZipFile(io.BytesIO(content)).namelist():
        if sheet.startswith("xl/worksheets/sheet"):
            cells = re.findall(r"<c [^>]*/>", ZipFile(io.BytesIO(content)).read(sheet).decode())
            assert cells == []
    assert {row[2] for row in body(book["Definitions"])[1:]} == {1}


@pytest.mark.parametrize(
    ("text", "moment", "shape"),
    [
        ("2026-11-23 12:05", datetime(2026, 11, 23, 12, 5), "yyyy-mm-dd hh:mm"),
        ("3 November 2026", datetime(2026, 11, 3), "d mmmm yyyy"),
    ],
)
def test_a_moment_is_one_and_shown_as_it_is_printed(text, moment, shape):
    document = awkward_document(parameters=(("Extracted at", text),))

    book = openpyxl.load_workbook(io.BytesIO(xlsx(document, RELEASED)))

    said = {row[0].value: row[1] for row in book["Cover"].iter_rows(min_row=2)}
    assert said["Extracted at"].value == moment
    assert said["Extracted at"].number_format == shape


def test_headers_that_differ_in_capitals_alone_still_make_a_table():
    document = awkward_document()
    shouted = replace(document.definition("RCH-01"), name="ATTENDANCES", code="rch-01")
    twice = replace(
        document.tables[1],
        columns=(
            document.tables[1].columns[1],
            replace(document.tables[1].columns[1], code="rch-01"),
        ),
    )
    document = awkward_document(
        definitions=(*document.definitions, shouted), tables=(document.tables[0], twice)
    )

    book = openpyxl.load_workbook(io.BytesIO(xlsx(document, RELEASED)))

    headers = body(book["Reach by kind of site"])[0]
    assert headers == ["Kind of site", "RCH-01 Attendances", "rch-01 ATTENDANCES (2)"]


def test_a_sheet_whose_table_is_refused_is_an_error(monkeypatch):
    monkeypatch.setattr("xlsxwriter.worksheet.Worksheet.add_table", lambda *given: -2)

    with pytest.raises(ValueError, match="has no table"):
        xlsx(awkward_document(), RELEASED)


def test_no_formula(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert not [cell for cell in cells if cell.data_type == "f"]
    assert set(LABELS) <= {cell.value for cell in cells if cell.data_type == "s"}


def test_charts_only_where_there_is_no_symbol(book, content):
    plain = [sheet.title for sheet in book if sheet._charts]

    assert plain == ["Visibility by kind of site"]
    drawing = ZipFile(io.BytesIO(content)).read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Bars of VIS-02 Unregistered sessions' in drawing


def test_on_paper(book):
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page wide (which is not written, being usual), as many high as it takes.
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert "Quarter 2 of 2026/27" in sheet.oddFooter.left.text
    for sheet in book.worksheets[1:]:
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes == "B5"


def test_a_summary_without_a_breakdown_has_the_whole_alone():
    document = awkward_document()
    whole = awkward_document(tables=document.tables[:1])

    book = openpyxl.load_workbook(io.BytesIO(xlsx(whole, RELEASED)))

    assert book.sheetnames == [*FIXED, "Whole service"]


def test_columns_that_would_be_blank_are_left_out():
    column = next(each for each in awkward_document().tables[0].columns if each.code == "VIS-02")
    whole = Table("", "All", (), (column,))

    (grid,) = grids_of(awkward_document(tables=(whole,)))

    assert grid.headers == (
        *("Code", "Indicator", "Group", "Period", "Figure"),
        *("Unit", "Definition version"),
    )
