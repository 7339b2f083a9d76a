"""Teams that part or merge: hats go on, work goes along, what was logged stays."""

import re
from datetime import date

import pytest

from eitrack.activities.models import Series
from eitrack.audit.models import Entry
from eitrack.cases.models import Allocation, Request
from eitrack.directory.models import Changeover, Placement, Team
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, SeriesFactory
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _monday(monday_at_noon):
    """Time stands still."""


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def stays(team):
    """Somebody else of the North team."""
    return PlacementFactory(team=team, worker__name="Stella Stays")


def said(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def split(client, team, *hats, **typed):
    data = {"name": "Hill team", "from_on": "2026-11-24", "hats": [hat.pk for hat in hats]}
    return client.post(f"/stewardship/teams/{team.pk}/split/", data | typed)


def merge(client, team, into, **typed):
    data = {"into": into.pk, "from_on": "2026-11-24"}
    return client.post(f"/stewardship/teams/{team.pk}/merge/", data | typed)


def spans(worker):
    """(team, from, until) of the hats of somebody, oldest first."""
    hats = Placement.objects.filter(worker=worker).order_by("from_on")
    return [(str(hat.team), hat.from_on, hat.until_on) for hat in hats]


@pytest.mark.parametrize("what", ["split", "merge"])
def test_the_page_says_before_that_it_cannot_be_undone_and_why(admin, team, what):
    page = said(admin.get(f"/stewardship/teams/{team.pk}/{what}/"))

    assert "It cannot be undone" in page
    assert "what is logged from the day on" in page


class TestSplitting:
    def test_hats_end_the_day_before_and_go_on(self, admin, team, worker, stays):
        colleague = UserFactory(manager=True)
        worker.hat.joint_managers.add(colleague)

        split(admin, team, worker.hat)

        assert spans(worker) == [
            ("North team", date(2024, 4, 1), MONDAY),
            ("Hill team", TUESDAY, None),
        ]
        after = Placement.objects.get(worker=worker, from_on=TUESDAY)
        for name in ("post", "funding_stream", "base_site", "planned_minutes"):
            assert getattr(after, name) == getattr(worker.hat, name)
        assert list(after.joint_managers.all()) == [colleague]
        assert spans(stays.worker) == [("North team", date(2024, 4, 1), None)]

    def test_a_hat_to_come_begins_in_the_new_team(self, admin, team, stays):
        coming = PlacementFactory(team=team, from_on=date(2027, 1, 4))

        split(admin, team, coming)

        assert spans(coming.worker) == [("Hill team", date(2027, 1, 4), None)]

    def test_what_was_logged_keeps_the_team_of_its_day(self, admin, team, worker, stays):
        activity = ActivityFactory(by=worker.hat, date=date(2026, 11, 20))

        split(admin, team, worker.hat)

        assert activity.time_entries.get().team == team

    def test_open_work_goes_along(self, admin, team, worker, stays):
        case = CaseFactory(allocated_to=worker.hat)
        series = SeriesFactory(team=team, led_by=worker)
        request = RequestFactory(team=team, worker=worker)
        decided = RequestFactory(team=team, worker=worker, decision="advice", decided_on=MONDAY)
        sent = ReferralFactory(team=team, worker=worker)
        others = CaseFactory(allocated_to=stays), SeriesFactory(team=team, led_by=stays.worker)

        split(admin, team, worker.hat)

        hill = Team.objects.get(name="Hill team")
        runs = [(one.worker, one.team, one.from_on) for one in case.allocations.order_by("from_on")]
        assert runs == [(worker, team, case.opened_on), (worker, hill, TUESDAY)]
        assert Allocation.objects.get(case=others[0]).team == team
        assert {one.team for one in Series.objects.filter(pk__in=[series.pk])} == {hill}
        assert Series.objects.get(pk=others[1].pk).team == team
        assert Request.objects.get(pk=request.pk).team == hill
        for record in (decided, sent):
            record.refresh_from_db()
            assert record.team == team

    def test_work_of_whoever_keeps_a_hat_there_stays(self, admin, team, worker):
        second = PlacementFactory(team=team, worker=worker)
        series = SeriesFactory(team=team, led_by=worker)

        split(admin, team, second)

        assert Series.objects.get(pk=series.pk).team == team

    def test_both_lines_of_figures_are_marked(self, admin, team, worker, stays):
        split(admin, team, worker.hat)

        marks = [(str(one.team), str(one), one.from_on) for one in Changeover.objects.all()]
        assert marks == [
            ("North team", "without those who went to Hill team", TUESDAY),
            ("Hill team", "begun with people of North team", TUESDAY),
        ]

    def test_the_new_team_has_managers_and_the_trail_its_beginning(
        self, admin, team, worker, administrator
    ):
        mary = UserFactory(manager=True)

        response = split(admin, team, worker.hat, managers=[mary.pk])

        hill = Team.objects.get(name="Hill team")
        assert response.url == f"/stewardship/teams/{hill.pk}/"
        assert list(hill.managers.all()) == [mary]
        assert Entry.objects.about(hill).get().by == administrator

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ({"hats": []}, "Choose at least one hat"),
            ({"name": "North team"}, "There is one with this name already"),
            ({"from_on": "2026-11-25"}, "choose tomorrow at the latest"),
            ({"from_on": ""}, "Choose the day"),
            ({"from_on": "2026-11-20"}, "Wendy Worker logged work under a hat there on Fri 20 Nov"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_done(self, admin, team, worker, typed, complaint):
        ActivityFactory(by=worker.hat, date=date(2026, 11, 20))

        response = split(admin, team, worker.hat, **typed)

        assert complaint in said(response)
        assert Team.objects.count() == 1
        assert spans(worker) == [("North team", date(2024, 4, 1), None)]

    def test_sent_twice_is_one_team(self, admin, team, worker, stays):
        split(admin, team, worker.hat)
        again = split(admin, team, worker.hat)

        assert "There is one with this name already" in said(again)
        assert len(spans(worker)) == 2


class TestMerging:
    @pytest.fixture
    def south(self, team):
        return TeamFactory(name="South team", district=team.district)

    def test_all_goes_to_the_other_team_and_it_ends(self, admin, team, worker, stays, south):
        case = CaseFactory(allocated_to=worker.hat)
        series = SeriesFactory(team=team)
        nobodys = RequestFactory(team=team)

        merge(admin, team, south)

        team.refresh_from_db()
        assert team.until_on == MONDAY
        assert spans(worker)[-1] == ("South team", TUESDAY, None)
        assert spans(stays.worker)[-1] == ("South team", TUESDAY, None)
        assert case.allocations.get(until_on=None).team == south
        for record in (series, nobodys):
            record.refresh_from_db()
            assert record.team == south

    def test_sent_twice_it_is_done_once(self, admin, team, worker, south):
        merge(admin, team, south)
        again = merge(admin, team, south)

        assert again.url == f"/stewardship/teams/{team.pk}/"
        assert len(spans(worker)) == Changeover.objects.count() == 2

    def test_cases_of_somebody_without_a_hat_go_along(self, admin, team, worker, south):
        case = CaseFactory(allocated_to=worker.hat)
        worker.placements.update(until_on=date(2026, 11, 20))

        merge(admin, team, south)

        assert case.allocations.get(until_on=None).team == south

    def test_a_series_that_has_ended_stays(self, admin, team, worker, south):
        ended = SeriesFactory(team=team, until_on=date(2026, 11, 20))

        merge(admin, team, south)

        ended.refresh_from_db()
        assert ended.team == team

    def test_both_lines_of_figures_are_marked(self, admin, team, worker, south):
        merge(admin, team, south)

        marks = [(str(one.team), str(one)) for one in Changeover.objects.all()]
        assert marks == [
            ("South team", "with the people of North team"),
            ("North team", "its people went to South team"),
        ]

    def test_its_managers_may_manage_the_other(self, admin, team, manager, south):
        merge(admin, team, south, managers=[manager.pk])

        assert set(Team.objects.visible_to(manager)) == {team, south}

    def test_only_open_teams_of_the_district_are_offered(self, admin, team, south):
        TeamFactory(district=DistrictFactory(name="Far", slug="far"))
        TeamFactory(district=team.district, until_on=date(2026, 11, 22))

        page = admin.get(f"/stewardship/teams/{team.pk}/merge/")

        assert list(page.context["form"].fields["into"].queryset) == [south]

    def test_not_from_a_day_with_work_logged(self, admin, team, worker, south):
        ActivityFactory(by=worker.hat, date=date(2026, 11, 23))

        page = said(merge(admin, team, south, from_on="2026-11-23"))

        assert "Wendy Worker logged work under a hat there on Mon 23 Nov 2026" in page
        assert Team.objects.get(pk=team.pk).until_on is None

    def test_costs_no_more_to_look_at_for_many(
        self, admin, team, south, django_assert_max_num_queries
    ):
        for _ in range(20):
            CaseFactory(allocated_to=PlacementFactory(team=team))

        with django_assert_max_num_queries(15):
            admin.get(f"/stewardship/teams/{team.pk}/merge/")
