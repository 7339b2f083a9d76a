"""Accounts kept by a council's directory: what Entra and Okta send, and nothing else."""

import json

import pytest
from django.urls import reverse

from eitrack.accounts.models import User
from eitrack.audit.models import Entry
from eitrack.daybook.models import CalendarFeed
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
TOKEN = "a token of the tests, long enough for nobody to guess"
USERS = "/scim/v2/Users"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"


@pytest.fixture(autouse=True)
def _on(settings):
    settings.SCIM_TOKEN = TOKEN


@pytest.fixture
def ask(client):
    def asked(method, path, body=None, token=TOKEN):
        sent = client.generic(
            method,
            path,
            json.dumps(body) if body is not None else "",
            content_type="application/scim+json",
            HTTP_AUTHORIZATION=f"Bearer {token}",
        )
        return sent

    return asked


def one(user):
    return f"{USERS}/{user.pk}"


def patched(*operations):
    return {"schemas": [PATCH], "Operations": list(operations)}


OFF = {
    "a boolean with a path": {"op": "replace", "path": "active", "value": False},
    "a text with a path, as Entra": {"op": "Replace", "path": "active", "value": "False"},
    "a boolean without a path, as Okta": {"op": "replace", "value": {"active": False}},
    "a text without a path": {"op": "Replace", "value": {"active": "False"}},
    "added": {"op": "Add", "path": "active", "value": "false"},
}


class TestToken:
    def test_without_one_in_the_settings_there_is_nothing(self, ask, settings):
        settings.SCIM_TOKEN = ""

        assert ask("GET", USERS).status_code == 404
        assert ask("GET", USERS, token="").status_code == 404

    @pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], f"{TOKEN} "])
    def test_that_is_not_the_one_opens_nothing(self, ask, worker, token):
        for method in ("GET", "PUT", "PATCH", "DELETE"):
            answer = ask(method, one(worker), patched(OFF["added"]), token=token)
            assert answer.status_code == 401
        assert ask("POST", USERS, {"userName": "x@example.org"}, token=token).status_code == 401
        worker.refresh_from_db()
        assert worker.is_active

    def test_a_session_does_not_stand_in_for_it(self, client, administrator):
        client.force_login(administrator)

        assert client.get(USERS).status_code == 401


class TestDeactivation:
    @pytest.mark.parametrize("operation", OFF.values(), ids=OFF)
    def test_ends_sessions_and_calendar_address_at_once(self, client, ask, worker, operation):
        theirs = type(client)()
        theirs.force_login(worker)
        feed = CalendarFeed.objects.create(worker=worker)

        answer = ask("PATCH", one(worker), patched(operation))

        assert answer.status_code == 200
        assert answer.json()["active"] is False
        assert theirs.get("/today/").status_code == 302
        assert client.get(reverse("daybook:calendar_feed", args=[feed.key])).status_code == 404
        entry = Entry.objects.get(action="switched_off")
        assert (entry.by, entry.record_id, entry.reason) == (None, worker.pk, "by the directory")

    def test_by_replacing_the_whole_user(self, ask, worker):
        whole = {"schemas": [SCHEMA], "userName": worker.email, "active": False}

        assert ask("PUT", one(worker), whole).json()["active"] is False

    def test_by_deleting_keeps_the_record(self, ask, worker):
        assert ask("DELETE", one(worker)).status_code == 204

        worker.refresh_from_db()
        assert not worker.is_active

    def test_is_taken_back(self, ask, worker):
        ask("PATCH", one(worker), patched(OFF["added"]))

        back = patched({"op": "Replace", "path": "active", "value": "True"})
        assert ask("PATCH", one(worker), back).json()["active"] is True

    @pytest.mark.parametrize("value", ["no", "", None, 0, [False], {"value": False}])
    def test_in_other_words_is_refused(self, ask, worker, value):
        answer = ask(
            "PATCH", one(worker), patched({"op": "replace", "path": "active", "value": value})
        )

        assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")
        worker.refresh_from_db()
        assert worker.is_active

    def test_of_the_last_administrator_is_refused(self, ask):
        only = UserFactory(administrator=True, password=PASSWORD)

        assert ask("PATCH", one(only), patched(OFF["added"])).status_code == 409
        only.refresh_from_db()
        assert only.is_active


class TestCreation:
    # As Entra sends one.
    NEW = {
        "schemas": [SCHEMA],
        "externalId": "0a1b",
        "userName": "Bea@Example.org",
        "active": True,
        "displayName": "Bea Brook",
        "emails": [{"primary": True, "type": "work", "value": "bea@example.org"}],
        "name": {"formatted": "Bea Brook", "familyName": "Brook", "givenName": "Bea"},
        "meta": {"resourceType": "User"},
        "title": "Social worker",
    }

    def test_makes_an_account_without_a_role_or_password(self, ask):
        answer = ask("POST", USERS, self.NEW)

        user = User.objects.get()
        assert answer.status_code == 201
        assert answer["Location"].endswith(one(user))
        assert (user.email, user.name, user.external_id) == ("bea@example.org", "Bea Brook", "0a1b")
        assert not user.role_terms.exists()
        assert not user.has_usable_password()
        assert answer.json()["id"] == str(user.pk)

    def test_of_a_name_in_parts_as_okta(self, ask):
        ask(
            "POST",
            USERS,
            {"userName": "bea@example.org", "name": {"givenName": "Bea", "familyName": "Brook"}},
        )

        assert User.objects.get().name == "Bea Brook"

    def test_twice_is_a_conflict(self, ask):
        ask("POST", USERS, self.NEW)

        answer = ask("POST", USERS, self.NEW)

        assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")
        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"userName": "no e-mail"},
            {"userName": 7},
            {"userName": "a@b.org", "displayName": "x" * 81},
            {"userName": "a@b.org", "displayName": "\0"},
            {"userName": "a@b.org", "externalId": "\ud800"},
        ],
    )
    def test_of_nobody_is_refused(self, ask, body):
        assert ask("POST", USERS, body).status_code == 400
        assert not User.objects.exists()

    @pytest.mark.parametrize("body", ["{", "[]", "", "[" * 50_000])
    def test_of_no_json_is_refused(self, client, body):
        answer = client.generic(
            "POST",
            USERS,
            body,
            content_type="application/scim+json",
            HTTP_AUTHORIZATION=f"Bearer {TOKEN}",
        )

        assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidSyntax")


class TestChange:
    def test_of_name_and_e_mail(self, ask, worker):
        ask(
            "PATCH",
            one(worker),
            patched(
                {"op": "Replace", "path": "userName", "value": "New@example.org"},
                {"op": "Replace", "path": "name.familyName", "value": "Brook"},
                {"op": "Add", "path": "name.givenName", "value": "Bea"},
                {"op": "Replace", "path": "externalId", "value": "9f"},
                {"op": "Replace", "path": "title", "value": "passed over"},
                {"op": "Remove", "path": "displayName"},
            ),
        )

        worker.refresh_from_db()
        assert (worker.email, worker.name, worker.external_id) == (
            "new@example.org",
            "Bea Brook",
            "9f",
        )

    def test_to_somebody_elses_e_mail_is_a_conflict(self, ask, worker, outsider):
        wanted = patched({"op": "replace", "value": {"userName": outsider.email}})

        assert ask("PATCH", one(worker), wanted).status_code == 409

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"Operations": 1},
            {"Operations": [1]},
            {"Operations": [{}]},
            patched({"op": "add", "value": 1}),
        ],
    )
    def test_that_nobody_understands_is_refused(self, ask, worker, body):
        assert ask("PATCH", one(worker), body).status_code == 400

    def test_of_nothing_leaves_no_trace(self, ask, worker):
        before = Entry.objects.count()
        same = {"userName": worker.email, "displayName": worker.name, "active": True}

        ask("PUT", one(worker), same)

        assert Entry.objects.count() == before


class TestSearch:
    def test_by_user_name_in_any_letters(self, ask, worker, outsider):
        found = ask("GET", f'{USERS}?filter=userName eq "Worker@Example.org"').json()

        assert [each["userName"] for each in found["Resources"]] == [worker.email]
        assert found["totalResults"] == 1

    def test_for_nobody_is_an_empty_list(self, ask, worker):
        """So Entra tries the connection."""
        found = ask("GET", f'{USERS}?filter=userName eq "non-existing"')

        assert (found.status_code, found.json()["totalResults"]) == (200, 0)

    def test_by_anything_else_is_refused(self, ask):
        assert ask("GET", f"{USERS}?filter=title pr").json()["scimType"] == "invalidFilter"

    def test_goes_by_pages(self, ask, worker, outsider):
        page = ask("GET", f"{USERS}?startIndex=2&count=1").json()

        assert [each["userName"] for each in page["Resources"]] == [outsider.email]
        assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (2, 2, 1)

    def test_of_one_that_is_not_there_says_so(self, ask):
        assert ask("GET", f"{USERS}/999").status_code == 404
