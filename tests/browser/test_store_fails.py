"""A phone whose storage fails: nothing is lost in silence, and no ordinary save is stopped."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in_by_form
from tests.browser.looking import axe, overflow
from tests.browser.on_phone import (
    LAST,
    Wire,
    count_conversations,
    counter,
    open_tally,
    saved_after,
    state,
    status,
    waiting,
)

pytestmark = pytest.mark.browser

# Every connection is remembered, so that it can be closed under the page, as WebKit does; no new
# one is opened while storage is refused; and so many changes as are silent never say they are done.
STORAGE_THAT_FAILS = """
    window.connections = [];
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...words) {
        if (window.refuses || localStorage.refuses) throw new DOMException("No.", "SecurityError");
        const request = open.apply(this, words);
        request.addEventListener("success", () => window.connections.push(request.result));
        return request;
    };
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...words) {
        const change = transaction.apply(this, words);
        return window.silent-- > 0 ? { objectStore: (name) => change.objectStore(name) } : change;
    };
"""
DIE = "connections.forEach((one) => one.close())"
REFUSE = f"{DIE}; window.refuses = localStorage.refuses = 'yes'"
ALLOW = "window.refuses = ''; localStorage.clear()"


@pytest.fixture(autouse=True)
def _a_day_that_does_not_fill_up(server):
    last = server.ask(LAST)[0]
    yield
    server.void_activities_after(last)


@pytest.fixture
def page(phone):
    page = phone.open(path=None)
    phone.context.add_init_script(STORAGE_THAT_FAILS)
    sign_in_by_form(page, "worker")
    open_tally(page)
    return page


@pytest.fixture
def wire(page):
    return Wire(page)


def tap(page, expected):
    counter(page, "Begun by a family").click()
    expect(counter(page, "Begun by a family")).to_contain_text(expected, timeout=15_000)


class TestAConnectionThatDied:
    def test_is_opened_again_and_every_tap_is_kept(self, page):
        tap(page, "1")
        page.evaluate(DIE)

        tap(page, "2")
        page.reload()

        expect(counter(page, "Begun by a family")).to_contain_text("2")

    def test_does_not_stop_finish(self, page, wire):
        tap(page, "1")
        wire.cut()
        page.evaluate(DIE)

        page.get_by_role("button", name="Finish").click()
        expect(state(page)).to_contain_text("1 waiting")

        assert dict(waiting(page)[0]["values"])["begun_by_family"] == "1"

    def test_does_not_stop_the_log_form_from_keeping(self, page, wire):
        page.goto("/log/drop_in/")
        page.locator("[name=attendance]").fill("14")
        wire.cut()
        page.evaluate(DIE)

        page.get_by_role("button", name=re.compile("^Save ")).click()

        expect(page.locator("main")).to_contain_text("Kept on this phone")
        assert dict(waiting(page)[0]["values"])["attendance"] == "14"

    def test_one_that_never_answers_is_given_up(self, page):
        page.evaluate("window.silent = 1")

        tap(page, "1")
        page.reload()

        expect(counter(page, "Begun by a family")).to_contain_text("1")


class TestStorageThatIsRefused:
    def test_a_tap_that_is_not_kept_is_shown_apart(self, page):
        tap(page, "1")
        page.evaluate(REFUSE)

        tap(page, "1 Begun by a family and 1 not kept")

        expect(status(page)).to_contain_text("1 and 1 not kept")
        expect(state(page)).to_contain_text("Not kept on this phone")
        assert axe(page) + overflow(page) == []

    def test_what_was_not_kept_is_kept_once_it_can_be(self, page):
        page.evaluate(REFUSE)
        tap(page, "0 Begun by a family and 1 not kept")
        page.evaluate(ALLOW)

        tap(page, "2 Begun by a family")

        expect(state(page)).to_have_text("")
        page.reload()
        expect(counter(page, "Begun by a family")).to_contain_text("2")

    def test_finish_carries_the_numbers_in_the_address(self, page, server):
        last = server.ask(LAST)[0]
        page.evaluate(REFUSE)
        page.reload()
        expect(counter(page, "Begun by a family")).to_be_visible()

        count_conversations(page, 3)
        page.wait_for_url(re.compile("/log/playground/"))
        assert page.locator("[name=begun_by_family]").input_value() == "3"
        page.get_by_role("button", name=re.compile("^Save ")).click()
        page.wait_for_url(re.compile("saved="))

        assert saved_after(server, last) == [3]

    def test_finish_without_a_signal_says_that_nothing_is_kept(self, page, wire):
        page.evaluate(REFUSE)
        wire.cut()
        count_conversations(page, 3)
        expect(status(page)).to_contain_text("Not finished")
        expect(counter(page, "Begun by a family")).to_contain_text("and 3 not kept")

        wire.mend()
        page.get_by_role("button", name="Finish").click()
        page.wait_for_url(re.compile("/log/playground/"))

        assert page.locator("[name=begun_by_family]").input_value() == "3"

    def test_an_ordinary_save_goes_on(self, page, server):
        last = server.ask(LAST)[0]
        page.evaluate(REFUSE)
        page.goto("/log/drop_in/")
        page.locator("[name=attendance]").fill("14")

        page.get_by_role("button", name=re.compile("^Save ")).click()
        page.wait_for_url(re.compile("saved="))

        assert server.ask("SELECT attendance FROM activities_activity WHERE id > ?", last) == (14,)

    def test_a_save_without_a_signal_stays_on_the_form(self, page, wire, server):
        last = server.ask(LAST)[0]
        page.evaluate(REFUSE)
        page.goto("/log/drop_in/")
        page.locator("[name=attendance]").fill("14")
        wire.cut()
        save = page.get_by_role("button", name=re.compile("^Save "))

        save.click()
        expect(page.locator(".signal-notice")).to_contain_text("No signal. Nothing is lost")
        wire.mend()
        save.click()
        page.wait_for_url(re.compile("saved="))

        assert server.ask("SELECT attendance FROM activities_activity WHERE id > ?", last) == (14,)

    def test_signing_out_goes_on(self, page):
        page.evaluate(REFUSE)
        page.goto("/account/logout/")

        page.locator("main").get_by_role("button", name="Sign out").click()

        page.wait_for_url(re.compile("/account/login/"))
