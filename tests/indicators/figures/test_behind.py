"""Show me the records: in number and sum equal to the numerator, and never out of reach."""

import datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from eitrack.directory.models import District
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.figures.behind import activities_behind, records_behind
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.measures.measures import Calculated, Measure
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.activities import TimeEntryFactory
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db
SUMMED = [each for each in INDICATORS if isinstance(each.measure, Measure)]
OF_RECORDS = [each for each in INDICATORS if each.behind]


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def everybody_sees(service):
    """The manager of both teams may open every record there is."""
    user = UserFactory(manager=True)
    service.north.managers.add(user)
    service.south.managers.add(user)
    return user


@pytest.fixture
def mixed(service, held, joined, full_time, case):
    """Some of every kind of work: joint, estimated, hidden, void, elsewhere and unconfirmed."""
    shared = held(
        kind="drop_in",
        attendance=14,
        minutes=300,
        first_time=3,
        returning=9,
        first_time_not_known=2,
    )
    joined(shared, service.cem, 90)
    held(kind="group_session", attendance=30, method="estimate", band="21-40")
    for purpose in ("housing", "domestic_abuse"):
        held(kind="consultation_family", purpose=purpose, attendance=1, need_level=2)
    held(service.ben, kind="case_contact", case=case, minutes=330, attendance=2, need_level=2)
    held(service.cem, kind="playground", conversations=6, begun_by_family=4, begun_by_worker=2)
    advice = {"profession": "teacher", "has_threshold_advice": True}
    held(service.cem, kind="consultation_professional", minutes=20, **advice)
    held(service.cem, kind="partner_liaison", formality="informal", minutes=10)
    held(kind="overhead", overhead_kind="supervision", minutes=60)
    held(kind="drop_in", attendance=99, void=True)
    held(kind="drop_in", attendance=99, date=datetime.date(2026, 10, 1))
    TimeEntryFactory(activity=shared, placement=service.ben, contact_minutes=45, state="proposed")
    RequestFactory(team=service.north, worker=service.ann.worker)
    ReferralFactory(team=service.north, worker=service.ann.worker)
    return SimpleNamespace(shared=shared)


@pytest.mark.parametrize("indicator", SUMMED, ids=lambda each: each.code)
@pytest.mark.parametrize("whose", ["district", "north", "ann"])
def test_the_records_add_up_to_the_numerator(indicator, whose, service, mixed, everybody_sees):
    record = {
        "district": District.objects.get(),
        "north": service.north,
        "ann": service.ann.worker,
    }[whose]
    scope = Scope.of(record)

    found = activities_behind(everybody_sees, indicator, scope, Q2)

    numerator = (
        evaluate(scope, Q2, today=TODAY, indicators=[indicator]).totals[indicator.code].numerator
    )
    assert found.amount == numerator
    assert found.rows.count() == found.number
    if "amount" in found.rows.query.annotations:
        assert sum(row.amount for row in found.rows) == numerator


@pytest.mark.parametrize(
    "by", [code for code in BREAKDOWNS if any(code in each.breakdowns for each in SUMMED)]
)
def test_the_records_of_a_row_add_up_to_its_cell(by, service, mixed, everybody_sees):
    scope = Scope.of(District.objects.get())
    figures = evaluate(scope, Q2, by, today=TODAY, indicators=SUMMED)
    checked = 0

    for indicator in SUMMED:
        for row, parts in figures.rows_of(indicator):
            found = activities_behind(everybody_sees, indicator, scope, Q2, BREAKDOWNS[by], row)
            assert found.amount == parts.numerator, (indicator.code, row.label)
            checked += 1

    assert checked


@pytest.mark.parametrize("indicator", OF_RECORDS, ids=lambda each: each.code)
def test_calculated_figures_open_on_their_records(indicator, service, mixed, everybody_sees):
    scope = Scope.of(District.objects.get())

    parts = evaluate(scope, Q2, today=TODAY, indicators=[indicator]).totals[indicator.code]

    found = records_behind(everybody_sees, indicator.behind, parts)

    assert {each.pk: each.counted_on for each in found.rows} == parts.behind
    assert found.number == parts.numerator


def test_only_calculated_figures_have_other_records_behind_them():
    assert len(OF_RECORDS) == 10
    assert all(isinstance(each.measure, Calculated) for each in OF_RECORDS)


class TestReach:
    """Rule 14: minutes of another team are nobody else's; attendance is the session's."""

    def test_a_worker_finds_own_time_in_the_team_and_no_colleagues(self, service, mixed):
        ann, north = service.ann.worker, Scope.of(service.north)
        share = BY_CODE["VIS-01"]

        found = activities_behind(ann, share, north, Q2)

        own = (
            evaluate(Scope.of(ann), Q2, today=TODAY, indicators=[share]).totals["VIS-01"].numerator
        )
        assert found.amount == own
        assert {row.recorded_by for row in found.rows} == {ann}

    def test_a_joint_session_shows_a_manager_the_minutes_of_the_own_team(self, service, mixed):
        south = UserFactory(manager=True)
        service.south.managers.add(south)
        scope = Scope.of(District.objects.get())

        found = activities_behind(south, BY_CODE["VIS-01"], scope, Q2)

        minutes = {row.pk: row.amount for row in found.rows}
        assert minutes[mixed.shared.pk] == 90
        attended = activities_behind(south, BY_CODE["RCH-01"], scope, Q2)
        assert {row.pk: row.amount for row in attended.rows}[mixed.shared.pk] == 14

    def test_a_case_of_another_team_is_not_listed(self, service, full_time):
        CaseFactory(allocated_to=service.ann)
        other = CaseFactory(allocated_to=service.cem)
        scope = Scope.of(District.objects.get())

        lod_05 = BY_CODE["LOD-05"]
        parts = evaluate(scope, Q2, today=TODAY, indicators=[lod_05]).totals["LOD-05"]

        found = records_behind(service.cem.worker, BY_CODE["LOD-05"].behind, parts)

        assert list(found.rows) == [other]


class TestPage:
    def page(self, client, user, code="VIS-01", **query):
        client.force_login(user)
        return client.get(reverse("indicators:indicator_records", args=[code], query=query))

    def test_a_sensitive_matter_is_in_no_row_of_a_place_for_a_colleague(
        self, client, service, held
    ):
        """Rule 11: Ann's talk about domestic abuse, with Cem's time on it."""
        talk = held(kind="consultation_family", purpose="domestic_abuse", attendance=1)
        TimeEntryFactory(activity=talk, placement=service.cem, contact_minutes=20)
        kind = talk.site.kind
        asked = {"period": "2026-Q2", "by": "site_kind", "row": kind}

        author = self.page(client, service.ann.worker, **asked)
        colleague = self.page(client, service.cem.worker, **asked)
        whole = self.page(client, service.cem.worker, period="2026-Q2")

        assert author.context["found"].number == 1
        assert colleague.context["found"].number == 0
        assert whole.context["found"].number == 1
        assert "not shown" in whole.content.decode()
        assert talk.site.name not in whole.content.decode()

    def test_no_label_of_a_thread_and_no_note(self, client, service, held):
        activity = held(kind="consultation_family", attendance=1)
        activity.note = "Said something"
        activity.save()

        page = self.page(client, service.ann.worker, "VIS-04").content.decode()

        assert reverse("activities:activity_detail", args=[activity.pk]) in page
        assert "Said something" not in page

    def test_a_case_is_named_by_its_number(self, client, service, full_time):
        case = CaseFactory(allocated_to=service.ann, reference="ZQ-1")

        page = self.page(client, service.ann.worker, "LOD-05").content.decode()

        assert f"Case {case.pk}" in page
        assert "ZQ-1" not in page

    def test_says_that_others_are_not_yours_to_open(self, client, service, mixed):
        team = Scope.of(service.north).code

        own = self.page(client, service.ann.worker, "VIS-02", period="2026-Q2")
        of_team = self.page(client, service.ann.worker, "VIS-03", period="2026-Q2", scope=team)

        assert not own.context["beyond"]
        assert of_team.context["beyond"]

    @pytest.mark.parametrize(
        "query",
        [
            {"scope": "worker:999999"},
            {"scope": "team:99999999999"},
            {"scope": "team:x"},
            {"scope": "everybody:0"},
            {"by": "site_kind", "row": "no such kind"},
            {"by": "no such thing", "row": "home"},
            {"row": "home"},
        ],
    )
    def test_a_wrong_address_is_not_found(self, client, service, query):
        assert self.page(client, service.ann.worker, **query).status_code == 404

    def test_a_colleagues_figures_and_another_team_are_not_found(self, client, service):
        for scope in (Scope.of(service.ben.worker), Scope.of(service.south)):
            assert self.page(client, service.ann.worker, scope=scope.code).status_code == 404

    def test_a_figure_of_a_row_of_the_own_team_is_not_to_be_had(self, client, service, held):
        """Rule 13: a post of one colleague would be that colleague's load."""
        asked = {"scope": Scope.of(service.north).code, "by": "post", "row": service.ben.post_id}

        assert self.page(client, service.ann.worker, **asked).status_code == 404

    def test_nothing_there_is_said(self, client, service):
        page = self.page(client, service.ann.worker)

        assert "No record of yours or of your teams is in this figure." in page.content.decode()

    def test_queries_do_not_grow_with_records(
        self, client, service, held, django_assert_max_num_queries
    ):
        for number in range(30):
            held(attendance=number)
        self.page(client, service.ann.worker, period="2026-Q2")

        with django_assert_max_num_queries(22):
            page = self.page(client, service.ann.worker, period="2026-Q2")

        assert page.context["found"].number == 30
        assert len(page.context["table"].page.object_list) == 25
