"""Records of a closed quarter are kept, and count once a manager approves (rule 5)."""

import datetime

import pytest
import time_machine

from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.time.approval import approve_activity, approve_time
from eitrack.audit.models import Entry
from eitrack.common.periods import Period
from eitrack.directory.closing import close_quarter
from tests.factories.activities import ActivityFactory, SeriesFactory, TimeEntryFactory
from tests.factories.directory import PlacementFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime.date(2026, 9, 30)
TODAY = datetime.date(2026, 10, 20)
LOG = "/log/drop_in/"


@pytest.fixture(autouse=True)
def _closed(team):
    with time_machine.travel("2026-10-20T12:00:00Z", tick=False):
        close_quarter(team.district, Period.parse("2026-Q2"))
        yield


def text(response):
    return response.content.decode()


def log(client, day, **more):
    values = form_values(client.get(f"{LOG}?date={day}")) | {"attendance": "9"} | more
    return client.post(LOG, values, follow=True)


class TestLog:
    def test_late_for_a_closed_quarter_is_kept_and_counts_nowhere(self, signed_in, worker):
        page = log(signed_in, SEPTEMBER)

        activity = Activity.objects.get()
        assert (activity.status, activity.attendance) == ("awaiting", 9)
        assert not TimeEntry.objects.counted().exists()
        assert "Quarter 2 of 2026/27 is closed: your manager has to approve this." in text(page)
        assert "is closed" in text(signed_in.get(f"/activities/{activity.pk}/"))

    def test_of_an_open_quarter_counts_at_once(self, signed_in):
        log(signed_in, datetime.date(2026, 10, 1))

        assert Activity.objects.get().status == "held"

    def test_a_colleagues_session_is_flagged_not_joined(self, signed_in, worker, outsider):
        theirs = ActivityFactory(by=outsider.hat, site=worker.hat.base_site, date=SEPTEMBER)

        log(signed_in, SEPTEMBER)

        mine = Activity.objects.get(recorded_by=worker)
        assert (mine.looks_like, mine.status) == (theirs, "awaiting")

    def test_the_author_may_still_correct_it(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, date="2026-07-01", status="awaiting")
        url = f"/activities/{activity.pk}/edit/"

        signed_in.post(url, form_values(signed_in.get(url)) | {"attendance": "12"})

        activity.refresh_from_db()
        assert (activity.status, activity.attendance) == ("awaiting", 12)

    def test_moved_into_an_open_quarter_it_counts(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, date=SEPTEMBER, status="awaiting", attendance=9)
        url = f"/activities/{activity.pk}/edit/"

        signed_in.post(url, form_values(signed_in.get(url)) | {"date": "2026-10-01"})

        activity.refresh_from_db()
        assert activity.status == "held"

    def test_moved_into_the_closed_quarter_it_waits(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, date="2026-10-01", attendance=9)
        url = f"/activities/{activity.pk}/edit/"

        signed_in.post(url, form_values(signed_in.get(url)) | {"date": "2026-09-30"})

        activity.refresh_from_db()
        assert activity.status == "awaiting"


class TestWhatCounts:
    def test_in_a_closed_quarter_is_the_managers_alone(self, worker, manager, signed_in):
        closed = ActivityFactory(by=worker.hat, date=SEPTEMBER)
        still_open = ActivityFactory(by=worker.hat, date="2026-10-01")

        assert list(Activity.objects.editable_by(worker, TODAY)) == [still_open]
        assert set(Activity.objects.editable_by(manager, TODAY)) == {closed, still_open}
        for action in ("edit", "void", "join"):
            assert signed_in.get(f"/activities/{closed.pk}/{action}/").status_code == 404

    def test_changed_by_the_manager_it_stays_counted_as_a_correction(self, client, worker, manager):
        activity = ActivityFactory(by=worker.hat, date=SEPTEMBER, attendance=9)
        client.force_login(manager)
        url = f"/activities/{activity.pk}/edit/"
        values = form_values(client.get(url)) | {"attendance": "12"}

        assert "There is a problem" in text(client.post(url, values))
        client.post(url, values | {"change_reason": "wrong"})

        activity.refresh_from_db()
        assert (activity.attendance, activity.status) == (12, "held")
        assert (activity.approved_by, activity.approval_reason) == (manager, "correction")

    def test_own_time_on_a_colleagues_record_stays_as_it_is(self, signed_in, worker, outsider):
        activity = ActivityFactory(by=outsider.hat, date=SEPTEMBER)
        TimeEntryFactory(activity=activity, placement=worker.hat)
        url = f"/activities/{activity.pk}/time/"

        page = signed_in.post(url, form_values(signed_in.get(url)) | {"contact_minutes": "5"})

        assert "This quarter is closed" in text(page)


class TestTime:
    """Time that comes to a session which counts already."""

    @pytest.fixture
    def session(self, outsider):
        return ActivityFactory(by=outsider.hat, date=SEPTEMBER, attendance=9, minutes=70)

    @pytest.fixture
    def entry(self, session, worker):
        return TimeEntryFactory(activity=session, placement=worker.hat, state="proposed")

    def test_proposed_and_confirmed_waits_for_the_manager(self, signed_in, session, entry):
        page = signed_in.post(f"/activities/{session.pk}/time/confirm/", follow=True)

        entry.refresh_from_db()
        assert entry.state == "awaiting"
        assert TimeEntry.objects.counted().minutes() == 70
        assert "your manager has to approve this" in text(page)
        assert "waiting for approval" in text(signed_in.get(f"/activities/{session.pk}/"))

    def test_is_approved_with_a_reason_by_the_workers_own_manager(
        self, client, manager, session, entry
    ):
        TimeEntry.objects.filter(pk=entry.pk).update(state="awaiting")
        client.force_login(manager)
        assert "1 late record awaits your approval" in text(client.get("/teams/north/"))
        assert "1 record of a closed quarter waits" in text(client.get("/activities/"))
        url = f"/time/{entry.pk}/approve/"
        assert url in text(client.get("/activities/approvals/"))

        assert "Choose a reason." in text(client.post(url))
        client.post(url, {"reason": "was_away"})

        assert TimeEntry.objects.counted().minutes() == 130
        trail = Entry.objects.about(session).filter(action="approved", by=manager)
        assert trail.get().reason == "was_away"
        assert client.get(url).status_code == 404

    def test_is_approved_once(self, manager, entry):
        TimeEntry.objects.filter(pk=entry.pk).update(state="awaiting")

        assert approve_time(by=manager, entry=entry, reason="found_late")
        assert not approve_time(by=manager, entry=entry, reason="found_late")

    def test_on_a_record_that_waits_it_waits_with_it(self, signed_in, worker, session, entry):
        Activity.objects.filter(pk=session.pk).update(status="awaiting")

        signed_in.post(f"/activities/{session.pk}/time/confirm/")

        entry.refresh_from_db()
        assert entry.state == "confirmed"
        assert not TimeEntry.objects.counted().exists()

    def test_joined_to_a_planned_session_waits(self, signed_in, worker, team):
        series = SeriesFactory(team=team, from_on=datetime.date(2026, 9, 30), led_by=worker)
        colleague = PlacementFactory(team=team)
        session = ActivityFactory(
            by=colleague, series=series, date=SEPTEMBER, planned_on=SEPTEMBER, attendance=9
        )

        page = signed_in.post(
            f"/series/{series.pk}/{SEPTEMBER}/join/", {"contact_minutes": "45"}, follow=True
        )

        assert session.time_entries.get(worker=worker).state == "awaiting"
        assert "your manager has to approve this" in text(page)

    def test_joined_from_the_log_form_waits(self, signed_in, worker, session):
        Activity.objects.filter(pk=session.pk).update(site=worker.hat.base_site)

        log(signed_in, SEPTEMBER, same_session=str(session.pk))

        assert Activity.objects.count() == 1
        assert session.time_entries.get(worker=worker).state == "awaiting"


class TestApprove:
    def test_counts_from_now_on_with_who_and_why(self, client, worker, manager):
        activity = ActivityFactory(by=worker.hat, date=SEPTEMBER, status="awaiting")
        client.force_login(manager)
        assert "1 record of a closed quarter waits" in text(client.get("/activities/"))
        url = f"/activities/{activity.pk}/approve/"
        assert url in text(client.get("/activities/approvals/"))

        assert "Choose a reason." in text(client.post(url))
        client.post(url, {"reason": "was_away"})

        activity.refresh_from_db()
        assert (activity.status, activity.approved_by) == ("held", manager)
        assert TimeEntry.objects.counted().exists()
        assert Entry.objects.about(activity).filter(action="approved", reason="was_away").exists()
        assert client.get(url).status_code == 404

    def test_what_did_not_run_is_approved_as_that_and_once(self, worker, manager):
        activity = ActivityFactory(
            by=worker.hat, date=SEPTEMBER, status="awaiting", not_run_reason="no_room"
        )

        assert approve_activity(by=manager, activity=activity, reason="found_late")
        assert not approve_activity(by=manager, activity=activity, reason="found_late")

        activity.refresh_from_db()
        assert activity.status == "did_not_run"
