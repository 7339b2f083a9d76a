import csv
import io
import zipfile

import pytest

from eitrack.common.files import csv_response, safe_cell, xlsx_response

DANGEROUS = ["=1+1", "+44", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


def text_of(response):
    return b"".join(response.streaming_content).decode()


def parts_of(response):
    book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


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

    def test_missing_is_an_empty_cell(self):
        assert "None" not in str(parts_of(xlsx_response([["Name"], [None]], "x")))
