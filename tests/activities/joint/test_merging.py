"""Two records of one session become one, and two again (C4)."""

import threading

import pytest
import time_machine
from django.db import connection

from eitrack.activities.joint.merging import JoinError, merge_activities, unmerge
from eitrack.activities.models import Activity, Join, TimeEntry
from eitrack.audit.models import Entry
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.directory import PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(outsider):
    return ActivityFactory(by=outsider.hat, attendance=16, minutes=120)


@pytest.fixture
def joined(worker, kept):
    return ActivityFactory(by=worker.hat, site=kept.site, attendance=14, minutes=90)


def state(*activities):
    """Everything that a join could touch, to be compared before and after."""
    rows = Activity.objects.filter(pk__in=[one.pk for one in activities]).order_by("pk")
    times = TimeEntry.objects.filter(activity__in=activities).order_by("pk")
    return [
        list(rows.values("pk", "status", "void_reason", "attendance", "date")),
        list(times.values()),
    ]


class TestMerge:
    def test_counts_once_and_keeps_all_minutes(self, worker, kept, joined):
        merge_activities(by=worker, kept=kept, joined=joined)

        joined.refresh_from_db()
        assert (joined.status, joined.void_reason) == ("void", "merged")
        assert [one.attendance for one in Activity.objects.held()] == [16]
        assert TimeEntry.objects.counted().minutes() == 210
        assert kept.time_entries.filter(is_lead=True).get().worker == kept.recorded_by

    def test_stands_in_trail_and_history(self, worker, kept, joined):
        merge_activities(by=worker, kept=kept, joined=joined)

        assert Entry.objects.about(joined).filter(action="joined", by=worker).exists()
        assert Entry.objects.about(kept).filter(action="joined", by=worker).exists()
        assert joined.history.first().history_change_reason == "merged"

    def test_a_worker_on_both_keeps_the_time_on_the_kept_record(self, worker, kept, joined):
        TimeEntryFactory(activity=kept, placement=worker.hat, contact_minutes=100)

        merge_activities(by=worker, kept=kept, joined=joined)

        assert kept.time_entries.get(worker=worker).contact_minutes == 100
        assert joined.time_entries.get(worker=worker).contact_minutes == 90
        assert TimeEntry.objects.counted().minutes() == 220

    def test_time_only_proposed_gives_way_to_ones_own(self, worker, kept, joined):
        TimeEntryFactory(activity=kept, placement=worker.hat, contact_minutes=120, state="proposed")

        merge_activities(by=worker, kept=kept, joined=joined)

        entry = kept.time_entries.get(worker=worker)
        assert (entry.contact_minutes, entry.state) == (90, "confirmed")

    @pytest.mark.parametrize("standing", [None, "proposed", "confirmed"])
    def test_taken_apart_everything_is_as_it_was(self, worker, kept, joined, standing):
        if standing:
            TimeEntryFactory(activity=kept, placement=worker.hat, state=standing)
        TimeEntryFactory(activity=joined, placement=PlacementFactory(), state="proposed")
        before = state(kept, joined)
        join = merge_activities(by=worker, kept=kept, joined=joined)

        unmerge(by=worker, join=join)

        assert state(kept, joined) == before
        assert not Join.objects.standing().exists()
        assert Entry.objects.about(joined).filter(action="parted").exists()

    def test_happens_once_and_is_taken_apart_once(self, worker, kept, joined):
        join = merge_activities(by=worker, kept=kept, joined=joined)
        with pytest.raises(JoinError):
            merge_activities(by=worker, kept=kept, joined=joined)

        unmerge(by=worker, join=join)
        with pytest.raises(JoinError):
            unmerge(by=worker, join=join)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_each_joined_to_the_other_leaves_one(self, worker, kept, joined):
        outcomes = []

        def merge(one, other):
            try:
                merge_activities(by=worker, kept=one, joined=other)
                outcomes.append("joined")
            except JoinError:
                outcomes.append("too late")
            finally:
                connection.close()

        pairs = [(kept, joined), (joined, kept)] * 3
        threads = [threading.Thread(target=merge, args=pair) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(outcomes) == ["joined"] + ["too late"] * 5
        assert Activity.objects.held().count() == 1
        assert TimeEntry.objects.counted().minutes() == 210


class TestPages:
    @pytest.fixture(autouse=True)
    def _now(self):
        with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
            yield

    def test_the_author_joins_own_record_to_a_colleagues_and_back(
        self, client, worker, kept, joined
    ):
        client.force_login(worker)
        page = client.get(f"/activities/{joined.pk}/join/").content.decode()
        assert "Oscar Outsider" in page
        assert "South team" not in page

        answer = client.post(f"/activities/{joined.pk}/join/", {"kept": kept.pk})

        assert answer.url == f"/activities/{kept.pk}/"
        assert "Take them apart" in client.get(answer.url).content.decode()
        assert client.get(f"/activities/{joined.pk}/").url == answer.url
        join = Join.objects.get()
        client.post(f"/activities/{kept.pk}/unjoin/", {"join": join.pk})
        joined.refresh_from_db()
        assert joined.status == "held"

    def test_a_manager_joins_only_records_in_reach(self, client, manager, worker, kept, joined):
        own = ActivityFactory(by=PlacementFactory(team=worker.hat.team), site=kept.site)
        client.force_login(manager)

        refused = client.post(f"/activities/{joined.pk}/join/", {"kept": kept.pk})
        assert refused.status_code == 200
        client.post(f"/activities/{joined.pk}/join/", {"kept": own.pk})

        joined.refresh_from_db()
        assert joined.status == "void"
        assert Join.objects.get().kept == own

    def test_a_planned_session_and_one_familys_kind_join_nothing(self, client, worker, outsider):
        for fields in ({"planned_on": "2026-11-20"}, {"kind": "consultation_family"}):
            record = ActivityFactory(by=worker.hat, **fields)
            other = ActivityFactory(
                by=outsider.hat, site=record.site, kind=fields.get("kind", "drop_in")
            )
            client.force_login(worker)

            client.post(f"/activities/{record.pk}/join/", {"kept": other.pk})

            record.refresh_from_db()
            assert record.status == "held"

    def test_who_joined_them_is_not_named_to_another_team(
        self, client, worker, outsider, kept, joined
    ):
        merge_activities(by=worker, kept=kept, joined=joined)
        client.force_login(outsider)

        page = client.get(f"/activities/{kept.pk}/").content.decode()

        assert "was joined by somebody of another team" in page
        assert "Wendy Worker" not in page

    def test_a_flagged_record_says_what_it_may_be(self, client, worker, kept, joined):
        Activity.objects.filter(pk=joined.pk).update(looks_like=kept)
        client.force_login(worker)

        page = client.get(f"/activities/{joined.pk}/").content.decode()

        assert "This may be the same session as Local drop_in" in page
        assert f"/activities/{joined.pk}/join/" in page

    def test_somebody_on_the_kept_record_may_not_take_it_apart(self, client, worker, kept, joined):
        other = PlacementFactory(worker=UserFactory(worker=True))
        TimeEntryFactory(activity=kept, placement=other)
        join = merge_activities(by=worker, kept=kept, joined=joined)
        client.force_login(other.worker)

        url = f"/activities/{kept.pk}/unjoin/"
        assert client.post(url, {"join": join.pk}).status_code == 404
