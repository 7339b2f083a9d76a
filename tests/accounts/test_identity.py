"""A council's own identity provider, end to end against one that runs beside the test."""

from datetime import date, timedelta

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from eitrack import identity_settings as identity
from eitrack.accounts.invitations import invite
from eitrack.accounts.models import User
from eitrack.accounts.roles import Role
from eitrack.audit.models import Entry
from tests.accounts.identity_provider import CLIENT, SECRET, Provider
from tests.factories.accounts import PASSWORD, RoleTermFactory, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/council/sign-in/"
LINK = "/account/council/link/"
OWN = "/account/council/"


@pytest.fixture(autouse=True)
def _quick(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield
    cache.clear()


@pytest.fixture
def there():
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def council(there, settings, monkeypatch):
    """Set as an operator does, with the person's number in `oid` as at Microsoft's."""
    monkeypatch.setenv("EITRACK_OIDC_SERVER", there.address)
    monkeypatch.setenv("EITRACK_OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("EITRACK_OIDC_SECRET", SECRET)
    monkeypatch.setenv("EITRACK_OIDC_NAME", "Riverside Council")
    monkeypatch.setenv("EITRACK_OIDC_PERSON", "oid")
    settings.SOCIALACCOUNT_PROVIDERS, _ = identity.identity_provider()
    return there


@pytest.fixture
def ann():
    return UserFactory(
        administrator=True, name="Ann Archer", email="ann@example.org", password=PASSWORD
    )


@pytest.fixture
def linked(ann):
    SocialAccount.objects.create(user=ann, provider="council", uid="oid-of-ann")
    return ann


def go_there(client, response):
    """Follow to the provider and back; what EITrack answers then."""
    back = requests.get(response.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def sign_in(client):
    return go_there(client, client.post(SIGN_IN))


def by_password(client):
    return client.post("/account/login/", {"login": "ann@example.org", "password": PASSWORD})


def is_signed_in(client):
    return "_auth_user_id" in client.session


class TestSigningIn:
    def test_there_signs_in_here(self, client, council, linked):
        response = sign_in(client)

        assert response.url == "/"
        assert is_signed_in(client)

    def test_asks_with_pkce_and_whom_of_several(self, client, council, linked):
        sign_in(client)

        [asked] = council.asked
        assert asked["code_challenge_method"] == "S256"
        assert asked["prompt"] == "select_account"

    def test_without_pkce_the_provider_of_the_tests_refuses(
        self, client, council, linked, settings
    ):
        settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["OAUTH_PKCE_ENABLED"] = False

        sign_in(client)

        assert not is_signed_in(client)

    def test_by_the_page_of_user_information_misses_who_it_is(
        self, client, council, linked, settings
    ):
        """Why `oid` goes with the token alone: that page does not know it."""
        [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        assert app["settings"]["fetch_userinfo"] is False
        app["settings"]["fetch_userinfo"] = True

        with pytest.raises(KeyError):
            sign_in(client)

    def test_keeps_nothing_that_was_said(self, client, council, linked):
        sign_in(client)

        assert SocialAccount.objects.get().extra_data == {}

    def test_needs_no_second_factor_of_ours(self, client, council, linked, second_factor):
        User.objects.update(last_login=timezone.now())

        sign_in(client)

        assert client.get("/stewardship/users/").status_code == 200

    def test_is_offered_on_the_sign_in_page(self, client, council):
        page = client.get("/account/login/").content.decode()

        assert "Sign in with Riverside Council" in page

    def test_is_not_offered_without_a_provider(self, client):
        assert f'action="{SIGN_IN}"' not in client.get("/account/login/").content.decode()
        assert client.post(SIGN_IN).status_code == 404


class TestWhoIsUnknown:
    def test_gets_no_account(self, client, council):
        page = sign_in(client)

        assert page.status_code == 403
        assert "No account here yet" in page.content.decode()
        assert not User.objects.exists()

    @pytest.mark.parametrize("verified", [{}, {"email_verified": True}, {"xms_edov": True}])
    def test_is_not_linked_by_an_e_mail_that_somebody_has(self, client, council, ann, verified):
        council.person |= {"email": "ann@example.org"} | verified

        page = sign_in(client)

        assert page.status_code == 403
        assert not is_signed_in(client)
        assert not SocialAccount.objects.exists()


class TestWhoHasLeftThere:
    def test_cannot_come_in_here(self, client, council, linked):
        council.refused = "access_denied"

        sign_in(client)

        assert not is_signed_in(client)

    def test_by_password_neither(self, client, council, linked):
        page = by_password(client)

        assert not is_signed_in(client)
        assert "Sign in with Riverside Council" in page.content.decode()

    def test_here_is_not_let_in_from_there(self, client, council, linked):
        User.objects.update(is_active=False)

        sign_in(client)

        assert not is_signed_in(client)

    def test_a_password_opens_again_once_no_provider_is_set(self, client, linked):
        by_password(client)

        assert is_signed_in(client)


class TestPasswordsSwitchedOff:
    def test_open_nothing(self, client, council, ann, settings):
        settings.PASSWORDS = False

        by_password(client)

        assert not is_signed_in(client)

    def test_are_not_asked_for(self, client, council, settings):
        settings.PASSWORDS = False

        page = client.get("/account/login/").content.decode()

        assert 'type="password"' not in page
        assert "Sign in with Riverside Council" in page


class TestLinking:
    def test_by_an_invitation_shows_both_names_first(self, client, council):
        user = UserFactory(name="Ann Archer", email="ann@example.org")
        link = invite(user, now=timezone.now())
        council.person["email"] = "a.archer@riverside.example"

        asked = go_there(client, client.post(link.replace("?", "council/?")))

        assert asked.url == LINK
        page = client.get(LINK).content.decode()
        assert "a.archer@riverside.example" in page
        assert "ann@example.org" in page
        assert not SocialAccount.objects.exists()
        client.post(LINK, {"yes": "1"})
        assert SocialAccount.objects.get().user == user
        assert user.invitations.get().used_at
        assert Entry.objects.filter(action="identity_linked", record_id=user.pk).exists()
        sign_in(client)
        assert is_signed_in(client)

    def test_refused_links_nothing(self, client, council):
        user = UserFactory()
        link = invite(user, now=timezone.now())
        go_there(client, client.post(link.replace("?", "council/?")))

        client.post(LINK, {"no": "1"})

        assert not SocialAccount.objects.exists()
        assert not user.invitations.get().used_at
        assert client.get(LINK).status_code == 302

    def test_by_a_link_that_was_used_does_not_begin(self, client, council):
        link = invite(UserFactory(), now=timezone.now() - timedelta(days=4))

        assert client.post(link.replace("?", "council/?")).url.startswith("/account/invitation/")

    def test_by_oneself_while_signed_in(self, client, council, ann):
        by_password(client)

        go_there(client, client.post(OWN))
        client.post(LINK, {"yes": "1"})

        assert SocialAccount.objects.get().user == ann
        assert "Your account is linked" in client.get(OWN).content.decode()

    def test_asks_for_the_password_of_an_old_session(self, client, council, ann):
        client.force_login(ann)

        assert client.post(OWN).url.startswith("/account/reauthenticate/")

    def test_of_somebody_elses_account_there_is_refused(self, client, council, linked):
        other = UserFactory(email="bea@example.org", password=PASSWORD)
        client.post("/account/login/", {"login": other.email, "password": PASSWORD})

        go_there(client, client.post(OWN))

        assert set(SocialAccount.objects.values_list("user", flat=True)) == {linked.pk}


class TestFactorOfSomebodyFromThere:
    """Without a password there is nothing to ask them again, so the provider is asked."""

    def test_is_set_up_right_after_signing_in(self, client, council, linked):
        linked.set_unusable_password()
        linked.save()
        sign_in(client)

        assert client.get("/account/second-factor/totp/activate/").status_code == 200

    def test_who_has_no_password_is_asked_there_instead_of_refused(self, client, council, linked):
        linked.set_unusable_password()
        linked.save()
        sign_in(client)

        asked = client.get("/account/reauthenticate/?next=/account/second-factor/")

        assert asked.url.startswith("/account/council/again/")
        assert "once more" in client.get(asked.url).content.decode()
        back = go_there(client, client.post("/account/council/again/", {"next": "/help/"}))
        assert back.url == "/help/"
        assert is_signed_in(client)

    def test_is_asked_if_they_have_one(self, client, council, linked):
        TOTP.activate(linked, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

        assert sign_in(client).url == "/account/second-factor/authenticate/"
        assert Authenticator.objects.exists()


class TestRoles:
    @pytest.fixture(autouse=True)
    def _table(self, settings):
        settings.ROLES_BY_APP_ROLE = {"EITrack.Worker": Role.WORKER, "EITrack.Lead": Role.MANAGER}

    def held(self, user):
        return set(user.role_terms.current(timezone.localdate()).values_list("role", flat=True))

    def test_there_are_those_here_from_the_next_sign_in(self, client, council, linked):
        RoleTermFactory(user=UserFactory(password=PASSWORD), role=Role.ADMINISTRATOR)
        council.person["roles"] = ["EITrack.Worker", "EITrack.Lead", "Something.Else"]

        sign_in(client)

        assert self.held(linked) == {"worker", "manager"}
        assert Entry.objects.filter(action="role_changed", reason="given manager").exists()

    def test_taken_away_there_are_taken_away_here(self, client, council, linked):
        RoleTermFactory(user=UserFactory(password=PASSWORD), role=Role.ADMINISTRATOR)
        RoleTermFactory(user=linked, role=Role.MANAGER, from_on=date(2026, 1, 1))
        council.person["roles"] = ["EITrack.Worker"]

        sign_in(client)

        assert self.held(linked) == {"worker"}

    def test_without_one_nobody_comes_in(self, client, council, linked):
        council.person["roles"] = ["Something.Else"]

        page = sign_in(client)

        assert page.status_code == 403
        assert "You have no role in EITrack" in page.content.decode()
        assert not is_signed_in(client)

    @pytest.mark.parametrize("said", [None, "EITrack.Worker", [{}], {"EITrack.Worker": 1}])
    def test_in_an_odd_form_open_no_more(self, client, council, linked, said):
        council.person["roles"] = said
        council.person["groups"] = ["EITrack.Lead"]

        sign_in(client)

        assert self.held(linked) <= {"administrator", "worker"}

    def test_the_last_administrator_stays_one(self, client, council, linked):
        council.person["roles"] = ["EITrack.Worker"]

        sign_in(client)

        assert self.held(linked) == {"administrator", "worker"}


class TestSettings:
    def set(self, monkeypatch, **said):
        for name, value in said.items():
            monkeypatch.setenv(f"EITRACK_OIDC_{name}", value)

    ENTRA = "https://login.microsoftonline.com/0a1b2c3d/v2.0"

    def test_of_entra_need_no_more_than_its_tenant(self, monkeypatch):
        self.set(monkeypatch, SERVER=self.ENTRA, CLIENT_ID="id", SECRET="secret")

        providers, origin = identity.identity_provider()

        [app] = providers["openid_connect"]["APPS"]
        assert app["settings"] == {
            "server_url": self.ENTRA,
            "uid_field": "oid",
            "fetch_userinfo": False,
        }
        assert providers["openid_connect"]["OAUTH_PKCE_ENABLED"]
        assert origin == "https://login.microsoftonline.com"

    @pytest.mark.parametrize(
        ("said", "problem"),
        [
            ({"SERVER": ENTRA}, "set together"),
            ({"SERVER": "http://id.example.org", "CLIENT_ID": "i", "SECRET": "s"}, "https"),
            (
                {
                    "SERVER": "https://login.microsoftonline.com/common/v2.0",
                    "CLIENT_ID": "i",
                    "SECRET": "s",
                },
                "one tenant",
            ),
        ],
    )
    def test_that_cannot_be_right_stop_the_start(self, monkeypatch, said, problem):
        self.set(monkeypatch, **said)

        with pytest.raises(ImproperlyConfigured, match=problem):
            identity.identity_provider()

    def test_roles_are_a_table_of_known_ones(self, monkeypatch):
        self.set(monkeypatch, ROLES="EITrack.Worker=worker,EITrack.Lead=manager")
        assert identity.roles_by_app_role() == {
            "EITrack.Worker": Role.WORKER,
            "EITrack.Lead": Role.MANAGER,
        }

        self.set(monkeypatch, ROLES="EITrack.Worker=boss")
        with pytest.raises(ImproperlyConfigured, match="boss"):
            identity.roles_by_app_role()
