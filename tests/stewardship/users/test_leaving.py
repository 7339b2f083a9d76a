"""Somebody leaves: one action, what it touches, and what stays until it is handed over."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.invitations import LinkState, invite, state_of
from eitrack.accounts.models import User
from eitrack.accounts.roles import Role
from eitrack.activities.models import Thread
from eitrack.audit.models import Entry
from eitrack.daybook.models import CalendarFeed
from eitrack.directory.models import Absence, Contract, Placement, Team
from eitrack.stewardship.users.leaving import see_off
from tests.factories.accounts import PASSWORD, RoleTermFactory, UserFactory
from tests.factories.activities import (
    ActivityFactory,
    SeriesFactory,
    SeriesWorkerFactory,
    ThreadFactory,
)
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.factories.directory import ContractFactory, PlacementFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _monday(monday_at_noon):
    """Time stands still."""


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def said(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def leave_url(user):
    return f"/stewardship/users/{user.pk}/leave/"


def page_of(client, user):
    return said(client.get(f"/stewardship/users/{user.pk}/"))


def leave(client, user, last="2026-11-23", **typed):
    return client.post(leave_url(user), {"last_day_on": last, **typed})


def now_closed(client, user):
    return leave(client, user, is_now="on")


class TestAtOnce:
    def test_sessions_end_and_nothing_lets_them_in(self, admin, client, worker):
        invite(worker, now=timezone.now())
        theirs = type(client)()
        theirs.force_login(worker)

        now_closed(admin, worker)

        worker.refresh_from_db()
        assert not worker.is_active
        assert theirs.get("/today/").status_code == 302
        assert state_of(worker.invitations.get(), timezone.now()) == LinkState.WITHDRAWN

    def test_roles_hats_and_contract_end_on_the_day(self, admin, worker):
        now_closed(admin, worker)

        assert worker.role_terms.get().until_on == MONDAY
        assert Placement.objects.get(worker=worker).until_on == MONDAY
        assert Contract.objects.get(worker=worker).until_on == MONDAY

    def test_the_calendar_address_is_dead(self, admin, client, worker):
        key = CalendarFeed.objects.create(worker=worker).key
        client.logout()

        see_off(by=None, user=worker, on=MONDAY, is_now=True, now=timezone.now())

        assert client.get(reverse("daybook:calendar_feed", args=[key])).status_code == 404
        assert not CalendarFeed.objects.exists()

    def test_threads_are_dissolved_without_a_trace(self, admin, worker):
        thread = ThreadFactory(worker=worker)
        contact = ActivityFactory(by=worker.hat, kind="consultation_family", thread=thread)

        now_closed(admin, worker)

        contact.refresh_from_db()
        assert not Thread.objects.exists()
        assert contact.thread_id is None
        entry = Entry.objects.get(action="dissolved")
        assert (entry.by, entry.record_id) == (None, None)

    def test_they_help_with_no_series_any_more(self, admin, worker):
        helping = SeriesWorkerFactory(worker=worker)

        now_closed(admin, worker)

        helping.refresh_from_db()
        assert helping.until_on == MONDAY

    def test_a_manager_manages_no_team_also_if_the_role_is_given_again(
        self, admin, manager, time_machine
    ):
        now_closed(admin, manager)
        User.objects.filter(pk=manager.pk).update(is_active=True, last_day_on=None)
        RoleTermFactory(user=manager, role=Role.MANAGER, from_on=MONDAY)
        time_machine.move_to("2026-11-24T12:00Z")

        assert not Team.objects.visible_to(User.objects.get(pk=manager.pk)).exists()

    def test_the_trail_says_who_did_it(self, admin, worker, administrator):
        now_closed(admin, worker)

        told = Entry.objects.about(worker).order_by("pk").values_list("by", "action", "reason")
        assert list(told)[-3:] == [
            (administrator.pk, "role_changed", "changed worker"),
            (administrator.pk, "closed", "leaving"),
            (administrator.pk, "switched_off", "leaving"),
        ]
        page = page_of(admin, worker)
        assert "noted that they leave" in page
        assert "ended a hat" in page

    def test_sent_twice_it_is_done_once(self, admin, worker):
        for _ in range(2):
            now_closed(admin, worker)

        assert Entry.objects.about(worker).filter(action="closed").count() == 1
        assert Entry.objects.about(worker).filter(action="switched_off").count() == 1


class TestFromADay:
    def test_they_work_until_then(self, admin, client, worker):
        leave(admin, worker, "2026-11-27")

        client.force_login(User.objects.get(pk=worker.pk))
        assert client.get("/today/").status_code == 200
        assert Placement.objects.get(worker=worker).until_on == FRIDAY

    def test_after_it_the_account_is_closed_with_all_that_was_theirs(
        self, admin, worker, time_machine
    ):
        ThreadFactory(worker=worker)
        CalendarFeed.objects.create(worker=worker)
        leave(admin, worker, "2026-11-27")
        assert Thread.objects.exists()

        closed = []
        for day in ("2026-11-27", "2026-11-28", "2026-11-28"):
            time_machine.move_to(f"{day}T05:15Z", tick=False)
            out = StringIO()
            call_command("close_accounts", stdout=out)
            closed.append(out.getvalue())

        worker.refresh_from_db()
        assert closed == ["Closed 0.\n", "Closed 1.\n", "Closed 0.\n"]
        assert not worker.is_active
        assert not Thread.objects.exists()
        assert not CalendarFeed.objects.exists()
        assert Entry.objects.filter(action="switched_off").get().by is None

    def test_what_has_not_begun_by_then_is_taken_away(self, admin, worker):
        coming = PlacementFactory(worker=worker, from_on=date(2026, 12, 1))
        RoleTermFactory(user=worker, role=Role.MANAGER, from_on=date(2026, 12, 1))
        ContractFactory(worker=worker, from_on=date(2026, 12, 1))

        page = said(admin.get(leave_url(worker), {"last_day_on": "2026-11-27"}))
        leave(admin, worker, "2026-11-27")

        assert f"{coming}, {coming.team}, from Tue 1 Dec 2026: taken away" in page
        assert [hat.until_on for hat in Placement.objects.filter(worker=worker)] == [FRIDAY]
        assert [term.role for term in worker.role_terms.all()] == ["worker"]
        assert Contract.objects.filter(worker=worker).count() == 1

    def test_they_may_stay_after_all(self, admin, worker):
        leave(admin, worker, "2026-11-27")
        assert "They stay after all" in page_of(admin, worker)

        admin.post(f"/stewardship/users/{worker.pk}/on/")

        worker.refresh_from_db()
        assert worker.last_day_on is None
        assert worker.role_terms.get().until_on == FRIDAY


class TestWhatItTouches:
    """Shown for the chosen day, before anything is done."""

    def test_nothing_changes_by_looking(self, admin, worker):
        page = said(admin.get(leave_url(worker)))

        assert "After Mon 23 Nov 2026" in page
        assert "Roles Front-line worker" in page
        assert f"Hats {worker.hat}, North team" in page
        assert "Contracts 1.00 FTE" in page
        assert worker.role_terms.get().until_on is None

    def test_begins_with_the_first_possible_last_day(self, admin, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 11, 20))

        assert "After Fri 20 Nov 2026" in said(admin.get(leave_url(worker)))

        leave(admin, worker, "2026-11-27")
        assert "After Fri 27 Nov 2026" in said(admin.get(leave_url(worker)))

    def test_absences_to_come_are_told(self, admin, worker):
        Absence.objects.create(worker=worker, from_on=FRIDAY, until_on=FRIDAY)

        assert "1 goes on after that day and stays" in said(admin.get(leave_url(worker)))

    def test_a_team_that_would_have_no_manager_is_told(self, admin, manager):
        assert "Left without a manager North team" in said(admin.get(leave_url(manager)))

        manager.managed_teams.get().managers.add(UserFactory(manager=True))

        assert "Left without a manager" not in said(admin.get(leave_url(manager)))

    def test_nobody_leaves_before_work_they_have_logged(self, admin, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 11, 20))

        page = said(leave(admin, worker, "2026-11-19"))

        assert "They logged work on Fri 20 Nov 2026: choose that day or a later one" in page
        assert User.objects.get(pk=worker.pk).last_day_on is None

    @pytest.mark.parametrize("typed", ["", "Friday", "0001-01-01"])
    def test_an_odd_day_is_asked_for_again(self, admin, worker, typed):
        assert "There is a problem" in said(leave(admin, worker, typed))


class TestWhatStays:
    @pytest.fixture
    def left(self, worker):
        """A case, a series, a request and a referral of the worker's."""
        team = worker.hat.team
        case = CaseFactory(allocated_to=worker.hat, reference="FAM-4711")
        SeriesFactory(name="Monday drop-in", team=team, led_by=worker)
        RequestFactory(team=team, worker=worker)
        ReferralFactory(team=team, worker=worker)
        return case

    def test_is_listed_before_and_after_without_a_reference(self, admin, worker, manager, left):
        before = said(admin.get(leave_url(worker)))
        now_closed(admin, worker)
        after = page_of(admin, worker)

        words = (
            f"North team 1 open case: Case {left.pk} 1 series: Monday drop-in "
            "1 request to answer 1 referral without a decision "
            "Mary Manager can hand it over: Teams, North team, Hand over."
        )
        assert words in before
        assert words in after
        assert "4711" not in before + after

    def test_until_it_was_handed_over(self, admin, client, worker, manager, left, team):
        now_closed(admin, worker)
        heir = PlacementFactory(team=team).worker
        client.force_login(manager)
        typed = {"worker": worker.pk, "to": heir.pk, "on": "2026-11-24"}
        client.post(f"/teams/{team.slug}/handover/", typed)
        client.force_login(User.objects.get(email="admin@example.org"))

        page = page_of(client, worker)

        assert "Not taken over yet" not in page

    def test_an_administrator_who_manages_the_team_goes_there(self, admin, worker, left, team):
        administrator = User.objects.get(email="admin@example.org")
        RoleTermFactory(user=administrator, role=Role.MANAGER)
        team.managers.add(administrator)

        page = admin.get(leave_url(worker)).content.decode()

        assert f'href="/teams/north/handover/?worker={worker.pk}"' in page

    def test_a_team_without_a_manager_is_told(self, admin, worker, left):
        assert "North team has no manager who could hand it over" in said(
            admin.get(leave_url(worker))
        )

    def test_costs_the_same_for_many(self, admin, worker, left, django_assert_max_num_queries):
        for _ in range(10):
            CaseFactory(allocated_to=worker.hat)
            SeriesFactory(team=worker.hat.team, led_by=worker)

        with django_assert_max_num_queries(25):
            admin.get(leave_url(worker))


class TestWhoMayNot:
    def test_nobody_sees_themselves_off(self, admin, administrator):
        response = now_closed(admin, administrator)

        assert response.status_code == 302
        assert User.objects.get(pk=administrator.pk).is_active

    def test_the_last_administrator_stays(self, client):
        last = UserFactory(administrator=True, password=PASSWORD)
        client.force_login(
            RoleTermFactory(role=Role.ADMINISTRATOR, until_on=date(2026, 11, 27)).user
        )

        page = said(leave(client, last, "2026-11-27"))

        assert "Somebody has to be left who lets people in" in page
        assert User.objects.get(pk=last.pk).last_day_on is None
