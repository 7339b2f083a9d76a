"""A database that cannot be written goes on to be read, and a save gives back what was typed."""

import datetime
import threading
from contextlib import closing, contextmanager

import pytest
import time_machine
from django.core.cache import cache
from django.db import DatabaseError, connection

from eitrack.activities.models import Activity
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.daybook.unsaved import NOTHING_SAVED
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
LOG = "/log/drop_in/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@contextmanager
def told(while_so, afterwards):
    with connection.cursor() as cursor:
        cursor.execute(while_so)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(afterwards)


def read_only():
    if connection.vendor == "sqlite":
        return told("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
    return told(
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    )


@contextmanager
def full():
    """A SQLite that may not grow, up to the last row of the trail; on PostgreSQL it is read-only,
    as no disk can be filled for one test there."""
    if connection.vendor != "sqlite":
        with read_only():
            yield
        return
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    with told(f"PRAGMA max_page_count = {pages}", "PRAGMA max_page_count = 1000000"):
        with pytest.raises(DatabaseError, match="full"):
            add_to_the_trail_for_ever()
        yield


def add_to_the_trail_for_ever():
    while True:
        Entry.objects.create(action=Action.CREATED)


@contextmanager
def locked():
    """Somebody else writes and does not end; here nobody waits longer than a moment."""
    is_held, may_end = threading.Event(), threading.Event()

    def hold():
        with closing(connection.copy()) as other, other.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
            else:
                cursor.execute("BEGIN")
                cursor.execute("LOCK TABLE activities_activity IN EXCLUSIVE MODE")
            is_held.set()
            may_end.wait(60)
            cursor.execute("ROLLBACK")

    impatient = (
        ("PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 20000")
        if connection.vendor == "sqlite"
        else ("SET lock_timeout = '50ms'", "SET lock_timeout = '20s'")
    )
    holder = threading.Thread(target=hold)
    holder.start()
    assert is_held.wait(60)
    try:
        with told(*impatient):
            yield
    finally:
        may_end.set()
        holder.join()


@pytest.mark.parametrize("broken", [read_only, full, locked])
class TestASave:
    def test_answers_503_with_everything_that_was_typed(self, client, worker, broken):
        client.force_login(worker)
        sent = form_values(client.get(LOG)) | {"attendance": "14", "children": "9"}

        with broken():
            answer = client.post(LOG, sent)

        assert answer.status_code == 503
        assert NOTHING_SAVED in answer.content.decode()
        assert answer.context["form"]["attendance"].value() == "14"
        assert answer.context["form"]["children"].value() == "9"
        assert "no-store" in answer["Cache-Control"]
        assert not Activity.objects.exists()

        assert client.post(LOG, sent).status_code == 302
        assert Activity.objects.get().attendance == 14


class TestReadingGoesOn:
    def test_every_first_page_is_read(self, client, worker, manager, district):
        ActivityFactory(by=worker.hat)
        pages = {
            worker: ["/today/", LOG, "/week/", "/my-work/", "/activities/"],
            manager: ["/teams/", "/teams/north/", "/indicators/VIS-01/"],
            district: ["/summary/?period=2026-Q2", "/returns/"],
        }

        answers = {}
        for user, paths in pages.items():
            client.force_login(user)
            with read_only():
                answers |= {path: client.get(path).status_code for path in paths}

        assert {path: code for path, code in answers.items() if code not in (200, 302)} == {}

    def test_a_session_that_cannot_be_written_is_no_reason_to_refuse_a_page(
        self, client, worker, settings, caplog
    ):
        settings.SESSION_SAVE_EVERY_REQUEST = True
        client.force_login(worker)

        with read_only():
            answer = client.get("/today/")

        assert answer.status_code == 200
        assert "so a session was not" in caplog.text


class TestWhatIsAPageOfNoForm:
    def test_a_button_comes_back_as_a_button(self, client, worker):
        activity = ActivityFactory(by=worker.hat, recorded_at=NOW)
        client.force_login(worker)

        with read_only():
            answer = client.post(f"/activities/{activity.pk}/undo/", {"version": "1"})

        assert answer.status_code == 503
        assert "Send it again" in answer.content.decode()

    def test_what_is_only_shown_with_a_line_in_the_trail_is_not_shown(self, client, worker):
        case = CaseFactory(allocated_to=worker.hat)
        client.force_login(worker)

        with read_only():
            answer = client.post(f"/cases/{case.pk}/reveal/")

        assert answer.status_code == 503

    def test_signing_in_says_so_and_not_that_there_were_too_many_tries(self, client):
        cache.clear()
        UserFactory(worker=True, email="ann@example.org", password=PASSWORD)

        with read_only():
            answer = client.post(
                "/account/login/", {"login": "ann@example.org", "password": PASSWORD}
            )

        assert answer.status_code == 503
        assert "Nothing can be saved at the moment" in answer.content.decode()
