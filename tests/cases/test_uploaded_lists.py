"""Reading a list of references: what is understood, and what is refused with what to do."""

import io
import zipfile

import openpyxl
import pytest

from eitrack.cases import uploaded_lists
from eitrack.cases.uploaded_lists import ListError, read_list


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return content_of(book)


def content_of(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_hidden_sheets(content):
    """The same workbook with every sheet hidden, which no program would write."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(buffer, "w") as hidden:
        for name in book.namelist():
            part = book.read(name).replace(b'state="visible"', b'state="hidden"')
            hidden.writestr(name, part)
    return buffer.getvalue()


def zipped(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def read_csv(text):
    return read_list("open.csv", text.encode())


class TestUnderstood:
    @pytest.mark.parametrize(
        "head", ["Reference", "REF", "case_reference", "Case ID", "Case no.", "CaseID"]
    )
    def test_the_column_is_found_by_its_head(self, head):
        found = read_csv(f"Worker,{head}\nAda,S-1\nBen,S-2\n")

        assert found.open == ["S-1", "S-2"]

    def test_the_only_column_needs_no_head(self):
        assert read_csv("S-1\nS-2\n").open == ["S-1", "S-2"]
        assert read_csv("Families\nS-1\n").open == ["S-1"]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_cells_are_divided_as_programs_do(self, delimiter):
        assert read_csv(f"name{delimiter}ref\nAda{delimiter}S-1\n").open == ["S-1"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_three_encodings_are_known(self, encoding):
        content = "reference,worker\nÉ-1,Zoë\n".encode(encoding)

        assert read_list("LIST.CSV", content).open == ["É-1"]

    def test_a_status_or_a_day_says_what_is_closed(self):
        found = read_csv("ref,status\nS-1,Open\nS-2,closed\nS-3,\nS-4,2026-09-01\nS-5,1/9/2026\n")

        assert found.is_closed == {
            "S-1": False,
            "S-2": True,
            "S-3": False,
            "S-4": True,
            "S-5": True,
        }

    def test_a_reference_twice_counts_once_and_open_wins(self):
        found = read_csv("ref,status\nS-1,closed\nS-1,open\nS-1,closed\n")

        assert (found.open, found.repeated) == (["S-1"], 2)

    def test_lines_without_a_reference_are_counted(self):
        found = read_csv("ref,worker\nS-1,Ada\n,Ben\n\n")

        assert (found.open, found.without_reference) == (["S-1"], 1)

    def test_numbers_of_a_workbook_have_no_decimals(self):
        content = workbook(["Case ID", "State"], [4711, "open"], [4712.0, None], ["S-1", "closed"])

        found = read_list("list.xlsx", content)

        assert found.is_closed == {"4711": False, "4712": False, "S-1": True}

    def test_the_first_sheet_that_is_not_hidden_is_read_and_named(self):
        """The order of sheets is not what somebody sees who opened the workbook."""
        book = openpyxl.Workbook()
        book.active.title, book.active.sheet_state = "Last year", "hidden"
        book.active.append(["ref"])
        book.active.append(["OLD-1"])
        for title in ("Open now", "Notes"):
            sheet = book.create_sheet(title)
            sheet.append(["ref"])
            sheet.append([f"{title}-1"])

        found = read_list("list.xlsx", content_of(book))

        assert (found.sheet, found.open) == ("Open now", ["OPEN NOW-1"])

    def test_a_workbook_of_hidden_sheets_only_is_refused(self):
        content = with_hidden_sheets(workbook(["ref"], ["S-1"]))

        with pytest.raises(ListError, match="Every sheet of the workbook is hidden"):
            read_list("list.xlsx", content)

    def test_a_workbook_s_day_of_closing_is_closed(self):
        import datetime

        content = workbook(["Ref", "Closed on"], ["S-1", datetime.date(2026, 9, 1)], ["S-2", None])

        assert read_list("list.xlsx", content).is_closed == {"S-1": True, "S-2": False}

    def test_twenty_thousand_rows_fit(self):
        rows = "".join(f"S-{number}\n" for number in range(20_000))

        assert len(read_csv(f"ref\n{rows}").open) == 20_000


REFUSED = {
    "empty": ("a.csv", b"", "is empty"),
    "blank": ("a.csv", b" \r\n\r\n", "is empty"),
    "only commas": ("a.csv", b",,\n,,\n", "is empty"),
    "no reference below the head": ("a.csv", b"ref\n", "No reference stands"),
    "a wrong column": ("a.csv", b"worker,team\nAda,North\n", "No column is headed"),
    "two columns": ("a.csv", b"ref,case id\n1,2\n", "Two columns could hold"),
    "two states": ("a.csv", b"ref,status,closed\n1,,\n", "Two columns could say"),
    "text": ("a.csv", b"ref\n" + b"x" * 41 + b"\n", "Row 2 holds more than 40"),
    "an unknown status": ("a.csv", b"ref,status\nS-1,perhaps\n", "Row 2 says neither"),
    "a formula": ("a.csv", b"ref\nS-1\n=HYPERLINK(1)\n", "Row 3 holds a formula"),
    "UTF-16": ("a.csv", "ref\nS-1\n".encode("utf-16"), "encoding that EITrack does not know"),
    "a code page": ("a.csv", b"ref\n\x81\x8d\x8f\n", "encoding that EITrack does not know"),
    "a picture": ("a.csv", b"\x89PNG\r\n\x1a\n\x01\x02", "encoding that EITrack does not know"),
    "a workbook called CSV": ("a.csv", workbook(["ref"]), "it is an Excel file"),
    "text called XLSX": ("a.xlsx", b"ref\nS-1\n", "it is no Excel workbook"),
    "another archive": ("a.xlsx", zipped(word__document_xml="x"), "it is no Excel workbook"),
    "an old workbook": ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "old or locked Excel file"),
    "a damaged workbook": ("a.xlsx", zipped(xl__workbook_xml="<x"), "is damaged"),
    "half a workbook": ("a.xlsx", workbook(["ref"])[:2000], "it is no Excel workbook"),
    "another kind": ("a.pdf", b"%PDF-1.7", "Send a CSV or an XLSX file"),
    "no ending": ("list", b"ref\n", "Send a CSV or an XLSX file"),
    "a formula of a workbook": ("a.xlsx", workbook(["ref"], ["=1+1"]), "Row 2 holds a formula"),
    "a formula as status": ("a.xlsx", workbook(["ref", "state"], [1, "=A1"]), "Row 2 holds a form"),
    "an error of Excel": ("a.xlsx", workbook(["ref"], ["#REF!"]), "an error of Excel"),
}


class TestRefused:
    @pytest.mark.parametrize("what", REFUSED)
    def test_says_why_and_what_to_do(self, what):
        name, content, words = REFUSED[what]

        with pytest.raises(ListError, match=words):
            read_list(name, content)

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_fifty_thousand_rows(self, ending):
        if ending == "csv":
            content = b"ref\n" + b"S-1\n" * 50_000
        else:
            content = workbook(["ref"], *([number] for number in range(50_000)))

        with pytest.raises(ListError, match="more than 20,000 rows"):
            read_list(f"a.{ending}", content)

    def test_more_than_five_megabytes(self):
        with pytest.raises(ListError, match="larger than 5 MB"):
            read_list("a.csv", b"S-1\n" * 1_500_000)

    def test_a_workbook_that_is_far_larger_unzipped(self, monkeypatch):
        monkeypatch.setattr(uploaded_lists, "MOST_UNZIPPED_BYTES", 100_000)
        content = zipped(xl__workbook_xml=b" " * 200_000)

        assert len(content) < 5_000
        with pytest.raises(ListError, match="far too large"):
            read_list("a.xlsx", content)

    def test_entities_that_grow_without_end(self):
        bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n else "") + ";"}'
            f'{("&a" + (str(n - 1) if n else "") + ";") * 9}">'
            for n in range(9)
        )
        content = zipped(xl__workbook_xml=f"{bomb}]><b>&a8;</b>")

        with pytest.raises(ListError, match="is damaged"):
            read_list("a.xlsx", content)
