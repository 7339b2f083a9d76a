"""What browsers may keep of pages that are somebody's, and the mark that Back is checked by."""

import pytest
from django.urls import reverse

from eitrack.accounts.middleware import COOKIE
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


class TestAnswers:
    @pytest.mark.parametrize(
        "address", ["/activities/", "/cases/", "/series/", "/my-work/", "/activities/?format=csv"]
    )
    def test_lists_records_and_files_are_not_stored(self, client, worker, address):
        client.force_login(worker)

        response = client.get(address)

        assert response["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("address", ["/log/drop_in/", "/cases/open/", "/today/", "/help/"])
    def test_forms_may_be_kept_by_the_browser_alone(self, client, worker, address):
        client.force_login(worker)

        response = client.get(address)

        assert response["Cache-Control"] == "private"

    def test_a_page_for_everybody_says_nothing_of_it(self, client):
        response = client.get("/help/")

        assert not response.has_header("Cache-Control")


class TestMark:
    def test_the_page_carries_the_mark_of_the_cookie(self, client, worker):
        client.force_login(worker)

        response = client.get("/today/")

        mark = response.cookies[COOKIE].value
        assert mark
        assert f'data-signed-in="{mark}"' in response.content.decode()

    def test_is_given_once(self, client, worker):
        client.force_login(worker)
        client.get("/today/")

        response = client.get("/today/")

        assert COOKIE not in response.cookies

    def test_is_another_with_every_sign_in(self, client, worker):
        client.force_login(worker)
        client.get("/today/")
        first = client.cookies[COOKIE].value
        client.logout()

        client.force_login(worker)
        client.get("/today/")

        assert client.cookies[COOKIE].value not in ("", first)

    def test_goes_with_signing_out(self, client):
        person = UserFactory(worker=True, password=PASSWORD)
        client.force_login(person)
        client.get("/help/")

        response = client.post(reverse("account_logout"))

        assert response.cookies[COOKIE].value == ""

    def test_a_page_for_everybody_carries_none(self, client):
        response = client.get("/help/")

        assert "data-signed-in" not in response.content.decode()
