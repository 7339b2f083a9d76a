"""Hats, cases and voids that lie behind a form: late entries and late changes (rules 2 to 9)."""

import datetime

import pytest

from eitrack.activities.models import Activity
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


def wear(hat, from_on, until_on=None):
    hat.from_on, hat.until_on = from_on, until_on
    hat.save()
    return hat


def test_a_late_entry_finds_the_hat_of_its_day_among_several_of_today(signed_in, worker):
    """One hat until 10 October, two others since: 1 October is logged on 23 November."""
    old = wear(worker.hat, datetime.date(2026, 1, 1), datetime.date(2026, 10, 10))
    for _ in range(2):
        PlacementFactory(worker=worker, team=old.team, from_on=datetime.date(2026, 10, 11))

    values = form_values(signed_in.get("/log/drop_in/?date=2026-10-01")) | {"attendance": "14"}
    response = signed_in.post("/log/drop_in/?save", values)

    assert response.status_code == 302
    assert Activity.objects.get().time_entries.get().placement == old


def test_a_late_contact_finds_its_case_that_is_closed_since(signed_in, worker):
    case = CaseFactory(
        allocated_to=worker.hat, closed_on=datetime.date(2026, 10, 9), end_reason="needs_met"
    )

    form = signed_in.get("/log/case_contact/?date=2026-10-01").context["form"]

    assert case.pk in dict(form.fields["case"].choices)


def test_a_date_before_the_hat_was_worn_is_refused(signed_in, worker):
    wear(worker.hat, datetime.date(2026, 11, 10))
    activity = ActivityFactory(by=worker.hat, attendance=4)
    url = f"/activities/{activity.pk}/edit/"

    response = signed_in.post(url, form_values(signed_in.get(url)) | {"date": "2026-11-02"})

    assert "had no hat on that day" in response.content.decode()


def test_a_change_of_what_was_voided_meanwhile_keeps_what_was_typed(signed_in, worker):
    activity = ActivityFactory(by=worker.hat, attendance=4)
    url = f"/activities/{activity.pk}/edit/"
    values = form_values(signed_in.get(url)) | {"attendance": "15"}
    Activity.objects.filter(pk=activity.pk).update(status="void", void_reason="mistake")

    response = signed_in.post(url, values)

    assert "voided after you opened it" in response.content.decode()
    assert response.context["form"]["attendance"].value() == "15"
    assert signed_in.get(url).status_code == 404
    activity.refresh_from_db()
    assert activity.attendance == 4
