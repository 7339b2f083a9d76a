"""The pages of users: the list, somebody new, one of them, their name and e-mail."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.invitations import invite
from eitrack.accounts.models import User
from eitrack.accounts.roles import Role
from eitrack.audit.models import Entry
from tests.factories.accounts import PASSWORD, RoleTermFactory, UserFactory
from tests.factories.directory import DistrictFactory, PlacementFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LIST = "/stewardship/users/"
ADD = "/stewardship/users/add/"


@pytest.fixture(autouse=True)
def _monday(monday_at_noon):
    """Time stands still."""


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def said_raw(response):
    return response.content.decode()


def said(response):
    return " ".join(re.sub(r"<[^>]+>", " ", said_raw(response)).split())


def listed(client, **query):
    return [user.name for user in client.get(LIST, query).context["table"].data]


def page_of(user, what=""):
    return f"/stewardship/users/{user.pk}/{what}"


def link_in(response):
    return re.search(
        r'value="http://testserver(/account/invitation/\?key=[\w-]+)"', said_raw(response)
    )[1]


class TestList:
    def test_says_how_each_account_stands(self, admin):
        UserFactory(name="Active", password=PASSWORD, last_login=timezone.now())
        UserFactory(name="Never", password=PASSWORD)
        for name in ("Invited", "Old link"):
            user = UserFactory(name=name)
            user.set_unusable_password()
            user.save()
        invite(User.objects.get(name="Invited"), now=timezone.now())
        invite(User.objects.get(name="Old link"), now=timezone.now() - timedelta(days=4))
        User.objects.create_user("new@example.org", name="New")
        UserFactory(name="Off", is_active=False)
        UserFactory(name="Gone", last_day_on=date(2026, 11, 22))
        UserFactory(name="Going", password=PASSWORD, last_day_on=date(2026, 11, 23))

        found = {
            state: listed(admin, state=state)
            for state in ("active", "never", "invited", "not_invited", "no_link", "off")
        }

        assert found == {
            "active": ["Active", "Adam Admin"],
            "never": ["Going", "Never"],
            "invited": ["Invited"],
            "not_invited": ["New"],
            "no_link": ["Old link"],
            "off": ["Gone", "Off"],
        }

    def test_filters_by_role_of_today_and_by_team(self, admin, worker, manager, outsider):
        RoleTermFactory(user=outsider, role=Role.MANAGER, from_on=date(2026, 11, 24))
        team = worker.hat.team

        assert listed(admin, role="manager") == ["Mary Manager"]
        assert listed(admin, team=team.pk) == ["Mary Manager", "Wendy Worker"]

    def test_finds_a_part_of_a_name_or_an_e_mail(self, admin, worker, manager):
        assert listed(admin, search="WEND") == ["Wendy Worker"]
        assert listed(admin, search="manager@") == ["Mary Manager"]

    def test_sorts_by_name_both_ways(self, admin, worker):
        assert listed(admin, sort="-name") == ["Wendy Worker", "Adam Admin"]

    def test_the_file_has_exactly_the_filtered_rows(self, admin, worker, manager):
        rows = b"".join(admin.get(LIST, {"role": "worker", "_export": "csv"})).decode()

        assert rows.splitlines() == [
            "\ufeffName,Work e-mail,Roles,Teams,Account,Last signed in",
            "Wendy Worker,worker@example.org,Front-line worker,North team,Never signed in,",
        ]
        assert Entry.objects.get(action="exported").record_kind == "users.csv"

    def test_costs_the_same_for_many(self, admin, django_assert_max_num_queries):
        for _ in range(30):
            PlacementFactory()

        with django_assert_max_num_queries(10):
            admin.get(LIST)


class TestSomebodyNew:
    NEW = {"name": "Ann  Smith", "email": "Ann@Example.org", "roles": ["worker"]}

    def add(self, client, **said_otherwise):
        token = client.get(ADD).context["form"]["form_token"].value()
        data = {"form_token": token, **self.NEW, **said_otherwise}
        return data, client.post(ADD, data)

    def test_gets_a_link_that_is_shown_once_and_lets_them_in(self, admin, client):
        _, response = self.add(admin)

        ann = User.objects.get(email="ann@example.org")
        link = link_in(response)
        assert ann.name == "Ann Smith"
        assert [term.role for term in ann.role_terms.all()] == ["worker"]
        assert "no-store" in response["Cache-Control"]
        assert link not in said_raw(admin.get(page_of(ann)))
        client.post(link, {"password1": PASSWORD, "password2": PASSWORD})
        ann.refresh_from_db()
        assert ann.check_password(PASSWORD)

    def test_gets_it_by_mail_where_there_is_some(self, admin, mailoutbox):
        _, response = self.add(admin)

        ann = User.objects.get(email="ann@example.org")
        assert response.url == page_of(ann)
        (sent,) = mailoutbox
        assert sent.to == ["ann@example.org"]
        assert "https://eitrack.example.org/account/invitation/?key=" in sent.body

    def test_a_mail_that_does_not_go_out_is_told_and_the_link_shown(
        self, admin, mailoutbox, monkeypatch
    ):
        def refuse(*args, **kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

        _, response = self.add(admin)

        assert "It could not be mailed (ConnectionRefusedError)" in said(response)
        assert link_in(response)

    def test_sent_twice_is_one_user_and_the_newest_link_works(self, admin, client):
        data, first = self.add(admin)
        second = admin.post(ADD, data)

        assert User.objects.filter(email="ann@example.org").count() == 1
        assert "This link was replaced" in said(client.get(link_in(first)))
        assert "Choose your password" in said(client.get(link_in(second)))

    def test_sent_twice_is_mailed_once(self, admin, mailoutbox):
        data, _ = self.add(admin)
        again = admin.post(ADD, data)

        assert len(mailoutbox) == 1
        assert again.url == page_of(User.objects.get(email="ann@example.org"))

    def test_sent_again_for_somebody_else_asks_first(self, admin):
        data, _ = self.add(admin)
        other = {**data, "name": "Bea", "email": "bea@example.org"}

        asked = admin.post(ADD, other)
        assert "This form was saved before, as Ann Smith" in said(asked)
        assert not User.objects.filter(email="bea@example.org").exists()

        admin.post(ADD, form_values(asked))
        assert User.objects.filter(email="bea@example.org").exists()

    def test_with_an_e_mail_that_is_there_leads_to_whoever_has_it(self, admin, worker):
        _, response = self.add(admin, email="Worker@example.org")

        assert "Somebody has this e-mail already" in said(response)
        assert f'<a href="{page_of(worker)}">Wendy Worker</a>' in said_raw(response)
        assert response.context["form"]["name"].value() == "Ann  Smith"

    def test_whoever_was_faster_is_told_of_too(self, admin, worker, monkeypatch):
        """Both forms were looked at before either was saved."""
        monkeypatch.setattr(User, "validate_unique", lambda *args, **kwargs: None)

        _, response = self.add(admin, email="worker@example.org")

        assert f'<a href="{page_of(worker)}">Wendy Worker</a>' in said_raw(response)

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ({"name": " "}, "Type their name"),
            ({"email": ""}, "Type their work e-mail"),
            ({"email": "ann"}, "Enter a valid email address"),
            ({"roles": ["king"]}, "Select a valid choice"),
        ],
    )
    def test_what_is_wrong_stands_beside_the_field(self, admin, typed, complaint):
        _, response = self.add(admin, **typed)

        assert complaint in said(response)
        assert User.objects.count() == 1

    def test_a_manager_gets_teams(self, admin, team):
        self.add(admin, roles=["manager"], teams=[team.pk])

        assert list(User.objects.get(email="ann@example.org").managed_teams.all()) == [team]

    def test_teams_go_with_managers_only(self, admin, team):
        _, response = self.add(admin, teams=[team.pk])

        assert "This goes with the role “Team manager” only" in said(response)

    def test_an_officer_answers_for_the_only_district(self, admin, team):
        self.add(admin, roles=["district"])

        assert list(User.objects.get(email="ann@example.org").districts.all()) == [team.district]

    def test_of_several_districts_one_is_asked_for(self, admin, team):
        far = DistrictFactory(name="Far", slug="far")

        _, response = self.add(admin, roles=["district"])
        assert "Choose at least one district" in said(response)

        self.add(admin, roles=["district"], districts=[far.pk])
        assert list(User.objects.get(email="ann@example.org").districts.all()) == [far]

    def test_in_an_empty_service_there_is_no_word_of_teams(self, admin):
        assert "Which teams" not in said(admin.get(ADD))


class TestPage:
    def test_says_who_they_are_what_they_do_and_what_happened(self, admin, worker, administrator):
        RoleTermFactory(user=worker, role=Role.MANAGER, until_on=date(2026, 11, 27))

        page = said(admin.get(page_of(worker)))

        assert "worker@example.org" in page
        assert "Team manager of no team yet until Fri 27 Nov 2026" in page
        assert "North team from Mon 1 Apr 2024" in page
        assert "gave the role “Team manager”" in page

    def test_says_who_gave_a_role(self, admin, worker, administrator):
        url = reverse("stewardship:role_give", args=[worker.pk])
        admin.post(url, {"role": "district"})

        page = said(admin.get(page_of(worker)))

        assert "Adam Admin gave the role “District office”" in page

    def test_signing_in_is_their_own(self, client, administrator):
        UserFactory(email="ann@example.org", password=PASSWORD)
        client.post("/account/login/", {"login": "ann@example.org", "password": PASSWORD})
        client.force_login(administrator)

        page = said(client.get(page_of(User.objects.get(email="ann@example.org"))))

        assert "Last signed in Mon 23 Nov 2026, 12:00" in page
        assert "signed in" not in page.split("History")[1].split("EITrack counts")[0]

    def test_costs_the_same_for_many_hats(self, admin, worker, django_assert_max_num_queries):
        for _ in range(20):
            PlacementFactory(worker=worker)

        with django_assert_max_num_queries(18):
            admin.get(page_of(worker))


class TestNewLink:
    def test_replaces_the_older_one(self, admin, client, worker):
        first = link_in(admin.post(page_of(worker, "link/")))
        second = link_in(admin.post(page_of(worker, "link/")))

        assert "This link was replaced" in said(client.get(first))
        assert "Choose your password" in said(client.get(second))
        assert Entry.objects.filter(action="invited").count() == 2

    def test_there_is_none_for_an_account_that_is_off(self, admin):
        off = UserFactory(is_active=False, name="Olaf Off")

        response = admin.post(page_of(off, "link/"), follow=True)

        assert "Switch the account of Olaf Off on first" in said(response)
        assert not off.invitations.exists()


class TestSwitchedOffAndOn:
    def test_by_a_tap(self, admin, worker):
        admin.post(page_of(worker, "off/"))
        assert "Switch on again" in said(admin.get(page_of(worker)))

        admin.post(page_of(worker, "on/"))
        assert "Switch off" in said(admin.get(page_of(worker)))

    def test_nobody_switches_off_their_own(self, admin, administrator):
        response = admin.post(page_of(administrator, "off/"), follow=True)

        assert "It is your own account" in said(response)
        assert User.objects.get(pk=administrator.pk).is_active
        assert "Switch off" not in said(response)

    def test_nobody_switches_off_the_last_administrator(self, client):
        last = UserFactory(administrator=True, password=PASSWORD)
        deputy = RoleTermFactory(role=Role.ADMINISTRATOR, until_on=date(2026, 11, 27)).user
        client.force_login(deputy)

        response = client.post(page_of(last, "off/"), follow=True)

        assert "Somebody has to be left who lets people in" in said(response)
        assert User.objects.get(pk=last.pk).is_active


class TestNameAndEmail:
    def test_are_changed(self, admin, worker):
        url = page_of(worker, "edit/")
        typed = {**form_values(admin.get(url)), "email": "Wendy.Smith@example.org"}

        response = admin.post(url, typed)

        worker.refresh_from_db()
        assert response.url == page_of(worker)
        assert worker.email == "wendy.smith@example.org"
        assert Entry.objects.about(worker).first().action == "changed"

    def test_of_two_who_change_it_the_second_sees_both(self, admin, worker):
        url = page_of(worker, "edit/")
        mine = {**form_values(admin.get(url)), "name": "Wendy Mine"}
        admin.post(url, {**mine, "name": "Wendy Theirs"})

        clash = admin.post(url, mine)

        page = said(clash)
        assert "Somebody changed this after you opened it" in page
        assert "Name Wendy Theirs Wendy Mine" in page
        worker.refresh_from_db()
        assert worker.name == "Wendy Theirs"
        admin.post(url, form_values(clash))
        worker.refresh_from_db()
        assert worker.name == "Wendy Mine"

    def test_theirs_can_be_taken_over(self, admin, worker):
        url = page_of(worker, "edit/")
        mine = {**form_values(admin.get(url)), "name": "Wendy Mine"}
        admin.post(url, {**mine, "name": "Wendy Theirs"})

        response = admin.post(url, {**form_values(admin.post(url, mine)), "take": "name"})

        assert response.context["form"]["name"].value() == "Wendy Theirs"

    def test_an_e_mail_of_somebody_else_leads_to_them(self, admin, worker, manager):
        url = page_of(worker, "edit/")

        response = admin.post(url, {**form_values(admin.get(url)), "email": manager.email})

        assert f'<a href="{page_of(manager)}">Mary Manager</a>' in said_raw(response)
        assert "Name and e-mail of Wendy Worker" in said(response)
