"""How long one stays signed in, where, and what ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from eitrack.accounts.invitations import invite
from eitrack.accounts.models import BrowserSession
from eitrack.accounts.roles import Role
from eitrack.accounts.sessions import browser_in_words, end_sessions, mark_of_session
from eitrack.directory.people import end_role, give_role, switch_off
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 "
    "Safari/537.36"
)


@pytest.fixture(autouse=True)
def _as_the_house_has_it(settings):
    settings.SESSION_IDLE = timedelta(minutes=20)


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23T09:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def ann():
    return UserFactory(worker=True, email="ann@example.org", password=PASSWORD)


def signed_in_as(user, agent=FIREFOX, **more):
    client = Client(headers={"User-Agent": agent})
    client.post(LOGIN, {"login": user.email, "password": PASSWORD, **more})
    assert SESSION_KEY in client.session
    return client


def is_signed_in(client):
    return client.get("/account/browsers/").status_code == 200


class TestTime:
    def test_without_use_it_ends_after_twenty_minutes(self, clock, ann):
        client = signed_in_as(ann)

        clock.shift(timedelta(minutes=19, seconds=59))
        assert BrowserSession.objects.current(timezone.now()).exists()
        clock.shift(timedelta(seconds=2))

        assert not is_signed_in(client)

    def test_use_prolongs_it(self, clock, ann):
        client = signed_in_as(ann)

        for _ in range(5):
            clock.shift(timedelta(minutes=15))
            assert is_signed_in(client)

    def test_after_twelve_hours_it_ends_however_it_is_used(self, clock, ann):
        client = signed_in_as(ann)

        for _ in range(47):
            clock.shift(timedelta(minutes=15))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=15))

        assert not is_signed_in(client)

    def test_a_page_that_changes_the_session_prolongs_no_twelve_hours(self, clock, ann):
        client = signed_in_as(ann)
        clock.shift(timedelta(minutes=15))
        session = client.session
        session["something"] = "else"
        session.save()

        assert BrowserSession.objects.get().began_at == timezone.now() - timedelta(minutes=15)

    def test_signing_in_again_begins_anew(self, clock, ann):
        client = signed_in_as(ann)
        clock.shift(timedelta(minutes=15))
        client.logout()
        client.post(LOGIN, {"login": ann.email, "password": PASSWORD})

        assert BrowserSession.objects.get().began_at == timezone.now()

    def test_a_use_is_written_once_a_minute(self, clock, ann, django_assert_num_queries):
        client = signed_in_as(ann)
        clock.shift(timedelta(seconds=61))
        client.get("/account/stay/")

        def writes(path):
            before = BrowserSession.objects.get().used_at
            client.get(path)
            return BrowserSession.objects.get().used_at != before

        assert writes("/account/browsers/")
        clock.shift(timedelta(seconds=59))
        assert not writes("/account/browsers/")
        clock.shift(timedelta(seconds=2))
        assert writes("/account/browsers/")

    def test_what_the_session_holds_is_not_written_over_by_a_use(self, clock, ann):
        client = signed_in_as(ann)
        clock.shift(timedelta(minutes=2))
        row = BrowserSession.objects.get()

        client.get("/account/browsers/")

        assert BrowserSession.objects.get().session_data == row.session_data

    def test_what_scripts_ask_by_themselves_is_no_use(self, clock, ann):
        client = signed_in_as(ann)
        clock.shift(timedelta(minutes=10))
        client.get("/tally/ready/")
        client.get("/account/stay/")
        clock.shift(timedelta(minutes=11))

        assert not is_signed_in(client)

    def test_a_page_says_how_long_it_has(self, clock, ann):
        client = signed_in_as(ann)

        assert 'data-signed-in-seconds="1200"' in client.get("/account/browsers/").content.decode()

    def test_the_script_learns_what_is_left_and_may_prolong_it(self, clock, ann):
        client = signed_in_as(ann)
        clock.shift(timedelta(minutes=18, seconds=30))

        assert client.get("/account/stay/").json() == {"seconds": 90}
        assert client.post("/account/stay/").json() == {"seconds": 1200}
        clock.shift(timedelta(minutes=15))
        assert client.get("/account/stay/").json() == {"seconds": 300}

    def test_nobody_has_nothing_left(self, client):
        assert client.get("/account/stay/").json() == {"seconds": 0}
        assert client.post("/account/stay/").json() == {"seconds": 0}

    def test_another_site_cannot_prolong_it(self, ann):
        client = Client(enforce_csrf_checks=True)
        client.force_login(ann)

        assert client.post("/account/stay/").status_code == 403

    def test_those_that_ended_are_dropped_each_day(self, clock, ann):
        signed_in_as(ann)
        clock.shift(timedelta(minutes=21))
        signed_in_as(ann)

        call_command("clearsessions")

        assert BrowserSession.objects.count() == 1


class TestSharedComputer:
    def test_ends_with_the_browser(self, ann):
        client = signed_in_as(ann, is_shared="on")

        assert client.cookies["sessionid"]["max-age"] == ""

    def test_on_ones_own_it_lasts_while_the_session_does(self, ann):
        client = signed_in_as(ann)

        assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60

    def test_a_sign_in_without_the_form_is_taken_for_one_that_is_shared(self, client, ann):
        client.force_login(ann)
        client.get("/account/browsers/")

        assert client.session.get_expire_at_browser_close()


class TestList:
    def test_shows_own_browsers_in_plain_words(self, ann, worker):
        client, _ = signed_in_as(ann), signed_in_as(ann, agent=CHROME)
        signed_in_as(UserFactory(email="bob@example.org", password=PASSWORD))

        rows = client.get("/account/browsers/").context["rows"]

        assert {(session.browser, is_this) for session, _, is_this in rows} == {
            ("Firefox on Windows", True),
            ("Chrome on Linux", False),
        }

    def test_no_page_names_a_key(self, ann):
        client = signed_in_as(ann)

        page = client.get("/account/browsers/").content.decode()

        assert client.session.session_key not in page

    def test_one_is_ended(self, ann):
        client, other, third = (signed_in_as(ann) for _ in range(3))
        mark = mark_of_session(other.session.session_key)

        client.post(f"/account/browsers/{mark}/end/")

        assert [is_signed_in(each) for each in (client, other, third)] == [True, False, True]

    def test_nobody_ends_that_of_somebody_else(self, ann):
        bob = signed_in_as(UserFactory(email="bob@example.org", password=PASSWORD))
        client = signed_in_as(ann)

        client.post(f"/account/browsers/{mark_of_session(bob.session.session_key)}/end/")

        assert is_signed_in(bob)

    def test_all_others_are_ended(self, ann):
        client, other, third = (signed_in_as(ann) for _ in range(3))

        client.post("/account/browsers/end/")

        assert [is_signed_in(each) for each in (client, other, third)] == [True, False, False]

    def test_one_that_was_left_alone_is_not_listed(self, clock, ann):
        signed_in_as(ann)
        clock.shift(timedelta(minutes=21))

        assert len(signed_in_as(ann).get("/account/browsers/").context["rows"]) == 1


@pytest.fixture
def browsers(ann):
    """Two of Ann, and one of somebody else, who stays signed in."""
    bob = UserFactory(email="bob@example.org", password=PASSWORD)
    mine = signed_in_as(ann), signed_in_as(ann)
    other = signed_in_as(bob)
    yield mine
    assert is_signed_in(other)


class TestEndsEverywhere:
    def test_with_ones_own_new_password_but_here(self, browsers):
        here, elsewhere = browsers

        here.post(
            "/account/password/change/",
            {
                "oldpassword": PASSWORD,
                "password1": "kestrel over a mill",
                "password2": "kestrel over a mill",
            },
        )

        assert is_signed_in(here)
        assert BrowserSession.objects.filter(user__email="ann@example.org").count() == 1
        assert not is_signed_in(elsewhere)

    def test_with_a_password_chosen_by_a_link(self, browsers, ann):
        link = invite(ann, now=timezone.now())

        chosen = {"password1": "kestrel over a mill", "password2": "kestrel over a mill"}
        Client().post(link, chosen)

        assert not BrowserSession.objects.filter(user=ann).exists()

    def test_with_a_role_that_is_given(self, browsers, ann, administrator):
        give_role(by=administrator, user=ann, role=Role.DISTRICT)

        assert [is_signed_in(each) for each in browsers] == [False, False]

    def test_not_with_one_that_they_have(self, browsers, ann, administrator):
        give_role(by=administrator, user=ann, role=Role.WORKER)

        assert [is_signed_in(each) for each in browsers] == [True, True]

    def test_with_a_role_that_is_ended(self, browsers, ann, administrator):
        today = timezone.localdate()
        end_role(by=administrator, term=ann.role_terms.get(), on=today, today=today)

        assert [is_signed_in(each) for each in browsers] == [False, False]

    def test_with_the_account_that_is_switched_off(self, browsers, ann, administrator):
        switch_off(by=administrator, user=ann, now=timezone.now())

        assert not BrowserSession.objects.filter(user=ann).exists()

    def test_all_but_one_are_counted(self, browsers, ann):
        assert end_sessions(ann, but=browsers[0].session.session_key) == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (CHROME, "Chrome on Linux"),
        (f"{CHROME} Edg/141.0", "Edge on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
            "like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
            "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("Lynx/2.9.2 libwww-FM/2.14", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_in_words(agent, words):
    assert browser_in_words(agent) == words
