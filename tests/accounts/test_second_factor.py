"""Second factors: codes of an app, recovery codes, and who has to have one."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse

from eitrack.accounts.factors.adapter import keys
from eitrack.audit.models import Entry
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
FACTORS = "/account/second-factor/"
CODE = f"{FACTORS}authenticate/"
SET_UP = f"{FACTORS}totp/activate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to("2026-11-23T12:00:10Z", tick=False)


@pytest.fixture
def ann():
    return UserFactory(administrator=True, email="ann@example.org", password=PASSWORD)


@pytest.fixture
def app(ann, time_machine):
    """Ann's app, set up an hour ago."""
    time_machine.move_to("2026-11-23T11:00:00Z", tick=False)
    TOTP.activate(ann, SECRET)
    time_machine.move_to("2026-11-23T12:00:10Z", tick=False)


def shown(secret=SECRET, after_seconds=0):
    return format_hotp_value(hotp_value(secret, int(time.time() + after_seconds) // 30))


def sign_in(client, email="ann@example.org"):
    return client.post(LOGIN, {"login": email, "password": PASSWORD})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def set_up(client):
    """As the page says it: the key is typed, the code is shown."""
    page = client.get(SET_UP).content.decode()
    key = re.search(r'key-text">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    return client.post(SET_UP, {"code": shown(key)})


class TestCode:
    def test_is_asked_after_the_password(self, client, ann, app):
        response = sign_in(client)

        assert response.url == CODE
        assert not is_signed_in(client)
        client.post(CODE, {"code": shown()})
        assert client.post(f"{FACTORS}trust/", {"action": "skip"}).url == reverse("home")
        assert is_signed_in(client)

    @pytest.mark.parametrize("seconds", [-30, 0, 30])
    def test_of_a_clock_that_is_half_a_minute_wrong_is_right(self, client, ann, app, seconds):
        sign_in(client)

        assert client.post(CODE, {"code": shown(after_seconds=seconds)}).status_code == 302

    @pytest.mark.parametrize("seconds", [-60, 60])
    def test_of_another_minute_is_not(self, client, ann, app, seconds):
        sign_in(client)

        page = client.post(CODE, {"code": shown(after_seconds=seconds)}).content.decode()

        assert "This code is not right" in page

    @pytest.mark.parametrize("later", [0, 29, 45])
    def test_works_once(self, client, ann, app, later, time_machine):
        code = shown(after_seconds=30)
        sign_in(client)
        assert client.post(CODE, {"code": code}).status_code == 302
        time_machine.shift(later)
        other = type(client)()
        sign_in(other)

        page = other.post(CODE, {"code": code})

        assert "used already" in page.content.decode()
        assert not is_signed_in(other)

    def test_an_earlier_one_does_not_work_after_a_later_one(self, client, ann, app):
        sign_in(client)
        client.post(CODE, {"code": shown(after_seconds=30)})
        other = type(client)()
        sign_in(other)

        other.post(CODE, {"code": shown()})

        assert not is_signed_in(other)

    def test_that_set_the_app_up_does_not_sign_in(self, client, ann):
        sign_in(client)
        key = re.search(r'key-text">([A-Z2-7 ]+)<', client.get(SET_UP).content.decode())[1]
        code = shown(key.replace(" ", ""))
        client.post(SET_UP, {"code": code})
        other = type(client)()
        sign_in(other)

        other.post(CODE, {"code": code})

        assert not is_signed_in(other)

    def test_ten_wrong_ones_lock_even_the_right_one_out(self, client, ann, app):
        sign_in(client)
        for _ in range(10):
            client.post(CODE, {"code": "000000"})

        page = client.post(CODE, {"code": shown()}).content.decode()

        assert "Too many wrong tries" in page
        assert not is_signed_in(client)

    def test_a_wrong_one_is_in_the_trail_without_what_was_typed(self, client, ann, app):
        sign_in(client)

        client.post(CODE, {"code": "123456"})

        entry = Entry.objects.get(action="factor_failed")
        assert (entry.by, entry.record_id, entry.reason) == (None, ann.pk, "totp")

    def test_a_recovery_code_works_once(self, client, ann, app):
        code, *others = RecoveryCodes.activate(ann).get_unused_codes()
        sign_in(client)
        client.post(CODE, {"code": code})
        again = type(client)()
        sign_in(again)

        again.post(CODE, {"code": code})

        assert not is_signed_in(again)
        assert len(others) == 9
        again.post(CODE, {"code": others[0]})
        assert again.get(f"{FACTORS}trust/").status_code == 200


class TestPasskey:
    """What a browser does with one was tried by hand; here: where it is asked for."""

    def asks(self, page):
        return 'data-passkey="get"' in page.content.decode()

    def test_is_asked_for_of_who_has_one_only(self, client, ann, app, monkeypatch):
        sign_in(client)
        assert not self.asks(client.get(CODE))

        options = {"publicKey": {"allowCredentials": [{"type": "public-key", "id": "MTI"}]}}
        monkeypatch.setattr(
            "allauth.mfa.base.views.webauthn_auth.begin_authentication", lambda user: options
        )
        assert self.asks(client.get(CODE))


class TestTrust:
    def signed_in_and_trusted(self, client):
        sign_in(client)
        client.post(CODE, {"code": shown()})
        client.post(f"{FACTORS}trust/", {"action": "trust"})
        client.post("/account/logout/")

    def test_of_this_browser_asks_no_code_for_fourteen_days(self, client, ann, app, time_machine):
        self.signed_in_and_trusted(client)
        time_machine.shift(13 * 86400)

        assert sign_in(client).url == reverse("home")

    def test_ends_after_them(self, client, ann, app, time_machine):
        self.signed_in_and_trusted(client)
        time_machine.shift(14 * 86400 + 60)

        assert sign_in(client).url == CODE

    def test_is_of_this_browser(self, client, ann, app):
        self.signed_in_and_trusted(client)

        assert sign_in(type(client)()).url == CODE

    def test_ends_with_a_new_factor(self, client, ann, app):
        self.signed_in_and_trusted(client)
        Authenticator.objects.all().delete()
        TOTP.activate(ann, SECRET)

        assert sign_in(client).url == CODE


class TestSettingUp:
    def test_needs_no_password_right_after_signing_in(self, client, ann):
        sign_in(client)

        response = set_up(client)

        assert response.url == f"{FACTORS}recovery-codes/"
        assert len(re.findall(r"<li><code>\d{8}<", client.get(response.url).content.decode())) == 10

    def test_needs_it_again_later(self, client, ann, time_machine):
        sign_in(client)
        time_machine.shift(600)

        response = client.get(SET_UP)

        assert response.url.startswith("/account/reauthenticate/")
        client.post(response.url, {"password": PASSWORD})
        assert client.get(SET_UP).status_code == 200

    def test_needs_it_of_a_session_that_did_not_sign_in_here(self, client, ann):
        client.force_login(ann)

        assert client.get(SET_UP).status_code == 302

    def test_has_no_style_or_script_in_the_page(self, client, ann):
        sign_in(client)

        page = client.get(SET_UP).content.decode()

        assert "<svg" in page
        assert not re.search(r"\sstyle=|<style|<script>|data:image", page)

    def test_shows_what_there_is(self, client, ann):
        sign_in(client)
        set_up(client)

        page = client.get(FACTORS).content.decode()

        assert "Set up on Mon 23 Nov 2026" in page
        assert "10 of 10 are unused" in page

    def test_is_in_the_trail(self, client, ann, django_capture_on_commit_callbacks):
        sign_in(client)

        with django_capture_on_commit_callbacks(execute=True):
            set_up(client)

        kinds = Entry.objects.filter(action="factor_added", by=ann).values_list("reason", flat=True)
        assert sorted(kinds) == ["recovery_codes", "totp"]

    @pytest.mark.django_db(transaction=True)
    def test_ends_the_other_sessions(self, client, ann):
        other = type(client)()
        sign_in(other)
        sign_in(client)

        set_up(client)

        assert other.get("/stewardship/users/").status_code == 302
        assert client.get("/stewardship/users/").status_code == 200

    def test_keeps_no_secret_in_clear(self, client, ann):
        sign_in(client)
        set_up(client)

        app = Authenticator.objects.get(type="totp")

        secret = app.data["secret"]
        assert len(keys().decrypt(secret.encode())) == 32
        assert not re.fullmatch(r"[A-Z2-7]{32}", secret)

    def test_under_another_secret_key_opens_nothing(self, client, ann, app, settings):
        settings.SECRET_KEY = "another key of fifty letters, made for this test only"
        sign_in(client)

        page = client.post(CODE, {"code": shown()})

        assert page.status_code == 200
        assert not is_signed_in(client)


@pytest.mark.usefixtures("second_factor")
class TestRequired:
    def second_sign_in(self, client):
        sign_in(client)
        client.post("/account/logout/")
        return sign_in(client)

    def test_at_the_first_sign_in_the_work_comes_first(self, client, ann):
        sign_in(client)

        assert client.get("/stewardship/users/").status_code == 200

    @pytest.mark.parametrize("path", ["/", "/stewardship/users/", "/account/password/change/"])
    def test_from_the_second_on_every_page_leads_to_setting_one_up(self, client, ann, path):
        self.second_sign_in(client)

        assert client.get(path).url == FACTORS

    def test_what_is_sent_changes_nothing_either(self, client, ann):
        other = UserFactory()
        self.second_sign_in(client)

        response = client.post(f"/stewardship/users/{other.pk}/off/")

        other.refresh_from_db()
        assert response.url == FACTORS
        assert other.is_active

    @pytest.mark.parametrize(
        "path",
        [
            FACTORS,
            SET_UP,
            f"{FACTORS}webauthn/add/",
            "/account/logout/",
            "/help/",
            "/privacy/",
        ],
    )
    def test_but_these_open(self, client, ann, path):
        self.second_sign_in(client)

        assert client.get(path).status_code == 200

    def test_and_then_everything_does(self, client, ann):
        self.second_sign_in(client)

        set_up(client)

        assert client.get("/stewardship/users/").status_code == 200

    def test_recovery_codes_alone_are_none(self, client, ann):
        RecoveryCodes.activate(ann)
        self.second_sign_in(client)

        assert client.get("/").url == FACTORS

    def test_it_is_asked_once_in_a_session(self, client, ann, app):
        client.force_login(ann)
        client.get("/stewardship/users/")

        assert client.session["second_factor_met"]

    def test_the_last_one_is_not_removed(self, client, ann, app):
        sign_in(client)
        client.post(CODE, {"code": shown()})
        client.post(f"{FACTORS}trust/", {"action": "skip"})

        page = client.post(f"{FACTORS}totp/deactivate/").content.decode()

        assert "It is your only second factor" in page
        assert Authenticator.objects.filter(type="totp").exists()

    def test_not_in_the_sample_world_unless_it_is_set(self, client, ann, settings):
        settings.SECOND_FACTOR = None
        settings.SAMPLE_WORLD_CHECK = "tests.accounts.test_second_factor.is_sample"
        self.second_sign_in(client)
        assert client.get("/stewardship/users/").status_code == 200

        settings.SECOND_FACTOR = True
        client.post("/account/logout/")
        sign_in(client)
        assert client.get("/stewardship/users/").url == FACTORS


def is_sample():
    return True


class TestWithoutRequirement:
    def test_nobody_is_sent_anywhere(self, client, ann):
        client.force_login(ann)

        assert client.get("/stewardship/users/").status_code == 200

    def test_the_last_one_may_go(self, client, ann, app):
        sign_in(client)
        client.post(CODE, {"code": shown()})
        client.post(f"{FACTORS}trust/", {"action": "skip"})

        client.post(f"{FACTORS}totp/deactivate/")

        assert not Authenticator.objects.exists()
        assert Entry.objects.filter(action="factor_removed", by=ann, reason="totp").exists()
