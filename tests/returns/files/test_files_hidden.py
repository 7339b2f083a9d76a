"""A breakdown of which every row is hidden: each page and file says once that there is none."""

import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse

from eitrack.returns.document import PrintedCell
from eitrack.returns.files.csvw import tidy_csv
from eitrack.returns.files.paper import on_paper
from eitrack.returns.files.shared import how_much
from eitrack.returns.files.structured import json_file
from eitrack.returns.files.text import csv_file
from eitrack.returns.files.workbook import xlsx
from tests.factories.returns import ReturnFactory, a_document
from tests.returns.documents import RELEASED, awkward_document, column

SENTENCE = "No figure is available by team, as every row would be hidden"


@pytest.fixture(scope="module")
def document():
    return a_document(("c", "c"))


def test_the_csv_for_people_says_it_in_its_head(document):
    rows = list(csv.reader(io.StringIO(csv_file(document, RELEASED).decode("utf-8-sig"))))

    assert rows.count(["Note", SENTENCE]) == 1
    assert [row[:4] for row in rows[rows.index([]) + 2 :]] == [
        ["RCH-01", "Attendances", "All", "25"]
    ]


def test_the_workbook_has_a_note_and_no_sheet(document):
    book = openpyxl.load_workbook(io.BytesIO(xlsx(document, RELEASED)))

    notes = [row[1].value for row in book["Notes"].iter_rows(min_row=5)]
    assert notes.count(f"{SENTENCE}") == 1
    assert book.sheetnames[-1] == "Whole service"


def test_the_paper_has_a_sentence_and_no_table(document):
    (group,) = on_paper(document, RELEASED)["groups"]

    assert (group.grids, group.missing) == ((), (SENTENCE,))


def test_files_for_programs_keep_every_row_and_say_it_once(document):
    rows = list(csv.DictReader(io.StringIO(tidy_csv(document).decode())))
    noted = json.loads(json_file(document, RELEASED))["notes"]

    assert [row["row"] for row in rows] == ["All", "North team", "South team"]
    assert noted == [SENTENCE]


@pytest.mark.django_db
def test_the_page_says_it_once_in_place_of_the_table(client, district):
    draft = ReturnFactory(document=a_document(("c", "c")).to_json())
    client.force_login(district)

    page = client.get(reverse("returns:return_check", args=[draft.pk]), {"by": "team"})

    said = " ".join(page.content.decode().split())
    assert said.count(SENTENCE) == 1
    assert "South team" not in said


def test_a_table_of_which_one_figure_is_hidden_keeps_the_others():
    whole, by_site, _ = awkward_document().tables
    hidden = column("RCH-01", ("c",) * 8)
    by_site = type(by_site)(
        *("site_kind", "Kind of site", by_site.rows), (hidden, by_site.columns[2])
    )

    groups = on_paper(awkward_document(tables=(whole, by_site)), RELEASED)["groups"]

    reach = next(group for group in groups if group.theme == "Reach and engagement")
    ((part,),) = reach.grids
    assert part.headers == ("Kind of site", "RCH-03 People reached")
    assert part.notes == (
        "Attendances: not available by kind of site, as every row would be hidden",
    )
    assert reach.missing == ()


def test_how_much_is_hidden_is_counted_by_table():
    headers, rows = how_much(a_document(("10", "c")))

    assert headers == ("Broken down by", "Figures", "c")
    assert rows == [("Nothing: the whole", "1", "0"), ("Team", "2", "1")]


def test_a_hidden_cell_says_no_number():
    assert PrintedCell("c", known="c").is_hidden
    assert not PrintedCell("c", known="85%").is_hidden
