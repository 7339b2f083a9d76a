"""Recording, changing and voiding: what is written, and what leaves the counts."""

import datetime
import threading
import uuid

import pytest
from django.db import connection

from eitrack.activities.choices import Status
from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.record.actions import (
    change_activity,
    record_activity,
    void_activity,
)
from eitrack.audit.models import Entry
from eitrack.common.versioned import ClashError
from eitrack.directory.models import Site
from tests.factories.activities import ActivityFactory, ActivityTypeFactory, TimeEntryFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory, TeamFactory

pytestmark = pytest.mark.django_db
FRIDAY = datetime.date(2026, 11, 20)
HOUR = {"contact_minutes": 60, "preparation_minutes": 0, "travel_minutes": 0}


def unsaved(worker, kind="drop_in", **fields):
    return Activity(
        activity_type=ActivityTypeFactory(kind=kind),
        date=FRIDAY,
        site=worker.hat.base_site,
        **fields,
    )


def recorded(worker, activity=None, **options):
    return record_activity(
        by=worker,
        activity=activity or unsaved(worker, attendance=14),
        worker=worker,
        placement=worker.hat,
        minutes=HOUR,
        **options,
    )


def changed(worker, activity, version=1, minutes=HOUR, **options):
    return change_activity(
        by=worker,
        activity=activity,
        version=version,
        entry=activity.time_entries.get(worker=worker),
        placement=options.pop("placement", worker.hat),
        minutes=minutes,
        **options,
    )


class TestRecord:
    def test_owns_attendance_on_the_activity_and_minutes_on_the_entry(self, worker):
        activity = recorded(worker)

        entry = activity.time_entries.get()
        assert activity.attendance == 14
        assert (entry.contact_minutes, entry.is_lead, entry.worker) == (60, True, worker)

    def test_freezes_the_context_of_the_day(self, worker):
        entry = recorded(worker).time_entries.get()

        worker.hat.team = TeamFactory(name="Elsewhere")
        worker.hat.save()

        entry.refresh_from_db()
        assert entry.team.name == "North team"
        assert (entry.date, entry.post) == (FRIDAY, worker.hat.post)

    def test_writes_history_and_the_trail(self, worker):
        activity = recorded(worker)

        assert activity.history.count() == 1
        assert Entry.objects.about(activity).get().action == "created"

    def test_agencies_that_took_part_are_co_deliveries(self, worker):
        agency = AgencyFactory()

        activity = recorded(worker, co_agencies=[agency])

        assert [row.agency for row in activity.co_deliveries.all()] == [agency]

    def test_the_partner_of_a_joint_visit_is_a_co_deliverer(self, worker):
        agency = AgencyFactory()

        activity = recorded(worker, unsaved(worker, "joint_visit", agency=agency, attendance=2))

        assert [row.agency for row in activity.co_deliveries.all()] == [agency]

    def test_somewhere_else_is_made_once_and_used_again(self, worker):
        for _ in range(2):
            activity = unsaved(worker, attendance=1)
            activity.site = Site(name="Somewhere else: home", kind="home", is_provisional=True)
            recorded(worker, activity)

        assert Site.objects.get(kind="home").is_provisional
        assert Site.objects.get(kind="home").activities.count() == 2


class TestFormToken:
    def test_sent_twice_it_is_saved_once(self, worker):
        token = uuid.uuid4()
        first = recorded(worker, unsaved(worker, attendance=14, form_token=token))
        second = recorded(worker, unsaved(worker, attendance=14, form_token=token))

        assert second == first
        assert Activity.objects.count() == TimeEntry.objects.count() == 1
        assert Entry.objects.filter(action="created").count() == 1

    def test_somebody_elses_token_reveals_nothing(self, worker, outsider):
        token = uuid.uuid4()
        first = recorded(outsider, unsaved(outsider, attendance=3, form_token=token))
        second = recorded(worker, unsaved(worker, attendance=14, form_token=token))

        assert second != first
        assert second.recorded_by == worker
        assert second.form_token != token

    def test_after_an_undo_the_same_form_saves_again(self, worker):
        token = uuid.uuid4()
        first = recorded(worker, unsaved(worker, attendance=41, form_token=token))
        void_activity(by=worker, activity=first, reason="undone")

        second = recorded(worker, unsaved(worker, attendance=14, form_token=token))

        assert second != first
        assert second.attendance == 14

    def test_after_an_undo_sent_twice_it_is_saved_once(self, worker):
        token = uuid.uuid4()
        for _round in range(2):
            first = recorded(worker, unsaved(worker, attendance=14, form_token=token))
            again = recorded(worker, unsaved(worker, attendance=14, form_token=token))
            assert again == first
            void_activity(by=worker, activity=first, reason="undone")

        assert Activity.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_at_the_same_moment_is_saved_once(worker):
    token, saved = uuid.uuid4(), []

    def send():
        try:
            saved.append(recorded(worker, unsaved(worker, attendance=14, form_token=token)).pk)
        finally:
            connection.close()

    ActivityTypeFactory(kind="drop_in")
    taps = [threading.Thread(target=send) for _ in range(4)]
    for tap in taps:
        tap.start()
    for tap in taps:
        tap.join()

    assert len(saved) == 4
    assert set(saved) == {Activity.objects.get().pk}
    assert TimeEntry.objects.count() == 1


class TestChange:
    def test_moves_the_dates_of_all_entries(self, worker, outsider):
        activity = recorded(worker)
        TimeEntryFactory(activity=activity, placement=outsider.hat)

        activity.date = datetime.date(2026, 11, 19)
        changed(worker, activity)

        dates = set(activity.time_entries.values_list("date", flat=True))
        assert dates == {datetime.date(2026, 11, 19)}

    def test_does_not_rewrite_the_team_of_the_day(self, worker):
        activity = recorded(worker)
        worker.hat.team = TeamFactory(name="Elsewhere")
        worker.hat.save()

        changed(worker, activity, minutes={**HOUR, "contact_minutes": 90})

        entry = activity.time_entries.get()
        assert (entry.contact_minutes, entry.team.name) == (90, "North team")

    def test_another_hat_brings_its_context(self, worker):
        other = PlacementFactory(worker=worker)
        activity = recorded(worker)

        changed(worker, activity, placement=other)

        assert activity.time_entries.get().team == other.team

    def test_a_clash_changes_nothing(self, worker):
        activity = recorded(worker)
        changed(worker, activity)

        stale = Activity.objects.get(pk=activity.pk)
        stale.attendance = 99
        with pytest.raises(ClashError):
            changed(worker, stale, version=1)

        activity.refresh_from_db()
        assert (activity.attendance, activity.version) == (14, 2)

    def test_keeps_who_when_and_why(self, worker):
        activity = recorded(worker)
        activity.site = SiteFactory()

        changed(worker, activity, reason="wrong")

        newest = activity.history.first()
        assert newest.history_change_reason == "wrong"
        assert Entry.objects.about(activity).filter(action="changed", reason="wrong").exists()

    def test_agencies_no_longer_ticked_are_removed(self, worker):
        stays, goes = AgencyFactory(), AgencyFactory()
        activity = recorded(worker, co_agencies=[stays, goes])

        changed(worker, activity, co_agencies=[stays])

        assert [row.agency for row in activity.co_deliveries.all()] == [stays]


class TestVoid:
    def test_leaves_every_count_and_stays_in_the_history(self, worker):
        activity = recorded(worker)

        void_activity(by=worker, activity=activity, reason="twice")

        assert Activity.objects.held().count() == 0
        assert TimeEntry.objects.counted().count() == 0
        assert activity.history.first().status == Status.VOID
        assert Entry.objects.about(activity).filter(action="voided", reason="twice").exists()

    def test_happens_once(self, worker):
        activity = recorded(worker)

        assert void_activity(by=worker, activity=activity, reason="twice")
        assert not void_activity(by=worker, activity=activity, reason="undone")

        activity.refresh_from_db()
        assert activity.void_reason == "twice"

    def test_a_void_activity_cannot_be_changed(self, worker):
        activity = ActivityFactory(by=worker.hat, void=True)

        with pytest.raises(ClashError):
            changed(worker, activity)
