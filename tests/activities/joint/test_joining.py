"""Same session? Asked once before a second record of one session is saved (rule 8)."""

import datetime

import pytest
import time_machine

from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.series.sessions import SessionTakenError, record_session
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, SeriesFactory, TimeEntryFactory
from tests.factories.directory import PlacementFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LOG = "/log/drop_in/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-23T18:00:00Z", tick=False):
        yield


@pytest.fixture
def theirs(outsider, worker):
    return ActivityFactory(
        by=outsider.hat, site=worker.hat.base_site, starts_at="14:00", attendance=16, minutes=120
    )


@pytest.fixture
def send(client, worker):
    client.force_login(worker)
    values = form_values(client.get(f"{LOG}?date=2026-11-20")) | {
        "attendance": "14",
        "contact_minutes": "90",
    }

    def sent(**more):
        return client.post(LOG, values | more)

    return sent


def text(response):
    return response.content.decode()


class TestAsking:
    def test_shows_type_site_time_and_lead_only_and_keeps_every_value(self, send, theirs):
        page = send(starts_at="14:00")

        assert Activity.objects.count() == 1
        assert f"Local drop_in, {theirs.site}, 14:00, Oscar Outsider" in text(page)
        assert "South team" not in text(page)
        assert "16" not in str(page.context["form"]["same_session"])
        assert page.context["form"]["attendance"].value() == "14"

    @pytest.mark.parametrize(
        ("starts_at", "is_asked"),
        # Theirs is from 14:00 to 16:00, mine takes 90 minutes.
        [("", True), ("16:30", True), ("16:31", False), ("12:00", True), ("11:59", False)],
    )
    def test_half_an_hour_apart_or_no_start_given(self, send, theirs, starts_at, is_asked):
        asked = send(starts_at=starts_at).status_code == 200

        assert asked == is_asked

    @pytest.mark.parametrize(
        "other",
        [
            {"date": "2026-11-19"},
            {"kind": "outreach"},
            {"void": True},
            {"did_not_run": True},
        ],
    )
    def test_other_days_kinds_and_what_was_not_held_are_not_alike(
        self, send, worker, outsider, other
    ):
        ActivityFactory(by=outsider.hat, site=worker.hat.base_site, **other)

        assert send().status_code == 302

    def test_never_of_one_family(self, client, worker, outsider):
        ActivityFactory(
            kind="consultation_family",
            by=outsider.hat,
            site=worker.hat.base_site,
            date="2026-11-23",
        )
        client.force_login(worker)
        form = client.get("/log/consultation_family/")

        values = form_values(form) | {"attendance": "1"}
        assert client.post("/log/consultation_family/", values).status_code == 302


class TestAnswer:
    def test_yes_adds_my_minutes_and_keeps_the_leads_attendance(self, send, theirs, worker):
        response = send(same_session=theirs.pk)

        assert response.status_code == 302
        theirs.refresh_from_db()
        assert (Activity.objects.count(), theirs.attendance) == (1, 16)
        entry = theirs.time_entries.get(worker=worker)
        assert (entry.contact_minutes, entry.state, entry.is_lead) == (90, "confirmed", False)
        assert entry.team == worker.hat.team

    def test_yes_sent_twice_is_one_entry(self, send, theirs, worker):
        first, second = send(same_session=theirs.pk), send(same_session=theirs.pk)

        assert (first.status_code, second.status_code) == (302, 302)
        assert TimeEntry.objects.filter(worker=worker).count() == 1
        assert Activity.objects.count() == 1

    def test_yes_confirms_time_that_was_proposed_to_me(self, send, theirs, worker):
        TimeEntryFactory(activity=theirs, placement=worker.hat, state="proposed")
        assert send().status_code == 200

        send(same_session=theirs.pk)

        entry = theirs.time_entries.get(worker=worker)
        assert (entry.state, entry.contact_minutes) == ("confirmed", 90)

    def test_no_saves_another_session_and_is_not_asked_again(self, send, theirs):
        assert send(same_session="another", attendance="x").status_code == 200
        assert send(same_session="another").status_code == 302

        assert Activity.objects.count() == 2

    def test_what_is_joined_may_be_taken_back_for_ten_minutes(self, send, client, theirs, worker):
        page = client.get(send(same_session=theirs.pk).url)
        assert f"/activities/{theirs.pk}/time/remove/" in text(page)
        assert "1 h 30" in text(page)

        client.post(f"/activities/{theirs.pk}/time/remove/")

        assert not theirs.time_entries.filter(worker=worker).exists()

    def test_a_record_that_does_not_match_cannot_be_joined(self, send, outsider, worker):
        elsewhere = ActivityFactory(by=outsider.hat)

        send(same_session=elsewhere.pk)

        assert not elsewhere.time_entries.filter(worker=worker).exists()
        assert Activity.objects.filter(recorded_by=worker).exists()


class TestLoggedAlready:
    """The same worker logs the same session twice: asked, as for a colleague's record."""

    @pytest.fixture
    def mine(self, worker):
        return ActivityFactory(
            by=worker.hat, site=worker.hat.base_site, starts_at="09:30", attendance=21
        )

    def test_is_asked_with_what_was_logged(self, send, mine):
        page = send(starts_at="09:30")

        question = page.context["form"]["same_session"]
        assert question.label == "You logged this already: 21 attended, 09:30."
        assert [words for _, words in question.field.choices] == ["Change that one", "Log another"]
        assert page.context["form"]["attendance"].value() == "14"
        assert Activity.objects.count() == 1

    def test_log_another_saves_it_beside(self, send, mine):
        assert send(starts_at="09:30", same_session="another").status_code == 302

        assert sorted(Activity.objects.values_list("attendance", flat=True)) == [14, 21]

    def test_change_that_one_shows_both_and_then_changes_it(self, send, client, mine):
        page = send(starts_at="09:30", same_session=f"change-{mine.pk}")

        assert "You logged this already." in text(page)
        shown = {one.name: (one.now, one.typed) for one in page.context["clash"].differences}
        assert shown["attendance"] == ("21", "14")
        assert Activity.objects.get().attendance == 21
        client.post(f"/activities/{mine.pk}/edit/", form_values(page))
        assert Activity.objects.get().attendance == 14

    @pytest.mark.parametrize(
        ("starts_at", "is_asked"),
        # Mine was from 09:30 to 10:30, this one takes 90 minutes.
        [("", True), ("09:30", True), ("10:29", True), ("10:30", False), ("08:00", False)],
    )
    def test_nobody_is_at_two_at_once_but_one_may_follow_the_other(
        self, send, mine, starts_at, is_asked
    ):
        assert (send(starts_at=starts_at).status_code == 200) == is_asked

    def test_what_did_not_run_was_logged_too(self, send, worker):
        ActivityFactory(by=worker.hat, site=worker.hat.base_site, did_not_run=True)

        page = send()

        label = page.context["form"]["same_session"].label
        assert label == "You logged this already: did not run (no room), no start given."

    def test_the_same_series_elsewhere_is_the_same(self, send, worker):
        series = SeriesFactory(team=worker.hat.team)
        ActivityFactory(by=worker.hat, series=series, attendance=9)

        assert send(series=series.pk).status_code == 200

    def test_two_series_at_one_place_are_two(self, send, worker):
        one, other = SeriesFactory.create_batch(2, team=worker.hat.team)
        ActivityFactory(by=worker.hat, series=one, site=worker.hat.base_site)

        assert send(series=other.pk).status_code == 302

    def test_what_the_worker_may_no_longer_change_is_only_told(self, send, mine, worker):
        Activity.objects.filter(pk=mine.pk).update(recorded_by=UserFactory(worker=True))

        page = send(starts_at="09:30")

        choices = page.context["form"]["same_session"].field.choices
        assert [words for _, words in choices] == ["Log another"]

    def test_a_planned_session_logged_twice_is_asked_about_too(self, client, worker):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        address = f"{LOG}?series={series.pk}&planned_on=2026-11-23"
        client.force_login(worker)
        values = form_values(client.get(address)) | {"planned_on": "2026-11-23"}
        client.post(address, values | {"attendance": "9"})
        second = form_values(client.get(address)) | {"planned_on": "2026-11-23"}

        page = client.post(address, second | {"attendance": "12"})
        assert "You logged this already: 9 attended" in text(page)
        client.post(address, second | {"attendance": "12", "same_session": "another"})

        stored = Activity.objects.order_by("pk").values_list("attendance", "planned_on")
        assert [(count, day is not None) for count, day in stored] == [(9, True), (12, False)]

    def test_one_familys_kinds_are_not_asked(self, client, worker):
        ActivityFactory(
            kind="consultation_family",
            by=worker.hat,
            site=worker.hat.base_site,
            date="2026-11-23",
        )
        client.force_login(worker)
        values = form_values(client.get("/log/consultation_family/")) | {"attendance": "1"}

        assert client.post("/log/consultation_family/", values).status_code == 302


class TestOtherNumber:
    """A planned session that a colleague recorded with 10: 5 typed, both are said."""

    ADDRESS = "/log/drop_in/?series={}&planned_on=2026-11-23"

    @pytest.fixture
    def series(self, worker):
        return SeriesFactory(team=worker.hat.team, led_by=worker)

    @pytest.fixture
    def theirs(self, series):
        return ActivityFactory(
            by=PlacementFactory(worker__name="Carol Colleague", team=series.team),
            series=series,
            planned_on="2026-11-23",
            date="2026-11-23",
            site=series.site,
            attendance=10,
        )

    def send(self, client, worker, series, **more):
        client.force_login(worker)
        address = self.ADDRESS.format(series.pk)
        values = form_values(client.get(address)) | {"planned_on": "2026-11-23"}
        return client.post(address, values | more)

    def test_both_numbers_are_said_and_nothing_is_saved(self, client, worker, series, theirs):
        page = self.send(client, worker, series, attendance="5")

        assert (
            "Carol Colleague recorded this session with 10 attended; you typed 5 attended."
            in page.context["form"]["same_session"].label
        )
        assert page.context["form"]["attendance"].value() == "5"
        assert not TimeEntry.objects.filter(worker=worker).exists()

    def test_joined_the_colleagues_number_stays(self, client, worker, series, theirs):
        self.send(client, worker, series, attendance="5", same_session=theirs.pk)

        theirs.refresh_from_db()
        assert theirs.attendance == 10
        assert theirs.time_entries.filter(worker=worker).exists()

    def test_another_session_has_its_own(self, client, worker, series, theirs):
        self.send(client, worker, series, attendance="5", same_session="another")

        assert sorted(Activity.objects.values_list("attendance", flat=True)) == [5, 10]

    def test_the_same_number_is_joined_unasked(self, client, worker, series, theirs):
        response = self.send(client, worker, series, attendance="10")

        assert response.url == f"/today/?joined={theirs.pk}"

    def test_parts_that_the_colleague_did_not_count_are_asked_about(
        self, client, worker, series, theirs
    ):
        page = self.send(client, worker, series, attendance="10", children="4")

        assert "not the same parts of them" in page.context["form"]["same_session"].label

    def test_saved_by_any_page_it_is_refused_with_both_numbers(self, worker, series, theirs):
        activity = Activity(
            activity_type=series.activity_type,
            series=series,
            site=series.site,
            date=datetime.date(2026, 11, 23),
            attendance=5,
        )

        with pytest.raises(SessionTakenError, match="with 10 attended; you typed 5 attended"):
            record_session(
                by=worker,
                activity=activity,
                worker=worker,
                placement=worker.hat,
                minutes={"contact_minutes": 60},
            )
