"""What is put on paper, and that it stays the same to the byte."""

import hashlib
import subprocess
import sys

import pytest

from eitrack.returns.files import render
from eitrack.returns.files.paper import on_paper
from tests.returns.documents import PLAIN, RELEASED, awkward_document

ANEW = """
import sys, django
from datetime import datetime
django.setup()
from hashlib import sha256
from eitrack.returns.document import Document
from eitrack.returns.files import render
from eitrack.returns.files.standing import Standing
document = Document.from_json(sys.stdin.read())
standing = Standing.of_release(datetime.fromisoformat(sys.argv[1]), 2)
for suffix, content in render(document, standing=standing, name="r").items():
    print(suffix, sha256(content).hexdigest())
"""


@pytest.mark.pdf
def test_another_process_makes_the_same_bytes_of_every_file():
    document = awkward_document()
    files = render(document, standing=RELEASED, name="r")

    # Another seed and another clock, as on another day and machine.
    run = subprocess.run(
        [sys.executable, "-c", ANEW, "2026-11-23T12:00+00:00"],
        input=document.to_json(),
        env={
            "DJANGO_SETTINGS_MODULE": "eitrack.settings",
            "PYTHONPATH": ".",
            "PYTHONHASHSEED": "7",
            "TZ": "Pacific/Auckland",
        },
        check=True,
        capture_output=True,
        text=True,
    )

    anew = dict(line.split() for line in run.stdout.splitlines())
    assert anew == {
        suffix: hashlib.sha256(content).hexdigest() for suffix, content in files.items()
    }
    assert ".pdf" in anew


def test_the_old_measure_stands_before_the_new():
    paper = on_paper(awkward_document(), RELEASED)

    assert [line.definition.code for line in paper["headline"]] == ["LOD-05", "VIS-01", "VIS-03"]


def test_the_waterline_is_drawn_of_the_printed_hours():
    """6,257 h in all, of them 2,231 h on formal cases: 4,026 h beside them."""
    chart = on_paper(awkward_document(), RELEASED)["waterline"]

    assert (chart.above, chart.below) == ("2,231 h", "4,026 h")


def test_without_plain_hours_there_is_no_waterline():
    document = awkward_document()
    gap = next(each for each in document.tables[0].columns if each.code == "VIS-03")
    rest = tuple(each for each in document.tables[0].columns if each is not gap)
    whole = type(document.tables[0])("", "All", (), rest)

    assert on_paper(awkward_document(tables=(whole,)), RELEASED)["waterline"] is None


def test_groups_come_in_the_order_of_the_catalogue_with_what_is_drawn_of_each():
    groups = on_paper(awkward_document(), RELEASED)["groups"]

    assert [group.theme for group in groups][:3] == [
        "Visibility of unregistered work",
        "Reach and engagement",
        "Earliness and prevention",
    ]
    drawn = {chart.title: chart for group in groups for chart in group.charts}
    assert list(drawn) == [
        "Unregistered sessions by kind of site",
        "People reached by kind of site",
        "Level 1 and 2 share by kind of site",
        "Hours by funding stream by agency/host: [all]?",
    ]
    bars = drawn["Unregistered sessions by kind of site"]
    assert [row.cells[0].text for row in bars.bar_rows] == list(PLAIN)


def test_a_range_without_an_end_goes_on():
    groups = on_paper(awkward_document(), RELEASED)["groups"]

    ranges = next(chart for group in groups for chart in group.charts if "reached" in chart.title)
    bars = {row.cells[0].text: str(row.cells[0].bar) for row in ranges.bar_rows}
    assert 'data-low="20"' in bars["20 to 35 or more"]
    assert "data-high" not in bars["20 to 35 or more"]
    assert 'data-high="65"' in bars["40 to 65"]


def test_a_hidden_figure_has_no_bar():
    groups = on_paper(awkward_document(), RELEASED)["groups"]

    ranges = next(chart for group in groups for chart in group.charts if "reached" in chart.title)
    hidden = [row for row in ranges.bar_rows if row.cells[0].text in ("c", "x")]
    assert len(hidden) == 2
    assert not [row for row in hidden if row.cells[0].bar]
