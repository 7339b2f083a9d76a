"""What a calendar proposes on Week; 17 November 2026 is a Tuesday of the week before."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eitrack.activities.kinds import KINDS
from eitrack.activities.models import Activity, CalendarProposal
from tests.daybook.grid import TODAY, TUESDAY, WEEK
from tests.factories.activities import (
    ActivityFactory,
    ActivityTypeFactory,
    CalendarProposalFactory,
    SeriesFactory,
)
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
DISMISS = f"{WEEK}dismiss/"
SAVE = f"{WEEK}log/"


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def drop_in(worker):
    return ActivityTypeFactory(kind="drop_in", name="Stay and play")


@pytest.fixture
def site():
    return SiteFactory(name="Hillside Library")


@pytest.fixture
def proposal(worker, drop_in, site):
    return CalendarProposalFactory(worker=worker, activity_type=drop_in, site=site)


def proposed(client):
    days = client.get(WEEK).context["proposed"]
    return [one for day in days for one in day.proposals]


class TestShown:
    def test_week_shows_what_waits(self, signed_in, proposal):
        page = re.sub(r"\s+", " ", signed_in.get(WEEK).content.decode())

        assert "<h3>Tue 17 Nov</h3>" in page
        assert '<p class="due-name">Stay and play</p>' in page
        assert '<p class="soft">10:00, 1 h, Hillside Library</p>' in page

    def test_nobody_sees_what_is_a_colleagues(self, signed_in, outsider, proposal):
        signed_in.force_login(outsider)

        assert proposed(signed_in) == []

    def test_other_weeks_and_days_to_come_are_left_out(self, signed_in, worker):
        CalendarProposalFactory(worker=worker, date=datetime.date(2026, 11, 16))
        CalendarProposalFactory(worker=worker, date=datetime.date(2026, 11, 24))

        assert [one.date.day for one in proposed(signed_in)] == [16]
        assert signed_in.get("/week/2026-W48/").context["proposed"] == []

    @pytest.mark.parametrize("start", [datetime.time(9, 45), datetime.time(10, 15), None])
    def test_what_is_in_the_log_is_not_proposed(self, signed_in, worker, proposal, start):
        type_, site = proposal.activity_type, proposal.site
        ActivityFactory(
            by=worker.hat, date=TUESDAY, activity_type=type_, site=site, starts_at=start
        )

        assert proposed(signed_in) == []

    def test_an_entry_of_another_hour_takes_nothing_away(self, signed_in, worker, proposal):
        ActivityFactory(by=worker.hat, date=TUESDAY, starts_at=datetime.time(14))

        assert proposed(signed_in) == [proposal]

    def test_a_session_that_is_recorded_is_not_proposed(self, signed_in, worker, proposal):
        proposal.series = SeriesFactory(team=worker.hat.team, led_by=worker)
        proposal.save()
        ActivityFactory(by=worker.hat, date=TUESDAY, series=proposal.series)

        assert proposed(signed_in) == []

    def test_queries_are_constant(self, signed_in, worker, site, django_assert_num_queries):
        CalendarProposalFactory(worker=worker, site=site)
        signed_in.get(WEEK)
        with CaptureQueriesContext(connection) as of_one:
            signed_in.get(WEEK)
            number_of_one = len(of_one)
        for number in range(20):
            CalendarProposalFactory(worker=worker, site=SiteFactory(name=f"Hall {number}"))
        signed_in.get(WEEK)

        with django_assert_num_queries(number_of_one):
            assert len(proposed(signed_in)) == 21

    def test_week_leads_to_where_a_calendar_is_brought_in(self, signed_in, worker):
        assert 'href="/intake/calendar/"' in signed_in.get(WEEK).content.decode()


class TestLogged:
    def test_the_form_is_filled_in_and_saved_once(self, signed_in, proposal):
        [one] = proposed(signed_in)

        values = form_values(signed_in.get(one.log_url))
        for _ in range(2):
            signed_in.post(one.log_url, values | {"attendance": "8"})

        [activity] = Activity.objects.all()
        assert (activity.date, activity.site) == (TUESDAY, proposal.site)
        assert activity.starts_at == datetime.time(10)
        assert activity.time_entries.get().contact_minutes == 60
        assert proposed(signed_in) == []

    def test_it_stays_done_however_much_was_changed_in_the_form(self, signed_in, proposal):
        [one] = proposed(signed_in)

        values = form_values(signed_in.get(one.log_url))
        signed_in.post(one.log_url, values | {"attendance": "8", "starts_at": "15:00"})

        assert Activity.objects.get().starts_at == datetime.time(15)
        assert proposed(signed_in) == []

    def test_without_work_the_kind_is_chosen_first_and_the_rest_kept(self, signed_in, worker, site):
        CalendarProposalFactory(worker=worker, site=site)
        [one] = proposed(signed_in)

        start = signed_in.get(one.log_url).content.decode()
        url = re.search(r'href="(/log/drop_in/[^"]*)"', start)[1].replace("&amp;", "&")
        values = form_values(signed_in.get(url))

        assert (values["date"], values["starts_at"]) == ("2026-11-17", "10:00")
        assert values["site"] == f"{site.pk}"
        assert values["form_token"] == f"{one.form_token}"


class TestSavedAtOnce:
    @pytest.fixture
    def meeting(self, worker, site):
        kind = ActivityTypeFactory(kind="meeting_service", name="Team meeting")
        return CalendarProposalFactory(worker=worker, activity_type=kind, site=site)

    def tap(self, client, proposal):
        return client.post(SAVE, {"proposal": proposal.pk})

    def test_one_tap_saves_what_leaves_nothing_to_ask(self, signed_in, worker, meeting):
        page = signed_in.get(WEEK).content.decode()
        after = signed_in.get(self.tap(signed_in, meeting)["Location"]).content.decode()

        assert "Save it" in page
        [activity] = Activity.objects.all()
        assert (activity.activity_type, activity.site) == (meeting.activity_type, meeting.site)
        assert (activity.date, activity.starts_at) == (TUESDAY, datetime.time(10))
        entry = activity.time_entries.get()
        assert (entry.contact_minutes, entry.placement) == (60, worker.hat)
        assert "<strong>Saved.</strong>" in after
        assert f"/activities/{activity.pk}/undo/" in after
        assert proposed(signed_in) == []

    def test_sent_twice_it_is_saved_once(self, signed_in, meeting):
        self.tap(signed_in, meeting)
        again = self.tap(signed_in, meeting)

        assert Activity.objects.count() == 1
        page = signed_in.get(again["Location"]).content.decode()
        assert "That was dismissed or logged already." in page

    def test_a_planned_session_is_saved_as_its_series(self, signed_in, worker, meeting):
        series = SeriesFactory(
            team=worker.hat.team,
            led_by=worker,
            activity_type=meeting.activity_type,
            site=meeting.site,
            from_on=datetime.date(2026, 9, 1),
        )
        meeting.series = series
        meeting.save()

        self.tap(signed_in, meeting)

        activity = Activity.objects.get()
        assert (activity.series, activity.planned_on) == (series, TUESDAY)

    def test_what_a_calendar_cannot_know_opens_the_form(self, signed_in, proposal):
        page = signed_in.get(WEEK).content.decode()
        response = self.tap(signed_in, proposal)

        assert "Save it" not in page
        assert response["Location"].startswith("/log/drop_in/?date=2026-11-17")
        assert not Activity.objects.exists()

    def test_with_two_hats_the_form_asks_which(self, signed_in, worker, meeting):
        PlacementFactory(worker=worker, team=worker.hat.team)

        page = signed_in.get(WEEK).content.decode()
        response = self.tap(signed_in, meeting)

        assert "Save it" not in page
        assert response["Location"].startswith("/log/meeting_service/")
        assert not Activity.objects.exists()

    @pytest.mark.parametrize("at", ["base", "host"])
    def test_of_two_hats_the_one_at_the_site_is_known(self, signed_in, worker, meeting, at):
        there = {"base_site": meeting.site}
        if at == "host":
            meeting.site.agency = AgencyFactory()
            meeting.site.save()
            there = {"host": meeting.site.agency}
        hat = PlacementFactory(worker=worker, **there)

        page = signed_in.get(WEEK).content.decode()
        self.tap(signed_in, meeting)

        assert "Save it" in page
        assert Activity.objects.get().time_entries.get().placement == hat

    def test_a_question_of_the_form_is_asked_by_the_form(self, signed_in, worker, meeting):
        """A colleague has recorded a meeting there: is it the same one?"""
        colleague = PlacementFactory(team=worker.hat.team)
        ActivityFactory(
            by=colleague,
            date=TUESDAY,
            activity_type=meeting.activity_type,
            site=meeting.site,
            starts_at=datetime.time(10),
        )

        response = self.tap(signed_in, meeting)

        assert response["Location"].startswith("/log/meeting_service/")
        assert Activity.objects.count() == 1

    def test_that_of_a_colleague_is_never_saved(self, signed_in, outsider, meeting):
        signed_in.force_login(outsider)

        self.tap(signed_in, meeting)

        assert not Activity.objects.exists()

    @pytest.mark.parametrize("kind", [kind.code.value for kind in KINDS])
    def test_what_is_offered_with_one_tap_is_never_asked_about(self, signed_in, worker, site, kind):
        one = CalendarProposalFactory(
            worker=worker, activity_type=ActivityTypeFactory(kind=kind), site=site
        )
        [shown] = proposed(signed_in)

        response = self.tap(signed_in, one)

        assert ("?logged=" in response["Location"]) == shown.is_whole


class TestFilledIn:
    def test_a_day_is_filled_into_the_sheet_and_nothing_saved(self, grid, proposal):
        grid.send(f"calendar-{TUESDAY}")

        assert "1 cell is filled in from your calendar." in grid.text
        assert grid.cell("drop_in").minutes_text == "60"
        assert not Activity.objects.exists()

    def test_once_saved_it_waits_no_more(self, grid, proposal):
        grid.send(f"calendar-{TUESDAY}")
        grid.type("drop_in", minutes="60", count="8")
        grid.send()

        assert Activity.objects.get().site == proposal.site
        assert proposed(grid.client) == []

    def test_other_days_are_left_alone(self, grid, proposal):
        grid.send("calendar-2026-11-18")

        assert "Nothing of that day fits an empty cell." in grid.text

    def test_what_was_typed_stays(self, grid, worker, proposal):
        grid.load(f"?add=n{proposal.activity_type_id}-{proposal.site_id}")
        grid.type("drop_in", minutes="45")
        grid.send(f"calendar-{TUESDAY}")

        assert grid.cell("drop_in").minutes_text == "45"

    def test_no_case_is_guessed(self, grid, worker, site):
        case = CaseFactory(allocated_to=worker.hat)
        contact = ActivityFactory(
            by=worker.hat, kind="case_contact", case=case, site=site, date=TODAY
        )
        CalendarProposalFactory(worker=worker, activity_type=contact.activity_type, site=site)
        grid.load()

        grid.send(f"calendar-{TUESDAY}")

        assert all(not cell.minutes_text for cell in grid.sheet.cells)


class TestDismissed:
    def test_one_at_a_time(self, signed_in, worker, proposal):
        other = CalendarProposalFactory(worker=worker, starts_at=datetime.time(14))

        signed_in.post(DISMISS, {"proposal": proposal.pk})

        assert proposed(signed_in) == [other]

    def test_a_whole_day(self, signed_in, worker, proposal):
        other = CalendarProposalFactory(worker=worker, date=datetime.date(2026, 11, 18))

        signed_in.post(DISMISS, {"day": "2026-11-17"})

        assert proposed(signed_in) == [other]

    def test_sent_twice_it_says_so(self, signed_in, proposal):
        signed_in.post(DISMISS, {"proposal": proposal.pk})

        page = signed_in.post(DISMISS, {"proposal": proposal.pk}, follow=True).content.decode()

        assert "That was dismissed or logged already." in page

    @pytest.mark.parametrize(
        "sent", [{}, {"proposal": "x"}, {"proposal": "9" * 40}, {"day": "2026-13-99"}]
    )
    def test_nothing_known_dismisses_nothing(self, signed_in, proposal, sent):
        signed_in.post(DISMISS, sent)

        assert not CalendarProposal.objects.get().is_dismissed

    def test_that_of_a_colleague_stays(self, signed_in, outsider, proposal):
        signed_in.force_login(outsider)

        signed_in.post(DISMISS, {"proposal": proposal.pk})

        assert not CalendarProposal.objects.get().is_dismissed
