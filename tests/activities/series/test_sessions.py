"""One record per series and planned date, whoever saves it and how often."""

import datetime
import threading

import pytest
from django.db import connection
from django.urls import reverse

from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.series.sessions import (
    SessionTakenError,
    change_session,
    join_session,
    mark_seats,
    record_not_run,
    record_session,
)
from eitrack.audit.models import Entry
from tests.factories.activities import SeriesFactory, TimeEntryFactory
from tests.factories.directory import PlacementFactory

pytestmark = pytest.mark.django_db

PLANNED = datetime.date(2026, 11, 23)


@pytest.fixture
def series(worker):
    return SeriesFactory(team=worker.hat.team, led_by=worker)


@pytest.fixture
def colleague(worker):
    hat = PlacementFactory(team=worker.hat.team, worker__name="Carl Colleague")
    hat.worker.hat = hat
    return hat.worker


def session(series, attendance=14, **fields):
    return Activity(
        series=series,
        activity_type=series.activity_type,
        site=series.site,
        date=fields.pop("date", PLANNED),
        attendance=attendance,
        **fields,
    )


def save(user, activity, minutes=90, planned_on=PLANNED, **more):
    return record_session(
        by=user,
        activity=activity,
        worker=user,
        placement=user.hat,
        minutes={"contact_minutes": minutes, "preparation_minutes": 0, "travel_minutes": 0},
        planned_on=planned_on,
        **more,
    )


class TestTwoWorkersRecordOneSession:
    def test_the_second_joins_the_first_and_its_attendance_stays(self, worker, colleague, series):
        first = save(worker, session(series, attendance=14))

        second = save(colleague, session(series, attendance=14), minutes=60)

        assert second == first
        activity = Activity.objects.get()
        assert (activity.attendance, activity.planned_on) == (14, PLANNED)
        assert {(e.worker, e.contact_minutes, e.is_lead) for e in activity.time_entries.all()} == {
            (worker, 90, True),
            (colleague, 60, False),
        }

    def test_joining_stands_in_trail_and_history(self, worker, colleague, series):
        first = save(worker, session(series))

        save(colleague, session(series), minutes=60)

        trail = Entry.objects.filter(record_id=first.pk, record_kind="activities.Activity")
        assert set(trail.values_list("action", "by")) == {
            ("created", worker.pk),
            ("changed", colleague.pk),
        }
        assert TimeEntry.history.filter(worker=colleague, activity=first).count() == 1

    def test_sent_twice_the_second_adds_nothing(self, worker, colleague, series):
        save(worker, session(series))
        for _attempt in range(2):
            save(colleague, session(series), minutes=60)

        assert TimeEntry.objects.count() == 2

    def test_other_minutes_the_second_time_are_not_dropped_in_silence(
        self, worker, colleague, series
    ):
        save(worker, session(series))
        save(colleague, session(series), minutes=60)

        with pytest.raises(SessionTakenError, match="recorded already: 1 h"):
            save(colleague, session(series), minutes=75)

    def test_proposed_time_is_confirmed(self, worker, colleague, series):
        first = save(worker, session(series))
        TimeEntryFactory(activity=first, placement=colleague.hat, state="proposed")

        save(colleague, session(series), minutes=45)

        entry = TimeEntry.objects.get(worker=colleague)
        assert (entry.state, entry.contact_minutes) == ("confirmed", 45)

    def test_a_session_logged_without_its_plan_is_found_by_its_date(
        self, worker, colleague, series
    ):
        save(worker, session(series), planned_on=None)
        save(colleague, session(series), planned_on=None)

        assert Activity.objects.get().planned_on == PLANNED

    def test_a_session_held_on_another_day_keeps_its_planned_date(self, worker, series):
        moved = save(worker, session(series, date=datetime.date(2026, 11, 22)))

        assert moved.planned_on == PLANNED

    def test_a_day_that_was_not_planned_is_a_record_of_its_own(self, worker, colleague, series):
        sunday = datetime.date(2026, 11, 22)
        for user in (worker, colleague):
            save(user, session(series, date=sunday), planned_on=None)

        assert list(Activity.objects.values_list("planned_on", flat=True)) == [None, None]

    def test_the_same_worker_holding_it_twice_that_day_keeps_both(self, worker, series):
        save(worker, session(series), planned_on=None)
        save(worker, session(series, attendance=5), planned_on=None)

        assert set(Activity.objects.values_list("attendance", "planned_on")) == {
            (14, PLANNED),
            (5, None),
        }

    def test_after_an_undo_the_session_is_free_again(self, worker, colleague, series):
        first = save(worker, session(series))
        Activity.objects.filter(pk=first.pk).update(status="void", void_reason="undone")

        assert save(colleague, session(series)).pk != first.pk


class TestItDidNotRun:
    def test_is_a_record_with_a_reason_and_no_minutes(self, worker, series):
        activity = not_run(worker, series)

        assert (activity.status, activity.not_run_reason) == ("did_not_run", "no_room")
        assert (activity.attendance, activity.planned_on, activity.date) == (None, PLANNED, PLANNED)
        assert activity.time_entries.get().total_minutes == 0

    def test_said_by_two_it_is_one_record(self, worker, colleague, series):
        assert not_run(worker, series) == not_run(colleague, series)

    def test_does_not_overrule_a_colleague_who_was_there(self, worker, colleague, series):
        save(worker, session(series))

        with pytest.raises(SessionTakenError, match=r"Wendy Worker has recorded .* it happened"):
            not_run(colleague, series)

    def test_is_not_joined_by_a_colleague_who_was_there(self, worker, colleague, series):
        not_run(worker, series)

        with pytest.raises(SessionTakenError, match="did not run"):
            save(colleague, session(series))
        assert Activity.objects.count() == 1


def not_run(user, series):
    return record_not_run(
        by=user, series=series, planned_on=PLANNED, placement=user.hat, reason="no_room"
    )


class TestSeats:
    def test_seats_are_marked_and_only_changes_are_written(self, worker, series):
        first = save(worker, session(series, 1), seats=[(1, True, None), (2, False, None)])
        mark_seats(first, [(1, True, None), (2, True, 3)])

        marks = first.seat_marks.values_list("seat", "is_present", "makes_up_for")
        assert list(marks) == [(1, True, None), (2, True, 3)]
        assert [mark.history.count() for mark in first.seat_marks.all()] == [1, 2]

    def test_who_joins_leaves_the_seats_alone(self, worker, colleague, series):
        first = save(worker, session(series, 1), seats=[(1, True, None)])
        save(colleague, session(series, 1), seats=[(1, False, None)])

        assert first.seat_marks.get().is_present

    def test_ticks_are_changed_as_ticks(self, client, worker, series, time_machine):
        time_machine.move_to("2026-11-23T12:00Z")
        series.seats = 3
        series.save()
        first = save(worker, session(series, 1), seats=[(1, True, None), (2, False, None)])
        client.force_login(worker)
        url = reverse("activities:activity_edit", args=[first.pk])
        form = client.get(url).context["form"]
        values = {"seats": ["1", "3"], "makes_up_3": "2", "date": "2026-11-23"}
        for name in ("version", "series", "site", "contact_minutes", "with_seats", "placement"):
            values[name] = form[name].value()

        answer = client.post(url, values)

        assert answer.status_code == 302, answer.context["form"].errors
        first.refresh_from_db()
        assert (first.attendance, first.planned_on) == (2, PLANNED)
        page = client.get(answer.url)
        assert ("Seats", "1, 3 (making up session 2)") in page.context["facts"]


class TestChange:
    def test_taken_out_of_its_series_it_stands_for_no_planned_date(self, worker, series):
        first = save(worker, session(series))
        entry = first.time_entries.get()
        first.series = None

        change_session(
            by=worker,
            activity=first,
            version=first.version,
            entry=entry,
            placement=worker.hat,
            minutes={"contact_minutes": 90},
        )

        first.refresh_from_db()
        assert (first.series, first.planned_on) == (None, None)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Real threads with connections of their own, on whichever database the tests run."""

    def at_once(self, *calls):
        barrier, failures = threading.Barrier(len(calls)), []

        def run(call):
            try:
                barrier.wait()
                call()
            except Exception as failure:  # what a thread raises would be lost
                failures.append(failure)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[call]) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return failures

    def test_two_workers_confirm_the_same_planned_session(self, worker, colleague, series):
        failures = self.at_once(
            *(lambda user=user: save(user, session(series)) for user in (worker, colleague))
        )

        assert failures == []
        activity = Activity.objects.get()
        assert activity.time_entries.count() == 2
        assert activity.time_entries.filter(is_lead=True).count() == 1

    def test_one_worker_joins_four_times(self, worker, colleague, series):
        first = save(worker, session(series))
        minutes = {"contact_minutes": 60, "preparation_minutes": 0, "travel_minutes": 0}

        failures = self.at_once(
            *(
                lambda: join_session(
                    by=colleague,
                    activity=Activity.objects.get(pk=first.pk),
                    worker=colleague,
                    placement=colleague.hat,
                    minutes=minutes,
                )
                for _ in range(4)
            )
        )

        assert failures == []
        assert first.time_entries.count() == 2
