"""What is frozen reads back as it was."""

import datetime

import pytest

from eitrack.common.periods import Period
from eitrack.indicators.figures.access import figures_of
from eitrack.indicators.terms.scope import Scope
from eitrack.returns.document import Column, Definition, Document, Kind, PrintedCell, Table
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


def test_a_document_read_back_from_json_is_equal_to_the_byte(worker, team):
    ActivityFactory(by=worker.hat, attendance=14, date=datetime.date(2026, 7, 8))
    today = datetime.date(2026, 11, 23)
    published = [
        figures_of(Scope.of(team.district), Period.parse("2026-Q2"), by, today=today)
        for by in (None, "team", "need_level")
    ]

    document = Document(
        kind=Kind.SUMMARY,
        title="Indicator summary",
        district=team.district.name,
        period="2026-Q2",
        period_name="Quarter 2 of 2026/27",
        period_dates="1 July 2026 to 30 September 2026",
        is_sample=False,
        parameters=(("Period", "2026-Q2"),),
        definitions=tuple(Definition.of(each.indicator) for each in published[0].shown),
        tables=tuple(Table.of(each) for each in published),
        moved=("RCH-01: 10 became 15",),
    )

    assert document.table("team").rows == ("North team",)
    assert document.table("").columns[0].code == "VIS-01"
    assert all(column.rows for column in document.table("need_level").columns)
    read = Document.from_json(document.to_json())
    assert read == document
    assert read.to_json() == document.to_json()


class TestHidden:
    """Of what is hidden row by row it is said once that it is not to be had."""

    def test_an_indicator_of_which_every_row_is_hidden_is_not_available(self):
        hidden = PrintedCell("c", beside="children c, adults c")

        assert Column(
            "RCH-01", "2026-Q2", PrintedCell("25"), (hidden, PrintedCell("c"))
        ).is_unavailable
        assert not Column(
            "RCH-01", "2026-Q2", PrintedCell("25"), (hidden, PrintedCell("0"))
        ).is_unavailable
        assert not Column("RCH-01", "2026-Q2", PrintedCell("c")).is_unavailable

    def test_one_that_still_says_a_number_is_shown(self):
        said = PrintedCell("c", denominator="25")

        assert not Column(
            "RCH-01", "2026-Q2", PrintedCell("25"), (said, PrintedCell("c"))
        ).is_unavailable
