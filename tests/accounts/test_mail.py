"""Mail goes out where a server is set; where none is, nothing says that it did."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from eitrack.environment import mail_at
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.cases import RequestFactory

RESET = "/account/password/reset/"
OCTOBER = datetime.datetime(2026, 10, 1, 10, 0, tzinfo=datetime.UTC)
SITE = "https://eitrack.example.org"


class TestSettings:
    def test_without_a_server_nothing_is_sent_and_nothing_is_printed(self):
        assert mail_at("", "", "") == {
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"
        }

    def test_an_address_names_the_server_its_secret_and_how_it_is_spoken_to(self):
        found = mail_at("smtp+tls://ann:a%20secret@mail.example.org:587", "ann@example.org", SITE)

        assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
        assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", 587)
        assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("ann", "a secret")
        assert found["EMAIL_USE_TLS"]

    @pytest.mark.parametrize(("sender", "site"), [("", SITE), ("ann@example.org", "")])
    def test_a_server_needs_the_sender_and_the_address_of_the_site(self, sender, site):
        with pytest.raises(ImproperlyConfigured, match=r"EITRACK_EMAIL_FROM.*EITRACK_SITE_URL"):
            mail_at("smtp+tls://mail.example.org:587", sender, site)

    def test_what_prints_mails_is_no_server(self):
        with pytest.raises(ImproperlyConfigured, match="smtp"):
            mail_at("consolemail://", "ann@example.org", SITE)


@pytest.mark.django_db
class TestAForgottenPassword:
    def test_gets_a_link_to_the_address_of_the_site(self, client, mailoutbox):
        UserFactory(email="ann@example.org", password=PASSWORD)

        client.post(RESET, {"email": "ann@example.org"})

        (sent,) = mailoutbox
        assert sent.to == ["ann@example.org"]
        assert sent.subject == "EITrack: A new password"
        assert f"{SITE}{RESET}key/" in sent.body

    def test_the_link_sets_a_new_one(self, client, mailoutbox):
        ann = UserFactory(email="ann@example.org", password=PASSWORD)
        client.post(RESET, {"email": "ann@example.org"})
        link = next(word for word in mailoutbox[0].body.split() if word.startswith(SITE))

        form = client.get(link.removeprefix(SITE)).url
        new = "a new long secret of hers"
        client.post(form, {"password1": new, "password2": new})

        ann.refresh_from_db()
        assert ann.check_password(new)

    def test_of_an_unknown_address_mails_nobody_and_says_the_same(self, client, mailoutbox):
        UserFactory(email="ann@example.org", password=PASSWORD)

        known = client.post(RESET, {"email": "ann@example.org"}, follow=True)
        unknown = client.post(RESET, {"email": "bob@example.org"}, follow=True)

        assert [sent.to for sent in mailoutbox] == [["ann@example.org"]]
        assert known.content == unknown.content

    def test_says_the_same_when_the_server_does_not_answer(self, client, mailoutbox, monkeypatch):
        UserFactory(email="ann@example.org", password=PASSWORD)

        def refuse(*args, **kwargs):
            raise ConnectionRefusedError("no mail server")

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

        assert client.post(RESET, {"email": "ann@example.org"}, follow=True).status_code == 200

    def test_says_so_where_no_mail_is_sent(self, client, caplog, capsys):
        UserFactory(email="ann@example.org", password=PASSWORD)

        page = client.get(RESET).content.decode()
        after = client.post(RESET, {"email": "ann@example.org"}, follow=True).content.decode()

        assert "This site sends no e-mail" in page
        assert "<form class" not in page
        assert "Nothing was sent" in after
        assert "we have sent" not in after
        assert not mail.outbox
        assert RESET not in caplog.text + "".join(capsys.readouterr())


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/account/email/", "/account/confirm-email/"])
def test_no_page_of_an_account_offers_or_claims_mail_that_is_not_sent(client, worker, page):
    client.force_login(worker)

    shown = client.get(page).content.decode()
    asked = client.post("/account/email/", {"email": worker.email, "action_send": ""}, follow=True)

    assert "Send confirmation" not in shown
    assert "have sent" not in shown
    assert "A link was sent" not in asked.content.decode()


@pytest.mark.django_db
def test_reminders_say_that_none_was_sent_and_send_it_once_mail_is_there(
    manager, capsys, time_machine, request
):
    time_machine.move_to("2026-11-23T12:00Z")
    RequestFactory(team=manager.managed_teams.get(), received_at=OCTOBER)

    call_command("reminders")
    said = capsys.readouterr().out
    outbox = request.getfixturevalue("mailoutbox")
    call_command("reminders")

    assert "This site sends no e-mail" in said
    assert "Sent 0" not in said
    assert [sent.to for sent in outbox] == [[manager.email]]
    assert f"{SITE}/teams/" in outbox[0].body
