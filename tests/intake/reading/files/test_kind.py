"""What a file is, whatever its name says; what is refused, and with which words."""

import struct
import zipfile

import pytest

from eitrack.intake.reading.files import kind, refusal
from eitrack.intake.reading.files.kind import Kind, kind_of, remark_on_name
from eitrack.intake.reading.files.refusal import NotReadable
from tests.intake.reading.made import document, text_file, workbook, zipped


def refused(path):
    with pytest.raises(NotReadable) as refusal:
        kind_of(path)
    return str(refusal.value)


class TestTables:
    def test_a_text_is_a_text_file(self, tmp_path):
        assert kind_of(text_file(tmp_path, "Date,What\n")) is Kind.TEXT

    def test_a_workbook_is_known_by_its_parts(self, tmp_path):
        assert kind_of(workbook(tmp_path, ["Date"], name="sent.csv")) is Kind.XLSX

    def test_an_open_document_is_known_by_its_parts(self, tmp_path):
        assert kind_of(document(tmp_path, "<table:table-row/>")) is Kind.ODS

    def test_a_name_that_fits_needs_no_remark(self):
        assert remark_on_name("log.XLSX", Kind.XLSX) == ""
        assert remark_on_name("log", Kind.XLSX) == ""

    def test_a_name_of_another_kind_is_remarked_on(self):
        assert remark_on_name("log.csv", Kind.XLSX) == (
            "The name ends in “.csv”, but this is an Excel workbook, and was read as one."
        )


class TestNoTables:
    @pytest.mark.parametrize(
        ("start", "words"),
        [
            (b"\x89PNG\r\n\x1a\n", "a picture"),
            (b"\xff\xd8\xff\xe0", "a picture"),
            (b"%PDF-1.7", "a PDF"),
            (b"\n<!DOCTYPE html><table>", "a web page"),
            (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", "a web page"),
            (b"<?xml version='1.0'?><Workbook/>", "an XML file"),
            (b'{"rows": []}', "a JSON file"),
            (b"{\\rtf1", "a Word document"),
        ],
    )
    def test_each_is_named_and_told_what_to_send(self, tmp_path, start, words):
        (tmp_path / "sent").write_bytes(start + b" and more")

        assert refused(tmp_path / "sent") == (
            f"This is {words}, whatever its name says. Save the table as CSV or XLSX, and send "
            "that."
        )

    def test_a_calendar_is_sent_to_its_page(self, tmp_path):
        assert "page for calendars" in refused(text_file(tmp_path, "BEGIN:VCALENDAR\n"))

    def test_a_text_in_brackets_is_a_text(self, tmp_path):
        assert kind_of(text_file(tmp_path, "[North team] log,,\n")) is Kind.TEXT

    @pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b"\0\0\0"])
    def test_nothing_is_an_empty_file(self, tmp_path, content):
        (tmp_path / "sent").write_bytes(content)

        assert refused(tmp_path / "sent") == "The file is empty."

    @pytest.mark.parametrize(
        ("part", "words"),
        [
            ("word/document.xml", "a Word document"),
            ("xl/workbook.bin", "a binary Excel workbook (XLSB)"),
            ("Index/Document.iwa", "a Numbers document"),
            ("photo.jpg", "a packed file"),
        ],
    )
    def test_a_packed_file_is_named_by_its_parts(self, tmp_path, part, words):
        assert words in refused(zipped(tmp_path / "sent", {part: "<a/>"}))

    def test_half_a_workbook_is_damaged(self, tmp_path):
        path = workbook(tmp_path, ["Date"])
        path.write_bytes(path.read_bytes()[:2000])

        assert "damaged" in refused(path)


class TestLimits:
    def test_a_file_over_the_limit_is_refused_unread(self, tmp_path):
        path = tmp_path / "sent"
        with path.open("wb") as file:
            file.truncate(200 * refusal.MEGABYTE)

        assert "larger than 10 MB" in refused(path)

    def test_a_bomb_is_refused_by_its_directory(self, tmp_path):
        path = zipped(tmp_path / "sent", {"xl/workbook.xml": "0" * 1000})
        content = path.read_bytes()
        declared = struct.pack("<I", refusal.MOST_UNZIPPED_BYTES + 1)
        at = content.index(b"PK\x01\x02") + 24
        path.write_bytes(content[:at] + declared + content[at + 4 :])

        assert "Unzipped" in refused(path)

    def test_a_bomb_that_states_less_than_it_holds_is_refused(self, tmp_path):
        path = zipped(tmp_path / "sent", {"xl/workbook.xml": "0" * 1_000_000})
        content = path.read_bytes()
        for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
            at = content.index(mark) + offset
            content = content[:at] + struct.pack("<I", 10) + content[at + 4 :]
        path.write_bytes(content)
        with zipfile.ZipFile(path) as archive:
            assert archive.infolist()[0].file_size == 10

        assert "than it says" in refused(path)

    def test_what_is_read_is_counted_in_pieces(self, tmp_path, monkeypatch):
        monkeypatch.setattr(kind, "BLOCK", 7)

        assert kind_of(workbook(tmp_path, ["Date"])) is Kind.XLSX


class TestLocked:
    def test_a_packed_part_with_a_password_is_locked(self, tmp_path):
        path = workbook(tmp_path, ["Date"])
        content = path.read_bytes()
        at = content.index(b"PK\x01\x02") + 8
        path.write_bytes(content[:at] + b"\x01" + content[at + 1 :])

        assert "locked with a password" in refused(path)

    def test_an_open_document_with_a_password_is_locked(self, tmp_path):
        path = zipped(
            tmp_path / "sent",
            {
                "content.xml": "unreadable",
                "META-INF/manifest.xml": "spreadsheet <manifest:encryption-data/>",
            },
        )

        assert "locked with a password" in refused(path)
