from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from eitrack.activities.models import Activity, TimeEntry
from eitrack.audit.models import Entry
from eitrack.directory.models import ChangeMark
from eitrack.intake.activity import taking_back
from eitrack.intake.jobs import SupersededError
from eitrack.intake.models import Batch
from tests.factories.activities import ActivityTypeFactory
from tests.factories.directory import PlacementFactory, SiteFactory
from tests.intake.activity.sheets import answered, brought, imported, worked

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


class TestInterrupted:
    """It ends after the first version was written."""

    @pytest.fixture
    def interrupted(self, batch, monkeypatch):
        write = taking_back.write_versions

        def write_once(*args):
            monkeypatch.setattr(taking_back, "write_versions", stop)
            write(*args)

        def stop(*args):
            raise KeyboardInterrupt

        monkeypatch.setattr(taking_back, "VERSIONS_AT_ONCE", 1)
        monkeypatch.setattr(taking_back, "write_versions", write_once)
        ChangeMark.objects.all().delete()
        taking_back.ask_back(batch)
        with pytest.raises(KeyboardInterrupt):
            worked(batch)
        monkeypatch.setattr(taking_back, "write_versions", write)
        batch.refresh_from_db()
        return batch

    def test_nothing_of_it_counts_and_all_of_its_months_are_marked(self, interrupted):
        assert interrupted.state == "taking_back"
        assert {one.void_reason for one in Activity.objects.all()} == {"taken_back"}
        assert ChangeMark.objects.get().month == "2026-11"

    def test_it_goes_on_where_it_stopped_and_writes_each_version_once(self, interrupted):
        worked(interrupted)

        assert (interrupted.state, interrupted.counts) == ("taken_back", {"Taken back": 2})
        for one in Activity.objects.all():
            assert [each.status for each in one.history.all()] == ["void", "held"]
        assert Entry.objects.about(interrupted).filter(action="taken_back").count() == 1

    def test_the_page_says_that_it_goes_on(self, client, interrupted):
        Batch.objects.update(heard_at=timezone.now() - timedelta(minutes=2))
        client.force_login(interrupted.by)

        page = client.get(interrupted.get_absolute_url(), follow=True).content.decode()

        assert "it goes on where it stopped" in page


def test_a_fault_once_nothing_counts_leaves_it_to_be_gone_on_with(batch, monkeypatch):
    monkeypatch.setattr(taking_back, "write_versions", lambda *args: 1 / 0)
    taking_back.ask_back(batch)

    with pytest.raises(ZeroDivisionError):
        worked(batch)

    batch.refresh_from_db()
    assert batch.state == "taking_back"


def test_a_fault_before_leaves_it_imported_and_says_so(batch, monkeypatch):
    monkeypatch.setattr(taking_back, "stop_counting", lambda *args: 1 / 0)
    taking_back.ask_back(batch)

    with pytest.raises(ZeroDivisionError):
        worked(batch)

    batch.refresh_from_db()
    assert (batch.state, batch.message) == (
        "imported",
        "It stopped before it was done, and nothing was taken back.",
    )


def test_a_process_that_was_replaced_writes_no_version(batch):
    taking_back.ask_back(batch)
    batch.refresh_from_db()
    taking_back.stop_counting(batch)
    Batch.objects.update(attempt=7)

    with pytest.raises(SupersededError):
        taking_back.write_versions(batch, [one.pk for one in Activity.objects.all()])

    assert not Activity.history.filter(status="void").exists()
