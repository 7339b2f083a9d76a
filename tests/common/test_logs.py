"""Lines of the log: numbered, and without an address that could hold a token or a name."""

import json
import logging
import re

import pytest
from django.db import IntegrityError
from django.test import RequestFactory

from eitrack.common import logs
from eitrack.common.logs import JsonFormatter, TextFormatter
from tests.factories.accounts import UserFactory

NEW_NUMBER = logs.new_number
TOKEN = "s3cret-token-of-a-calendar"


@pytest.fixture
def lines():
    """What is logged, in both forms."""
    found = []

    class Kept(logging.Handler):
        def emit(self, record):
            found.append(TextFormatter().format(record))
            found.append(JsonFormatter().format(record))

    handler, root = Kept(), logging.getLogger()
    root.addHandler(handler)
    requests = logging.getLogger("eitrack.requests")
    level = requests.level
    requests.setLevel(logging.INFO)
    yield found
    root.removeHandler(handler)
    requests.setLevel(level)


@pytest.mark.django_db
class TestLines:
    @pytest.mark.parametrize(
        "address",
        [f"/calendar/{TOKEN}.ics", f"/{TOKEN}/?key={TOKEN}", f"/account/invitation/?key={TOKEN}"],
    )
    def test_no_line_holds_an_address(self, client, lines, address):
        client.get(address)

        assert lines
        assert [line for line in lines if TOKEN in line] == []

    def test_a_page_is_called_by_its_name(self, client, lines):
        client.post("/account/browsers/end/")
        client.force_login(UserFactory())
        client.get("/account/browsers/0123456789/end/")

        assert "Method Not Allowed (GET): accounts:browser_end [request 0a1b2c3d]" in lines
        assert not [line for line in lines if "0123456789" in line]

    def test_a_request_is_a_line_that_programs_read(self, client, lines):
        client.get("/help/")

        [line] = [json.loads(each) for each in lines if each.startswith("{")]
        assert line.pop("ms") >= 0
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:.]+\+00:00", line.pop("time"))
        assert line == {
            "level": "info",
            "logger": "eitrack.requests",
            "request": "0a1b2c3d",
            "message": "GET help 200",
            "method": "GET",
            "page": "help",
            "status": 200,
        }

    def test_a_fault_says_where_and_no_rows(self, client, lines, monkeypatch):
        said = f"refused\nDETAIL:  Key (value)=(REF-{70 + 7}) already exists."

        def fail(*args):
            raise IntegrityError(said)

        monkeypatch.setattr("eitrack.views.contents_for", fail)
        client.raise_request_exception = False
        client.get("/help/?q=smith")

        faults = [json.loads(each) for each in lines if each.startswith("{")]
        [error] = [each["error"] for each in faults if "error" in each]
        assert "refused" in error
        assert "in help_page" in error
        assert not [line for line in lines if "REF-77" in line or "smith" in line]


def test_an_address_in_a_message_ends_at_its_host():
    record = logging.makeLogRecord(
        {"msg": "Referer checking failed - https://a.example.org/x/?key=7 does not match"}
    )

    said = "Referer checking failed - https://a.example.org/… does not match"
    assert TextFormatter().format(record) == said


class TestNumber:
    def test_is_another_for_each_request_and_short(self, monkeypatch):
        numbers = {NEW_NUMBER() for _ in range(50)}

        assert len(numbers) == 50
        assert all(re.fullmatch(r"[0-9a-f]{8}", number) for number in numbers)

    def test_is_over_when_the_request_is(self):
        seen = []
        middleware = logs.NumberedMiddleware(lambda _: seen.append(logs.number_now()) or Answer())

        middleware(RequestFactory().get("/"))

        assert seen == ["0a1b2c3d"]
        assert logs.number_now() == ""


class Answer:
    status_code = 200

    def __init__(self):
        self.headers = {}
