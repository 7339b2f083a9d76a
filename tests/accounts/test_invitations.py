"""An invitation: a link by which somebody chooses a password, once, for three days."""

import datetime
import logging
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from eitrack.accounts.invitations import VALID_FOR, accept, invite, withdraw
from eitrack.accounts.models import Invitation
from eitrack.audit.models import Entry
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
PAGE = "/account/invitation/"
CHOSEN = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def ann(db):
    ann = UserFactory(name="Ann Able", email="ann@example.org")
    ann.set_unusable_password()
    ann.save()
    return ann


@pytest.fixture
def link(ann):
    return invite(ann, now=NOW)


def said(response):
    return response.content.decode()


class TestALink:
    def test_sets_the_password_that_is_chosen(self, client, ann, link):
        form = said(client.get(link))
        after = client.post(link, CHOSEN, follow=True)

        ann.refresh_from_db()
        assert "You will sign in as <strong>ann@example.org</strong>" in form
        assert "until Thu 26 Nov, 12:00" in form
        assert after.redirect_chain == [(reverse("account_login"), 302)]
        assert "Your password is set. Sign in with it." in said(after)
        assert ann.check_password(PASSWORD)
        assert (
            client.post(
                reverse("account_login"), {"login": "ann@example.org", "password": PASSWORD}
            ).status_code
            == 302
        )

    def test_works_once(self, client, ann, link):
        client.post(link, CHOSEN)

        again = client.post(link, dict.fromkeys(CHOSEN, "another long password"))

        ann.refresh_from_db()
        assert "This link was used already" in said(again)
        assert "<form class" not in said(again)
        assert ann.check_password(PASSWORD)

    def test_of_two_who_send_it_at_once_one_sets_the_password(self, ann, link):
        invitation = ann.invitations.get()

        first = accept(invitation, password=PASSWORD, now=NOW)
        second = accept(invitation, password="another long password", now=NOW)

        ann.refresh_from_db()
        assert (first, second) == (True, False)
        assert ann.check_password(PASSWORD)

    def test_lasts_three_days(self, client, ann, link, time_machine):
        assert datetime.timedelta(days=3) == VALID_FOR
        time_machine.move_to(NOW + VALID_FOR - datetime.timedelta(seconds=1), tick=False)
        assert "Choose your password" in said(client.get(link))

        time_machine.move_to(NOW + VALID_FOR, tick=False)
        after = client.post(link, CHOSEN)

        ann.refresh_from_db()
        assert "This link is too old" in said(after)
        assert "Ask your administrator for a new one" in said(after)
        assert not ann.has_usable_password()

    def test_is_replaced_by_the_next_one(self, client, ann, link):
        newer = invite(ann, now=NOW)

        assert "This link was replaced" in said(client.get(link))
        assert "Choose your password" in said(client.get(newer))

    @pytest.mark.parametrize("is_left", [True, False])
    def test_no_longer_works_when_it_is_withdrawn_or_the_account_closed(
        self, client, ann, link, is_left
    ):
        if is_left:
            ann.is_active = False
            ann.save()
        else:
            withdraw(ann, now=NOW)

        after = client.post(link, CHOSEN)

        ann.refresh_from_db()
        assert "This link was replaced" in said(after)
        assert not ann.has_usable_password()

    @pytest.mark.parametrize(
        "query", ["", "?key=", "?key=short", "?key=%C3%A9%20", "?key=" + "x" * 99]
    )
    def test_that_is_cut_off_says_so(self, client, link, query):
        page = client.get(f"{PAGE}{query}")

        assert page.status_code == 200
        assert "This link is not complete" in said(page)


class TestItsForm:
    @pytest.mark.parametrize(
        ("chosen", "problem"),
        [
            ({"password1": "short", "password2": "short"}, "at least 12 characters"),
            ({"password1": PASSWORD, "password2": "something else"}, "same password"),
            (
                {"password1": "ann@example.org", "password2": "ann@example.org"},
                "too much like your name",
            ),
            ({}, "This field is required"),
        ],
    )
    def test_says_what_is_wrong_and_leaves_the_link_as_it_is(
        self, client, ann, link, chosen, problem
    ):
        page = client.post(link, chosen)

        ann.refresh_from_db()
        assert problem in said(page)
        assert not ann.has_usable_password()
        assert "Choose your password" in said(client.get(link))

    def test_ends_the_session_of_a_colleague_on_the_same_pc(self, client, worker, ann, link):
        client.force_login(worker)

        client.post(link, CHOSEN)

        assert client.get("/today/").status_code == 302

    def test_is_not_stored_by_a_browser(self, client, link):
        assert "no-store" in client.get(link)["Cache-Control"]


class TestTheKey:
    def test_is_nowhere_in_the_database(self, ann, link):
        key = urlsplit(link).query.removeprefix("key=")
        invitation = Invitation.objects.values().get()

        assert len(key) >= 43
        assert key not in str(invitation)
        assert key not in str(list(Entry.objects.values()))

    def test_is_in_no_line_of_a_log(self, client, link, caplog, settings):
        """A host that is not served, a form without its token: what Django logs with its path."""
        caplog.set_level(logging.DEBUG)
        key = urlsplit(link).query.removeprefix("key=")
        client.get(link, headers={"host": "elsewhere.example.org"})
        client.handler.enforce_csrf_checks = True
        client.post(link, CHOSEN)

        assert PAGE in caplog.text
        assert key not in caplog.text


def test_the_trail_says_who_invited_whom_and_that_it_was_accepted(client, administrator, ann):
    link = invite(ann, by=administrator, now=NOW)
    client.post(link, CHOSEN)

    entries = Entry.objects.about(ann).values_list("action", "by")
    assert list(entries) == [("accepted", ann.pk), ("invited", administrator.pk)]
