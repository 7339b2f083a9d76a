"""Text files: their encoding, what stands between cells, and what is refused."""

import pytest

from eitrack.intake.reading.files import text
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.files.text import open_text
from tests.intake.reading.made import text_file

ROWS = "Date,What\n3/11/2026,Café drop-in\n"
READ = [(1, ["Date", "What"]), (2, ["3/11/2026", "Café drop-in"])]


def rows_of(path):
    return list(open_text(path).rows())


def refused(path):
    with pytest.raises(NotReadable) as refusal:
        rows_of(path)
    return str(refusal.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_common_encoding_is_known(tmp_path, encoding):
    assert rows_of(text_file(tmp_path, ROWS, encoding)) == READ


def test_utf_16_of_either_byte_order_is_known_by_its_mark(tmp_path):
    marked = "\ufeff" + ROWS

    assert rows_of(text_file(tmp_path, marked, "utf-16-be")) == READ
    assert rows_of(text_file(tmp_path, marked, "utf-16-le")) == READ


def test_a_code_page_is_said_where_it_matters(tmp_path):
    assert "Western European" in open_text(text_file(tmp_path, ROWS, "cp1252")).remark
    assert open_text(text_file(tmp_path, ROWS, "utf-8")).remark == ""
    assert open_text(text_file(tmp_path, "Date,What\n", "cp1252")).remark == ""


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_common_delimiter_is_known(tmp_path, delimiter):
    path = text_file(tmp_path, ROWS.replace(",", delimiter))

    assert rows_of(path) == READ


def test_a_decimal_comma_is_no_delimiter(tmp_path):
    path = text_file(tmp_path, "Log of 2026\n\nDay;Hours;Came\n3.11.;1,5;8\n4.11.;2,0;11\n")

    assert rows_of(path)[-1] == (5, ["4.11.", "2,0", "11"])


def test_a_line_for_excel_states_the_delimiter_and_is_no_row(tmp_path):
    path = text_file(tmp_path, "sep=;\nDate;What, where\n")

    assert rows_of(path) == [(2, ["Date", "What, where"])]


def test_one_column_stays_one(tmp_path):
    assert rows_of(text_file(tmp_path, "Drop-in\nVisit\n")) == [(1, ["Drop-in"]), (2, ["Visit"])]


def test_blank_rows_count_and_are_left_out(tmp_path):
    assert rows_of(text_file(tmp_path, "a,b\n\n,,\nc,d\n")) == [(1, ["a", "b"]), (4, ["c", "d"])]


def test_spaces_around_a_cell_go_and_a_text_that_a_spreadsheet_is_to_keep_stays(tmp_path):
    path = text_file(tmp_path, 'a,b\n\xa0 x \xa0,"=""0081"""\n')

    assert rows_of(path)[1] == (2, ["x", "0081"])


def test_a_line_break_inside_quotation_marks_belongs_to_its_cell(tmp_path):
    path = text_file(tmp_path, 'Date,"Number\nof adults"\n3/11,8\n')

    assert rows_of(path) == [(1, ["Date", "Number\nof adults"]), (2, ["3/11", "8"])]


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line(tmp_path):
    path = text_file(tmp_path, 'Date,What\n3/11,"Stay & play\n' + "4/11,Visit\n" * 200)

    assert refused(path).startswith("In line 2 a quotation mark is opened and never closed.")


def test_a_cell_that_is_far_too_long_is_refused(tmp_path):
    path = text_file(tmp_path, "Date,What\n3/11," + "x" * 200_000 + "\n")

    assert refused(path).startswith("Line 2 holds a cell that is far too long")


@pytest.mark.parametrize(
    "content", [b"Date,What\n3/11,a\0b\n", b"Date\x01,What\n", b"\x81\x8d\x8f", b"\xff\xfe\x00"]
)
def test_what_is_no_text_is_refused(tmp_path, content):
    (tmp_path / "sent").write_bytes(content)

    assert "no text at all" in refused(tmp_path / "sent")


def test_more_rows_than_are_read_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "MOST_ROWS", 3)

    assert len(rows_of(text_file(tmp_path, "a,b\n" * 3 + "\n,\n"))) == 3
    assert "100,000 rows" in refused(text_file(tmp_path, "a,b\n" * 4))


def test_more_columns_than_are_read_are_refused(tmp_path):
    assert len(rows_of(text_file(tmp_path, "a," * 200 + ",,\n"))[0][1]) == 200
    assert "right of column 200" in refused(text_file(tmp_path, "a," * 201))
