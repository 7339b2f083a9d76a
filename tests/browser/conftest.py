"""Chromium against EITrack as it is served: gunicorn, collected files, embedded SQLite.

The world is the sample world, small, on one fixed school day; it is built once for a run.
"""

import os
import shutil
import sqlite3
import time

import pytest

from eitrack.demo.signins import PASSWORD, SECOND_OFFICER, SIGN_INS
from tests.browser.hands import press
from tests.migrated import alone
from tests.serving import Server

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
E_MAIL = {str(person.role): person.email for person in SIGN_INS} | {
    "no_role": "nobody-yet@sample.example",
    "second officer": SECOND_OFFICER.email,
}
KEY_OF_AN_INVITATION = "a-key-that-only-tests-have"
# An account that the administrator has given nothing yet, but a link to choose another password;
# not part of the sample world.
ADD_NO_ROLE = f"""
from datetime import timedelta
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from eitrack.accounts.models import Invitation, User
from eitrack.activities.models import ActivityType
from eitrack.directory.merging import merge_places
from eitrack.directory.models import Agency, ClosedQuarter
from eitrack.intake.models import Batch
from tests.intake.activity.sheets import HEAD, answered, brought
from tests.intake.places.made import gias_bytes, place
nora = User.objects.create_user({E_MAIL["no_role"]!r}, {PASSWORD!r}, name="Nora Norole")
nora.invitations.create(
    digest=Invitation.digest_of({KEY_OF_AN_INVITATION!r}),
    expires_at=timezone.now() + timedelta(days=9999),
)
# Somebody who was never invited.
User.objects.create_user("newcomer@sample.example", name="Nadia Newcomer")
# Two agencies that were one; first in every list, with a number of their own.
acorn = Agency.objects.create(name="Acorn Club", kind="voluntary")
acorn.identifiers.create(scheme="local", value="A-1")
merge_places(
    by=User.objects.get(email={E_MAIL["administrator"]!r}),
    gone=Agency.objects.create(name="Acorn Youth Club", kind="voluntary"),
    into=acorn,
    today=timezone.localdate(),
)
# Two national lists: of one the authority is still to be chosen, of the other what to take.
client = Client(headers={{"host": "127.0.0.1"}})
client.force_login(User.objects.get(email={E_MAIL["administrator"]!r}))
for authority in ("399", ""):
    schools = [place(100001, "Oak Primary School"), place(100002, "Elm Grove School")]
    schools.append(place(100003, "Far School", **{{"LA (code)": "302", "LA (name)": "Far"}}))
    file = SimpleUploadedFile("edubasealldata20261101.csv", gias_bytes(*schools))
    sent = client.post(reverse("intake:places_add"), {{"files": [file]}})
    if authority:
        client.post(sent.url, {{"authority": authority}})
# Two sheets of the worker: one leaves words open, the other waits to be imported.
wilma = User.objects.get(email={E_MAIL["worker"]!r})
site = wilma.placements.exclude(base_site=None).first().base_site.name
drop_in = ActivityType.objects.filter(kind="drop_in").first().name
line = f"{{drop_in}},{{site}},1.5,12,"
brought(wilma, f"{{HEAD}}03/11/2026,d/in at the gate,{{site}},1.5,12,\\n")
answered(brought(wilma, f"{{HEAD}}04/11/2026,{{line}}\\n05/11/2026,{{line}}\\n"), wilma)
# Files of people that have come in, one for each page of them; an import is too young to be late.
for email, kind in (({E_MAIL["worker"]!r}, "activity"), ({E_MAIL["administrator"]!r}, "service")):
    by = User.objects.get(email=email)
    far = timezone.now() + timedelta(days=9999)
    Batch.objects.create(kind=kind, by=by, state="imported", imported_at=far, digest="a")
    if kind == "activity":
        Batch.objects.create(kind=kind, by=by, state="reading", heard_at=far, digest="b")
    else:
        ready = Batch.objects.create(kind=kind, by=by, state="ready", digest="c")
        ready.counts = {{"Posts": {{"new": 1, "refused": 1}}}}
        ready.save()
        for number, name in enumerate(("School liaison", "Hospital liaison"), start=3):
            ready.staged_rows.create(
                number=number,
                sheet="Posts",
                state="new" if number == 3 else "refused",
                content={{"values": {{"name": name}}, "flaws": {{}}}},
            )
# One quarter is still to be closed.
ClosedQuarter.objects.order_by("quarter").first().delete()
"""


class BrowserServer(Server):
    """A running EITrack: where it answers, and what its database holds."""

    def __init__(self, folder, began=None):
        super().__init__(
            folder,
            settings="tests.browser.settings",
            environment={
                "BROWSER_TEST_FOLDER": str(folder),
                "BROWSER_TEST_BEGAN": str(began or time.time()),
            },
        )

    def build_world(self):
        self.prepare(self.folder / "world.sqlite3")
        self.manage("load_demo", "--workers=8", "--months=9", "--until=2026-11-24")
        self.manage("shell", "--no-imports", "-c", ADD_NO_ROLE)

    def ask(self, sql, *values):
        """The first row of a question to the database, read beside the running server."""
        connection = sqlite3.connect(f"file:{self.folder / 'world.sqlite3'}?mode=ro", uri=True)
        try:
            return connection.execute(sql, values).fetchone()
        finally:
            connection.close()

    def void_activities_after(self, pk):
        """Takes out of every count what a test has logged, so that a day does not fill up."""
        connection = sqlite3.connect(self.folder / "world.sqlite3", timeout=20)
        try:
            connection.execute(
                "UPDATE activities_activity SET status = 'void', void_reason = 'undone' "
                "WHERE id > ?",
                [pk],
            )
            connection.commit()
        finally:
            connection.close()

    def activities(self):
        """How many activities stand in the database."""
        return self.ask("SELECT count(*) FROM activities_activity")[0]


def server_of_the_run(tmp_path_factory):
    """A server on a copy of the one world that all processes of a run share."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    world, began = shared / "browser-world", shared / "browser-world-began"
    with alone(shared / "browser-world-lock"):
        if not began.exists():
            world.mkdir()
            now = time.time()
            BrowserServer(world, now).build_world()
            began.write_text(str(now))
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(world, folder, dirs_exist_ok=True)
    return BrowserServer(folder, float(began.read_text()))


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = server_of_the_run(tmp_path_factory)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def base_url(server):
    return server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, which also runs as root, in a container, without a network."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return {
        **browser_type_launch_args,
        # As people use it: pages that are left stay in memory.
        "ignore_default_args": ["--disable-back-forward-cache"],
        "executable_path": next(filter(None, map(shutil.which, names)), None),
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, base_url):
    return {
        **browser_context_args,
        "base_url": base_url,
        "viewport": PHONE,
        "has_touch": True,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "color_scheme": "light",
        # Colours are measured at rest, not on their way from light to dark.
        "reduced_motion": "reduce",
        "service_workers": "block",
    }


def sign_in_by_form(page, role):
    page.goto("/account/login/")
    page.get_by_label("mail").fill(E_MAIL[role])
    page.locator("input[type=password]").fill(PASSWORD)
    press(page.get_by_role("button", name="Sign in", exact=True))
    assert page.locator("input[type=password]").count() == 0, page.inner_text("main")


@pytest.fixture(scope="session")
def signed_in(browser, browser_context_args):
    """Cookies of a role, from its one sign-in of the run; none for "anonymous"."""
    states = {"anonymous": None}

    def state_of(role):
        if role not in states:
            context = browser.new_context(**browser_context_args)
            sign_in_by_form(context.new_page(), role)
            states[role] = context.storage_state()
            context.close()
        return states[role]

    return state_of


@pytest.fixture
def open_as(new_context, signed_in):
    """A fresh page of a browser of its own, signed in: `open_as("worker", "/today/")`."""

    def open_page(role, path=None, **context):
        page = new_context(storage_state=signed_in(role), **context).new_page()
        if path:
            page.goto(path)
        return page

    return open_page


@pytest.fixture
def phone(browser_type, browser_type_launch_args, browser_context_args, tmp_path, server):
    """A phone that can be switched off and on: `phone.open()` gives its page."""

    class Phone:
        context = None

        def open(self, path="/tally/"):
            self.context = browser_type.launch_persistent_context(
                tmp_path / "phone",
                **browser_type_launch_args,
                **{**browser_context_args, "service_workers": "allow"},
            )
            # The day of the server under test.
            self.context.clock.install(time="2026-11-24T14:00:00Z")
            page = self.context.pages[0]
            if path:
                page.goto(path)
            return page

        def close(self):
            if self.context:
                self.context.close()
                self.context = None

    phone = Phone()
    yield phone
    phone.close()
