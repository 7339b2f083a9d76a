"""The cast of every test, and the settings that differ under test."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import HealthCheck, settings

from eitrack.audit import triggers
from eitrack.common.cached_lists import forget_lists
from eitrack.common.reread import Reread
from tests import everything, on_postgresql
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    ContractFactory,
    DistrictFactory,
    PlacementFactory,
    TeamFactory,
)
from tests.migrated import copy_migrated

# A machine that is busy with something else is no fault.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

LEFT_OUT = pytest.StashKey[int]()


def pytest_itemcollected(item):
    if on_postgresql.is_marked(item):
        item.add_marker("database")


@pytest.hookimpl(trylast=True)  # after -m and -k: only what would have run is left out
def pytest_collection_modifyitems(config, items):
    """Leave out what is marked `long` unless EITRACK_TEST_ALL asks for all."""
    if everything.IS_ASKED_FOR:
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = len(left_out)


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):  # one of several processes: tell the first
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Every process of pytest-xdist collects the same tests."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter, config):
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"{left_out} left out that take more than a minute each: EITRACK_TEST_ALL=1 runs them."
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """A test database need not outlive the machine: SQLite waits for no disk."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings, request):
    """On SQLite a test database begins as a copy: to migrate takes half a minute."""
    if connection.vendor != "sqlite":
        return django_db_keepdb
    path = Path(connection.settings_dict["TEST"]["NAME"])
    if request.config.getvalue("create_db") or not django_db_keepdb or not path.exists():
        copy_migrated(path)
    return True


@pytest.fixture(scope="session")
def django_db_createdb(django_db_createdb):
    return django_db_createdb and connection.vendor != "sqlite"


@pytest.fixture(autouse=True, scope="session")
def _emptied_after_transactions():
    """Tests that commit leave empty tables behind: the trail too, whose triggers refuse that."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def empty_all(operations, sql_list):
        with triggers.taken_off(operations.connection):
            empty(operations, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", empty_all)
        yield


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """The manifest of production needs collectstatic first."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Found where they lie, so that nothing needs to be collected first.
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(autouse=True)
def _used_all_day(settings):
    """Hours pass between two requests; `tests/accounts/test_sessions.py` counts minutes."""
    settings.SESSION_IDLE = settings.SESSION_LONGEST


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """Tests of it switch it on (`second_factor`)."""
    settings.SECOND_FACTOR = False


@pytest.fixture
def second_factor(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def _numbered_alike(monkeypatch):
    """Pages are compared with each other; `tests/common/test_logs.py` looks at their numbers."""
    monkeypatch.setattr("eitrack.common.logs.new_number", lambda: "0a1b2c3d")


@pytest.fixture(autouse=True)
def _start_as_a_new_process():
    """No list is remembered from a test before."""
    forget_lists()


@pytest.fixture(autouse=True)
def _decide_at_once(monkeypatch):
    """What a page has a process do is done before it goes on: a process sees no test database."""

    def start(command, *arguments):
        call_command(command, *map(str, arguments), stdout=StringIO())

    monkeypatch.setattr("eitrack.indicators.figures.decided.start", start)


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Another test's answers are of other definitions."""
    Reread.forget()


@pytest.fixture
def team(db):
    return TeamFactory(name="North team", slug="north")


@pytest.fixture
def worker(team):
    """A worker of the North team with one hat (`worker.hat`) and a full-time contract."""
    user = UserFactory(worker=True, name="Wendy Worker", email="worker@example.org")
    user.hat = PlacementFactory(worker=user, team=team)
    ContractFactory(worker=user)
    return user


@pytest.fixture
def manager(team):
    """The manager of the North team."""
    user = UserFactory(manager=True, name="Mary Manager", email="manager@example.org")
    team.managers.add(user)
    return user


@pytest.fixture
def district(db):
    """An officer of the district that the North team stands in."""
    user = UserFactory(district=True, name="Dora District", email="district@example.org")
    DistrictFactory().officers.add(user)
    return user


@pytest.fixture
def administrator(db):
    return UserFactory(administrator=True, name="Adam Admin", email="admin@example.org")


@pytest.fixture
def outsider(db):
    """A worker of another team."""
    user = UserFactory(worker=True, name="Oscar Outsider", email="outsider@example.org")
    user.hat = PlacementFactory(worker=user, team=TeamFactory(name="South team", slug="south"))
    return user


@pytest.fixture
def signed_in(client, worker):
    """The worker's browser."""
    client.force_login(worker)
    return client


@pytest.fixture
def monday_at_noon(time_machine):
    """Time stands still on Monday 23 November 2026 at noon."""
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def monday():
    return datetime.date(2026, 11, 23)


@pytest.fixture
def mail_server(settings):
    """A site that sends mail; what it sends is in `mailoutbox`."""
    settings.EMAIL_URL = "smtp+tls://mail.example.org:587"
    settings.DEFAULT_FROM_EMAIL = "EITrack <eitrack@example.org>"
    settings.SITE_URL = "https://eitrack.example.org"


@pytest.fixture
def mailoutbox(mail_server, mailoutbox):
    return mailoutbox
