"""Same session? Asked once before a second record of one session is saved (rule 8)."""

import pytest
import time_machine

from eitrack.activities.models import Activity, TimeEntry
from tests.factories.activities import ActivityFactory, TimeEntryFactory
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
