"""Requests for help: the list, the clock in words, taking, answering and deciding one."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from eitrack.audit.models import Entry
from eitrack.cases.models import Request
from eitrack.cases.words import due_in_words
from tests.factories.accounts import UserFactory
from tests.factories.cases import RequestFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, TeamFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
LIST, ADD = reverse("cases:request_list"), reverse("cases:request_add")


@pytest.fixture
def of_team(team, worker):
    """Makes a request of the North team that the worker answers."""

    def make(**values):
        return RequestFactory(**{"team": team, "worker": worker, "taken_by": worker} | values)

    return make


def at(day, hour=12):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def listed(client, **query):
    return list(client.get(LIST, query).context["table"].data)


class TestClockInWords:
    @pytest.mark.parametrize(
        ("due_on", "words"),
        [
            (date(2026, 11, 24), "due Tue 24 Nov"),
            (date(2026, 11, 23), "due today"),
            (date(2026, 11, 20), "1 working day late"),
            (date(2026, 11, 16), "5 working days late"),
        ],
    )
    def test_says_when_it_is_due_without_scolding(self, due_on, words):
        assert due_in_words(due_on, date(2026, 11, 23), "england") == words

    def test_due_on_friday_is_not_late_at_the_weekend(self):
        assert due_in_words(date(2026, 11, 20), date(2026, 11, 22), "wales") == "due Fri 20 Nov"

    def test_a_bank_holiday_makes_nobody_late(self):
        due_on, day_after = date(2026, 11, 27), date(2026, 12, 1)  # over Saint Andrew's Day

        assert due_in_words(due_on, day_after, "scotland") == "1 working day late"
        assert due_in_words(due_on, day_after, "england") == "2 working days late"

    def test_the_page_says_why_the_clock_starts_later(self, client, worker, of_team):
        evening, weekend = of_team(received_at=at(19, 18)), of_team(received_at=at(21))
        client.force_login(worker)

        assert "after hours" in client.get(evening.get_absolute_url()).content.decode()
        assert "at a weekend" in client.get(weekend.get_absolute_url()).content.decode()

    def test_the_page_says_whether_the_family_was_met_in_time(self, client, worker, of_team):
        in_time = of_team(first_contact_on=date(2026, 11, 18))
        late = of_team(received_at=at(9), first_contact_on=date(2026, 11, 18))
        client.force_login(worker)

        assert client.get(in_time.get_absolute_url()).context["clock"] == "met Wed 18 Nov, in time"
        assert (
            client.get(late.get_absolute_url()).context["clock"]
            == "met Wed 18 Nov, 2 working days after it was due"
        )


class TestRequestList:
    def test_lists_what_is_undecided_and_in_reach_by_its_due_day(
        self, client, worker, of_team, outsider
    ):
        later, due = of_team(received_at=at(20)), of_team()
        of_team(decision="advice", decided_on=date(2026, 11, 20))
        RequestFactory(worker=outsider)
        client.force_login(worker)

        assert listed(client) == [due, later]

    def test_what_is_due_today_or_late_stands_on_top(self, client, worker, of_team):
        late, due = of_team(received_at=at(12)), of_team()
        of_team(received_at=at(20))
        of_team(received_at=at(12), first_contact_on=date(2026, 11, 13))
        client.force_login(worker)

        assert client.get(LIST).context["due"] == [
            (late, "2 working days late"),
            (due, "due today"),
        ]

    def test_filters_narrow_it(self, client, manager, worker, of_team):
        agency = AgencyFactory()
        due, late = of_team(from_agency=agency), of_team(received_at=at(12), route="fast_track")
        met = of_team(received_at=at(18), first_contact_on=date(2026, 11, 19), worker=None)
        decided = of_team(decision="group", decided_on=date(2026, 11, 20))
        client.force_login(manager)

        assert listed(client, state="due_today") == [due]
        assert listed(client, state="overdue") == [late]
        assert listed(client, state="due") == [late, due]
        assert listed(client, state="waiting") == [late, due]
        assert listed(client, state="decided") == [decided]
        assert listed(client, state="all") == [late, due, met, decided]
        assert listed(client, worker=worker.pk) == [late, due]
        assert listed(client, worker="nobody") == [met]
        assert listed(client, from_agency=agency.pk) == [due]
        assert listed(client, route="fast_track") == [late]
        assert listed(client, received_from="2026-11-17") == [met]
        assert listed(client, received_until="2026-11-12") == [late]
        assert listed(client, team=due.team_id) == [late, due, met]

    def test_only_managers_filter_by_team_and_worker(self, client, worker):
        client.force_login(worker)

        assert not {"team", "worker"} & set(client.get(LIST).context["filter"].form.fields)

    def test_every_column_sorts(self, client, worker, of_team):
        first, second = of_team(), of_team(received_at=at(20), purpose="housing")
        client.force_login(worker)

        for name in ("request", "received", "from_agency", "route", "need", "worker", "due"):
            assert {*listed(client, sort=name)} == {first, second}
        assert listed(client, sort="-received") == [second, first]

    def test_the_file_holds_what_is_filtered(self, client, worker, of_team, team):
        due = of_team(need_level=2)
        of_team(received_at=at(20))
        client.force_login(worker)

        response = client.get(LIST, {"state": "due", "_export": "csv"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        assert text.splitlines() == [
            "Request,Received,From,Route,What is needed,Level,Team,Who answers,Due,"
            "First direct contact,Decision,Decided on",
            f"{due},2026-11-16 12:00,,Standard,Parenting,2 Targeted,North team,Wendy Worker,"
            "2026-11-23,,,",
        ]
        assert Entry.objects.filter(action="exported", record_kind="requests.csv").exists()

    def test_dates_are_dates_in_the_workbook(self, client, worker, of_team):
        of_team(decision="advice", decided_on=date(2026, 11, 20))
        client.force_login(worker)

        response = client.get(LIST, {"state": "all", "_export": "xlsx"})

        sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
        said = {header.value: cell.value for header, cell in zip(sheet[1], sheet[2], strict=True)}
        assert isinstance(said["Received"], datetime)
        assert isinstance(said["Due"], datetime)
        assert said["Decided on"] == datetime(2026, 11, 20)
        assert said["First direct contact"] is None

    def test_queries_are_constant(self, client, manager, of_team, django_assert_max_num_queries):
        for _ in range(30):
            of_team(from_agency=AgencyFactory())
        client.force_login(manager)

        with django_assert_max_num_queries(11) as queries:
            client.get(LIST)

        assert not [query for query in queries.captured_queries if "COUNT(" in query["sql"]]


class TestTakingARequest:
    def take(self, client, **typed):
        return client.post(ADD, form_values(client.get(ADD)) | typed)

    def test_a_worker_takes_one_with_nothing_typed(self, client, worker, team):
        client.force_login(worker)

        response = self.take(client)

        taken = Request.objects.get()
        assert response.url == taken.get_absolute_url()
        assert (taken.team, taken.taken_by, taken.worker) == (team, worker, worker)
        assert taken.due_on == date(2026, 11, 30)
        assert Entry.objects.about(taken).get().action == "created"

    def test_sent_twice_it_is_saved_once(self, client, worker):
        client.force_login(worker)
        values = form_values(client.get(ADD))

        assert client.post(ADD, values).url == client.post(ADD, values).url
        assert Request.objects.count() == 1

    def test_sent_again_with_another_answer_it_is_changed_and_said(self, client, worker):
        client.force_login(worker)
        values = form_values(client.get(ADD))
        client.post(ADD, values)

        page = client.post(ADD, values | {"purpose": "housing"}, follow=True)

        taken = Request.objects.get()
        assert (taken.purpose, taken.version) == ("housing", 2)
        assert "Changed: What is needed." in page.content.decode()
        assert Entry.objects.about(taken).first().reason == "sent_again"

    def test_sent_again_after_a_decision_nothing_of_it_is_lost(self, client, worker):
        client.force_login(worker)
        values = form_values(client.get(ADD))
        taken_at = client.post(ADD, values).url
        client.post(f"{taken_at}decide/", {"decision": "advice", "decided_on": "2026-11-23"})

        page = client.post(ADD, values | {"purpose": "housing"})

        taken = Request.objects.get()
        assert (taken.purpose, taken.decision) == ("", "advice")
        assert "Somebody changed this after you opened it" in page.content.decode()
        client.post(f"{taken_at}edit/", form_values(page))
        taken.refresh_from_db()
        assert (taken.purpose, taken.decision) == ("housing", "advice")

    def test_the_future_is_refused_and_all_that_was_typed_comes_back(self, client, worker):
        client.force_login(worker)

        response = self.take(client, received_at="2026-11-24T09:00", purpose="housing")

        assert "This is in the future." in response.content.decode()
        assert response.context["form"]["purpose"].value() == "housing"
        assert not Request.objects.exists()

    def test_the_manager_gives_it_to_a_worker_of_the_team(self, client, manager, worker):
        client.force_login(manager)

        self.take(client, worker=worker.pk)

        assert Request.objects.get().worker == worker

    def test_nobody_of_another_team_can_be_given_it(self, client, manager, outsider):
        client.force_login(manager)

        response = self.take(client, worker=outsider.pk)

        assert response.context["form"].has_error("worker")

    def test_the_worker_works_in_the_team_that_was_chosen(self, client, manager, worker):
        south = TeamFactory()
        south.managers.add(manager)
        client.force_login(manager)

        response = self.take(client, worker=worker.pk, team=south.pk)

        assert f"Wendy Worker does not work in {south} now." in response.content.decode()

    def test_a_worker_gives_it_to_nobody_but_themselves(self, client, worker, team):
        colleague = PlacementFactory(team=team).worker
        client.force_login(worker)

        assert self.take(client, worker=colleague.pk).context["form"].has_error("worker")


class TestChangingARequest:
    def test_the_manager_gives_it_to_somebody(self, client, manager, worker, of_team):
        waiting = of_team(worker=None)
        url = reverse("cases:request_edit", args=[waiting.pk])
        client.force_login(manager)

        client.post(url, form_values(client.get(url)) | {"worker": worker.pk})

        waiting.refresh_from_db()
        assert (waiting.worker, waiting.version) == (worker, 2)

    def test_a_new_time_moves_the_due_day(self, client, worker, of_team):
        taken = of_team()
        url = reverse("cases:request_edit", args=[taken.pk])
        client.force_login(worker)

        client.post(url, form_values(client.get(url)) | {"received_at": "2026-11-17T18:00"})

        taken.refresh_from_db()
        assert taken.due_on == date(2026, 11, 25)

    def test_received_after_the_first_contact_is_refused(self, client, worker, of_team):
        taken = of_team(first_contact_on=date(2026, 11, 17))
        url = reverse("cases:request_edit", args=[taken.pk])
        client.force_login(worker)

        response = client.post(
            url, form_values(client.get(url)) | {"received_at": "2026-11-18T09:00"}
        )

        assert "This lies before the request was received." in response.content.decode()

    def test_a_decision_without_its_day_is_refused(self, client, worker, of_team):
        taken = of_team()
        url = reverse("cases:request_edit", args=[taken.pk])
        client.force_login(worker)

        response = client.post(url, form_values(client.get(url)) | {"decision": "advice"})

        assert "A decision has a day" in response.content.decode()

    def test_a_clash_is_told_and_nothing_is_lost(self, client, worker, of_team):
        taken = of_team()
        url = reverse("cases:request_edit", args=[taken.pk])
        client.force_login(worker)
        values = form_values(client.get(url))
        client.post(url, values | {"purpose": "housing"})

        response = client.post(url, values | {"purpose": "money"})

        assert "Somebody changed this after you opened it" in response.content.decode()
        taken.refresh_from_db()
        assert taken.purpose == "housing"
        client.post(url, form_values(response))
        taken.refresh_from_db()
        assert taken.purpose == "money"


class TestFirstContact:
    def test_one_tap_says_today(self, client, worker, of_team):
        due = of_team()
        client.force_login(worker)

        client.post(
            reverse("cases:request_first_contact", args=[due.pk]),
            {"first_contact_on": "2026-11-23"},
        )

        due.refresh_from_db()
        assert due.first_contact_on == date(2026, 11, 23)
        assert due.is_met
        page = client.get(due.get_absolute_url()).content.decode()
        assert "Wendy Worker noted the first contact" in page

    @pytest.mark.parametrize("day", ["2026-11-24", "2026-11-13", "soon", ""])
    def test_a_day_that_cannot_be_is_refused(self, client, worker, of_team, day):
        due = of_team()
        client.force_login(worker)

        response = client.post(
            reverse("cases:request_first_contact", args=[due.pk]), {"first_contact_on": day}
        )

        assert response.context["form"].has_error("first_contact_on")
        due.refresh_from_db()
        assert due.first_contact_on is None

    def test_the_first_one_noted_stays(self, client, worker, of_team):
        due = of_team(first_contact_on=date(2026, 11, 18))
        client.force_login(worker)

        client.post(
            reverse("cases:request_first_contact", args=[due.pk]),
            {"first_contact_on": "2026-11-23"},
        )

        due.refresh_from_db()
        assert due.first_contact_on == date(2026, 11, 18)


class TestDecision:
    def test_is_noted_once_with_its_day(self, client, worker, of_team):
        due = of_team()
        url = reverse("cases:request_decide", args=[due.pk])
        client.force_login(worker)

        client.post(url, {"decision": "group", "decided_on": "2026-11-23"})
        client.post(url, {"decision": "advice", "decided_on": "2026-11-23"})

        due.refresh_from_db()
        assert (due.decision, due.decided_on) == ("group", date(2026, 11, 23))
        assert Entry.objects.about(due).filter(reason="decided").count() == 1

    def test_needs_what_became_of_it(self, client, worker, of_team):
        client.force_login(worker)

        response = client.post(
            reverse("cases:request_decide", args=[of_team().pk]), {"decided_on": "2026-11-23"}
        )

        assert "Choose what became of it." in response.content.decode()


class TestOnOtherPages:
    def test_today_shows_what_the_worker_answers(self, client, worker, team, of_team):
        late, own = of_team(received_at=at(12)), of_team(worker=None)
        of_team(worker=PlacementFactory(team=team).worker)
        of_team(received_at=at(20))
        client.force_login(worker)

        response = client.get("/today/")

        assert [one for one, _ in response.context["to_answer"]] == [late, own]
        assert "2 working days late" in response.content.decode()

    def test_the_team_page_says_how_many_are_due(self, client, manager, team, of_team):
        of_team()
        of_team(received_at=at(12))
        of_team(received_at=at(20))
        RequestFactory()
        client.force_login(manager)

        page = client.get(team.get_absolute_url()).content.decode()

        assert "2 requests</a> are due today or late" in page
        assert f"?state=due&amp;team={team.pk}" in page

    def test_who_left_a_role_sees_none(self, client, of_team):
        client.force_login(UserFactory(district=True))

        assert client.get(LIST).status_code == 403
