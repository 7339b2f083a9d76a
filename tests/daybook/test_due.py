"""What Today shows of series, and what each answer does."""

import datetime

import pytest
from django.urls import reverse

from eitrack.activities.models import Activity
from eitrack.common.cached_lists import forget_lists
from eitrack.daybook.due import due
from tests.factories.activities import (
    ActivityFactory,
    ActivityTypeFactory,
    SeriesFactory,
    SeriesWorkerFactory,
)
from tests.factories.directory import AgencyFactory, PlacementFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 23)
LAST_WEEK = datetime.date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def series(worker):
    return SeriesFactory(
        team=worker.hat.team,
        led_by=worker,
        name="Monday drop-in",
        starts_at=datetime.time(9, 30),
        usual_minutes=150,
    )


@pytest.fixture
def colleague(worker):
    hat = PlacementFactory(team=worker.hat.team, worker__name="Carl Colleague")
    hat.worker.hat = hat
    return hat.worker


def rows(user):
    return [(row.series.name, row.date, row.recorded) for row in due(user, TODAY)]


def recorded(series, hat, on=TODAY, **more):
    return ActivityFactory(
        by=hat, series=series, activity_type=series.activity_type, date=on, planned_on=on, **more
    )


class TestDue:
    def test_today_first_then_the_last_seven_days(self, worker, series):
        assert rows(worker) == [(series.name, TODAY, None), (series.name, LAST_WEEK, None)]

    def test_what_is_recorded_is_due_no_more(self, worker, series):
        recorded(series, worker.hat)

        assert [row[1] for row in rows(worker)] == [LAST_WEEK]

    def test_recorded_by_a_colleague_it_asks_for_my_time(self, worker, colleague, series):
        activity = recorded(series, colleague.hat, attendance=9)

        assert rows(worker)[0] == (series.name, TODAY, activity)

    def test_a_record_that_waits_for_approval_asks_for_my_time(self, worker, colleague, series):
        activity = recorded(series, colleague.hat, status="awaiting")

        assert rows(worker)[0] == (series.name, TODAY, activity)

    def test_what_waits_as_not_run_asks_nobody(self, worker, colleague, series):
        recorded(series, colleague.hat, status="awaiting", not_run_reason="no_room")

        assert [row[1] for row in rows(worker)] == [LAST_WEEK]

    def test_what_did_not_run_asks_nobody(self, worker, colleague, series):
        recorded(series, colleague.hat, did_not_run=True)

        assert [row[1] for row in rows(worker)] == [LAST_WEEK]

    def test_a_void_record_is_due_again(self, worker, series):
        recorded(series, worker.hat, void=True)

        assert rows(worker)[0] == (series.name, TODAY, None)

    def test_only_on_days_of_my_own_part_in_it(self, worker, colleague, series):
        SeriesWorkerFactory(series=series, worker=colleague, from_on=datetime.date(2026, 11, 17))

        assert [row[1] for row in rows(colleague)] == [TODAY]

    def test_series_of_others_are_not_due(self, worker, colleague, series):
        assert rows(colleague) == []


class TestToday:
    def test_costs_the_same_queries_for_one_series_and_for_six(
        self, client, worker, series, django_assert_num_queries
    ):
        client.force_login(worker)
        client.get(reverse("daybook:today"))
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        forget_lists()
        with CaptureQueriesContext(connection) as one:
            client.get(reverse("daybook:today"))
        for _ in range(5):
            SeriesFactory(team=worker.hat.team, led_by=worker)

        forget_lists()
        with django_assert_num_queries(len(one)):
            client.get(reverse("daybook:today"))


class TestItHappened:
    def form(self, client, series, on=TODAY):
        url = reverse("daybook:log", args=[series.activity_type.kind])
        return client.get(url, {"series": series.pk, "planned_on": f"{on}"})

    def send(self, client, page, **changes):
        form = page.context["form"]
        values = {"planned_on": f"{page.context['planned'].on}"}
        for field in form:
            value = field.value()
            if value not in (None, "", False, []):
                value = f"{value:%H:%M}" if hasattr(value, "minute") else value
                values[field.html_name] = value
        url = reverse("daybook:log", args=[form.kind.code.value])
        return client.post(f"{url}?save", values | changes, follow=True)

    def test_the_form_is_filled_in_from_the_series(self, client, worker, series):
        partner = AgencyFactory()
        series.agencies.add(partner)
        client.force_login(worker)

        initial = self.form(client, series, LAST_WEEK).context["form"].initial

        assert int(initial["series"]) == series.pk
        assert initial["date"] == LAST_WEEK
        assert initial["site"] == series.site_id
        assert initial["starts_at"] == datetime.time(9, 30)
        assert initial["contact_minutes"] == 150
        assert initial["co_agencies"] == [partner.pk]

    def test_two_actions_and_a_number(self, client, worker, series):
        client.force_login(worker)

        self.send(client, self.form(client, series), attendance="14")

        activity = Activity.objects.get()
        assert (activity.planned_on, activity.attendance, activity.series) == (TODAY, 14, series)
        assert activity.time_entries.get().contact_minutes == 150

    def test_a_colleague_with_the_form_open_joins(self, client, worker, colleague, series):
        client.force_login(worker)
        page = self.form(client, series)
        first = recorded(series, colleague.hat, attendance=9)

        self.send(client, page, attendance="9")

        activity = Activity.objects.get()
        assert (activity, activity.attendance) == (first, 9)
        assert set(activity.time_entries.values_list("worker", flat=True)) == {
            worker.pk,
            colleague.pk,
        }

    def test_a_contradiction_gives_the_page_back_with_what_was_typed(
        self, client, worker, colleague, series
    ):
        client.force_login(worker)
        page = self.form(client, series)
        recorded(series, colleague.hat, did_not_run=True)

        answer = self.send(client, page, attendance="14")

        assert "Carl Colleague has recorded that it did not run" in answer.content.decode()
        assert answer.context["form"]["attendance"].value() == "14"

    def test_a_day_that_is_not_planned_is_not_taken_from_the_address(self, client, worker, series):
        client.force_login(worker)

        page = self.form(client, series, datetime.date(2026, 11, 20))

        assert page.context["planned"] is None

    def test_a_programme_knows_the_number_of_its_session(self, client, worker):
        programme = SeriesFactory(
            team=worker.hat.team,
            led_by=worker,
            activity_type=ActivityTypeFactory(kind="group_session"),
            from_on=datetime.date(2026, 11, 2),
            planned_sessions=8,
        )
        recorded(programme, worker.hat, on=datetime.date(2026, 11, 9), did_not_run=True)
        client.force_login(worker)

        page = self.form(client, programme)

        assert page.context["form"].initial["session_number"] == 3

    def test_seats_are_ticked_and_make_the_headcount(self, client, worker):
        programme = SeriesFactory(
            team=worker.hat.team,
            led_by=worker,
            activity_type=ActivityTypeFactory(kind="group_session"),
            seats=6,
        )
        client.force_login(worker)
        page = self.form(client, programme)

        assert "attendance" not in page.context["form"].fields
        self.send(client, page, seats=["1", "4"], makes_up_4="2")

        activity = Activity.objects.get()
        assert activity.attendance == 2
        marks = activity.seat_marks.filter(is_present=True)
        assert list(marks.values_list("seat", "makes_up_for")) == [(1, None), (4, 2)]
        assert activity.seat_marks.count() == 6


class TestItDidNot:
    def test_asks_why_and_says_that_nobody_came_is_another_thing(self, client, worker, series):
        client.force_login(worker)
        url = reverse("activities:series_not_run", args=[series.pk, "2026-11-23"])

        page = client.get(url)
        client.post(url, {"reason": "weather"})

        assert "nobody came, that is 0 attended" in page.content.decode()
        activity = Activity.objects.get()
        assert (activity.status, activity.planned_on) == ("did_not_run", TODAY)

    def test_says_when_a_colleague_was_there(self, client, worker, colleague, series):
        recorded(series, colleague.hat, attendance=9)
        client.force_login(worker)
        url = reverse("activities:series_not_run", args=[series.pk, "2026-11-23"])

        page = client.post(url, {"reason": "weather"}, follow=True)

        assert "Carl Colleague has recorded this session: it happened." in page.content.decode()
        assert Activity.objects.count() == 1

    @pytest.mark.parametrize("day", ["2026-11-24", "2027-06-07", "soon", "2026-02-31"])
    def test_only_planned_days_up_to_26_weeks_ahead(self, client, worker, series, day):
        client.force_login(worker)

        url = reverse("activities:series_not_run", args=[series.pk, day])

        assert client.get(url).status_code == 404


class TestAddMyTime:
    def test_one_post_from_today_adds_my_minutes(self, client, worker, colleague, series):
        activity = recorded(series, colleague.hat, attendance=9)
        client.force_login(worker)
        url = reverse("activities:series_join", args=[series.pk, "2026-11-23"])

        page = client.post(url, {"contact_minutes": "120"}, follow=True)

        assert "Your 2 h are on it now" in page.content.decode()
        assert activity.time_entries.get(worker=worker).contact_minutes == 120
        assert not activity.time_entries.get(worker=worker).is_lead
        assert [row[1] for row in rows(worker)] == [LAST_WEEK]

    def test_what_was_mistyped_is_given_back(self, client, worker, colleague, series):
        recorded(series, colleague.hat, attendance=9)
        client.force_login(worker)
        url = reverse("activities:series_join", args=[series.pk, "2026-11-23"])

        page = client.post(url, {"contact_minutes": "two hours"})

        assert page.context["form"]["contact_minutes"].value() == "two hours"
        assert page.context["form"].errors

    def test_a_day_over_24_hours_is_refused(self, client, worker, colleague, series):
        ActivityFactory(by=worker.hat, date=TODAY, minutes=900)
        recorded(series, colleague.hat, attendance=9)
        client.force_login(worker)
        url = reverse("activities:series_join", args=[series.pk, "2026-11-23"])

        page = client.post(url, {"contact_minutes": "600"})

        assert "longer than 24 hours" in page.content.decode()
