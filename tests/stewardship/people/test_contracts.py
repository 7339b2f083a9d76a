"""Contracts: never two at once, never lost in a clash, within reach only."""

from datetime import date

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.keeping import OverlapError, keep_contract
from eitrack.directory.models import Contract
from tests.factories.accounts import UserFactory
from tests.factories.directory import ContractFactory, PlacementFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
FULL_TIME = {
    f"{day}_minutes": "7 h 12" for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
}


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def worker(team):
    """Of the manager's team, without a contract."""
    user = UserFactory(worker=True, name="Wendy Worker")
    user.hat = PlacementFactory(worker=user, team=team)
    return user


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


def add_url(worker):
    return reverse("stewardship:contract_add", args=[worker.pk])


def edit_url(contract):
    return reverse("stewardship:contract_edit", args=[contract.pk])


class TestAdding:
    def test_keeps_hours_by_weekday_and_is_done_once(self, signed_in, worker, manager):
        values = {**FULL_TIME, "friday_minutes": "", "from_on": "2026-12-01"}

        for _ in range(2):
            response = signed_in.post(add_url(worker), values)

        assert response.url == reverse("stewardship:person_detail", args=[worker.pk])
        contract = Contract.objects.get()
        assert contract.weekday_minutes == (432, 432, 432, 432, 0, 0, 0)
        assert [entry.by for entry in Entry.objects.about(contract)] == [manager]

    def test_begins_with_the_hours_until_now_and_ends_that_contract(self, signed_in, worker):
        until_now = ContractFactory(worker=worker)

        values = form_values(signed_in.get(add_url(worker)))
        signed_in.post(add_url(worker), values | {"friday_minutes": "", "from_on": "2027-01-04"})

        until_now.refresh_from_db()
        assert until_now.until_on == date(2027, 1, 3)
        assert Contract.objects.get(from_on=date(2027, 1, 4)).weekly_minutes == 4 * 432
        assert Entry.objects.about(until_now).get().action == "closed"

    def test_beside_another_is_refused_and_says_which(self, signed_in, worker):
        ContractFactory(worker=worker)
        values = {**FULL_TIME, "from_on": "2027-01-04", "ends_the_one_before": ""}

        form = signed_in.post(add_url(worker), values).context["form"]

        assert form.errors["from_on"] == [
            "A contract of 36 h a week runs from Mon 1 Apr 2024 without an end. "
            "Change that one first."
        ]
        assert Contract.objects.count() == 1

    def test_never_ends_one_that_begins_later(self, signed_in, worker):
        ContractFactory(worker=worker, from_on=date(2026, 6, 1))

        form = signed_in.post(add_url(worker), {**FULL_TIME, "from_on": "2026-01-05"})

        assert form.context["form"].has_error("from_on")

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"monday_minutes": "lots"}, "monday_minutes"),
            ({"monday_minutes": "25 h"}, "monday_minutes"),
            (dict.fromkeys(FULL_TIME, ""), "monday_minutes"),
            ({"from_on": ""}, "from_on"),
            ({"until_on": "2026-11-30"}, "until_on"),
            ({"first_year_until_on": "2026-11-30"}, "first_year_until_on"),
        ],
    )
    def test_says_beside_the_field_what_to_mend(self, signed_in, worker, typed, field):
        values = {**FULL_TIME, "from_on": "2026-12-01", **typed}

        form = signed_in.post(add_url(worker), values).context["form"]

        assert form.has_error(field)
        assert form["tuesday_minutes"].value() == values["tuesday_minutes"]

    def test_a_manager_keeps_the_time_of_the_hat_only(self, signed_in, worker):
        worker.hat.until_on = date(2026, 11, 30)
        worker.hat.save()

        form = signed_in.post(add_url(worker), {**FULL_TIME, "from_on": "2026-12-01"})

        assert form.context["form"].errors["from_on"] == [
            f"{worker} was in none of your teams then."
        ]

    def test_two_at_once_are_told(self, worker, manager):
        ContractFactory(worker=worker)
        new = ContractFactory.build(worker=worker, monday_minutes=0)

        with pytest.raises(OverlapError):
            keep_contract(by=manager, contract=new)


class TestChanging:
    def test_ends_it(self, signed_in, worker):
        contract = ContractFactory(worker=worker)

        values = form_values(signed_in.get(edit_url(contract)))
        signed_in.post(edit_url(contract), values | {"until_on": "2026-12-31"})

        contract.refresh_from_db()
        assert contract.until_on == date(2026, 12, 31)
        assert contract.weekly_minutes == 5 * 432
        assert Entry.objects.about(contract).get().action == "changed"

    def test_a_change_by_somebody_else_is_told_once(self, signed_in, worker):
        contract = ContractFactory(worker=worker)
        values = form_values(signed_in.get(edit_url(contract))) | {"until_on": "2026-12-31"}
        Contract.objects.update(friday_minutes=0)

        told = signed_in.post(edit_url(contract), values)
        values["opened"] = told.context["form"]["opened"].value()
        saved = signed_in.post(edit_url(contract), values)

        assert told.context["form"].non_field_errors()
        assert told.context["form"]["until_on"].value() == "2026-12-31"
        assert saved.status_code == 302

    def test_removing_one_keeps_its_history(self, signed_in, worker, manager):
        contract = ContractFactory(worker=worker)
        url = reverse("stewardship:contract_remove", args=[contract.pk])

        signed_in.post(url)

        assert signed_in.post(url).status_code == 404
        assert not Contract.objects.exists()
        assert Contract.history.first().history_type == "-"
        assert Entry.objects.about(contract).get().action == "voided"
