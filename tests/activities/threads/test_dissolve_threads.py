"""`manage.py dissolve_threads`: nobody has to look for a promise to be kept."""

import io
from datetime import date

import pytest
from django.core.management import call_command

from eitrack.activities.models import Activity, Thread
from eitrack.audit.models import Entry
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, ThreadFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


def dissolve():
    out = io.StringIO()
    call_command("dissolve_threads", stdout=out)
    return out.getvalue()


def test_a_thread_of_somebody_who_left_is_dissolved_after_26_weeks(worker):
    """The last contact was on 24 May 2026; nobody signs in to look at it."""
    leaver = UserFactory(is_active=False)
    gone = ThreadFactory(worker=leaver, last_contact_on=date(2026, 5, 24))
    contact = ActivityFactory(
        by=worker.hat, kind="consultation_family", thread=gone, date=date(2026, 5, 24)
    )

    said = dissolve()

    assert said == "Dissolved 1.\n"
    assert not Thread.objects.exists()
    assert Activity.objects.get(pk=contact.pk).thread_id is None
    assert Entry.objects.get(action="dissolved").by is None


def test_a_thread_of_26_weeks_ago_stands(worker):
    ThreadFactory(worker=worker, last_contact_on=date(2026, 5, 25))

    assert dissolve() == "Dissolved 0.\n"
    assert Thread.objects.count() == 1


def test_run_again_it_does_nothing(worker):
    ThreadFactory(worker=worker, last_contact_on=date(2026, 5, 24))

    assert (dissolve(), dissolve()) == ("Dissolved 1.\n", "Dissolved 0.\n")
