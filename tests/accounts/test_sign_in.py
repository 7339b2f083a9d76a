from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from eitrack.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture
def ann():
    return UserFactory(administrator=True, email="ann@example.org", password=PASSWORD)


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email="ann@example.org", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def is_signed_in(client):
    return "_auth_user_id" in client.session


class TestSignIn:
    def test_with_work_e_mail_and_password(self, client, ann):
        response = sign_in(client)

        assert is_signed_in(client)
        assert response.url == reverse("home")

    def test_letters_of_the_e_mail_may_be_large_or_small(self, client, ann):
        sign_in(client, email="Ann@Example.ORG")

        assert is_signed_in(client)

    def test_a_wrong_password_keeps_the_e_mail_and_says_so(self, client, ann):
        page = sign_in(client, password="not it").content.decode()

        assert not is_signed_in(client)
        assert "ann@example.org" in page
        assert "error-summary" in page

    def test_an_unknown_e_mail_gets_the_same_answer_as_a_wrong_password(self, client, ann):
        known = sign_in(client, password="not it").context["form"].errors
        unknown = sign_in(client, email="bob@example.org").context["form"].errors

        assert known == unknown

    def test_an_account_that_is_switched_off_does_not_open(self, client, ann):
        User.objects.update(is_active=False)

        sign_in(client)

        assert not is_signed_in(client)

    def test_leads_on_to_the_page_that_was_asked_for(self, client, ann):
        asked = client.get("/account/password/change/")
        assert asked.url == f"{LOGIN}?next=/account/password/change/"

        response = client.post(asked.url, {"login": ann.email, "password": PASSWORD})

        assert response.url == "/account/password/change/"

    def test_does_not_lead_on_to_another_site(self, client, ann):
        response = client.post(
            f"{LOGIN}?next=https://elsewhere.example/", {"login": ann.email, "password": PASSWORD}
        )

        assert response.url == reverse("home")

    def test_ends_with_the_browser_on_a_shared_computer(self, client, ann):
        response = client.post(
            LOGIN, {"login": "ann@example.org", "password": PASSWORD, "is_shared": "on"}
        )

        assert response.cookies["sessionid"]["max-age"] == ""


class TestSignUp:
    def test_is_closed(self, client, db):
        for response in (
            client.get("/account/signup/"),
            client.post(
                "/account/signup/",
                {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD},
            ),
        ):
            assert "password1" not in response.content.decode()

        assert not User.objects.exists()


class TestWrongGuesses:
    def test_ten_lock_the_account_even_for_the_right_password(self, client, ann):
        for _ in range(10):
            sign_in(client, password="a guess")

        response = sign_in(client)

        assert not is_signed_in(client)
        assert "Too many wrong tries" in response.content.decode()

    def test_nine_do_not(self, client, ann):
        for _ in range(9):
            sign_in(client, password="a guess")

        sign_in(client)

        assert is_signed_in(client)

    def test_another_account_stays_open(self, client, ann):
        UserFactory(administrator=True, email="bob@example.org", password=PASSWORD)
        for _ in range(10):
            sign_in(client, password="a guess")

        sign_in(client, email="bob@example.org")

        assert is_signed_in(client)

    def test_the_lock_does_not_depend_on_how_the_e_mail_is_written(self, client, ann):
        for guess in range(10):
            sign_in(client, email=["ann@example.org", "ANN@example.org"][guess % 2], password="x")

        sign_in(client)

        assert not is_signed_in(client)

    def test_the_lock_does_not_depend_on_the_name_of_the_site(self, client, ann, settings):
        settings.ALLOWED_HOSTS = ["a.example.org", "b.example.org"]
        for guess in range(10):
            host = settings.ALLOWED_HOSTS[guess % 2]
            sign_in(client, password="x", headers={"host": host})

        sign_in(client, headers={"host": "a.example.org"})

        assert not is_signed_in(client)

    def test_the_lock_opens_by_itself_after_a_quarter_of_an_hour(self, client, ann):
        with time_machine.travel("2026-11-23T09:00Z", tick=False) as clock:
            for _ in range(10):
                sign_in(client, password="a guess")
            clock.shift(timedelta(minutes=14, seconds=59))
            sign_in(client)
            assert not is_signed_in(client)
            clock.shift(timedelta(seconds=2))
            sign_in(client)
            assert is_signed_in(client)

    def test_other_processes_count_the_same_guesses(self, client, ann):
        """What they share is in the database, and nothing of it in this process."""
        for _ in range(10):
            sign_in(client, password="a guess")

        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM common_cache")
        sign_in(client)

        assert is_signed_in(client)

    def test_an_unknown_account_is_answered_as_a_known_one_after_ten_too(self, client, ann):
        answers = {"ann@example.org": [], "nobody@example.org": []}
        for email, said in answers.items():
            for _ in range(11):
                response = sign_in(client, email=email, password="a guess")
                said.append((response.status_code, dict(response.context["form"].errors)))

        known, unknown = answers.values()
        assert known == unknown
        assert known[9] != known[10]

    @pytest.mark.parametrize("whose", ["known", "unknown", "switched off", "without a password"])
    def test_every_guess_costs_one_hash(self, client, ann, whose, monkeypatch):
        """So that the time an answer takes does not tell whether an account exists."""
        if whose == "without a password":
            ann.set_unusable_password()
        ann.is_active = whose != "switched off"
        ann.save()
        hashed = []
        encode = Argon2PasswordHasher.encode
        verify = Argon2PasswordHasher.verify
        monkeypatch.setattr(
            Argon2PasswordHasher, "encode", lambda *a: hashed.append("encode") or encode(*a)
        )
        monkeypatch.setattr(
            Argon2PasswordHasher, "verify", lambda *a: hashed.append("verify") or verify(*a)
        )

        sign_in(client, email=f"{'bob' if whose == 'unknown' else 'ann'}@example.org", password="x")

        assert len(hashed) == 1

    def test_the_old_password_is_not_guessed_in_somebodys_session(self, client, ann):
        client.force_login(ann)
        new = {"password1": "kestrel over a mill", "password2": "kestrel over a mill"}
        for _ in range(10):
            client.post("/account/password/change/", {"oldpassword": "a guess", **new})

        answer = client.post("/account/password/change/", {"oldpassword": PASSWORD, **new})

        assert answer.status_code == 429


class TestAddress:
    def test_nobody_adds_one_to_an_open_account(self, client, ann):
        client.force_login(ann)

        client.post("/account/email/", {"email": "private@example.com", "action_add": ""})

        assert "Add an address" not in client.get("/account/email/").content.decode()
        assert set(ann.emailaddress_set.values_list("email", flat=True)) == {"ann@example.org"}

    def test_nobody_removes_the_one_they_sign_in_with(self, client, ann):
        client.force_login(ann)

        client.get("/account/email/")
        client.post("/account/email/", {"email": "ann@example.org", "action_remove": ""})

        assert User.objects.get().email == "ann@example.org"
        assert ann.emailaddress_set.exists()
