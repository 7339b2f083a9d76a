"""Workbooks: their sheets, what the library hides, and what would end the process."""

from datetime import date, time, timedelta

import pytest
import xlsxwriter

from eitrack.intake.reading.cells import Flaw
from eitrack.intake.reading.files import survey
from eitrack.intake.reading.files.kind import kind_of
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.files.workbook import open_workbook
from tests.intake.reading.made import document, raw_workbook, workbook

CELL = '<table:table-cell office:value-type="float" office:value="1"/>'


def sheets_of(path):
    return open_workbook(path, kind_of(path))


def rows_of(path):
    return list(sheets_of(path)[0].rows())


def refused(path):
    with pytest.raises(NotReadable) as refusal:
        rows_of(path)
    return str(refusal.value)


def column(path, number=0):
    """The cells of one column; of a flaw what it shows."""
    cells = [row[number] for _, row in rows_of(path)]
    return [cell.shown if isinstance(cell, Flaw) else cell for cell in cells]


class TestSheets:
    def test_hidden_sheets_are_known_as_hidden(self, tmp_path):
        path = workbook(tmp_path, ["Date"], hidden=["Lists"])

        assert [(sheet.name, sheet.is_hidden) for sheet in sheets_of(path)] == [
            ("Log", False),
            ("Lists", True),
        ]

    def test_a_chart_sheet_is_no_sheet(self, tmp_path):
        with xlsxwriter.Workbook(tmp_path / "sent") as book:
            chart = book.add_chart({"type": "line"})
            book.add_chartsheet("Chart").set_chart(chart)
            sheet = book.add_worksheet("Log")
            sheet.write(0, 0, 8)
            chart.add_series({"values": "=Log!$A$1"})

        assert [sheet.name for sheet in sheets_of(tmp_path / "sent")] == ["Log"]
        assert rows_of(tmp_path / "sent") == [(1, [8.0])]

    def test_rows_have_the_numbers_that_a_spreadsheet_shows(self, tmp_path):
        path = workbook(tmp_path, [], [], ["", "", "Date"], [], ["", "", "", 8])

        assert rows_of(path) == [(3, ["", "", "Date", ""]), (5, ["", "", "", 8.0])]

    def test_rows_may_be_asked_for_again(self, tmp_path):
        sheet = sheets_of(workbook(tmp_path, ["Date"], [8]))[0]

        assert list(sheet.rows()) == list(sheet.rows())

    def test_an_empty_sheet_has_no_rows(self, tmp_path):
        assert rows_of(workbook(tmp_path)) == []

    def test_the_name_of_the_file_does_not_matter(self, tmp_path):
        assert rows_of(workbook(tmp_path, ["Date"], name="sent.xls")) == [(1, ["Date"])]

    def test_cells_without_an_address_stand_side_by_side(self, tmp_path):
        path = raw_workbook(tmp_path, '<row r="3"><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>')

        assert [(n, [str(cell) for cell in row]) for n, row in rows_of(path)] == [
            (3, ["1.0", "#N/A"])
        ]


class TestCells:
    def test_days_times_and_lengths_have_their_types(self, tmp_path):
        path = workbook(
            tmp_path,
            [(46329, "dd/mm/yyyy")],
            [(0.0625, "hh:mm")],
            [(1.5, "[h]:mm")],
            [(1.5, '0.0 "h"')],
        )

        assert column(path) == [
            date(2026, 11, 3),
            time(1, 30),
            timedelta(days=1, hours=12),
            1.5,
        ]

    def test_a_percentage_is_a_flaw(self, tmp_path):
        path = workbook(tmp_path, [(0.5, "0%")], [(0.125, "0.0 %")], [(8, '0 "%"')], [0.5])

        assert column(path) == ["50%", "12.5%", 8.0, 0.5]
        assert rows_of(path)[0][1][0].reason == "50% is a percentage. Type the number itself."

    def test_an_error_is_a_flaw_and_no_blank(self, tmp_path):
        rows = "".join(
            f'<row r="{row}"><c r="A{row}" t="e"><f>1/0</f><v>{value}</v></c></row>'
            for row, value in enumerate(("#DIV/0!", "#N/A"), 1)
        )

        assert column(raw_workbook(tmp_path, rows)) == ["#DIV/0!", "#N/A"]

    def test_a_formula_without_a_value_is_a_flaw(self, tmp_path):
        rows = (
            '<row r="1"><c r="A1"><f>4+4</f></c><c r="B1"><f>4+4</f><v/></c></row>'
            '<row r="2"><c r="A2"><f>4+4</f><v>8</v></c>'
            '<c r="B2" t="str"><f>""</f><v></v></c></row>'
        )

        read = rows_of(raw_workbook(tmp_path, rows))

        assert [str(cell) for cell in read[0][1]] == ["formula", "formula"]
        assert read[1][1] == [8.0, ""]

    def test_flaws_alone_make_a_row(self, tmp_path):
        rows = '<row r="2"><c r="B2"><f>1</f></c></row><row r="4"><c r="C4"><f>1</f></c></row>'

        assert [number for number, _ in rows_of(raw_workbook(tmp_path, rows))] == [2, 4]


class TestOpenDocuments:
    def test_percentages_errors_and_formulas_are_flaws(self, tmp_path):
        cells = (
            '<table:table-cell office:value-type="percentage" office:value="0.5"/>',
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
            'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
            '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
            "<text:p>Err:502</text:p></table:table-cell>",
            '<table:table-cell table:formula="of:=4+4"/>',
            '<table:table-cell table:formula="of:=4+4" office:value-type="float" office:value="8">'
            "<text:p>8</text:p></table:table-cell>",
        )
        path = document(tmp_path, f"<table:table-row>{''.join(cells)}</table:table-row>")

        [(_, row)] = rows_of(path)

        assert [str(cell) for cell in row] == ["50%", "#DIV/0!", "error", "formula", "8.0"]

    def test_a_flaw_is_repeated_as_its_cell_is(self, tmp_path):
        cell = (
            '<table:table-cell table:number-columns-repeated="2" office:value-type="percentage" '
            'office:value="0.5"/>'
        )
        row = f'<table:table-row table:number-rows-repeated="3">{cell}</table:table-row>'

        assert [[str(cell) for cell in row] for _, row in rows_of(document(tmp_path, row))] == [
            ["50%", "50%"]
        ] * 3

    def test_empty_rows_down_to_the_last_are_no_rows(self, tmp_path):
        rest = (
            '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/>'
            "</table:table-row>"
        )

        assert rows_of(document(tmp_path, f"<table:table-row>{CELL}</table:table-row>{rest}")) == [
            (1, [1.0])
        ]


class TestRefused:
    @pytest.mark.parametrize(
        "address", ["A1048576", "XFD1048576", "A4000000000", "A99999999999999"]
    )
    def test_a_cell_far_below(self, tmp_path, address):
        rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="{address}"><v>2</v></c></row>'

        assert refused(raw_workbook(tmp_path, rows)).startswith(
            "The sheet “Log” has more than 100,000 rows."
        )

    @pytest.mark.parametrize("address", ["XFD1", "ZZZZZZ1"])
    def test_a_cell_far_to_the_right(self, tmp_path, address):
        rows = f'<row r="1"><c r="A1"><v>1</v></c><c r="{address}"><v>2</v></c></row>'

        assert "right of column 200" in refused(raw_workbook(tmp_path, rows))

    @pytest.mark.parametrize("address", ["A0", "1A", "A", "A1B", "Ä1"])
    def test_an_address_that_is_none(self, tmp_path, address):
        rows = f'<row><c r="{address}"><v>2</v></c></row>'

        assert refused(raw_workbook(tmp_path, rows)).startswith("The file is damaged")

    def test_a_styled_cell_far_below_is_no_row(self, tmp_path):
        rows = '<row r="1"><c r="A1"><v>1</v></c></row><row><c r="A1048576" s="1"/></row>'

        assert rows_of(raw_workbook(tmp_path, rows)) == [(1, [1.0])]

    def test_more_texts_stated_than_there_can_be(self, tmp_path):
        strings = (
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'uniqueCount="4000000000"><si><t>a</t></si></sst>'
        )
        rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'

        assert "damaged" in refused(raw_workbook(tmp_path, rows, {"xl/sharedStrings.xml": strings}))

    @pytest.mark.parametrize(
        "rows",
        [
            f'<table:table-row table:number-rows-repeated="1000000">{CELL}</table:table-row>',
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'
            f"</table:table-row><table:table-row>{CELL}</table:table-row>",
        ],
    )
    def test_a_document_of_a_million_rows(self, tmp_path, rows):
        assert "more than 100,000 rows" in refused(document(tmp_path, rows))

    def test_a_text_of_a_million_spaces(self, tmp_path):
        cell = (
            '<table:table-cell office:value-type="string"><text:p><text:s text:c="1000000"/>'
            "</text:p></table:table-cell>"
        )

        assert "damaged" in refused(
            document(tmp_path, f"<table:table-row>{cell}</table:table-row>")
        )

    def test_entities(self, tmp_path):
        sheet = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'

        path = raw_workbook(tmp_path, "", {"xl/worksheets/sheet1.xml": sheet})

        assert "damaged" in refused(path)

    def test_a_sheet_that_is_missing(self, tmp_path):
        path = raw_workbook(tmp_path, "", {"xl/_rels/workbook.xml.rels": "<Relationships/>"})

        assert "damaged" in refused(path)

    def test_more_cells_than_fit_at_once(self, tmp_path, monkeypatch):
        monkeypatch.setattr(survey, "MOST_CELLS", 3)

        assert "more cells than can be read at once" in refused(
            workbook(tmp_path, ["a", "b"], ["c", "d"])
        )

    def test_an_error_that_the_library_does_not_know(self, tmp_path):
        rows = '<row r="7"><c r="A7" t="e"><v>#SPILL!</v></c></row>'

        assert refused(raw_workbook(tmp_path, rows)).startswith(
            "Row 7 of the sheet “Log” holds an error, #SPILL!."
        )

    def test_a_length_that_no_calendar_holds(self, tmp_path):
        """The library panics over it, which is no Exception."""
        assert "damaged" in refused(workbook(tmp_path, [(1e300, "[h]:mm")]))
