"""Whole files, from their bytes to their records."""

from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eitrack.intake.reading.files.kind import Kind
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.header import find_head
from eitrack.intake.reading.layouts import suggested
from eitrack.intake.reading.lines import LineKind, lines
from eitrack.intake.reading.records import records
from eitrack.intake.reading.tables import read_tables
from eitrack.intake.reading.values.counts import read_count
from eitrack.intake.reading.values.day_order import around, day_order
from eitrack.intake.reading.values.days import read_day
from eitrack.intake.reading.values.length_unit import unit_of
from eitrack.intake.reading.values.lengths import read_length
from tests.intake.reading.made import text_file, workbook

TODAY = date(2026, 11, 27)


def read(sheet):
    """Its records as (row, day, words, minutes, count), and what its other rows are."""
    head = find_head(sheet.rows())
    found = list(lines(sheet.rows(), head))
    rows = [line for line in found if line.kind is LineKind.RECORD]
    headings = {line.number: line.cells[0] for line in found if line.kind is LineKind.HEADING}
    fields = [one.field for one in suggested(head, [line.cells for line in rows])]
    named = {field.name: column for column, field in enumerate(fields)}
    days = [line.cells[named["DATE"]] for line in rows]
    known = around(days, day_order(days), TODAY, [*head.titles, sheet.name])
    unit = unit_of((line.cells[named["LENGTH"]] for line in rows), head.names[named["LENGTH"]])
    read, above = [], None
    for record in records(rows, fields):
        cells = {field.name: cell for field, cell in record.cells.items()}
        heading = headings.get(record.number - 1, "")
        above = read_day(heading, known).value or above
        above = read_day(cells["DATE"], known, above).value
        length = read_length(cells.get("LENGTH", ""), unit.unit).value
        count = read_count(cells.get("COUNT", "")).value
        read.append(
            (
                record.number,
                above,
                f"{cells['KIND']}, {cells['PLACE']}",
                length and length.minutes,
                count and count.number,
            )
        )
    return read, {line.number: line.kind.name for line in found if line not in rows}


def test_a_sheet_as_a_worker_keeps_it(tmp_path):
    path = tmp_path / "sent"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Lists").hide()
        sheet = book.add_worksheet("Autumn")
        sheet.activate()
        day = book.add_format({"num_format": "ddd d mmm"})
        clock = book.add_format({"num_format": "h:mm"})
        sheet.merge_range("A1:G1", "Activity log, autumn 2026", None)
        sheet.write_row(2, 0, ["", "", "", "", "Numbers", "", ""])
        sheet.write_row(3, 0, ["Date ", "What", "Where", "Time\n(hrs)", "Attended", "", "Notes"])
        sheet.write_row(4, 0, ["w/c 2 Nov"])
        sheet.write_row(5, 0, ["Tues", "d/in", "Bells Lane", 1.5, "c. 20", "", "lovely"])
        sheet.write_row(6, 0, ["Thurs", "HV", "Home", "1,25", 2])
        sheet.write_datetime(7, 0, date(2026, 11, 9), day)
        sheet.write_row(7, 1, ["Group", "Mill Road"])
        sheet.write_number(7, 3, 0.0625, clock)
        sheet.write_row(7, 4, ["8 mums + 11"])
        sheet.write_row(8, 0, ["Total", "", "", 4.25, 41])
        sheet.write_row(10, 0, ["NB half term is missing"])

    tables = read_tables(path, "My log.xlsx")

    assert (tables.kind, tables.remarks) == (Kind.XLSX, [])
    assert [sheet.name for sheet in tables.shown] == ["Autumn"]
    found, others = read(tables.shown[0])
    assert found == [
        (6, date(2026, 11, 3), "d/in, Bells Lane", 90, 20),
        (7, date(2026, 11, 5), "HV, Home", 75, 2),
        (8, date(2026, 11, 9), "Group, Mill Road", 90, 19),
    ]
    assert others == {5: "HEADING", 9: "TOTAL", 11: "NOTE"}


def test_a_text_file_as_another_program_writes_it(tmp_path):
    path = text_file(
        tmp_path,
        "sep=;\r\nDatum;Activity;Venue;Minutes;Attendance\r\n"
        "03.11.26;Café drop-in;Bells Lane;90;8,0\r\n24.11.26;Visit;Home;45;2\r\n",
        "utf-16",
    )

    tables = read_tables(path, "export.xls")

    assert tables.remarks == [
        "The name ends in “.xls”, but this is a text file, and was read as one."
    ]
    assert read(tables.sheets[0])[0] == [
        (3, date(2026, 11, 3), "Café drop-in, Bells Lane", 90, 8),
        (4, date(2026, 11, 24), "Visit, Home", 45, 2),
    ]


def test_a_remark_tells_of_a_code_page(tmp_path):
    path = text_file(tmp_path, "Date,What\n3/11/26,Café\n", "cp1252")

    [remark] = read_tables(path, "log.csv").remarks

    assert remark.startswith("Letters are read as Western European")


BEGINNINGS = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"Date,What\n")


def outcome(path, content):
    """The rows in these bytes, or why there are none."""
    path.write_bytes(content)
    try:
        return [list(sheet.rows()) for sheet in read_tables(path, "sent").sheets]
    except NotReadable as refusal:
        return str(refusal)


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_rows_or_refused(tmp_path, beginning, rest):
    assert outcome(tmp_path / "sent", beginning + rest) != ""


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return workbook(tmp_path_factory.mktemp("made"), ["Date", "Hours"], [46329, 1.5]).read_bytes()


@given(st.dictionaries(st.integers(0, 10_000), st.integers(0, 255), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_workbook_with_some_bytes_changed_is_rows_or_refused(tmp_path, content, changes):
    changed = bytearray(content)
    for place, byte in changes.items():
        changed[place % len(changed)] = byte

    assert outcome(tmp_path / "sent", changed) != ""


@pytest.mark.parametrize("cells", [["3/11/26"] * 3, ["Date"]])
def test_a_table_may_have_one_column(tmp_path, cells):
    path = text_file(tmp_path, "Date\n" + "\n".join(cells))

    assert find_head(read_tables(path, "log.csv").sheets[0].rows()).names == ("Date",)
