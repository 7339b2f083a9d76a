"""Reach by date and by district: every page × people who no longer, or never, belong to a team.

The records are those of a colleague; nobody here may open one of them, and no list, file or form
names anything of theirs.
"""

import re
from datetime import date

import pytest
from django.http import StreamingHttpResponse
from django.urls import reverse

from eitrack.accounts.roles import Role
from eitrack.activities.joint.same_session import records_alike
from eitrack.activities.kinds import KINDS
from eitrack.activities.models import DayStatus, Series
from eitrack.cases.models import Case, Referral, Request
from eitrack.common.periods import Period
from eitrack.daybook.due import planned_dates
from eitrack.directory.models import Absence, Contract, District, LinkWorker
from eitrack.indicators.terms.scope import Scope
from eitrack.workload.tidy.reach import Reach
from tests.factories.accounts import RoleTermFactory, UserFactory
from tests.factories.activities import ActivityFactory, SeriesFactory
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.factories.directory import (
    AgencyFactory,
    DistrictFactory,
    LinkWorkerFactory,
    PlacementFactory,
    TeamFactory,
)
from tests.test_access import ROWS, arguments_for

pytestmark = pytest.mark.django_db

# Lists that everybody may read, and pages of definitions: they say nothing of a team.
OPEN = {
    "help_sheet",
    "help_topic",
    "activities:protocol_step_list",
    "indicators:indicator_comment",
    "indicators:indicator_detail",
    "indicators:indicator_records",
    "partnerships:agency_detail",
    "partnerships:agency_edit",
    "partnerships:protocol_cell",
    "partnerships:protocol_step",
    "partnerships:site_edit",
    "cases:link_worker_list",
    "daybook:log",
    "daybook:week",
    "workload:agenda",
    "workload:records_export",
}
# Within the district these are everybody's who works there.
OF_THE_DISTRICT = {"partnerships:protocol_detail", "partnerships:protocol_file"}
OF_ITS_MANAGERS = OF_THE_DISTRICT | {
    "cases:link_worker_end",
    "partnerships:protocol_file_add",
    "returns:return_compare",
    "returns:return_detail",
    "returns:return_explainer",
}
OF_FORMER_MANAGERS = {
    "workload:placement_list",
    "workload:placement_add",
    "stewardship:person_detail",
    "stewardship:contract_add",
    "stewardship:contract_edit",
}
PAGES = sorted(
    name
    for name, marks, _ in ROWS.values()
    if not marks and not name.startswith(("account_", "accounts:", "mfa_", "openid_"))
)


@pytest.fixture(autouse=True)
def _three_days_after_the_activity(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def colleague(worker, manager):
    """Whose records they are: in the North team, with a manager."""
    worker.name = "Cora Canary"
    worker.save()
    return worker


@pytest.fixture
def left(colleague):
    """Worked in the North team until 2024."""
    user = UserFactory(worker=True, name="Lea Left")
    hat = PlacementFactory(worker=user, team=colleague.hat.team, until_on=date(2024, 12, 31))
    ActivityFactory(by=hat, date=date(2024, 11, 4))
    return user


@pytest.fixture
def from_far(colleague):
    """Works in another district."""
    district = DistrictFactory(name="Hillside", slug="hillside")
    return PlacementFactory(
        worker__name="Fay Far",
        team=TeamFactory(name="Far team", slug="far-team", district=district),
    ).worker


@pytest.fixture
def deputy(colleague, outsider):
    """Works in the South team; was deputy of the North team until yesterday."""
    colleague.hat.team.managers.add(outsider)
    RoleTermFactory(user=outsider, role=Role.MANAGER, until_on=date(2026, 11, 22))
    return outsider


@pytest.fixture
def former_manager(colleague):
    """Manages the team that the colleague has left for the North team."""
    team = TeamFactory(name="Old team", slug="old")
    PlacementFactory(worker=colleague, team=team, until_on=date(2025, 12, 31))
    user = UserFactory(manager=True, name="Olga Old")
    team.managers.add(user)
    return user


@pytest.fixture
def person(request):
    return request.getfixturevalue(request.param)


def pages_of(arguments):
    """(name, address) of every page, with the colleague's records; every log form, every file."""
    for name in PAGES:
        own, _ = arguments.get(name, [[], []])
        yield name, reverse(name, args=own)
        if name.endswith("_list") and not own:
            yield name, f"{reverse(name)}?_export=csv"
    for kind in KINDS:
        yield "daybook:log", reverse("daybook:log", args=[kind.code.value])
    for on in ("2024-11-04", "2026-11-20"):
        yield "daybook:log", f"{reverse('daybook:log', args=['drop_in'])}?date={on}"


def text_of(response):
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def words_of(colleague):
    """What nobody else may read: names, labels and numbers of the records."""
    team = colleague.hat.team
    words = [colleague.name, team.name, "Robin Reed", "Mary Manager"]
    words += team.series.values_list("name", flat=True)
    words += colleague.threads.values_list("label", flat=True)
    cases = Case.objects.filter(allocations__team=team)
    return [*words, *map(str, [*cases, *team.requests.all(), *team.referrals.all()])]


class TestNobody:
    @pytest.mark.parametrize(
        ("person", "may_open", "knows"),
        [
            # Their old hat's page names the team, and who gives hats there.
            ("left", OPEN, {"North team", "Mary Manager"}),
            ("from_far", OPEN, set()),
            # In the same district: its agreements, its teams, its link workers, and colleagues by
            # name, to choose for a joint session.
            ("deputy", OPEN | OF_THE_DISTRICT, {"North team", "Robin Reed", "Cora Canary"}),
            # The old hat is still a record of the old team, on the page of its worker, and so is
            # the contract of its time.
            (
                "former_manager",
                OPEN | OF_ITS_MANAGERS | OF_FORMER_MANAGERS,
                {"Cora Canary", "Robin Reed", "Mary Manager", "North team"},
            ),
        ],
        indirect=["person"],
    )
    def test_opens_or_reads_what_is_out_of_reach(
        self, client, colleague, outsider, person, may_open, knows
    ):
        arguments = arguments_for(colleague, outsider)
        secret = {*words_of(colleague)} - knows
        client.force_login(person)

        opened, told = set(), {}
        for name, url in pages_of(arguments):
            response = client.get(url)
            own, _ = arguments.get(name, [[], []])
            if response.status_code == 200 and own and name not in may_open:
                opened.add(name)
            text = text_of(response) if response.status_code == 200 else ""
            found = {word for word in secret if re.search(rf"\b{re.escape(word)}\b", text)}
            if found:
                told[url] = found

        assert (opened, told) == (set(), {})


def ended(hat, day):
    hat.until_on = day
    hat.save()


class TestWithTheHat:
    """Monday 23 November 2026; the hat of the North team ends on 31 October."""

    @pytest.fixture(autouse=True)
    def _ended(self, worker):
        self.series = SeriesFactory(team=worker.hat.team, led_by=worker)
        self.case = CaseFactory(allocated_to=worker.hat)
        ended(worker.hat, date(2026, 10, 31))

    def test_go_series_and_the_right_to_change_them(self, worker):
        today = date(2026, 11, 23)

        assert not Series.objects.visible_to(worker).exists()
        assert not Series.objects.editable_by(worker, today).exists()

    def test_what_is_logged_late_is_of_its_day_for_28_days(self, worker):
        late, too_late = date(2026, 10, 31), date(2026, 10, 25)

        assert list(Series.objects.in_reach_on(worker, late)) == [self.series]
        assert not Series.objects.in_reach_on(worker, too_late).exists()

    def test_go_planned_dates_from_the_day_after(self, worker):
        dates = [day for _, day in planned_dates(worker, date(2026, 10, 19), date(2026, 12, 7))]

        assert dates == [date(2026, 10, 19), date(2026, 10, 26)]

    def test_goes_a_case_but_for_who_works_on_in_the_district(self, worker):
        assert not Case.objects.visible_to(worker).exists()
        PlacementFactory(worker=worker, from_on=date(2026, 11, 1))
        worker = type(worker).objects.get(pk=worker.pk)
        assert list(Case.objects.visible_to(worker)) == [self.case]

    def test_go_requests_and_referrals_that_were_ones_own(self, worker):
        RequestFactory(team=worker.hat.team, taken_by=worker, worker=worker)
        ReferralFactory(team=worker.hat.team, worker=worker)

        assert not Request.objects.visible_to(worker).exists()
        assert not Referral.objects.visible_to(worker).exists()

    def test_go_the_totals_of_the_team(self, worker):
        assert not Scope.of(worker.hat.team).is_exact_for(worker)
        assert Scope.of(worker).is_exact_for(worker)

    def test_go_absences_from_the_manager_and_from_the_file(self, worker, manager):
        during, after = (
            Absence.objects.create(worker=worker, from_on=first, until_on=last)
            for first, last in (
                (date(2026, 10, 29), date(2026, 11, 2)),
                (date(2026, 11, 3), date(2026, 11, 4)),
            )
        )
        DayStatus.objects.create(worker=worker, date=date(2026, 11, 3), mark="nothing_to_log")
        reach = Reach.of(manager, None, date(2026, 11, 23))

        assert list(Absence.objects.visible_to(manager)) == [during]
        assert list(reach.of_staff(Absence.objects)) == [during]
        assert not DayStatus.objects.visible_to(manager).exists()
        assert after in Absence.objects.visible_to(worker)

    def test_goes_the_contract_of_a_later_quarter(self, worker, manager):
        today = date(2026, 11, 23)
        before, now = (Period.parse(code) for code in ("2026-Q2", "2026-Q4"))

        of_staff = [
            Reach.of(manager, period, today).of_staff(Contract.objects).count()
            for period in (before, now)
        ]

        assert of_staff == [1, 0]


class TestWithTheDistrict:
    @pytest.fixture
    def far_hat(self):
        district = DistrictFactory(name="Hillside", slug="hillside")
        return PlacementFactory(team=TeamFactory(district=district), worker__name="Fay Far")

    def test_a_link_worker_is_named_to_one(self, worker, far_hat):
        here = LinkWorkerFactory()

        assert list(LinkWorker.objects.visible_to(worker)) == [here]
        assert not LinkWorker.objects.visible_to(far_hat.worker).exists()

    def test_a_manager_of_two_says_to_which(self, client, manager, far_hat):
        far_hat.team.managers.add(manager)
        agency = AgencyFactory()
        client.force_login(manager)
        url = reverse("cases:link_worker_list", args=[agency.pk])
        typed = {"name": "Robin Reed", "job": "Nurse", "from_on": "2026-11-23"}

        refused = client.post(url, typed)
        client.post(url, typed | {"district": far_hat.team.district_id})

        assert refused.context["form"].errors["district"] == ["Choose the district."]
        assert LinkWorker.objects.get().district == far_hat.team.district

    def test_a_session_of_another_is_not_the_same(self, worker, far_hat):
        """At the same site on the same day: its lead's name is not told."""
        there = ActivityFactory(by=far_hat)
        mine = ActivityFactory.build(site=there.site, date=there.date, starts_at=None)

        own, others = records_alike(mine, kind=there.spine, minutes=60, worker=worker)

        assert list(own) == list(others) == []

    def test_an_office_ends_with_its_term(self, district):
        riverside = district.districts.get()
        assert list(District.objects.visible_to(district)) == [riverside]
        district.role_terms.update(until_on=date(2026, 11, 22))
        RoleTermFactory(user=district, role=Role.MANAGER)

        former = type(district).objects.get(pk=district.pk)

        assert not District.objects.visible_to(former).exists()
        assert not District.objects.with_figures_for(former).exists()
