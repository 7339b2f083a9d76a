"""The pages of teams: list, a new one, one of them, its managers, its name, its end."""

import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.accounts.models import User
from eitrack.accounts.roles import Role
from eitrack.audit.models import Entry
from eitrack.directory.models import Changeover, FundingStream, Team
from tests.factories.accounts import RoleTermFactory, UserFactory
from tests.factories.activities import SeriesFactory
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.directory import (
    DistrictFactory,
    FundingStreamFactory,
    TeamFactory,
    TeamManagerFactory,
)
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LIST = "/stewardship/teams/"
ADD = "/stewardship/teams/add/"


@pytest.fixture(autouse=True)
def _monday(monday_at_noon):
    """Time stands still."""


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def raw(response):
    return response.content.decode()


def said(response):
    return " ".join(re.sub(r"<[^>]+>", " ", raw(response)).split())


def listed(client, **query):
    return [team.name for team in client.get(LIST, query).context["table"].data]


def url_of(team, what=""):
    return f"/stewardship/teams/{team.pk}/{what}"


class TestList:
    def test_names_who_manages_and_how_many_work_there(self, admin, team, worker, manager):
        team.managers.add(UserFactory(name="Wilma Without the role"))

        page = said(admin.get(LIST))

        assert "North team Riverside Mary Manager 1 Open" in page
        assert "Without the role" not in page

    def test_leaves_closed_teams_out_until_they_are_asked_for(self, admin, team):
        TeamFactory(name="Old team", until_on=date(2026, 11, 22))
        TeamFactory(name="Ending team", until_on=date(2026, 11, 23))

        assert listed(admin) == ["Ending team", "North team"]
        assert listed(admin, standing="closed") == ["Old team"]
        assert listed(admin, standing="all", name="old") == ["Old team"]

    def test_sorts_and_exports_what_is_filtered(self, admin, team):
        TeamFactory(name="South team")

        assert listed(admin, sort="-team") == ["South team", "North team"]
        rows = b"".join(admin.get(LIST, {"name": "south", "_export": "csv"})).decode()
        assert rows.splitlines()[1:] == ["South team,Riverside,,0,Open"]

    def test_costs_the_same_for_many(self, admin, django_assert_max_num_queries):
        for _ in range(30):
            TeamManagerFactory()

        with django_assert_max_num_queries(7):
            admin.get(LIST)

    def test_an_empty_service_says_what_a_team_is(self, admin):
        assert "No team here. Workers wear their hats in a team" in said(admin.get(LIST))


class TestANewTeam:
    def test_gets_a_slug_and_managers(self, admin, team, administrator):
        mary = UserFactory(manager=True)

        admin.post(ADD, {"name": "Hill  team", "district": team.district_id, "managers": [mary.pk]})

        hill = Team.objects.get(name="Hill team")
        assert hill.slug == "hill-team"
        assert list(Team.objects.visible_to(mary)) == [hill]
        assert Entry.objects.about(hill).get().by == administrator

    def test_a_slug_that_is_taken_gets_a_number(self, admin, team):
        TeamFactory(slug="hill-team")
        TeamFactory(slug="hill-team-2")

        admin.post(ADD, {"name": "Hill team", "district": team.district_id})

        assert Team.objects.get(name="Hill team").slug == "hill-team-3"

    def test_sent_twice_is_one_team(self, admin, team):
        typed = {"name": "Hill team", "district": team.district_id}

        first, second = admin.post(ADD, typed), admin.post(ADD, typed)

        assert first.url == second.url
        assert Team.objects.filter(name="Hill team").count() == 1

    def test_a_name_that_is_taken_leads_to_who_has_it(self, admin, team):
        response = admin.post(ADD, {"name": "North team", "district": team.district_id})

        assert "There is one with this name already" in said(response)
        assert f'<a href="{url_of(team)}">North team</a>' in raw(response)

    def test_whoever_was_faster_is_told_of_too(self, admin, team, monkeypatch):
        monkeypatch.setattr(Team, "validate_unique", lambda *args, **kwargs: None)

        response = admin.post(ADD, {"name": "North team", "district": team.district_id})

        assert f'<a href="{url_of(team)}">North team</a>' in raw(response)

    def test_the_only_district_is_not_asked_for(self, admin, team):
        assert admin.get(ADD).context["form"]["district"].is_hidden

        DistrictFactory(name="Far", slug="far")

        assert not admin.get(ADD).context["form"]["district"].is_hidden


class TestPage:
    def test_says_who_manages_it_and_why_somebody_does_not(self, admin, team, manager):
        deputy = RoleTermFactory(role=Role.MANAGER, until_on=date(2026, 11, 27))
        TeamManagerFactory(team=team, user=deputy.user, term=deputy)
        past = RoleTermFactory(
            role=Role.MANAGER, until_on=date(2026, 11, 20), user__name="Paul Past"
        )
        TeamManagerFactory(team=team, user=past.user, term=past)
        team.managers.add(UserFactory(name="Wilma Without"))

        page = said(admin.get(url_of(team)))

        assert f"{deputy.user} until Fri 27 Nov 2026" in page
        assert "Wilma Without does not hold the role, or cannot sign in" in page
        assert "Paul Past" not in page

    def test_says_what_is_open_in_it(self, admin, team, worker):
        CaseFactory(allocated_to=worker.hat)
        SeriesFactory(team=team)
        RequestFactory(team=team)

        page = said(admin.get(url_of(team)))

        assert "Open work 1 open case, 1 series and 1 request to decide" in page
        assert "Wendy Worker" in page

    def test_names_who_holds_its_cases_without_a_hat_there(self, admin, team, worker):
        for _ in range(2):
            CaseFactory(allocated_to=worker.hat)
        assert "Hold its cases" not in said(admin.get(url_of(team)))

        worker.hat.until_on = date(2026, 11, 20)
        worker.hat.save()

        page = said(admin.get(url_of(team)))
        assert "Hold its cases without a hat in it Wendy Worker 2 open cases; a manager" in page


class TestManagers:
    def test_are_named_and_taken_away(self, admin, team, manager, administrator):
        other = UserFactory(manager=True)

        admin.post(url_of(team, "managers/"), {"managers": [other.pk]})

        assert list(team.managers.all()) == [other]
        entry = Entry.objects.about(team).get()
        assert (entry.by, entry.reason) == (administrator, "managers")

    def test_deputies_stay_as_they_are(self, admin, team, manager):
        deputy = RoleTermFactory(role=Role.MANAGER, until_on=date(2026, 11, 27))
        named = TeamManagerFactory(team=team, user=deputy.user, term=deputy)

        admin.post(url_of(team, "managers/"), {"managers": []})

        assert list(team.named_managers.all()) == [named]

    def test_only_who_holds_the_role_is_offered(self, admin, team, worker):
        coming = RoleTermFactory(role=Role.MANAGER, from_on=date(2026, 12, 1)).user
        RoleTermFactory(role=Role.MANAGER, until_on=date(2026, 11, 22))
        UserFactory(manager=True, is_active=False)

        form = admin.get(url_of(team, "managers/")).context["form"]

        assert list(form.fields["managers"].queryset) == [coming]

    def test_without_anybody_it_is_said_where_the_role_is_given(self, admin, team):
        page = said(admin.get(url_of(team, "managers/")))

        assert "Nobody holds the role “Team manager” yet" in page

    def test_of_two_who_change_them_the_second_sees_both(self, admin, team, manager):
        url, other = url_of(team, "managers/"), UserFactory(manager=True, name="Olga Other")
        opened = form_values(admin.get(url))["opened"]
        admin.post(url, {"opened": opened, "managers": [manager.pk, other.pk]})

        response = admin.post(url, {"opened": opened, "managers": []})

        assert "Mary Manager and Olga Other" in said(response)
        assert team.managers.count() == 2


class TestAnotherName:
    def test_is_kept_with_its_day_and_the_slug_stays(self, admin, team):
        url = url_of(team, "rename/")
        typed = form_values(admin.get(url)) | {"name": "Hill team", "from_on": "2026-09-01"}

        admin.post(url, typed)

        team.refresh_from_db()
        assert (team.name, team.slug) == ("Hill team", "north")
        changeover = Changeover.objects.get()
        assert (changeover.team, changeover.from_on) == (team, date(2026, 9, 1))
        assert str(changeover) == "called Hill team, before that North team"
        assert "Called Hill team, before that North team" in said(admin.get(url_of(team)))

    def test_a_mended_spelling_keeps_no_day(self, admin, team):
        url = url_of(team, "rename/")
        typed = form_values(admin.get(url)) | {"name": "Nórth team", "is_correction": "on"}

        admin.post(url, typed)

        assert Team.objects.get().name == "Nórth team"
        assert not Changeover.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ({"from_on": "2026-11-24"}, "choose today or an earlier day"),
            ({"from_on": ""}, "Choose the day, or say that only the spelling is mended"),
            ({"from_on": "soon"}, "Type the day as"),
            ({"name": " "}, "Give it a name"),
            ({"name": "South team"}, "There is one with this name already"),
        ],
    )
    def test_what_is_wrong_is_said(self, admin, team, typed, complaint):
        TeamFactory(name="South team")
        url = url_of(team, "rename/")

        response = admin.post(url, form_values(admin.get(url)) | {"name": "Hill team"} | typed)

        assert complaint in said(response)
        assert "Rename North team" in said(response)
        assert Team.objects.filter(name="North team").exists()

    def test_of_two_who_rename_it_the_second_sees_both(self, admin, team):
        url = url_of(team, "rename/")
        mine = form_values(admin.get(url)) | {"name": "Mine"}
        admin.post(url, mine | {"name": "Theirs"})

        assert "Name Theirs Mine" in said(admin.post(url, mine))

    def test_of_a_funding_stream_is_kept_too(self, admin):
        stream = FundingStreamFactory(name="On Track", slug="on-track")
        url = f"/stewardship/streams/{stream.pk}/rename/"

        admin.post(url, form_values(admin.get(url)) | {"name": "Bridge", "from_on": "2026-04-01"})

        stream = FundingStream.objects.get()
        assert (stream.name, stream.slug) == ("Bridge", "on-track")
        assert str(stream.changeovers.get()) == "called Bridge, before that On Track"


class TestClosing:
    def test_from_a_day_and_open_again(self, admin, team):
        url = url_of(team, "close/")
        admin.post(url, form_values(admin.get(url)) | {"until_on": "2026-11-30"})
        assert Team.objects.get().until_on == date(2026, 11, 30)
        assert "Open until Mon 30 Nov 2026" in said(admin.get(url_of(team)))

        admin.post(url_of(team, "reopen/"))

        assert Team.objects.get().until_on is None
        assert [entry.action for entry in Entry.objects.about(team)] == ["changed", "closed"]

    def test_not_while_somebody_wears_a_hat_in_it(self, admin, team, worker):
        url = url_of(team, "close/")

        page = said(admin.post(url, {"until_on": "2026-11-30"}))

        assert "After that day a hat in it is worn by Wendy Worker" in page
        worker.placements.update(until_on=date(2026, 11, 30))
        assert admin.post(url, {"until_on": "2026-11-30"}).status_code == 302

    def test_not_while_work_is_open_in_it(self, admin, team, worker):
        CaseFactory(allocated_to=worker.hat)
        SeriesFactory(team=team)
        worker.placements.update(until_on=date(2026, 11, 20))

        page = said(admin.post(url_of(team, "close/"), {"until_on": "2026-11-23"}))

        assert "Still open in it: 1 open case and 1 series" in page
        assert Team.objects.get().until_on is None

    def test_a_closed_team_is_offered_to_nobody(self, admin, client, team, worker, manager):
        Team.objects.update(until_on=date(2026, 11, 22))
        client.force_login(manager)

        page = client.get(reverse("workload:placement_add", args=[worker.pk]))

        assert list(page.context["form"].fields["team"].queryset) == []
        assert client.get("/teams/north/").status_code == 200


class TestTheServicePage:
    def test_leads_here(self, admin):
        page = raw(admin.get("/stewardship/"))

        assert f'href="{LIST}"' in page
        assert 'href="/stewardship/users/"' in page


def test_nobody_else_is_an_administrator_by_managing(client, manager):
    client.force_login(User.objects.get(pk=manager.pk))

    assert client.get(LIST).status_code == 403
