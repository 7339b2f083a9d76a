import csv
import io
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import openpyxl
import pytest

from eitrack.common.files import csv_response, safe_cell, xlsx_response

DANGEROUS = ["=1+1", "+44", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


def text_of(response):
    return b"".join(response.streaming_content).decode()


def parts_of(response):
    book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


def read(response):
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


class TestCells:
    @pytest.mark.parametrize("text", DANGEROUS)
    def test_what_a_spreadsheet_would_run_becomes_text(self, text):
        assert safe_cell(text) == f"'{text}"

    @pytest.mark.parametrize(("value", "cell"), [(-5, -5), (2.5, 2.5), (None, ""), ("Oak", "Oak")])
    def test_numbers_and_plain_words_stay(self, value, cell):
        assert safe_cell(value) == cell


class TestCsv:
    def test_is_utf8_with_the_mark_that_excel_needs(self):
        response = csv_response([["Site"], ["Café"]], "sites")

        assert text_of(response) == "\ufeffSite\r\nCafé\r\n"
        assert response["Content-Disposition"] == 'attachment; filename="sites.csv"'

    def test_dangerous_cells_are_text(self):
        response = csv_response([DANGEROUS], "x")

        [row] = csv.reader(io.StringIO(text_of(response).removeprefix("\ufeff"), newline=""))
        assert row == [f"'{text}" for text in DANGEROUS]

    def test_moments_are_told_by_the_clock_of_the_service(self):
        row = [date(2026, 9, 14), datetime(2026, 9, 14, 8, 30, tzinfo=UTC), time(9, 15)]

        response = csv_response([row], "x")

        assert text_of(response) == "\ufeff2026-09-14,2026-09-14 09:30,09:15\r\n"

    def test_is_written_row_by_row(self):
        def rows():
            yield ["A"]
            raise AssertionError("read too far")

        response = csv_response(rows(), "x")

        assert next(iter(response.streaming_content)) == "\ufeff".encode()


class TestXlsx:
    def test_dangerous_cells_are_text_and_numbers_are_numbers(self):
        parts = parts_of(
            xlsx_response([["Name", "n"], ["=1+1", 3], ["https://x.example", -4]], "x")
        )

        sheet = parts["xl/worksheets/sheet1.xml"]
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert "<v>3</v>" in sheet
        assert "<v>-4</v>" in sheet
        assert "=1+1" in sheet + parts.get("xl/sharedStrings.xml", "")

    def test_what_is_missing_is_no_cell(self):
        sheet = parts_of(xlsx_response([["Name", "n", "On"], [None, "", 3]], "x"))

        assert sheet["xl/worksheets/sheet1.xml"].count("<c ") == 4

    def test_dates_times_and_minutes_are_such(self):
        row = [date(2026, 9, 14), datetime(2026, 9, 14, 8, 30, tzinfo=UTC), time(9, 15), 90, 1.5]

        sheet = read(xlsx_response([["On", "At", "Start", "Minutes", "Hours"], row], "x"))

        told = [cell.value for cell in sheet[2]]
        # By the clock of the service, an hour ahead in summer.
        assert told == [datetime(2026, 9, 14), datetime(2026, 9, 14, 9, 30), time(9, 15), 90, 1.5]
        assert [cell.is_date for cell in sheet[2]] == [True, True, True, False, False]
        assert sheet["D2"].data_type == "n"

    def test_a_date_has_room_to_be_shown_and_the_list_can_be_filtered(self):
        sheet = read(xlsx_response([["On", "At"], [date(2026, 9, 14), datetime(2026, 9, 14)]], "x"))

        assert sheet.column_dimensions["A"].width > len("2026-09-14")
        assert sheet.column_dimensions["B"].width > len("2026-09-14 00:00")
        assert sheet.auto_filter.ref == "A1:B2"

    def test_a_date_that_no_spreadsheet_has_stays_readable(self):
        sheet = read(xlsx_response([["On"], [date(1752, 9, 14)], [Decimal("2.5")]], "x"))

        assert (sheet["A2"].value, sheet["A3"].value) == ("1752-09-14", 2.5)
