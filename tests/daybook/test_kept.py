"""A form sent after its session had ended comes back whole, to its own user only (rule 9)."""

import datetime
import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from eitrack.activities.models import Activity
from eitrack.audit.models import Entry
from eitrack.daybook.kept import MOST_BYTES, MOST_FORMS, signed_owner, throw_away_stale
from eitrack.daybook.models import KeptForm
from tests.factories.activities import ActivityFactory, SeriesFactory, TimeEntryFactory
from tests.factories.directory import PlacementFactory, SiteFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
SIGNED_OUT = "You were signed out while typing."
LOG = "/log/drop_in/"
OWNER = re.compile(r'name="form_owner" value="([^"]+)"')


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def says_473(response):
    """Whether the page has it anywhere, but for the letters of a token."""
    return bool(re.search(r"\b473\b", text(response)))


def text(response):
    return unescape(response.content.decode())


def typed_into(page, **typed):
    """What the browser sends of this page: its fields, its owner, and what was typed."""
    owner = OWNER.search(page.content.decode()).group(1)
    form = form_values(page) if "form" in page.context else {}
    return form | {"form_owner": owner} | typed


def sent_signed_out(client, path, **typed):
    """The page is opened signed in and sent signed out: the answer to that."""
    values = typed_into(client.get(path), **typed)
    del client.cookies["sessionid"]
    return client.post(path, values)


def way_back(response):
    """Where the sign-in page leads on to."""
    return Client().get(response.url).context["redirect_field_value"]


class TestTheWayBack:
    def test_the_log_form_comes_back_whole_and_is_saved_once(self, signed_in, worker):
        asked = sent_signed_out(signed_in, LOG, attendance="14", children="9")

        assert asked.url.startswith("/account/login/?next=")
        assert "kept for 30 minutes" in text(signed_in.get(asked.url))
        assert not Activity.objects.exists()

        address = way_back(asked)
        signed_in.force_login(worker)
        page = signed_in.get(address)

        assert SIGNED_OUT in text(page)
        assert page.context["form"]["attendance"].value() == "14"
        assert page.context["form"]["children"].value() == "9"
        assert not Activity.objects.exists()
        key = KeptForm.objects.get().key
        assert f'name="kept_form" value="{key}"' in text(page)
        values = typed_into(page, kept_form=str(key))

        assert signed_in.post(LOG, values).status_code == 302
        assert Activity.objects.get().attendance == 14
        assert not KeptForm.objects.exists()

        signed_in.post(LOG, values)
        assert Activity.objects.count() == 1

    def test_opening_it_does_not_consume_it(self, signed_in, worker):
        address = way_back(sent_signed_out(signed_in, LOG, attendance="14"))
        signed_in.force_login(worker)

        signed_in.get(address)

        assert SIGNED_OUT in text(signed_in.get(address))

    def test_a_page_with_what_was_typed_is_stored_by_no_browser(self, signed_in, worker):
        address = way_back(sent_signed_out(signed_in, LOG, attendance="14"))
        signed_in.force_login(worker)

        assert "no-store" in signed_in.get(address)["Cache-Control"]

    def test_a_bad_value_comes_back_as_it_was_typed(self, signed_in, worker):
        address = way_back(sent_signed_out(signed_in, LOG, attendance="about ten"))
        signed_in.force_login(worker)

        assert signed_in.get(address).context["form"]["attendance"].value() == "about ten"

    def test_what_was_sent_since_says_so(self, signed_in, worker):
        address = way_back(sent_signed_out(signed_in, LOG, attendance="14"))
        signed_in.force_login(worker)
        KeptForm.objects.all().delete()

        page = signed_in.get(address)

        assert "no longer kept" in text(page)
        assert SIGNED_OUT not in text(page)

    def test_the_week_comes_back_with_its_cells_and_rows(self, signed_in, worker):
        site = SiteFactory()
        kept_type = ActivityFactory(by=worker.hat, date=datetime.date(2026, 11, 20)).activity_type
        url = "/week/2026-W48/"
        opened = signed_in.post(url, {"do": "add", "type": kept_type.pk, "site": site.pk})
        row = next(row for row in opened.context["sheet"].rows if row.place == site.name)
        cell = row.cells[0]
        values = typed_into(opened, do="save", page_token=str(opened.context["page_token"]))
        values |= {"row": [row.key], cell.minutes_name: "95", cell.count_name: "7"}
        del signed_in.cookies["sessionid"]
        address = way_back(signed_in.post(url, values))
        signed_in.force_login(worker)

        page = signed_in.get(address)

        assert f'name="{cell.minutes_name}" value="95"' in text(page)
        assert f'name="{cell.count_name}" value="7"' in text(page)
        assert page.context["page_token"] == opened.context["page_token"]
        assert Activity.objects.count() == 1

    def test_the_reason_of_a_void_comes_back(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)
        url = f"/activities/{activity.pk}/void/"
        address = way_back(sent_signed_out(signed_in, url, reason="twice"))
        signed_in.force_login(worker)

        page = signed_in.get(address)

        assert page.context["form"]["reason"].value() == "twice"
        activity.refresh_from_db()
        assert activity.status == "held"

    def test_a_change_comes_back(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, attendance=14)
        url = f"/activities/{activity.pk}/edit/"
        address = way_back(sent_signed_out(signed_in, url, attendance="15"))
        signed_in.force_login(worker)

        assert signed_in.get(address).context["form"]["attendance"].value() == "15"

    def test_a_change_of_what_was_voided_meanwhile_comes_back_too(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, attendance=14)
        url = f"/activities/{activity.pk}/edit/"
        address = way_back(sent_signed_out(signed_in, url, attendance="15"))
        Activity.objects.filter(pk=activity.pk).update(status="void", void_reason="mistake")
        signed_in.force_login(worker)

        page = signed_in.get(address)

        assert page.context["form"]["attendance"].value() == "15"
        assert "voided after you opened it" in text(page)

    def test_own_time_comes_back(self, signed_in, worker, outsider):
        activity = ActivityFactory(by=outsider.hat)
        TimeEntryFactory(activity=activity, placement=worker.hat, state="proposed")
        url = f"/activities/{activity.pk}/time/"
        address = way_back(sent_signed_out(signed_in, url, contact_minutes="25"))
        signed_in.force_login(worker)

        assert signed_in.get(address).context["form"]["contact_minutes"].value() == "25"

    @pytest.mark.parametrize(
        ("path", "name", "typed"),
        [
            ("/series/add/", "name", "Thursday drop-in"),
            ("/series/{series}/edit/", "name", "Thursday drop-in"),
            ("/series/{series}/handover/", "day", "2026-12-01"),
            ("/series/{series}/2026-11-16/not-run/", "reason", "weather"),
        ],
    )
    def test_what_is_typed_of_a_series_comes_back(self, path, name, typed, signed_in, worker):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        url = path.format(series=series.pk)
        address = way_back(sent_signed_out(signed_in, url, **{name: typed}))
        signed_in.force_login(worker)

        page = signed_in.get(address)

        assert SIGNED_OUT in text(page)
        assert page.context["form"][name].value() == typed

    def test_a_button_has_one_more_button_that_sends_it(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)
        page = signed_in.get(f"/activities/{activity.pk}/")
        url = f"/activities/{activity.pk}/undo/"
        values = typed_into(page)
        del signed_in.cookies["sessionid"]
        address = way_back(signed_in.post(url, values))
        signed_in.force_login(worker)

        page = signed_in.get(address)

        assert page.status_code == 200
        assert "Nothing has been saved yet" in text(page)
        assert f'action="{url}?"' in text(page)
        activity.refresh_from_db()
        assert activity.status == "held"


class TestWhoseItIs:
    def test_another_user_of_the_same_browser_gets_nothing(self, signed_in, worker, outsider):
        PlacementFactory(worker=outsider, team=worker.hat.team)
        address = way_back(sent_signed_out(signed_in, LOG, attendance="473"))
        signed_in.force_login(outsider)

        page = signed_in.get(address)

        assert not says_473(page)
        assert SIGNED_OUT not in text(page)

        signed_in.post(LOG, {"kept_form": str(KeptForm.objects.get().key)})
        signed_in.force_login(worker)
        assert says_473(signed_in.get(address))

    @pytest.mark.parametrize("owner", ["", "1", "1:abc:def", None])
    def test_nothing_is_kept_without_a_true_signature(self, owner, signed_in, worker):
        values = typed_into(signed_in.get(LOG), attendance="14")
        if owner is None:
            values["form_owner"] = values["form_owner"].replace(f"{worker.pk}:", "999:", 1)
        else:
            values["form_owner"] = owner
        del signed_in.cookies["sessionid"]

        response = signed_in.post(LOG, values)

        assert response.url == f"/account/login/?next={LOG}"
        assert not KeptForm.objects.exists()

    def test_a_signature_ends_with_the_days_a_form_may_be_open(self, signed_in, clock):
        values = typed_into(signed_in.get(LOG), attendance="14")
        del signed_in.cookies["sessionid"]
        clock.shift(datetime.timedelta(days=15))

        signed_in.post(LOG, values)

        assert not KeptForm.objects.exists()

    def test_an_owner_without_an_account_any_more_has_nothing_kept(self, signed_in, worker):
        values = typed_into(signed_in.get(LOG), attendance="14")
        del signed_in.cookies["sessionid"]
        worker.is_active = False
        worker.save()

        signed_in.post(LOG, values)

        assert not KeptForm.objects.exists()


class TestWhatIsKept:
    def test_it_is_encrypted_and_holds_no_secret(self, signed_in, worker):
        sent_signed_out(signed_in, LOG, attendance="473", password="open sesame")

        kept = KeptForm.objects.get()

        assert kept.worker == worker
        assert kept.path == LOG
        assert b"attendance" not in bytes(kept.sealed)
        signed_in.force_login(worker)
        page = signed_in.get(f"{LOG}?kept_form={kept.key}")
        assert page.wsgi_request.POST.get("attendance") == "473"
        assert not {"password", "csrfmiddlewaretoken", "form_owner"} & set(page.wsgi_request.POST)

    def test_the_trail_says_nothing_of_it(self, signed_in):
        before = Entry.objects.count()

        sent_signed_out(signed_in, LOG, attendance="473")

        assert Entry.objects.count() == before

    def test_it_is_thrown_away_after_30_minutes(self, signed_in, worker, clock):
        address = way_back(sent_signed_out(signed_in, LOG, attendance="473"))
        clock.shift(datetime.timedelta(minutes=29, seconds=59))
        signed_in.force_login(worker)
        assert says_473(signed_in.get(address))

        clock.shift(datetime.timedelta(seconds=1))

        page = signed_in.get(address)
        assert not says_473(page)
        assert "no longer kept" in text(page)
        assert throw_away_stale() == 1
        assert not KeptForm.objects.exists()

    def test_keeping_one_throws_away_the_stale(self, signed_in, worker, clock):
        sent_signed_out(signed_in, LOG, attendance="1")
        clock.shift(datetime.timedelta(minutes=31))
        signed_in.force_login(worker)

        sent_signed_out(signed_in, LOG, attendance="2")

        assert KeptForm.objects.count() == 1

    def test_nobody_fills_the_disk(self, signed_in, worker):
        values = typed_into(signed_in.get(LOG))
        del signed_in.cookies["sessionid"]

        signed_in.post(LOG, values | {"attendance": "1" * (MOST_BYTES + 1)})
        assert not KeptForm.objects.exists()

        for number in range(MOST_FORMS + 2):
            signed_in.post(LOG, values | {"attendance": str(number)})
        assert KeptForm.objects.count() == MOST_FORMS

    def test_pages_that_ask_for_passwords_keep_nothing(self, client, worker):
        owner = signed_owner(worker)

        client.post("/account/login/", {"form_owner": owner, "login": "a", "password": "b"})
        client.post("/account/password/change/", {"form_owner": owner, "oldpassword": "b"})

        assert not KeptForm.objects.exists()

    def test_the_phone_has_its_own_path(self, client):
        response = client.post("/tally/send/", {"owner": "somebody", "kind": "drop_in"})

        assert response.url == "/account/login/?next=/tally/send/"
        assert not KeptForm.objects.exists()


class TestSignedInAgainMeanwhile:
    """The form's CSRF token fails, since each sign-in has a new one."""

    @pytest.fixture
    def browser(self, worker):
        client = Client(enforce_csrf_checks=True)
        client.force_login(worker)
        return client

    @pytest.fixture
    def stale(self, browser):
        page = browser.get(LOG)
        return typed_into(page, attendance="473", csrfmiddlewaretoken="A" * 64)

    def test_the_same_user_is_given_it_back_at_once(self, browser, stale):
        response = browser.post(LOG, stale)

        assert response.url.startswith(f"{LOG}?kept_form=")
        page = browser.get(response.url)
        assert SIGNED_OUT in text(page)
        assert page.context["form"]["attendance"].value() == "473"

    def test_nobody_signed_in_is_asked_to_sign_in(self, browser, stale, worker):
        browser.cookies.pop("sessionid")

        response = browser.post(LOG, stale)

        address = way_back(response)
        browser.force_login(worker)
        assert browser.get(address).context["form"]["attendance"].value() == "473"

    def test_somebody_else_is_told_to_leave_and_sees_nothing_of_it(
        self, browser, stale, worker, outsider
    ):
        browser.force_login(outsider)

        response = browser.post(LOG, stale)

        assert response.status_code == 403
        assert "Somebody else is signed in" in text(response)
        assert not says_473(response)
        assert worker.name not in text(response)
        key = KeptForm.objects.get().key
        browser.force_login(worker)
        page = browser.get(f"{LOG}?kept_form={key}")
        assert page.context["form"]["attendance"].value() == "473"

    def test_without_an_owner_it_is_refused_plainly(self, browser, stale):
        del stale["form_owner"]

        response = browser.post(LOG, stale)

        assert response.status_code == 403
        assert "Please send that again" in text(response)
