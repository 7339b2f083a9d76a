"""The PDF of a return as it lies on paper: its edges, its headings, its contents, its tags."""

import re
import subprocess

import pikepdf
import pytest

from eitrack.returns.document import Column, Kind, PrintedCell, Table
from eitrack.returns.files.facts import Fact
from eitrack.returns.files.grids import Grid
from eitrack.returns.files.paper import MOST_COLUMNS, in_parts, on_paper, pdf
from tests.pdf_rules import breaches
from tests.returns.documents import RELEASED, TOTALS, awkward_document

ROWS = tuple(f"Row-{number:02} of a breakdown with many rows" for number in range(1, 49))
WIDE = ("RCH-01", "RCH-02", "RCH-03", "RCH-04", "RCH-06")
IN_PARTS = PrintedCell(
    "1,050 to 106,510", "12,765 e", "14,800", "at least 95%", "median 4.0 working days"
)
WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
PAGE = re.compile(r'<page width="(.*?)" height="(.*?)">')


def wide_document():
    """Five indicators with all their parts by four breakdowns, one of them with one row."""
    columns = tuple(Column(code, "2026-Q2", TOTALS[code], (IN_PARTS,) * 48) for code in WIDE)
    one = tuple(Column(code, "2026-Q2", TOTALS[code], (IN_PARTS,)) for code in WIDE)
    tables = [Table("site", "Site", ROWS, columns, ("Sites below the floor are left out",))]
    tables += [Table("route", "Route", ("Row-one",), one)]
    for number in (5, 12):
        short = tuple(
            Column(each.code, "2026-Q2", each.total, each.rows[:number]) for each in columns
        )
        tables.append(Table(f"by-{number}", f"Kind {number}", ROWS[:number], short))
    return awkward_document(tables=(*awkward_document().tables, *tables))


@pytest.fixture(scope="module")
def content():
    return pdf(wide_document(), RELEASED)


@pytest.fixture(scope="module")
def path(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "r.pdf"
    path.write_bytes(content)
    return path


def read(path, *options):
    run = ["pdftotext", *options, str(path), "-"]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout


def words_past_the_edge(path):
    """(page, word) of every word that is not wholly on its page, 10 mm from left and right."""
    found, margin = [], 28
    for number, page in enumerate(read(path, "-bbox").split("<page ")[1:], start=1):
        width, height = map(float, PAGE.search("<page " + page).groups())
        for left, top, right, bottom, word in WORD.findall(page):
            is_across = float(left) < margin or float(right) > width - margin
            if is_across or float(top) < 0 or float(bottom) > height:
                found.append((number, word))
    return found


@pytest.mark.pdf
@pytest.mark.office
class TestPaper:
    def test_no_word_passes_the_edge_of_the_page(self, path):
        assert words_past_the_edge(path) == []

    def test_no_heading_is_without_two_rows_of_its_table(self, path):
        groups = on_paper(wide_document(), RELEASED)["groups"]
        titles = {
            part.title: [row[0].text.split()[0][:9] for row in part.rows[:2]]
            for group in groups
            for parts in group.grids
            for part in parts
        } | {
            chart.title: [row.label.split()[0][:9] for row in chart.bar_rows[:2]]
            for group in groups
            for chart in group.charts
        }
        pages = [
            [line.strip() for line in page.splitlines()]
            for page in read(path, "-layout").split("\f")
        ]

        seen = set()
        for lines in pages:
            for number, line in enumerate(lines):
                if line in titles:
                    seen.add(line)
                    below = [each.split()[0][:9] for each in lines[number + 1 :] if each]
                    assert set(titles[line]) <= set(below), line
        assert seen == set(titles)
        assert len(titles) > 12

    def test_every_page_of_a_table_has_its_head(self, path):
        pages = read(path, "-layout").split("\f")

        goes_on = [page for page in pages if len(re.findall(r"^ *Row-\d\d", page, re.M)) > 1]
        assert len(goes_on) > 4
        for page in goes_on:
            first = re.search(r"^ *Row-\d\d", page, re.M).start()
            assert re.search(r"^ *(Site|Kind \d+)\b.*", page[:first], re.M)

    def test_a_line_of_the_contents_is_one_link_with_a_name(self, path):
        paper = on_paper(wide_document(), RELEASED)
        lines = [line for lines in paper["contents"] for line in lines]
        with pikepdf.open(path) as opened:
            links = [
                str(each.Contents)
                for page in opened.pages
                for each in page.get("/Annots", [])
                if each.Subtype == "/Link"
            ]

        assert len(links) == len(lines)
        assert "reach-and-engagement" in links
        assert all(re.fullmatch(r"[a-z0-9-]{6,}", link) for link in links)

    def test_first_comes_what_everybody_reads_then_the_annex(self, path):
        text = " ".join(read(path, "-raw").split())

        order = [
            "The old measure beside the new Open cases",
            "Visibility of unregistered work Indicator",
            "What is hidden Each table",
            "How to read these figures Title",
            "Annex: visibility of unregistered work Visibility of unregistered work, by",
            "Annex: definitions VIS-01",
        ]
        places = [text.index(each) for each in order]
        assert places == sorted(places)

    @pytest.mark.parametrize("kind", Kind)
    def test_keeps_the_rules_for_accessible_pdfs(self, content, kind):
        if kind == Kind.FUNDER:
            content = pdf(awkward_document(kind=kind), RELEASED)

        assert breaches(content) == []


def grid(*headers):
    row = tuple(Fact("1", "") for _ in ("Team", *headers))
    return Grid("x", "By team", "", "team", ("Team", *headers), (row,))


class TestParts:
    def test_a_narrow_table_is_whole(self):
        narrow = grid("A", "B", "C")

        assert in_parts(narrow) == (narrow,)

    def test_a_wide_one_is_cut_between_figures_and_says_which_part(self):
        parts = in_parts(
            grid("A", "B", "B: numerator", "B: denominator", "C", "C: known", "C: beside it", "D")
        )

        assert [part.headers for part in parts] == [
            ("Team", "A", "B", "B: numerator", "B: denominator"),
            ("Team", "C", "C: known", "C: beside it", "D"),
        ]
        assert [part.title for part in parts] == ["By team (1 of 2)", "By team (2 of 2)"]

    @pytest.mark.parametrize("number", range(1, 40))
    def test_no_part_is_wider_than_a_page_and_every_column_is_in_one(self, number):
        headers = [
            f"{code}{part}"
            for code in range(number)
            for part in ("", ": numerator", ": denominator")[: 1 + code % 3]
        ]

        parts = in_parts(grid(*headers))

        assert [header for part in parts for header in part.headers[1:]] == headers
        assert max(len(part.headers) for part in parts) <= MOST_COLUMNS + 1
