"""Everybody who was never invited gets a link at once: by mail, or on one sheet."""

import re
from datetime import date
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from eitrack.accounts.invitations import invite
from eitrack.accounts.models import Invitation, User
from eitrack.audit.models import Entry
from tests.factories.accounts import PASSWORD, UserFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LIST, ALL = "/stewardship/users/", "/stewardship/users/invite/"


@pytest.fixture(autouse=True)
def _monday(monday_at_noon):
    """Time stands still."""


@pytest.fixture
def admin(client, administrator):
    administrator.set_password(PASSWORD)
    administrator.save()
    client.force_login(administrator)
    return client


def newcomer(name, **fields):
    return User.objects.create_user(f"{name.lower()}@example.org", name=name, **fields)


def text_of(response):
    return response.content.decode()


def send_all(client):
    return client.post(ALL, form_values(client.get(ALL)), follow=True)


def links_in(response):
    return re.findall(
        r"<code>http://testserver(/account/invitation/\?key=[\w-]+)", text_of(response)
    )


def without_link():
    return list(User.objects.filter(invitations__isnull=True).values_list("name", flat=True))


class TestWhoIsMeant:
    def test_the_list_of_users_says_how_many(self, admin):
        assert "never invited" not in text_of(admin.get(LIST))

        newcomer("Ann")
        newcomer("Bea")

        assert "Invite all who were never invited (2)" in text_of(admin.get(LIST))

    def test_only_who_may_sign_in_and_never_had_a_link_or_a_password(self, admin):
        newcomer("Ann")
        UserFactory(name="Password", password=PASSWORD)
        newcomer("Off", is_active=False)
        newcomer("Gone", last_day_on=date(2026, 11, 22))
        invite(newcomer("Old"), now=timezone.now() - timezone.timedelta(days=9))

        response = admin.get(ALL)

        assert [label for _, label in response.context["form"].fields["people"].choices] == [
            "Ann, no role yet"
        ]

    def test_whoever_is_not_ticked_is_left_out(self, admin):
        ann, _ = newcomer("Ann"), newcomer("Bea")

        admin.post(ALL, {"people": [ann.pk]})

        assert without_link() == ["Adam Admin", "Bea"]

    def test_once_everybody_is_invited_the_page_says_so(self, admin):
        assert "Everybody has been invited." in text_of(admin.get(ALL))

    def test_nobody_ticked_is_pointed_out(self, admin):
        newcomer("Ann")

        assert "Tick at least one of them." in text_of(admin.post(ALL, {}))


class TestWithoutMail:
    def test_the_links_stand_on_one_sheet_that_is_shown_once(self, admin, client):
        newcomer("Ann")
        newcomer("Bea")

        sheet = send_all(admin)

        _, second = links_in(sheet)
        assert "no-store" in sheet["Cache-Control"]
        assert "mailto:bea%40example.org?subject=EITrack%3A%20Choose" in text_of(sheet)
        assert links_in(admin.get(LIST)) == []
        assert "Choose your password" in text_of(client.get(second))
        assert Entry.objects.filter(action="invited").count() == 2

    def test_sent_again_the_sheet_is_made_anew(self, admin, client):
        newcomer("Ann")
        values = form_values(admin.get(ALL))

        (old,) = links_in(admin.post(ALL, values))
        (new,) = links_in(admin.post(ALL, values))

        assert "This link was replaced" in text_of(client.get(old))
        assert "Choose your password" in text_of(client.get(new))

    def test_whoever_has_chosen_a_password_meanwhile_is_left_alone(self, admin):
        ann = newcomer("Ann")
        values = form_values(admin.get(ALL))
        admin.post(ALL, values)
        ann.set_password(PASSWORD)
        ann.save()

        again = admin.post(ALL, values, follow=True)

        assert "They have been invited meanwhile." in text_of(again)
        assert ann.invitations.count() == 1


class TestByMail:
    def test_each_gets_their_own_and_the_list_says_how_many(self, admin, mailoutbox):
        newcomer("Ann")
        newcomer("Bea")

        page = text_of(send_all(admin))

        assert [mail.to for mail in mailoutbox] == [["ann@example.org"], ["bea@example.org"]]
        assert len({mail.body for mail in mailoutbox}) == 2
        assert "2 links were mailed; they work until Thu 26 Nov, 12:00." in page
        assert "never invited" not in page

    def test_sent_twice_nobody_is_mailed_twice(self, admin, mailoutbox):
        newcomer("Ann")
        values = form_values(admin.get(ALL))

        admin.post(ALL, values)
        admin.post(ALL, values)

        assert len(mailoutbox) == 1

    def test_a_refused_address_is_told_and_can_be_tried_again(self, admin, mailoutbox, monkeypatch):
        newcomer("Ann")
        newcomer("Bea")
        send = EmailMessage.send

        def refuse_ann(mail, *args, **kwargs):
            if mail.to == ["ann@example.org"]:
                raise SMTPRecipientsRefused({"ann@example.org": (550, b"no")})
            return send(mail, *args, **kwargs)

        monkeypatch.setattr(EmailMessage, "send", refuse_ann)

        page = text_of(send_all(admin))

        assert "1 link was mailed" in page
        assert "Not mailed to Ann, ann@example.org (SMTPRecipientsRefused)." in page
        assert "Invite all who were never invited" in page
        assert Invitation.objects.open(timezone.now()).get().user.name == "Bea"

    def test_a_server_that_stops_answering_leaves_the_others_as_they_were(
        self, admin, mailoutbox, monkeypatch
    ):
        for name in ("Ann", "Bea", "Cal"):
            newcomer(name)
        send, sent = EmailMessage.send, []

        def one_only(mail, *args, **kwargs):
            if sent:
                raise SMTPServerDisconnected
            sent.append(mail)
            return send(mail, *args, **kwargs)

        monkeypatch.setattr(EmailMessage, "send", one_only)

        response = send_all(admin)

        assert "The mail server stopped answering (SMTPServerDisconnected)" in text_of(response)
        people = response.context["form"].fields["people"]
        assert [label for _, label in people.choices] == ["Bea, no role yet", "Cal, no role yet"]
        assert Invitation.objects.open(timezone.now()).get().user.name == "Ann"

    def test_no_link_is_made_where_no_server_answers(self, admin, mailoutbox, monkeypatch):
        newcomer("Ann")

        def refuse(self):
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)

        page = text_of(send_all(admin))

        assert "The mail server stopped answering (ConnectionRefusedError)" in page
        assert not Invitation.objects.exists()
