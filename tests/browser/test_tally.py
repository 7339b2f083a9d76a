"""The tally with and without a signal: nothing lost, nothing doubled, no name on the phone."""

import json
import re

import pytest
from playwright.sync_api import expect

from eitrack.demo.signins import PASSWORD
from tests.browser.conftest import E_MAIL, sign_in_by_form
from tests.browser.hands import Hands
from tests.browser.looking import axe, overflow

pytestmark = pytest.mark.browser

LAST = "SELECT coalesce(max(id), 0) FROM activities_activity"
SECOND = "second-worker@sample.example"
ADD_SECOND_WORKER = f"""
from eitrack.accounts.models import RoleTerm, User
from eitrack.directory.models import Placement
if not User.objects.filter(email={SECOND!r}).exists():
    user = User.objects.create_user({SECOND!r}, {PASSWORD!r}, name="Selma Second")
    RoleTerm.objects.create(user=user, role="worker")
    hat = Placement.objects.filter(worker__email={E_MAIL["worker"]!r}).order_by("-from_on").first()
    hat.pk, hat.worker = None, user
    hat.save()
"""
WAITING = """() => new Promise((resolve, reject) => {
    const opening = indexedDB.open("eitrack");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const all = {}, names = [...opening.result.objectStoreNames];
        const reading = opening.result.transaction(names);
        for (const name of names) {
            const request = reading.objectStore(name).getAll();
            request.onsuccess = () => all[name] = request.result;
        }
        reading.oncomplete = () => { opening.result.close(); resolve(all); };
    };
})"""
CHANGE_WAITING = """(changes) => new Promise((resolve) => {
    indexedDB.open("eitrack").onsuccess = ({ target: { result: base } }) => {
        const change = base.transaction("waiting", "readwrite");
        const store = change.objectStore("waiting");
        store.getAll().onsuccess = ({ target: { result: items } }) => {
            for (const item of items) {
                const values = item.values.map(([name, value]) => [name, changes[name] ?? value]);
                store.put({ ...item, ...changes.item, values });
            }
        };
        change.oncomplete = () => { base.close(); resolve(); };
    };
})"""
IN_CACHES = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request, { ignoreVary: true });
            found[new URL(request.url).pathname] =
                [...answer.headers].flat().join(" ") + await answer.text();
        }
    }
    return found;
}"""
ON_WIRE = re.compile("/tally/send/$")


@pytest.fixture(autouse=True)
def _a_day_that_does_not_fill_up(server):
    last = server.ask(LAST)[0]
    yield
    server.void_activities_after(last)


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


@pytest.fixture
def page(phone):
    """The tally on the worker's phone, visited once with a signal."""
    page = phone.open(path=None)
    sign_in(page)
    open_tally(page)
    return page


def sign_in(page, email=None):
    if email is None:
        return sign_in_by_form(page, "worker")
    page.goto("/account/login/")
    page.get_by_label("mail").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def until(page, condition):
    """Wait for an asynchronous condition; Playwright alone would take its promise as met."""
    page.evaluate(
        f"""async () => {{
            for (let tries = 0; !(await ({condition})()); tries++) {{
                if (tries === 300) throw new Error("Waited in vain.");
                await new Promise((go) => setTimeout(go, 50));
            }}
        }}"""
    )


def open_tally(page):
    page.goto("/tally/")
    until(page, "async () => (await navigator.serviceWorker.ready).active !== null")
    until(page, "async () => (await caches.match('/tally/', {ignoreVary: true})) !== undefined")
    expect(counter(page, "Begun by a family")).to_be_visible()
    if not page.locator("#tally-site").input_value():
        page.locator("#tally-site").select_option(index=1)


def counter(page, words):
    return page.get_by_role("button", name=re.compile(words)).locator("visible=true")


def expect_nothing_waiting(page):
    """Any page of the server sends what is kept, so this may have happened before the tally."""
    until(page, f"async () => (await ({WAITING})()).waiting.length === 0")
    expect(page.locator(".kept-refused")).to_have_count(0)


def status(page):
    return page.locator("#tally-status")


def kept_heading(page):
    return page.locator("#kept-heading:visible")


def count_conversations(page, number):
    for _ in range(number):
        counter(page, "Begun by a family").click()
    page.get_by_role("button", name="Finish").click()


def waiting(page):
    return page.evaluate(WAITING)["waiting"]


def look_for_signal(page):
    page.evaluate("dispatchEvent(new Event('online'))")


def saved_after(server, last):
    """Conversations of the records saved since, in the order of saving."""
    text = server.ask(
        "SELECT group_concat(conversations, ' ') FROM "
        "(SELECT conversations FROM activities_activity WHERE id > ? ORDER BY id)",
        last,
    )[0]
    return [int(word) for word in (text or "").split()]


class Wire:
    """The network between phone and server, to be cut."""

    def __init__(self, page):
        self.page = page

    def cut(self):
        self.page.context.set_offline(True)

    def mend(self):
        self.page.context.set_offline(False)


@pytest.fixture
def wire(page):
    return Wire(page)


class TestWithASignal:
    def test_nine_conversations_take_nine_taps_and_two(self, page, server):
        last = server.ask(LAST)[0]
        hands = Hands(page)

        for _ in range(4):
            hands.tap(counter(page, "Begun by a family"))
        for _ in range(5):
            hands.tap(counter(page, "Begun by you"))
        page.clock.fast_forward("35:00")
        hands.tap(page.get_by_role("button", name="Finish"))
        page.wait_for_url(re.compile("/log/playground/"))
        hands.tap(page.get_by_role("button", name=re.compile("^Save ")))
        page.wait_for_url(re.compile("saved="))

        assert hands.actions == 9 + 2
        assert server.ask(
            "SELECT a.conversations, a.begun_by_family, a.begun_by_worker, e.contact_minutes, "
            "a.date FROM activities_activity a JOIN activities_timeentry e ON e.activity_id = a.id "
            "WHERE a.id > ?",
            last,
        ) == (9, 4, 5, 35, "2026-11-24")
        page.goto("/tally/")
        expect(counter(page, "Begun by a family")).to_contain_text("0")

    def test_undo_takes_back_the_last_tap_and_a_reload_loses_none(self, page):
        for words in ("family", "you", "family"):
            counter(page, f"Begun by .*{words}").click()
        page.get_by_role("button", name="Undo").click()
        expect(counter(page, "Begun by a family")).to_contain_text("1")

        page.reload()

        expect(counter(page, "Begun by a family")).to_contain_text("1")
        expect(counter(page, "Begun by you")).to_contain_text("1")
        expect(page.locator("#tally-clock")).to_contain_text("0:0")

    def test_what_is_finished_and_not_saved_is_still_there(self, page):
        count_conversations(page, 3)
        page.wait_for_url(re.compile("/log/playground/"))

        page.goto("/tally/")

        expect(counter(page, "Begun by a family")).to_contain_text("3")
        expect(status(page)).to_contain_text("not saved yet")
        page.get_by_role("button", name="start afresh").click()
        expect(counter(page, "Begun by a family")).to_contain_text("0")

    def test_adults_and_children_are_counted_apart(self, page):
        page.locator("#tally-kind").select_option("drop_in")
        for words in ("Adults", "Children", "Children"):
            counter(page, words).click()
        page.get_by_role("button", name="Finish").click()
        page.wait_for_url(re.compile("/log/drop_in/"))

        assert page.locator("[name=attendance]").input_value() == "3"
        assert page.locator("[name=children]").input_value() == "2"

    @pytest.mark.parametrize("kind", ["playground", "open_evening"])
    @pytest.mark.parametrize("size", [(320, 640), (390, 844), (844, 390), (1280, 800)])
    def test_is_big_and_has_nothing_wrong(self, page, kind, size):
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        page.locator("#tally-kind").select_option(kind)

        assert axe(page) + overflow(page) == []
        for one in page.locator(".tally-counter:visible").all():
            box = one.bounding_box()
            assert min(box["width"], box["height"]) >= 100

    def test_without_scripts_it_leads_to_the_log_form(self, open_as):
        page = open_as("worker", "/tally/", java_script_enabled=False)

        page.get_by_role("link", name="Playground").click()

        assert "/log/playground/" in page.url


class TestWithoutASignal:
    def test_five_records_outlive_reload_and_reopening(self, page, phone, server):
        last = server.ask(LAST)[0]
        server.stop()
        try:
            for number in range(1, 6):
                count_conversations(page, number)
                expect(status(page)).to_contain_text(f"{number} waiting")
            page.reload()
            expect(kept_heading(page)).to_contain_text("5 waiting")
            phone.close()
            page = phone.open()
            expect(kept_heading(page)).to_contain_text("5 waiting")
        finally:
            server.start()
        sign_in(page)
        page.goto("/tally/")
        expect_nothing_waiting(page)

        assert saved_after(server, last) == [1, 2, 3, 4, 5]
        expect(page.locator("#kept-list")).to_contain_text(re.compile(r"sent 14:\d\d"))
        assert waiting(page) == []
        page.reload()
        expect(page.locator("#tally")).to_be_visible()
        assert saved_after(server, last) == [1, 2, 3, 4, 5]

    def test_a_connection_cut_in_the_middle_of_each_send_doubles_nothing(self, page, wire, server):
        last = server.ask(LAST)[0]
        wire.cut()
        for number in range(1, 6):
            count_conversations(page, number)
            expect(status(page)).to_contain_text(f"{number} waiting")
        cut = set()

        def cut_once(route):
            token = re.search(r"form_token=([\w-]+)", route.request.post_data)[1]
            if token in cut:
                return route.continue_()
            cut.add(token)
            route.fetch()
            return route.abort()

        page.context.route(ON_WIRE, cut_once)
        wire.mend()
        for number in range(5, 0, -1):
            expect(kept_heading(page)).to_contain_text(f"{number} waiting")
            look_for_signal(page)
            with page.expect_event("requestfinished", lambda one: ON_WIRE.search(one.url)):
                look_for_signal(page)
        expect(kept_heading(page)).to_contain_text("none waiting")

        assert len(cut) == 5
        assert saved_after(server, last) == [1, 2, 3, 4, 5]

    def test_nothing_personal_is_on_the_phone(self, page, wire):
        wire.cut()
        count_conversations(page, 2)
        expect(status(page)).to_contain_text("1 waiting")
        counter(page, "Begun by you").click()

        kept, cached = page.evaluate(WAITING), page.evaluate(IN_CACHES)

        assert {path for path in cached if not path.startswith("/static/")} == {"/tally/"}
        everything = json.dumps([kept, cached, page.evaluate("({...localStorage})")]).lower()
        for words in ("wilma", "willow", E_MAIL["worker"], "sessionid", "csrfmiddlewaretoken"):
            assert words not in everything
        assert "case" not in json.dumps(kept) + cached["/tally/"]
        assert {name for item in kept["waiting"] for name in item} == {
            *("number", "owner", "kind", "values", "recorded_at")
        }
        assert {name for item in kept["waiting"] for name, _ in item["values"]} == {
            *("form_token", "date", "starts_at", "site", "contact_minutes"),
            *("begun_by_family", "begun_by_worker"),
        }
        site = page.locator("#tally-site option:checked").inner_text()
        assert site not in json.dumps(kept)

    def test_another_user_of_the_device_sees_no_count(self, page, wire, server):
        server.manage("shell", "--no-imports", "-c", ADD_SECOND_WORKER)
        last = server.ask(LAST)[0]
        wire.cut()
        count_conversations(page, 2)
        expect(status(page)).to_contain_text("1 waiting")
        page.context.clear_cookies(name="sessionid")
        wire.mend()

        sign_in(page, SECOND)
        assert page.locator("[data-kept-line]").is_hidden()
        page.goto("/tally/")
        expect(counter(page, "Begun by a family")).to_contain_text("0")
        page.wait_for_timeout(500)

        assert page.locator("#kept").is_hidden()
        assert saved_after(server, last) == []
        wire.cut()
        page.reload()
        expect(counter(page, "Begun by a family")).to_be_visible()
        assert page.locator("#kept").is_hidden()
        wire.mend()
        page.context.clear_cookies(name="sessionid")
        sign_in(page)
        page.goto("/tally/")
        expect_nothing_waiting(page)
        assert saved_after(server, last) == [2]

    def test_a_page_of_the_server_sends_what_waits(self, page, wire, server):
        last = server.ask(LAST)[0]
        wire.cut()
        count_conversations(page, 4)
        expect(status(page)).to_contain_text("1 waiting")
        wire.mend()

        page.goto("/activities/")
        expect(page.locator("[data-kept-line]")).to_be_hidden()
        page.wait_for_function("() => !document.cookie.includes('kept_on_phone')")

        assert saved_after(server, last) == [4]

    def test_signing_out_warns_first_then_throws_away(self, page, server):
        last = server.ask(LAST)[0]
        page.context.route(ON_WIRE, lambda route: route.abort())
        page.context.set_offline(True)
        count_conversations(page, 2)
        expect(status(page)).to_contain_text("1 waiting")
        page.context.set_offline(False)

        page.goto("/today/")
        page.locator(".user-menu summary").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("alert")).to_contain_text("1 record is still on this phone")
        assert axe(page) == []
        page.goto("/tally/")
        expect(kept_heading(page)).to_contain_text("1 waiting")
        page.get_by_role("link", name="Sign out").click()
        page.get_by_role("button", name="throw it away").click()
        page.wait_for_url(re.compile("/account/login/"))

        kept = page.evaluate(WAITING)
        assert kept == {"waiting": [], "running": [], "device": []}
        assert saved_after(server, last) == []

    def test_what_was_refused_says_why_and_can_be_mended(self, page, wire, server):
        last = server.ask(LAST)[0]
        wire.cut()
        count_conversations(page, 6)
        expect(status(page)).to_contain_text("1 waiting")
        page.evaluate(CHANGE_WAITING, {"contact_minutes": "2000"})
        wire.mend()

        expect(page.locator(".kept-refused")).to_contain_text("At most 960 minutes")
        assert axe(page) == []
        page.get_by_role("link", name="Mend it").click()
        page.wait_for_url(re.compile("/log/playground/"))
        assert page.locator("[name=begun_by_family]").input_value() == "6"
        page.locator("[name=contact_minutes]").fill("20")
        page.get_by_role("button", name=re.compile("^Save ")).click()
        page.wait_for_url(re.compile("saved="))
        page.goto("/tally/")
        expect_nothing_waiting(page)

        assert saved_after(server, last) == [6]

    def test_what_is_older_than_14_days_asks_before_it_is_sent(self, page, wire, server):
        last = server.ask(LAST)[0]
        wire.cut()
        count_conversations(page, 7)
        expect(status(page)).to_contain_text("1 waiting")
        page.evaluate(CHANGE_WAITING, {"item": {"recorded_at": "2026-11-09T14:00:00Z"}})
        wire.mend()

        page.reload()
        expect(page.locator("#kept-list")).to_contain_text("older than 14 days")
        assert saved_after(server, last) == []
        page.get_by_role("button", name="Send it").click()
        expect(kept_heading(page)).to_contain_text("none waiting")

        assert saved_after(server, last) == [7]


class TestLogForm:
    def test_a_save_that_meets_no_network_is_kept_and_sent_later(self, page, wire, server):
        last = server.ask(LAST)[0]
        page.goto("/log/drop_in/")
        page.locator("[name=attendance]").fill("14")
        wire.cut()

        page.get_by_role("button", name=re.compile("^Save ")).click()
        expect(page.locator("main")).to_contain_text("Kept on this phone, 1 waiting")
        assert axe(page) == []
        kept = json.dumps(waiting(page))
        assert "csrfmiddlewaretoken" not in kept
        wire.mend()
        page.wait_for_function("() => !document.cookie.includes('kept_on_phone')")

        assert server.ask(
            "SELECT attendance, kind FROM activities_activity WHERE id > ?", last
        ) == (14, "drop_in")

    def test_a_server_that_is_down_is_no_network_either(self, page, server):
        last = server.ask(LAST)[0]
        page.goto("/log/drop_in/")
        page.locator("[name=attendance]").fill("8")
        server.stop()
        try:
            page.get_by_role("button", name=re.compile("^Save ")).dblclick()
            expect(page.locator("main")).to_contain_text("1 waiting")
        finally:
            server.start()
        look_for_signal(page)
        page.wait_for_function("() => !document.cookie.includes('kept_on_phone')")

        assert server.ask(
            "SELECT count(*), sum(attendance) FROM activities_activity WHERE id > ?", last
        ) == (1, 8)
