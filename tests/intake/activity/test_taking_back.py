from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from eitrack.activities.models import Activity, TimeEntry
from eitrack.intake.models import Batch
from tests.factories.activities import ActivityTypeFactory
from tests.factories.directory import PlacementFactory, SiteFactory
from tests.intake.activity.sheets import answered, brought, imported

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-23T12:00Z", tick=True)]


@pytest.fixture
def batch():
    hat = PlacementFactory()
    SiteFactory(name="Bells Lane Centre", kind="family_centre")
    drop_in = ActivityTypeFactory(name="Drop-in", kind="drop_in")
    read = answered(brought(hat.worker), hat.worker, **{"word-what-0": drop_in.pk})
    return imported(read)


def test_later_too_all_goes_but_what_somebody_changed_since(
    client, batch, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("eitrack.intake.jobs.start", call_command)
    long_ago = timezone.now() - timedelta(days=90)
    Batch.objects.update(imported_at=long_ago)
    Activity.history.update(history_date=long_ago)
    TimeEntry.history.update(history_date=long_ago)
    changed, other = Activity.objects.order_by("date")
    entry = changed.time_entries.get()
    entry.contact_minutes = 5
    entry.save()
    client.force_login(batch.by)
    url = reverse("intake:batch_take_back", args=[batch.pk])

    page = client.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)

    assert "1 record brought in" in page
    assert "Somebody has changed or approved these since." in page
    assert "Figures change of" in page
    changed.refresh_from_db()
    other.refresh_from_db()
    assert (changed.status, other.status, other.void_reason) == ("held", "void", "taken_back")
    assert other.history.first().status == "void"
    batch.refresh_from_db()
    assert (batch.state, batch.counts) == ("taken_back", {"Taken back": 1, "Stayed": 1})
