"""The pages of series, through the client."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eitrack.activities.models import Series
from eitrack.audit.models import Entry
from tests.factories.activities import (
    ActivityFactory,
    ActivityTypeFactory,
    SeriesFactory,
    SeriesWorkerFactory,
)
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def colleague(worker):
    hat = PlacementFactory(team=worker.hat.team, worker__name="Carl Colleague")
    return hat.worker


def plan(worker, **changes):
    """What a browser sends for a weekly drop-in."""
    return {
        "name": "Monday drop-in",
        "what": str(ActivityTypeFactory(kind="drop_in").pk),
        "site": str(SiteFactory().pk),
        "team": str(worker.hat.team_id),
        "repeat": "weekly",
        "from_on": "2026-11-30",
        "starts_at": "09:00",
        "usual_minutes": "120",
        "skips_school_holidays": "on",
        "skips_bank_holidays": "on",
        "lead": str(worker.pk),
        **changes,
    }


def add(client, values):
    return client.post(reverse("activities:series_add"), values)


class TestAdd:
    def test_a_worker_plans_a_series_for_the_own_team(self, client, worker, colleague):
        agency = AgencyFactory()
        client.force_login(worker)

        add(client, plan(worker, agencies=[agency.pk], co_leads=[colleague.pk]))

        series = Series.objects.get()
        assert (series.team, list(series.agencies.all())) == (worker.hat.team, [agency])
        assert set(series.workers.values_list("worker", "role", "from_on")) == {
            (worker.pk, "lead", datetime.date(2026, 11, 30)),
            (colleague.pk, "co_lead", datetime.date(2026, 11, 30)),
        }
        assert Entry.objects.get(record_kind="activities.Series").action == "created"

    def test_not_for_another_team(self, client, worker, outsider):
        client.force_login(worker)

        answer = add(client, plan(worker, team=str(outsider.hat.team_id)))

        assert answer.status_code == 200
        assert not Series.objects.exists()

    def test_not_led_by_somebody_of_another_team(self, client, worker, outsider):
        client.force_login(worker)

        answer = add(client, plan(worker, lead=str(outsider.pk)))

        assert "lead" in answer.context["form"].errors

    def test_a_kind_that_has_no_local_name_yet_can_be_planned(self, client, worker):
        client.force_login(worker)

        add(client, plan(worker, what="playground"))

        assert Series.objects.get().activity_type.kind == "playground"

    def test_single_dates_are_typed_one_on_a_line(self, client, worker):
        client.force_login(worker)

        add(client, plan(worker, repeat="dates", dates="2026-12-10\n2026-12-03"))

        days = Series.objects.get().single_dates.values_list("date", flat=True)
        assert [f"{day}" for day in days] == ["2026-12-03", "2026-12-10"]

    @pytest.mark.parametrize(
        ("dates", "words"),
        [
            ("", "Type at least one date"),
            ("3 December", "Type each day as 2026-11-23"),
            ("2026-11-01", "does not lie between"),
        ],
    )
    def test_dates_that_cannot_be_say_why_and_stay(self, client, worker, dates, words):
        client.force_login(worker)

        answer = add(client, plan(worker, repeat="dates", dates=dates))

        assert words in str(answer.context["form"].errors["dates"])
        assert answer.context["form"]["dates"].value() == dates

    def test_seats_are_for_kinds_that_count_people(self, client, worker):
        client.force_login(worker)

        answer = add(client, plan(worker, what="playground", seats="6"))

        assert "seats" in answer.context["form"].errors

    def test_61_seats_are_too_many(self, client, worker):
        client.force_login(worker)

        assert "seats" in add(client, plan(worker, seats="61")).context["form"].errors

    def test_the_end_cannot_lie_before_the_beginning(self, client, worker):
        client.force_login(worker)

        answer = add(client, plan(worker, until_on="2026-11-01"))

        assert "The end cannot lie before the beginning" in answer.content.decode()


class TestEdit:
    def test_who_no_longer_helps_ends_the_day_before(self, client, worker, colleague):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        role = SeriesWorkerFactory(series=series, worker=colleague)
        client.force_login(worker)
        values = plan(worker, what=str(series.activity_type_id), from_on="2024-09-02")

        client.post(reverse("activities:series_edit", args=[series.pk]), values)

        role.refresh_from_db()
        assert role.until_on == datetime.date(2026, 11, 22)
        assert series.workers.get(role="lead").until_on is None

    def test_a_colleague_who_does_not_lead_it_cannot(self, client, worker, colleague):
        series = SeriesFactory(team=worker.hat.team, led_by=colleague)
        client.force_login(worker)

        assert client.get(reverse("activities:series_detail", args=[series.pk])).status_code == 200
        assert client.get(reverse("activities:series_edit", args=[series.pk])).status_code == 404


class TestHandover:
    def hand_over(self, client, series, **values):
        url = reverse("activities:series_handover", args=[series.pk])
        return client.post(url, {"day": "2026-12-01", **values})

    def roles(self, series):
        rows = series.workers.values_list("worker__name", "role", "from_on", "until_on")
        return {(who, role, f"{a}", f"{b}") for who, role, a, b in rows}

    def test_a_new_lead_from_a_day_on(self, client, worker, colleague):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        client.force_login(worker)

        self.hand_over(client, series, to=colleague.pk)

        assert self.roles(series) == {
            ("Wendy Worker", "lead", "2024-09-02", "2026-11-30"),
            ("Carl Colleague", "lead", "2026-12-01", "None"),
        }

    def test_a_co_worker_who_takes_the_lead_is_on_it_once(self, client, worker, colleague):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        SeriesWorkerFactory(series=series, worker=colleague)
        client.force_login(worker)

        self.hand_over(client, series, to=colleague.pk)

        assert ("Carl Colleague", "co_worker", "2024-09-02", "2026-11-30") in self.roles(series)
        assert series.workers.filter(until_on__isnull=True).count() == 1

    def test_a_manager_hands_over_all_that_one_worker_leads(
        self, client, worker, manager, colleague
    ):
        series = [SeriesFactory(team=worker.hat.team, led_by=worker) for _ in range(3)]
        client.force_login(manager)

        self.hand_over(client, series[0], to=colleague.pk, everything="on")

        led = [one.workers.get(until_on__isnull=True).worker for one in series]
        assert led == [colleague] * 3

    def test_a_worker_hands_over_one_at_a_time(self, client, worker, colleague):
        first, second = (SeriesFactory(team=worker.hat.team, led_by=worker) for _ in range(2))
        client.force_login(worker)

        self.hand_over(client, first, to=colleague.pk, everything="on")

        assert second.workers.get().worker == worker

    def test_not_to_somebody_of_another_team(self, client, worker, outsider):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        client.force_login(worker)

        answer = self.hand_over(client, series, to=outsider.pk)

        assert "to" in answer.context["form"].errors


class TestListAndDetail:
    def test_the_list_leaves_out_what_has_ended_until_asked(self, client, worker):
        running = SeriesFactory(team=worker.hat.team)
        ended = SeriesFactory(team=worker.hat.team, until_on=datetime.date(2026, 7, 20))
        client.force_login(worker)
        url = reverse("activities:series_list")

        shown = [list(client.get(url, {"whose": w}).context["table"].data) for w in ("", "ended")]

        assert shown == [[running], [ended]]

    def test_delivered_by_me(self, client, worker):
        mine = SeriesFactory(team=worker.hat.team, led_by=worker)
        SeriesFactory(team=worker.hat.team)
        client.force_login(worker)

        page = client.get(reverse("activities:series_list"), {"whose": "mine"})

        assert list(page.context["table"].data) == [mine]

    def test_the_export_holds_what_is_shown(self, client, worker):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        client.force_login(worker)

        answer = client.get(reverse("activities:series_list"), {"_export": "csv"})

        text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
        assert series.name in text
        assert "Every week on Monday" in text
        assert "2026-11-23" in text

    def test_an_empty_list_says_how_to_begin(self, client, worker):
        client.force_login(worker)

        assert (
            "Add the first series" in client.get(reverse("activities:series_list")).content.decode()
        )

    def test_the_page_shows_what_was_held_and_what_nobody_recorded(self, client, worker):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        for day, attendance in ((16, 14), (9, 0)):
            date = datetime.date(2026, 11, day)
            ActivityFactory(
                by=worker.hat, series=series, date=date, planned_on=date, attendance=attendance
            )
        client.force_login(worker)

        page = client.get(reverse("activities:series_detail", args=[series.pk]))

        shown = [(row.date.isoformat(), row.what) for row in page.context["sessions"][:3]]
        assert shown == [
            ("2026-11-16", "14 attended"),
            ("2026-11-09", "0 attended"),
            ("2026-11-02", "not recorded yet"),
        ]
        assert page.context["next_dates"][0].date == datetime.date(2026, 11, 23)

    @pytest.mark.parametrize("name", ["series_list", "series_detail"])
    def test_costs_the_same_queries_however_much_there_is(self, client, worker, name):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        client.force_login(worker)
        url = reverse(f"activities:{name}", args=[series.pk] if name == "series_detail" else [])

        def queries():
            with CaptureQueriesContext(connection) as found:
                client.get(url)
            return len(found)

        ActivityFactory(by=worker.hat, series=series, attendance=1)
        client.get(url)
        few = queries()
        for _ in range(6):
            SeriesFactory(team=worker.hat.team, led_by=worker)
            ActivityFactory(by=worker.hat, series=series, attendance=1)

        assert queries() == few
        assert few <= 14
