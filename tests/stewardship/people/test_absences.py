"""Absences: own ones, of own teams, of everybody; by week, and never why."""

import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import Absence
from tests.factories.accounts import UserFactory
from tests.factories.directory import AbsenceFactory, PlacementFactory, TeamFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LIST = reverse("stewardship:absence_list")
ADD = reverse("stewardship:absence_add")


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def elsewhere():
    return PlacementFactory(worker=UserFactory(name="Olive Other", worker=True)).worker


def edit_url(absence):
    return reverse("stewardship:absence_edit", args=[absence.pk])


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def listed(client, **query):
    return [row.record for row in client.get(LIST, query).context["table"].rows]


def days(first, last):
    return {"from_on": date(2026, 11, first), "until_on": date(2026, 11, last)}


class TestList:
    def test_shows_a_worker_their_own_whenever(self, client, worker, elsewhere):
        old = AbsenceFactory(worker=worker, from_on=date(2025, 8, 4), until_on=date(2025, 8, 8))
        new = AbsenceFactory(worker=worker)
        AbsenceFactory(worker=elsewhere)
        client.force_login(worker)

        assert listed(client) == [new, old]
        assert "Who" not in [column.header for column in client.get(LIST).context["table"].columns]

    def test_shows_those_away_in_the_week(self, client, manager, worker, elsewhere):
        last_week = AbsenceFactory(worker=worker, **days(16, 20))
        this_week = AbsenceFactory(worker=worker, **days(22, 23))
        AbsenceFactory(worker=elsewhere, **days(23, 23))
        client.force_login(manager)

        assert listed(client) == [this_week]
        assert listed(client, week="2026-11-22") == [last_week, this_week]
        assert listed(client, when="all") == [last_week, this_week]
        assert listed(client, when="to_come") == [this_week]

    def test_leads_to_the_weeks_beside(self, client, manager, worker):
        client.force_login(manager)

        context = client.get(LIST, {"week": "2026-11-25", "page": "2"}).context

        assert context["week_dates"] == "Mon 23 Nov to Sun 29 Nov 2026"
        assert context["earlier_url"] == "?week=2026-11-16"
        assert context["later_url"] == "?week=2026-11-30"

    def test_is_narrowed_by_person_and_team(self, client, administrator, worker, elsewhere):
        own = AbsenceFactory(worker=worker, **days(23, 23))
        other = AbsenceFactory(worker=elsewhere, **days(23, 23))
        client.force_login(administrator)

        assert set(listed(client)) == {own, other}
        assert listed(client, worker=worker.pk) == [own]
        assert listed(client, team=elsewhere.placements.get().team_id) == [other]

    def test_its_file_holds_what_is_shown(self, client, administrator, worker):
        AbsenceFactory(worker=worker, from_on=date(2026, 11, 23), until_on=date(2026, 11, 23))
        client.force_login(administrator)

        lines = b"".join(client.get(LIST, {"_export": "csv"})).decode("utf-8-sig").splitlines()

        assert lines == ["Who,From,Until,Length", f"{worker.name},2026-11-23,2026-11-23,1 day"]
        assert Entry.objects.filter(action="exported", record_kind="absences.csv").exists()

    def test_costs_the_same_whoever_is_away(
        self, client, administrator, django_assert_max_num_queries
    ):
        client.force_login(administrator)
        for _ in range(30):
            AbsenceFactory(worker=PlacementFactory().worker, **days(23, 27))

        with django_assert_max_num_queries(14):
            client.get(LIST)


class TestAdding:
    def test_own_is_not_asked_whose_and_is_saved_once(self, client, worker):
        client.force_login(worker)

        assert "worker" not in client.get(ADD).context["form"].fields
        for _ in range(2):
            response = client.post(ADD, {"from_on": "2026-12-21", "until_on": "2027-01-01"})

        assert response.url == LIST
        absence = Absence.objects.get()
        assert (absence.worker, absence.until_on) == (worker, date(2027, 1, 1))
        assert Entry.objects.about(absence).count() == 1

    def test_of_somebody_else_stays_unread_by_a_worker(self, client, worker, elsewhere):
        client.force_login(worker)

        client.post(ADD, {"from_on": "2026-12-21", "worker": elsewhere.pk})

        assert Absence.objects.get().worker == worker

    def test_by_a_manager_is_of_one_of_own_teams(self, client, manager, worker, elsewhere):
        client.force_login(manager)
        opened = client.get(ADD, {"worker": worker.pk})

        response = client.post(ADD, form_values(opened) | {"from_on": "2026-12-21"})
        refused = client.post(ADD, {"worker": elsewhere.pk, "from_on": "2026-12-21"})

        assert response.url == f"{LIST}?week=2026-12-21"
        assert Absence.objects.get().worker == worker
        assert refused.context["form"].has_error("worker")

    def test_by_a_manager_lies_in_the_time_of_the_hat(self, client, manager, worker):
        worker.hat.until_on = date(2026, 11, 30)
        worker.hat.save()
        client.force_login(manager)

        response = client.post(ADD, {"worker": worker.pk, "from_on": "2026-12-21"})

        assert response.context["form"].errors["from_on"] == [
            f"{worker} was in none of your teams then."
        ]

    def test_half_a_day_is_one_day(self, client, worker):
        client.force_login(worker)
        values = {"from_on": "2026-12-21", "is_half_day": "on"}

        refused = client.post(ADD, values | {"until_on": "2026-12-22"})
        client.post(ADD, values)

        assert refused.context["form"].has_error("is_half_day")
        assert Absence.objects.get().is_half_day

    def test_over_another_is_refused_and_says_which(self, client, worker):
        AbsenceFactory(worker=worker, **days(16, 20))
        client.force_login(worker)

        response = client.post(ADD, {"from_on": "2026-11-18", "until_on": "2026-11-24"})

        assert response.context["form"].errors["from_on"] == [
            f"{worker} is away already: Mon 16 Nov 2026 until Fri 20 Nov 2026. "
            "Change that absence instead."
        ]

    @pytest.mark.parametrize("until", ["2026-11-22", "2126-11-22", "soon"])
    def test_an_end_that_cannot_be_is_refused_beside_it(self, client, worker, until):
        client.force_login(worker)

        response = client.post(ADD, {"from_on": "2026-11-23", "until_on": until})

        assert response.context["form"].has_error("until_on")
        assert response.context["form"]["until_on"].value() == until


class TestChanging:
    def test_a_change_by_somebody_else_is_told_once(self, client, worker):
        absence = AbsenceFactory(worker=worker)
        client.force_login(worker)
        values = form_values(client.get(edit_url(absence))) | {"until_on": "2026-11-18"}
        Absence.objects.update(until_on=date(2026, 11, 17))

        told = client.post(edit_url(absence), values)
        values["opened"] = told.context["form"]["opened"].value()
        saved = client.post(edit_url(absence), values)

        assert told.context["form"].non_field_errors()
        assert saved.status_code == 302
        absence.refresh_from_db()
        assert absence.until_on == date(2026, 11, 18)

    def test_one_that_did_not_come_about_is_removed(self, client, manager, worker):
        absence = AbsenceFactory(worker=worker)
        client.force_login(manager)
        url = reverse("stewardship:absence_remove", args=[absence.pk])

        client.post(url)

        assert client.post(url).status_code == 404
        assert not Absence.objects.exists()
        entry = Entry.objects.about(absence).get()
        assert (entry.action, entry.by) == ("voided", manager)

    def test_those_before_the_hat_are_no_managers_business(self, client, manager):
        hat = PlacementFactory(team=TeamFactory(), from_on=date(2026, 11, 23))
        hat.team.managers.add(manager)
        client.force_login(manager)

        assert client.get(edit_url(AbsenceFactory(worker=hat.worker))).status_code == 404
