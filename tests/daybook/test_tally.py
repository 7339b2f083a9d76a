"""The tally page, and what the server does with a record that a phone has kept."""

import datetime
import json
import re
import uuid

import pytest
from django.urls import reverse

from eitrack.activities.models import Activity, TimeEntry
from eitrack.daybook.tally import owner_of
from tests.factories.activities import ActivityFactory, ActivityTypeFactory, SeriesFactory
from tests.factories.directory import PlacementFactory, SiteFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_afternoon(time_machine):
    time_machine.move_to("2026-11-23T16:02Z", tick=False)


@pytest.fixture
def site():
    return SiteFactory(name="Oak School")


@pytest.fixture
def kept(worker, site):
    """A playground of nine conversations, as a phone keeps it."""
    return {
        "owner": owner_of(worker),
        "kind": "playground",
        "recorded_at": "2026-11-23T15:40:10.000Z",
        "form_token": str(uuid.uuid4()),
        "date": "2026-11-23",
        "starts_at": "15:05",
        "site": site.pk,
        "contact_minutes": 35,
        "begun_by_family": 4,
        "begun_by_worker": 5,
    }


def send(client, kept, **changes):
    return client.post(reverse("daybook:tally_send"), {**kept, **changes})


class TestPage:
    def test_carries_nobodys_name_and_is_the_same_for_everybody(
        self, client, worker, outsider, site
    ):
        pages = []
        for user in (worker, outsider):
            client.force_login(user)
            pages.append(client.get(reverse("daybook:tally")).content.decode())

        assert pages[0] == pages[1]
        for words in (worker.name, worker.email, owner_of(worker), "csrfmiddlewaretoken"):
            assert words not in pages[0]
        assert site.name in pages[0]

    def test_says_what_to_do_without_scripts(self, signed_in):
        page = signed_in.get(reverse("daybook:tally")).content.decode()

        without = re.search(r"<noscript>(.*?)</noscript>", page, re.S)[1]
        assert 'href="/log/playground/"' in without

    def test_the_worker_keeps_only_what_the_page_links_to(self, signed_in):
        page = signed_in.get(reverse("daybook:tally")).content.decode()
        response = signed_in.get("/tally-worker.js")

        assert response["Content-Type"].startswith("text/javascript")
        linked = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
        listed = json.loads(re.search(r"FILES = (\[.*?\]);", response.content.decode())[1])
        assert sorted(linked) == sorted(listed)


class TestNoSignal:
    def test_is_nobodys_page_and_leads_to_the_tally(self, signed_in, worker):
        page = signed_in.get(reverse("daybook:no_signal")).content.decode()

        assert 'href="/tally/"' in page
        for words in (worker.name, worker.email, owner_of(worker), "csrfmiddlewaretoken"):
            assert words not in page

    def test_needs_no_file_that_the_phone_does_not_keep(self, signed_in):
        page = signed_in.get(reverse("daybook:no_signal")).content.decode()
        worker = signed_in.get("/tally-worker.js").content.decode()

        linked = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
        assert set(linked) <= set(json.loads(re.search(r"FILES = (\[.*?\]);", worker)[1]))

    @pytest.mark.parametrize("page", ["today", "week_now"])
    def test_today_and_week_tell_the_phone_whose_it_is(self, signed_in, worker, page):
        page = signed_in.get(reverse(f"daybook:{page}"), follow=True).content.decode()

        assert f'data-owner="{owner_of(worker)}"' in page
        assert 'data-scopes="/tally/ /today/ /week/"' in page


class TestReady:
    def test_says_whose_phone_it_is_by_an_opaque_word(self, signed_in, worker, outsider):
        response = signed_in.get(reverse("daybook:tally_ready"))

        assert response.json()["owner"] == owner_of(worker) != owner_of(outsider)
        assert str(worker.pk) != response.json()["owner"]
        assert response.json()["csrf"]
        assert "no-store" in response["Cache-Control"]

    def test_says_which_sites_are_usual(self, signed_in, worker, site):
        ActivityFactory(by=worker.hat, site=site)

        assert signed_in.get(reverse("daybook:tally_ready") + "?usual").json()["sites"] == [site.pk]

    def test_says_whether_the_running_tally_was_saved(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)
        ready = reverse("daybook:tally_ready")

        assert signed_in.get(f"{ready}?token={activity.form_token}").json()["is_saved"]
        assert not signed_in.get(f"{ready}?token={uuid.uuid4()}").json()["is_saved"]
        assert not signed_in.get(f"{ready}?token=nonsense").json()["is_saved"]


class TestLogFormFromTheTally:
    def test_arrives_filled_in_with_the_tallys_token(self, signed_in, kept):
        address = reverse("daybook:log", args=["playground"])
        response = signed_in.get(address, kept | {"co_agencies": [], "placement": "999"})

        form = response.context["form"]
        for name in ("begun_by_family", "begun_by_worker", "contact_minutes", "site", "starts_at"):
            assert str(form[name].value()) == str(kept[name])
        assert str(form["form_token"].value()) == kept["form_token"]
        assert str(form["placement"].value()) != "999"

    def test_is_not_kept_offline_where_a_case_may_be_chosen(self, signed_in):
        with_case = signed_in.get(reverse("daybook:log", args=["consultation_family"]))
        without = signed_in.get(reverse("daybook:log", args=["drop_in"]))

        assert b"log-offline" not in with_case.content
        assert b"log-offline" in without.content


class TestSend:
    def test_saves_the_record_with_the_devices_own_moment(self, signed_in, worker, kept):
        response = send(signed_in, kept)

        activity = Activity.objects.get()
        assert response.json() == {"saved": activity.pk, "at": "16:02"}
        assert (activity.conversations, activity.begun_by_family) == (9, 4)
        entry = activity.time_entries.get()
        assert entry.recorded_at == datetime.datetime(2026, 11, 23, 15, 40, 10, tzinfo=datetime.UTC)
        assert entry.received_at > entry.recorded_at
        assert (entry.worker, entry.placement, entry.contact_minutes) == (worker, worker.hat, 35)

    def test_sent_twice_it_is_saved_once(self, signed_in, kept):
        answers = [send(signed_in, kept).json() for _ in range(2)]

        assert answers[0] == answers[1]
        assert Activity.objects.count() == TimeEntry.objects.count() == 1

    def test_mended_on_the_phone_after_the_answer_was_lost_it_is_changed(self, signed_in, kept):
        saved = send(signed_in, kept).json()["saved"]

        again = send(signed_in, kept, contact_minutes="50", begun_by_family="6").json()["saved"]

        activity = Activity.objects.get()
        assert again == saved == activity.pk
        assert (activity.begun_by_family, activity.time_entries.get().contact_minutes) == (6, 50)

    @pytest.mark.parametrize("minutes", ["2000", "50"])
    def test_mended_on_the_log_form_it_is_as_the_form_says(self, signed_in, kept, minutes):
        refused = kept | {"contact_minutes": minutes, "refused": "1"}
        mended = form_values(signed_in.get("/log/playground/", kept)) | {"contact_minutes": "20"}
        signed_in.post("/log/playground/", mended)

        answer = send(signed_in, refused)

        entry = TimeEntry.objects.get()
        assert answer.json() == {"saved": entry.activity_id, "at": "16:02", "is_mended": True}
        assert entry.contact_minutes == 20

    def test_what_was_changed_on_its_page_since_has_the_last_word(self, signed_in, kept):
        activity = Activity.objects.get(pk=send(signed_in, kept).json()["saved"])
        activity.conversations = 12
        activity.save()

        send(signed_in, kept, contact_minutes="50")

        activity.refresh_from_db()
        assert (activity.conversations, activity.time_entries.get().contact_minutes) == (12, 35)

    def test_logged_already_by_the_same_worker_it_is_flagged_and_today_asks(
        self, signed_in, worker, kept, site
    ):
        first = ActivityFactory(
            kind="playground",
            by=worker.hat,
            site=site,
            date="2026-11-23",
            starts_at=kept["starts_at"],
            conversations=9,
        )

        saved = send(signed_in, kept).json()["saved"]

        assert Activity.objects.get(pk=saved).looks_like == first
        today = signed_in.get("/today/")
        assert [row.activity_id for row in today.context["double"]] == [saved]
        assert b"Logged twice?" in today.content

    def test_what_was_undone_before_it_is_sent_again_does_not_come_back(self, signed_in, kept):
        saved = send(signed_in, kept).json()["saved"]
        Activity.objects.filter(pk=saved).update(status="void", void_reason="undone")

        assert send(signed_in, kept).json()["saved"] == saved
        assert Activity.objects.count() == 1

    def test_another_record_of_a_form_that_was_undone_is_saved(self, signed_in, kept):
        saved = send(signed_in, kept).json()["saved"]
        Activity.objects.filter(pk=saved).update(status="void", void_reason="undone")

        again = send(signed_in, kept, recorded_at="2026-11-23T15:59:00Z").json()["saved"]

        assert again != saved

    @pytest.mark.parametrize("text", ["", "nonsense", "2031-01-01T00:00:00Z", "2026-11-23T15:00"])
    def test_a_moment_that_cannot_be_is_now(self, signed_in, kept, text):
        send(signed_in, kept, recorded_at=text)

        assert TimeEntry.objects.get().recorded_at.isoformat() == "2026-11-23T16:02:00+00:00"

    def test_a_refusal_says_why_and_saves_nothing(self, signed_in, kept):
        response = send(signed_in, kept, date="2026-11-24", contact_minutes="9999")

        assert response.status_code == 422
        assert set(response.json()["errors"]) >= {"date", "contact_minutes"}
        assert not Activity.objects.exists()

    @pytest.mark.parametrize("kind", ["case_contact", "consultation_family", "no_such", ""])
    def test_takes_no_kind_with_a_case(self, signed_in, kept, kind):
        assert send(signed_in, kept, kind=kind).status_code == 422
        assert not Activity.objects.exists()

    def test_never_saves_what_somebody_else_has_kept(self, client, outsider, kept):
        client.force_login(outsider)

        assert send(client, kept).status_code == 409
        assert not Activity.objects.exists()

    def test_needs_a_fresh_csrf_token(self, worker, kept):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(worker)
        token = client.get(reverse("daybook:tally_ready")).json()["csrf"]
        address = reverse("daybook:tally_send")

        assert client.post(address, kept).status_code == 403
        assert client.post(address, kept, headers={"X-CSRFToken": token}).status_code == 200

    def test_with_several_hats_and_names_takes_the_usual_ones(self, signed_in, worker, kept):
        PlacementFactory(worker=worker, team=worker.hat.team, planned_minutes=60)
        used, _ = (
            ActivityTypeFactory(kind="playground", name=name) for name in ("At the gate", "Yard")
        )
        ActivityFactory(by=worker.hat, activity_type=used, minutes=5)

        saved = send(signed_in, kept).json()["saved"]

        assert Activity.objects.get(pk=saved).activity_type == used

    def test_an_unfinished_list_of_counters_is_still_a_record(self, signed_in, kept, site):
        kept = {**kept, "kind": "open_evening", "conversations": 3}

        saved = send(signed_in, kept).json()["saved"]

        activity = Activity.objects.get(pk=saved)
        assert (activity.attendance, activity.conversations) == (None, 3)


class TestLookAlike:
    """The same site, day and kind of another worker, within half an hour (rule 8)."""

    @pytest.mark.parametrize(
        ("starts_at", "is_alike"),
        [(None, True), ("15:30", True), ("16:10", True), ("16:11", False), ("13:00", False)],
    )
    def test_is_saved_and_flagged(self, signed_in, outsider, site, kept, starts_at, is_alike):
        other = ActivityFactory(
            by=outsider.hat,
            kind="playground",
            date=datetime.date(2026, 11, 23),
            site=site,
            starts_at=starts_at and datetime.time.fromisoformat(starts_at),
        )

        saved = send(signed_in, kept).json()["saved"]

        assert Activity.objects.get(pk=saved).looks_like == (other if is_alike else None)

    def test_is_never_a_void_one_nor_another_kind(self, signed_in, outsider, site, kept):
        day = datetime.date(2026, 11, 23)
        ActivityFactory(by=outsider.hat, kind="playground", date=day, site=site, void=True)
        ActivityFactory(by=outsider.hat, kind="drop_in", date=day, site=site)

        saved = send(signed_in, kept).json()["saved"]

        assert Activity.objects.get(pk=saved).looks_like is None


class TestPlannedSession:
    """A planned session of a series is one record, also where a phone sends the second."""

    @pytest.fixture
    def series(self, worker, site):
        type_ = ActivityTypeFactory(kind="playground")
        return SeriesFactory(team=worker.hat.team, led_by=worker, site=site, activity_type=type_)

    @pytest.fixture
    def colleague(self, worker):
        return PlacementFactory(team=worker.hat.team, worker__name="Carl Colleague")

    def recorded(self, series, colleague, **fields):
        return ActivityFactory(
            by=colleague,
            activity_type=series.activity_type,
            series=series,
            date=datetime.date(2026, 11, 23),
            planned_on=datetime.date(2026, 11, 23),
            site=series.site,
            **fields,
        )

    def test_that_a_colleague_has_recorded_is_joined_once(
        self, signed_in, worker, series, colleague, kept
    ):
        counted = {"conversations": 9, "begun_by_family": 4, "begun_by_worker": 5}
        first = self.recorded(series, colleague, **counted)

        kept = {**kept, "series": series.pk, "planned_on": "2026-11-23"}
        answers = [send(signed_in, kept).json() for _ in range(2)]

        assert [answer["saved"] for answer in answers] == [first.pk, first.pk]
        assert Activity.objects.count() == 1
        assert first.time_entries.get(worker=worker).contact_minutes == 35

    def test_that_a_colleague_counted_otherwise_waits_on_the_phone_with_both_numbers(
        self, signed_in, series, colleague, kept
    ):
        self.recorded(series, colleague, conversations=3)

        response = send(signed_in, kept, series=series.pk, planned_on="2026-11-23")

        assert response.status_code == 422
        told = response.json()["errors"]["series"][0]
        assert "with 3 conversations; you typed 9 conversations." in told

    def test_that_did_not_run_for_a_colleague_is_refused_with_everything_to_mend(
        self, signed_in, series, colleague, kept
    ):
        self.recorded(series, colleague, did_not_run=True)

        response = send(signed_in, kept, series=series.pk, planned_on="2026-11-23")

        assert response.status_code == 422
        assert "did not run" in response.json()["errors"]["series"][0]
