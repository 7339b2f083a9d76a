"""Limits count by account and by the true address, behind a proxy too."""

import pytest
from django.core.cache import cache

from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
PROXY = "10.0.0.1"


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def behind_a_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


@pytest.fixture
def few_guesses(settings):
    """As the house has it, with fewer guesses by address."""
    assert settings.ACCOUNT_RATE_LIMITS["login_failed"] == "10/15m/key,300/15m/ip"
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key,12/15m/ip"}


@pytest.fixture
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def sign_in(client, email, password=PASSWORD, forwarded_for=None):
    client.cookies.clear()
    named = {"HTTP_X_FORWARDED_FOR": forwarded_for} if forwarded_for else {}
    return client.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=PROXY, **named)


def guess(client, times, **how):
    for number in range(times):
        sign_in(client, f"nobody{number}@example.org", password="a guess", **how)


def test_two_hundred_behind_one_office_address_sign_in_at_nine(client, quick_passwords):
    staff = [UserFactory(worker=True, email=f"w{number}@example.org") for number in range(200)]
    for each in staff:
        each.set_password(PASSWORD)
        each.save()

    answers = {sign_in(client, each.email).status_code for each in staff}

    assert answers == {302}


def test_a_strangers_wrong_guesses_lock_nobody_at_another_address(
    client, behind_a_proxy, few_guesses, quick_passwords
):
    UserFactory(worker=True, email="ann@example.org", password=PASSWORD)
    guess(client, 12, forwarded_for="203.0.113.9")

    own = sign_in(client, "ann@example.org", forwarded_for="198.51.100.7")
    there = sign_in(client, "ann@example.org", forwarded_for="203.0.113.9")

    assert own.status_code == 302
    assert "Too many wrong tries" in there.content.decode()


def test_what_a_stranger_puts_before_the_proxys_word_is_not_believed(
    client, behind_a_proxy, few_guesses, quick_passwords
):
    UserFactory(worker=True, email="ann@example.org", password=PASSWORD)
    for number in range(12):
        invented = f"192.0.2.{number}, 203.0.113.9"
        sign_in(client, f"nobody{number}@example.org", password="x", forwarded_for=invented)

    answer = sign_in(client, "ann@example.org", forwarded_for="203.0.113.9")

    assert "Too many wrong tries" in answer.content.decode()


def test_without_a_trusted_proxy_no_header_is_believed(client, few_guesses, quick_passwords):
    UserFactory(worker=True, email="ann@example.org", password=PASSWORD)
    for number in range(12):
        named = f"192.0.2.{number}"
        sign_in(client, f"nobody{number}@example.org", password="x", forwarded_for=named)

    answer = sign_in(client, "ann@example.org", forwarded_for="198.51.100.7")

    assert "Too many wrong tries" in answer.content.decode()


def test_fewer_addresses_than_proxies_are_no_error(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    UserFactory(worker=True, email="ann@example.org", password=PASSWORD)

    assert sign_in(client, "ann@example.org", forwarded_for="203.0.113.9").status_code == 302


def test_the_refusal_is_a_page_of_the_house_that_says_what_to_do(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, "ann@example.org")

    answer = sign_in(client, "ann@example.org")

    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Too many tries for now" in page
    assert "Wait a minute" in page
    assert 'href="/account/login/"' in page
