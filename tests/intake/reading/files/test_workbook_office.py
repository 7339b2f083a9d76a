"""Workbooks that nobody here wrote: made by LibreOffice, the older Excel's format too."""

import subprocess
from datetime import date, time, timedelta

import pytest
import xlsxwriter

from eitrack.intake.reading.files.kind import Kind, kind_of
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.files.workbook import open_workbook
from tests.intake.reading.made import workbook

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def made(folder):
    path = workbook(
        folder,
        [],
        ["", (0.5, "0%"), (46329, "dd/mm/yyyy"), (0.0625, "hh:mm"), 8, "Café"],
        ["", (0.25, '0.0 "%"'), (1.5, "[h]:mm"), "", 2.5],
        hidden=["Lists"],
        name="sent.xlsx",
    )
    with xlsxwriter.Workbook(folder / "error.xlsx") as book:
        sheet = book.add_worksheet("Log")
        sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
        sheet.write(0, 2, 1)
    for kind in ("xls", "ods"):
        for name in (path, folder / "error.xlsx"):
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
            command += ["--convert-to", kind, "--outdir", str(folder), str(name)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize("kind", [Kind.XLS, Kind.ODS])
def test_a_sheet_is_read_as_it_was_written(made, kind):
    path = made / f"sent.{kind.endings[0]}"
    assert kind_of(path) is kind

    sheet, other = open_workbook(path, kind)

    assert (sheet.name, sheet.is_hidden, other.name, other.is_hidden) == (
        "Log",
        False,
        "Lists",
        True,
    )
    first, second = sheet.rows()
    number, [blank, percent, day, clock, count, words] = first
    assert (number, blank, str(percent), count, words) == (2, "", "50%", 8, "Café")
    assert (day, clock) == (date(2026, 11, 3), time(1, 30))
    # The library gives a length over a day from this format as its text.
    long = {Kind.XLS: timedelta(days=1, hours=12), Kind.ODS: "PT36H00M00S"}[kind]
    assert second[1][:5] == ["", 0.25, long, "", 2.5]


@pytest.mark.parametrize("kind", [Kind.XLS, Kind.ODS])
def test_an_error_is_a_flaw(made, kind):
    [sheet] = open_workbook(made / f"error.{kind.endings[0]}", kind)

    [(number, cells)] = sheet.rows()

    assert (number, str(cells[1]), cells[2]) == (1, "#DIV/0!", 1)


def test_sizes_that_an_old_workbook_only_states_are_refused(made, tmp_path):
    content = (made / "error.xls").read_bytes()
    size = content.index(b"\x00\x02\x0e\x00") + 4
    sectors = 44
    for at in (size + 4, sectors):
        broken = content[:at] + b"\xff\xff\xff\x7f" + content[at + 4 :]
        (tmp_path / "sent").write_bytes(broken)

        with pytest.raises(NotReadable, match="damaged"):
            open_workbook(tmp_path / "sent", Kind.XLS)


def test_a_password_of_an_old_workbook_is_known(made, tmp_path):
    content = (made / "error.xls").read_bytes()
    font = content.index(b"\x31\x00", content.index(b"\x09\x08"))
    (tmp_path / "sent").write_bytes(content[:font] + b"\x2f\x00" + content[font + 2 :])

    with pytest.raises(NotReadable, match="locked with a password"):
        open_workbook(tmp_path / "sent", Kind.XLS)
