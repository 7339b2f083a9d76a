"""Without a signal a form stays with all that was typed, and Today and Week lead to Tally."""

import json
import re

import pytest
from playwright.sync_api import expect

from eitrack.activities import kinds
from tests.browser.conftest import sign_in_by_form
from tests.browser.looking import Watch, axe, overflow
from tests.browser.on_phone import (
    IN_CACHES,
    LAST,
    SERVED_BY,
    WAITING,
    Wire,
    count_conversations,
    counter,
    state,
    waited_for,
)

pytestmark = pytest.mark.browser

WITH_CASE = [kind.code.value for kind in kinds.KINDS if kind.may_have_case]
STORES = f"() => indexedDB.databases().then((all) => all.length ? ({WAITING})() : {{}})"
TIMES_SWITCHED_ON = 3
NOTHING_LOST = "No signal. Nothing is lost: press Save again when it is back."


@pytest.fixture(autouse=True)
def _a_day_that_does_not_fill_up(server):
    last = server.ask(LAST)[0]
    yield
    server.void_activities_after(last)


@pytest.fixture
def page(phone):
    page = phone.open(path=None)
    sign_in_by_form(page, "worker")
    return page


@pytest.fixture
def wire(page):
    return Wire(page)


def save(page):
    page.get_by_role("button", name=re.compile("^Save ")).locator("visible=true").click()


def notice(page):
    return page.locator(".signal-notice")


class TestAForm:
    @pytest.mark.parametrize("kind", WITH_CASE)
    def test_of_a_kind_with_a_case_stays_and_nothing_is_on_the_phone(self, page, wire, kind):
        page.goto(f"/log/{kind}/")
        page.locator("[name=contact_minutes]").fill("37")
        wire.cut()

        save(page)
        expect(notice(page)).to_have_text(NOTHING_LOST)

        assert page.locator("[name=contact_minutes]").input_value() == "37"
        assert axe(page) + overflow(page) == []
        page.get_by_role("button", name=re.compile("^Save ")).locator("visible=true").hover()
        stores = page.evaluate(
            f"indexedDB.databases().then((all) => all.length ? ({WAITING})() : {{}})"
        )
        assert stores.get("waiting", []) == []
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]

    def test_is_sent_by_the_next_press_when_the_signal_is_back(self, page, wire, server):
        last = server.ask(LAST)[0]
        page.goto("/log/consultation_family/")
        page.locator("[name=contact_minutes]").fill("37")
        page.locator("[name=attendance]").fill("2")
        wire.cut()
        save(page)
        expect(notice(page)).to_have_text(NOTHING_LOST)

        wire.mend()
        page.clock.fast_forward(6000)
        expect(notice(page)).to_have_text("The signal is back. Press Save again.")
        save(page)
        page.wait_for_url(re.compile("saved="))

        assert server.ask(
            "SELECT count(*), sum(attendance) FROM activities_activity WHERE id > ?", last
        ) == (1, 2)

    def test_stays_while_the_server_is_down(self, page, server):
        last = server.ask(LAST)[0]
        page.goto("/log/consultation_family/")
        page.locator("[name=attendance]").fill("2")
        server.stop()
        try:
            save(page)
            expect(notice(page)).to_have_text(NOTHING_LOST)
        finally:
            server.start()
        save(page)
        page.wait_for_url(re.compile("saved="))

        assert server.ask("SELECT attendance FROM activities_activity WHERE id > ?", last) == (2,)

    def test_that_waits_too_long_for_an_answer_stays(self, page, server):
        page.goto("/log/consultation_family/")
        page.context.route("**/signal/", lambda route: None)

        save(page)
        page.clock.fast_forward(1000)
        expect(notice(page)).to_have_text("Looking for a signal…")
        page.wait_for_timeout(8500)

        expect(notice(page)).to_have_text(NOTHING_LOST)

    def test_is_sent_once_however_often_it_is_pressed(self, page, server):
        last = server.ask(LAST)[0]
        page.goto("/log/consultation_family/")
        page.locator("[name=attendance]").fill("2")

        page.get_by_role("button", name=re.compile("^Save ")).locator("visible=true").dblclick()
        page.wait_for_url(re.compile("saved="))

        assert server.ask("SELECT count(*) FROM activities_activity WHERE id > ?", last) == (1,)

    def test_of_a_week_stays(self, page, wire):
        page.goto("/week/")
        cell = page.locator("[data-cell=minutes]").locator("visible=true").first
        cell.fill("25")
        wire.cut()

        save(page)

        expect(notice(page)).to_have_text(NOTHING_LOST)
        assert cell.input_value() == "25"


class TestTodayAndWeek:
    @pytest.fixture
    def page(self, phone):
        """Today, once with a signal; Tally never.

        On a busy machine Playwright may hold a service worker at its start for good: it attaches to
        it while it starts. Then the phone is switched off and on.
        """
        for _ in range(TIMES_SWITCHED_ON):
            page = phone.open(path=None)
            sign_in_by_form(page, "worker")
            page.goto("/today/")
            scopes = ("/today/", "/week/", "/tally/")
            if all(waited_for(page, SERVED_BY % (scope, scope)) for scope in scopes):
                return page
            phone.close()
        raise AssertionError("No service worker started.")

    @pytest.mark.parametrize("path", ["/today/", "/week/", "/week/2026-W47/"])
    def test_lead_to_tally_which_counts(self, page, wire, path):
        wire.cut()
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("No signal")
        assert axe(page) + overflow(page) == []

        page.get_by_role("link", name="Open Tally").click()
        page.locator("#tally-site").select_option(index=1)
        count_conversations(page, 2)

        expect(state(page)).to_contain_text("1 waiting")

    def test_are_there_again_with_the_signal(self, page, wire):
        wire.cut()
        page.goto("/week/")
        wire.mend()

        page.get_by_role("link", name="Try again").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("This week")

    def test_keep_nothing_of_anybody(self, page):
        page.goto("/week/")
        page.goto("/today/")
        name = page.locator(".user-menu .on-desk").text_content()

        cached = page.evaluate(IN_CACHES)

        pages = {path for path in cached if not path.startswith("/static/")}
        assert pages == {"/tally/", "/no-signal/"}
        everything = json.dumps(cached).lower()
        for words in (name.lower(), "sample.example", "csrfmiddlewaretoken", "data-owner"):
            assert words not in everything
        assert "case" not in cached["/no-signal/"]


def test_it_can_be_installed(page, server):
    watch = Watch(page, server.url)
    page.goto("/tally/")
    found = page.context.new_cdp_session(page).send("Page.getAppManifest")

    assert found["errors"] == []
    manifest = json.loads(found["data"])
    assert (manifest["start_url"], manifest["display"]) == ("/today/", "standalone")
    answer = page.request.get("/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    for icon in [*manifest["icons"], {"src": "/apple-touch-icon.png", "type": "image/png"}]:
        answer = page.request.get(icon["src"])
        assert (answer.status, answer.headers["content-type"]) == (200, icon["type"])
    expect(counter(page, "Begun by a family")).to_be_visible()
    assert watch.take() == []
