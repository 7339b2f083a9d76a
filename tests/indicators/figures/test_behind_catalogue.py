"""Every figure and its list say the same number, or the page says how many more and why.

Over the whole catalogue: every indicator, every row that opens a list, quarter and year.
"""

import datetime
import re

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from eitrack.accounts.models import User
from eitrack.audit.models import Entry
from eitrack.cases.models import Allocation
from eitrack.common.periods import Period
from eitrack.demo import signins
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.figures.behind import (
    activities_behind,
    beyond_in_words,
    has_records,
    records_behind,
)
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.measures.measures import Measure
from eitrack.indicators.pages.scopes import breakdowns_offered
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.activities import TimeEntryFactory
from tests.factories.cases import AllocationFactory, CaseFactory
from tests.indicators.conftest import TODAY
from tests.indicators.rich import a_quarter_of_everything

pytestmark = pytest.mark.django_db
QUARTER, YEAR = Period.parse("2026-Q2"), Period.parse("2026")
OPENED = tuple(each for each in INDICATORS if each.measure and has_records(each))
MORE = re.compile(r"([\d,]+) \w+ more in the figure cannot be opened here")
REPEATED = re.compile(r"The figure counts ([\d,]+), of ([\d,]+) ")


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def world(service, held):
    """Everything, with what one manager may not open: cases that went to another team, a joint
    case, and a session with a team of somebody else.
    """
    found, case = a_quarter_of_everything(service, held)
    gone = CaseFactory(allocated_to=service.ben)
    held(service.ben, kind="case_contact", case=gone, minutes=60, attendance=2)
    handed_over = datetime.date(2026, 10, 5)
    Allocation.objects.filter(case=gone).update(until_on=handed_over)
    AllocationFactory(
        case=gone,
        worker=service.cem.worker,
        team=service.south,
        from_on=handed_over + datetime.timedelta(days=1),
    )
    AllocationFactory(case=case, worker=service.ben.worker, team=service.north)
    TimeEntryFactory(activity=found[0], placement=service.cem, contact_minutes=45)
    TimeEntryFactory(activity=found[1], placement=service.ben, contact_minutes=30)
    manager = UserFactory(manager=True)
    service.north.managers.add(manager)
    return manager


def lists_of(user, scope, period, today):
    """(indicator, row or None, exact parts, Behind) of all that opens a list."""
    codes = {each: offered(user, scope, each, period, today) for each in OPENED}
    for code in [None, *sorted({code for each in codes.values() for code in each})]:
        shown = [each for each in OPENED if code is None or code in codes[each]]
        figures = evaluate(scope, period, code, today=today, indicators=shown)
        for indicator in shown:
            if code is None:
                parts = figures.totals[indicator.code]
                yield indicator, None, parts, behind(user, indicator, parts, scope, period)
            else:
                for row, parts in figures.rows_of(indicator):
                    by = BREAKDOWNS[code]
                    found = behind(user, indicator, parts, scope, period, by, row)
                    yield indicator, row, parts, found


def behind(user, indicator, parts, *asked):
    if isinstance(indicator.measure, Measure):
        return activities_behind(user, indicator, *asked)
    return records_behind(user, indicator.behind, parts)


def offered(user, scope, indicator, period, today):
    found = breakdowns_offered(user, scope, indicator, period, today)
    return {by.code for by in found}


def page(client, indicator, asked):
    return client.get(reverse("indicators:indicator_records", args=[indicator.code], query=asked))


def check(indicator, row, parts, found):
    """What is listed and what the page says is not make the figure's number."""
    where, said = (indicator.code, row and row.label), beyond_in_words(indicator, found)
    more = MORE.search(said)
    beyond = int(more[1].replace(",", "")) if more else 0
    if isinstance(indicator.measure, Measure):
        assert found.amount_in_all == parts.numerator, where
        assert found.number + beyond == found.in_all, where
        assert bool(said) == (found.amount != parts.numerator or beyond > 0), where
        return
    repeated = REPEATED.search(said)
    counted = int(repeated[1].replace(",", "")) if repeated else found.number + beyond
    assert counted == parts.numerator, (*where, said)
    assert found.number + beyond == len(parts.behind), where
    if repeated:
        assert int(repeated[2].replace(",", "")) == len(parts.behind), where


@pytest.mark.parametrize(
    ("who", "period"),
    [
        ("manager", QUARTER),
        pytest.param("manager", YEAR, marks=pytest.mark.long),
        pytest.param("worker", QUARTER, marks=pytest.mark.long),
        ("worker of the team", QUARTER),
        ("worker of the team", YEAR),
    ],
)
def test_the_list_holds_what_the_figure_counts_or_says_how_many_more(service, world, who, period):
    user = world if who == "manager" else service.ben.worker
    scope = Scope.of(service.ben.worker if who == "worker" else service.north)

    checked = [
        check(indicator, row, parts, found)
        for indicator, row, parts, found in lists_of(user, scope, period, TODAY)
    ]

    assert len(checked) >= len(OPENED)


@pytest.mark.long
@pytest.mark.parametrize("period", [Period.parse("2025-Q3"), Period.year(2025)], ids=str)
def test_the_same_holds_of_the_sample_world(period):
    today = datetime.date(2026, 3, 18)
    with time_machine.travel(datetime.datetime(2026, 3, 18, 12, tzinfo=datetime.UTC), tick=False):
        call_command("load_demo", workers=9, months=15, until=today, returns=False)
        manager = User.objects.get(email=signins.MANAGER.email)

        checked = [
            check(*found)
            for team in manager.managed_teams.all()
            for found in lists_of(manager, Scope.of(team), period, today)
        ]

    assert len(checked) > 10 * len(OPENED)


def test_a_case_that_another_team_holds_now_is_said_to_be_missing(client, service, world):
    """RCH-04 counted it, the list did not show it, and nothing said why."""
    client.force_login(world)
    rch_04 = next(each for each in INDICATORS if each.code == "RCH-04")

    asked = {"scope": Scope.of(service.north).code, "period": "2026-Q2"}
    said = page(client, rch_04, asked).context["beyond"]

    assert said.startswith("1 case more in the figure cannot be opened here. A case is opened by")


def test_a_joint_case_is_said_to_count_twice(client, service, world):
    client.force_login(world)
    lod_05 = next(each for each in INDICATORS if each.code == "LOD-05")

    asked = {"scope": Scope.of(service.north).code, "period": "2026-Q2"}
    response = page(client, lod_05, asked)

    found = response.context["found"]
    assert found.amount_in_all == found.in_all + 1
    assert "A joint case counts once for each worker who holds it" in response.context["beyond"]


def test_of_the_service_the_page_does_not_say_how_many(client, service, world):
    """The difference would be an exact figure of what is published rounded."""
    client.force_login(world)

    for indicator in (each for each in OPENED if each.code in ("RCH-04", "VIS-01")):
        asked = {"scope": Scope.of(service.north.district).code, "period": "2026-Q2"}
        said = page(client, indicator, asked).context["beyond"]
        assert "How many is not said" in said
        assert not re.search(r"\d", said)


@pytest.mark.parametrize(
    ("code", "named", "days"),
    [
        ("RCH-04", "Last contact", {datetime.date(2026, 9, 15)}),
        ("RCH-05", "Third contact in 13 weeks", {datetime.date(2026, 8, 3)}),
        ("ERL-03", "Opened", {datetime.date(2026, 8, 3)}),
        ("ERL-05", "Closed", {datetime.date(2026, 9, 30)}),
        ("PTN-01", "Agreed", {datetime.date(2026, 7, 20)}),
        ("PTN-02", "Review due", {datetime.date(2026, 8, 31)}),
        ("RSP-01", "Due", {datetime.date(2026, 9, 14)}),
        ("RSP-02", "Sent", {datetime.date(2026, 9, 7)}),
        ("RSP-03", "Decided", {datetime.date(2026, 9, 7)}),
    ],
)
def test_a_list_shows_the_day_on_which_a_record_counts_by_its_name(
    client, service, world, code, named, days
):
    client.force_login(world)
    indicator = next(each for each in INDICATORS if each.code == code)
    # Agreements are of a district, with whichever agency.
    whose = service.north.district if code == "PTN-02" else service.north

    asked = {"scope": Scope.of(whose).code, "period": "2026-Q2"}
    response = page(client, indicator, asked)

    table = response.context["table"]
    assert table.columns["day"].header == named
    assert days <= {row.record.counted_on for row in table.rows}
    rows = [row.record.counted_on for row in table.rows]
    assert rows == sorted(rows, reverse=True)


class TestExport:
    def export(self, client, service, code, kind="csv"):
        asked = {"scope": Scope.of(service.north).code, "period": "2026-Q2", "_export": kind}
        indicator = next(each for each in INDICATORS if each.code == code)
        return page(client, indicator, asked)

    def lines(self, response):
        return response.getvalue().decode("utf-8-sig").splitlines()

    def test_a_list_of_cases_is_a_file_without_references(self, client, service, world):
        CaseFactory(
            allocated_to=service.ann,
            reference="ZQ-1",
            closed_on=datetime.date(2026, 9, 29),
            end_reason="stepped_up",
        )
        client.force_login(world)

        lines = self.lines(self.export(client, service, "ERL-05"))

        assert lines[0] == "Record,Closed"
        assert any(line.endswith(",2026-09-29") and line.startswith("Case ") for line in lines)
        assert "ZQ-1" not in "\n".join(lines)

    def test_a_list_of_activities_is_the_file_of_every_list_with_what_each_adds(
        self, client, service, world
    ):
        client.force_login(world)

        header, *rows = self.lines(self.export(client, service, "RCH-01"))

        assert header.startswith("Date,Type,Kind,Group,Status,Site,")
        assert header.endswith(",Counts for")
        figures = evaluate(Scope.of(service.north), QUARTER, today=TODAY)
        added = sum(int(row.rsplit(",", 1)[1]) for row in rows)
        assert added == figures.totals["RCH-01"].numerator

    def test_as_a_spreadsheet_too_and_in_the_trail(self, client, service, world):
        client.force_login(world)

        response = self.export(client, service, "RSP-01", "xlsx")

        assert response["Content-Disposition"].endswith('"records-rsp-01-2026-q2.xlsx"')
        assert Entry.objects.get(action="exported").record_kind == "records-rsp-01-2026-q2.xlsx"
