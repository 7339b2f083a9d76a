"""Files opened by programs that nobody here wrote: LibreOffice, and poppler's pdftotext."""

import csv
import io
import subprocess
from collections import Counter

import openpyxl
import pytest

from eitrack.indicators.disclosure import SYMBOLS
from eitrack.returns.files.facts import facts_of
from eitrack.returns.files.grids import grids_of
from eitrack.returns.files.paper import pdf
from eitrack.returns.files.text import csv_file
from eitrack.returns.files.workbook import xlsx
from tests.returns.documents import RELEASED, awkward_document, printed

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
# Comma, double quote, UTF-8, from line 1; English of Great Britain; as shown; every sheet.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,2057,false,true,true,false,false,-1"
AS_CSV = "CSV:44,34,76,1,,2057"


@pytest.fixture(scope="module")
def document():
    return awkward_document()


def converted(folder, content, name, *options):
    """Have LibreOffice read a file and write it anew, with a profile of its own."""
    (folder / name).write_bytes(content)
    out = folder / "out"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            *options,
            "--outdir",
            str(out),
            str(folder / name),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out


def test_the_workbook_shows_every_figure_as_it_is_printed(document, tmp_path):
    out = converted(tmp_path, xlsx(document, RELEASED), "r.xlsx", "--convert-to", EVERY_SHEET)

    for grid in grids_of(document):
        name = grid.name.replace("/", " ").replace("[", " ").replace("]", " ")
        file = next(each for each in out.iterdir() if name[:12] in each.name)
        rows = list(csv.reader(io.StringIO(file.read_text())))[3:]
        assert rows[0][: len(grid.headers)] == list(grid.headers)
        assert [row[: len(grid.headers)] for row in rows[1:]] == [
            [fact.text for fact in row] for row in grid.rows
        ]


def test_the_csv_is_read_with_every_figure(document, tmp_path):
    content = csv_file(document, RELEASED)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    out = converted(tmp_path, content, "r.csv", f"--infilter={AS_CSV}", "--convert-to", "xlsx")

    sheet = openpyxl.load_workbook(out / "r.xlsx").active
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    head = rows.index([])
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            value = sheet.cell(number, place).value
            is_figure = number > head + 2 and 4 <= place <= 7
            fact = facts_of("", text)
            if is_figure and isinstance(value, (int, float)):
                # LibreOffice takes a plain number for one, whatever the file meant.
                assert fact.is_plain
                assert value * (100 if text.endswith("%") else 1) == pytest.approx(fact.value)
            elif is_figure:
                assert (value or "") == text


@pytest.mark.pdf
def test_the_pdf_has_every_figure_in_its_text(document, tmp_path):
    path = tmp_path / "r.pdf"
    path.write_bytes(pdf(document, RELEASED))

    run = ["pdftotext", "-raw", str(path), "-"]
    text = subprocess.run(run, check=True, capture_output=True, text=True).stdout

    found = Counter(text.split())
    missing = Counter(word for each in printed(document) for word in each.split()) - found
    assert not missing
    said = " ".join(text.split())
    for part in (
        "Sample data",
        "Released 23 November 2026, release 2",
        SYMBOLS["c"],
        "Bücherei Größe",
    ):
        assert part in said


@pytest.mark.pdf
def test_the_pdf_is_tagged_and_says_what_it_is(document, tmp_path):
    path = tmp_path / "r.pdf"
    path.write_bytes(pdf(document, RELEASED))

    run = ["pdfinfo", str(path)]
    info = subprocess.run(run, check=True, capture_output=True, text=True).stdout

    lines = dict(line.split(":", 1) for line in info.splitlines())
    said = {name: text.strip() for name, text in lines.items()}
    assert said["Tagged"] == "yes"
    assert said["Title"] == "Indicator summary, Riverside & Hill, Quarter 2 of 2026/27"
    assert said["Page size"] == "595.276 x 841.89 pts (A4)"
