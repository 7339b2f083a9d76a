"""*Something is wrong*: what is mailed, and what is not."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

pytestmark = pytest.mark.django_db
WORDS = "The week shows no Tuesday."
GOOD = {"words": WORDS, "page": "daybook:week", "number": "0a1b2c3d"}


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def support(settings, mail_server):
    settings.SUPPORT_EMAIL = "support@example.org"


class TestLink:
    def test_stands_on_every_page_and_names_page_and_number(self, client, worker):
        client.force_login(worker)

        page = client.get("/today/").content.decode()

        assert 'href="/wrong/?page=daybook:today&amp;number=0a1b2c3d"' in page

    def test_an_error_page_shows_the_number_too(self, client, worker, monkeypatch):
        client.force_login(worker)
        client.raise_request_exception = False
        not_found = client.get("/cases/999/").content.decode()
        monkeypatch.setattr("eitrack.views.contents_for", None)
        fault = client.get("/help/").content.decode()

        assert "give the number <b>0a1b2c3d</b>" in not_found
        assert "give the number <b>0a1b2c3d</b>" in fault
        assert 'href="/wrong/?page=help&amp;number=0a1b2c3d"' in fault


class TestMail:
    def test_goes_to_the_address_of_the_settings_with_page_and_number(
        self, client, worker, support, mailoutbox
    ):
        client.force_login(worker)

        answer = client.post("/wrong/", GOOD)

        [report] = mailoutbox
        assert report.to == ["support@example.org"]
        assert report.body.startswith(f"{WORDS}\n\nPage: daybook:week\nRequest: 0a1b2c3d\nSent: ")
        assert worker.email not in report.body
        assert worker.name not in report.body
        assert "on its way" in answer.content.decode()

    def test_tells_who_only_if_they_wish(self, client, worker, support, mailoutbox):
        client.force_login(worker)

        client.post("/wrong/", {**GOOD, "may_answer": "on"})

        assert f"Answer to: {worker.email}" in mailoutbox[0].body

    @pytest.mark.parametrize("page", ["/threads/Blue Kite 7/", "a b", "x\nBcc: a@example.org"])
    def test_carries_no_address_in_place_of_a_page(self, client, support, mailoutbox, page):
        client.post("/wrong/", {"words": WORDS, "page": page, "number": "not one"})

        assert "Page: not known\nRequest: not known" in mailoutbox[0].body

    def test_what_looks_like_a_family_is_pointed_out_first(self, client, support, mailoutbox):
        answer = client.post("/wrong/", {**GOOD, "words": "It lost 07700 900123 of the mother."})

        assert mailoutbox == []
        assert "07700 900123" in answer.content.decode()

    def test_nobody_floods_who_reads_them(self, client, support, mailoutbox):
        for _ in range(11):
            answer = client.post("/wrong/", GOOD)

        assert answer.status_code == 429
        assert len(mailoutbox) == 10

    def test_one_that_does_not_go_says_so(self, client, support, monkeypatch):
        def refuse(*args, **kwargs):
            raise OSError

        monkeypatch.setattr("eitrack.common.mail.send_mail", refuse)

        page = client.post("/wrong/", GOOD).content.decode()

        assert "could not be sent" in page
        assert "support@example.org" in page


class TestWithoutMail:
    def test_says_whom_to_tell(self, client, worker, administrator):
        administrator.set_password("kestrel over a mill")
        administrator.save()
        client.force_login(worker)

        page = client.get("/wrong/?page=daybook:week&number=0a1b2c3d").content.decode()

        assert f"Tell your administrator: {administrator.name}." in page
        assert re.search(r"page <b>daybook:week</b>, number <b>0a1b2c3d</b>", page)

    def test_names_nobody_to_who_is_not_signed_in(self, client, administrator):
        page = client.get("/wrong/").content.decode()

        assert administrator.name not in page
        assert "Tell your administrator what you did" in page

    def test_sends_nothing(self, client):
        client.post("/wrong/", GOOD)

        assert mail.outbox == []
