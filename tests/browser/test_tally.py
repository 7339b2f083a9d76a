"""The tally with and without a signal: nothing lost, nothing doubled, no name on the phone."""

import json
import re

import pytest
from playwright.sync_api import expect

from eitrack.demo.signins import PASSWORD
from tests.browser.conftest import E_MAIL, sign_in_by_form
from tests.browser.hands import Hands, press
from tests.browser.looking import axe, overflow
from tests.browser.on_phone import (
    CHANGE_WAITING,
    IN_CACHES,
    LAST,
    WAITING,
    Wire,
    count_conversations,
    counter,
    expect_nothing_waiting,
    finish_without_signal,
    kept_heading,
    look_for_signal,
    open_tally,
    saved_after,
    state,
    status,
    waiting,
)

pytestmark = pytest.mark.browser

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
ON_WIRE = re.compile("/tally/send/$")


@pytest.fixture(autouse=True)
def _a_day_that_does_not_fill_up(server):
    last = server.ask(LAST)[0]
    yield
    server.void_activities_after(last)


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
    press(page.get_by_role("button", name="Sign in", exact=True))


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
                finish_without_signal(page, number, waiting=number)
            page.reload()
            expect(kept_heading(page)).to_contain_text("5 waiting")
            phone.close()
            page = phone.open()
            expect(kept_heading(page)).to_contain_text("5 waiting")
        finally:
            server.start()
        page.goto("/tally/")  # On a phone of one's own the session outlives the browser.
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
            finish_without_signal(page, number, waiting=number)
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
        finish_without_signal(page, 2)
        counter(page, "Begun by you").click()

        kept, cached = page.evaluate(WAITING), page.evaluate(IN_CACHES)

        pages = {path for path in cached if not path.startswith("/static/")}
        assert pages == {"/tally/", "/no-signal/"}
        everything = json.dumps([kept, cached, page.evaluate("({...localStorage})")]).lower()
        for words in ("wilma", "willow", E_MAIL["worker"], "sessionid", "csrfmiddlewaretoken"):
            assert words not in everything
        assert "case" not in json.dumps(kept) + cached["/tally/"] + cached["/no-signal/"]
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
        finish_without_signal(page, 2)
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
        finish_without_signal(page, 4)
        wire.mend()

        page.goto("/activities/")
        expect(page.locator("[data-kept-line]")).to_be_hidden()
        page.wait_for_function("() => !document.cookie.includes('kept_on_phone')")

        assert saved_after(server, last) == [4]

    def test_signing_out_warns_first_then_throws_away(self, page, server):
        last = server.ask(LAST)[0]
        page.context.route(ON_WIRE, lambda route: route.abort())
        page.context.set_offline(True)
        finish_without_signal(page, 2)
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
        finish_without_signal(page, 6)
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
        finish_without_signal(page, 7)
        page.evaluate(CHANGE_WAITING, {"item": {"recorded_at": "2026-11-09T14:00:00Z"}})
        wire.mend()

        page.reload()
        expect(page.locator("#kept-list")).to_contain_text("older than 14 days")
        assert saved_after(server, last) == []
        page.get_by_role("button", name="Send it").click()
        expect(kept_heading(page)).to_contain_text("none waiting")

        assert saved_after(server, last) == [7]


class TestMending:
    """What was finished without a signal can be looked at and mended before it is sent."""

    @pytest.fixture
    def row(self, page, wire):
        """Three conversations in 25 minutes from 14:00, finished without a signal, and open."""
        wire.cut()
        counter(page, "Begun by a family").click()
        expect(counter(page, "Begun by a family")).to_contain_text("1")
        page.clock.fast_forward("25:00")
        count_conversations(page, 2)
        row = page.locator("#kept-list li")
        expect(row.get_by_role("button", name="Done")).to_be_visible()
        return row

    def test_it_says_what_is_in_it(self, row):
        expect(row).to_contain_text("Playground, 3 conversations, 25 min, 14:00")

    def test_each_change_is_kept_at_once_and_sent_when_it_is_closed(self, row, page, wire, server):
        last = server.ask(LAST)[0]
        row.get_by_label("Begun by you").fill("4")
        row.get_by_label("Minutes").fill("40")
        row.locator("[name=starts_at]").fill("13:05")
        row.locator("[name=starts_at]").blur()
        expect(row).to_contain_text("Playground, 7 conversations, 40 min, 13:05")
        assert axe(page) + overflow(page) == []
        values = dict(waiting(page)[0]["values"])
        assert (values["contact_minutes"], values["starts_at"]) == ("40", "13:05")

        wire.mend()
        look_for_signal(page)
        expect(state(page)).to_have_text("")
        assert saved_after(server, last) == []
        row.get_by_role("button", name="Done").click()
        expect(row).to_contain_text("sent 14:")

        assert server.ask(
            "SELECT a.conversations, a.begun_by_worker, a.starts_at, e.contact_minutes "
            "FROM activities_activity a JOIN activities_timeentry e ON e.activity_id = a.id "
            "WHERE a.id > ?",
            last,
        ) == (7, 4, "13:05:00", 40)

    def test_another_site_may_be_chosen(self, row, page):
        other = page.locator("#tally-site option").nth(2).get_attribute("value")

        row.locator("[name=site]").select_option(other)
        expect(row).to_contain_text("Kept.")

        assert dict(waiting(page)[0]["values"])["site"] == other

    def test_what_cannot_be_is_not_kept(self, row, page):
        row.get_by_label("Minutes").fill("2000")
        row.get_by_role("button", name="Done").click()

        expect(row.get_by_role("button", name="Done")).to_be_visible()
        assert dict(waiting(page)[0]["values"])["contact_minutes"] == "25"

    def test_counting_on_closes_it_and_it_is_sent(self, row, page, wire, server):
        last = server.ask(LAST)[0]
        counter(page, "Begun by a family").click()
        expect(row.get_by_role("button", name="Done")).to_have_count(0)
        wire.mend()
        expect(kept_heading(page)).to_contain_text("none waiting")

        assert saved_after(server, last) == [3]

    def test_it_can_be_opened_again(self, row, page):
        row.get_by_role("button", name="Done").click()
        row.get_by_role("button", name="Change").click()

        expect(row.get_by_label("Minutes")).to_have_value("25")

    def test_a_page_that_ends_lets_go_of_it(self, row, page, wire, server):
        last = server.ask(LAST)[0]
        wire.mend()
        page.goto("/activities/")
        page.wait_for_function("() => !document.cookie.includes('kept_on_phone')")

        assert saved_after(server, last) == [3]

    @pytest.mark.parametrize("is_open", [True, False])
    def test_it_can_be_thrown_away_and_taken_back(self, row, page, wire, server, is_open):
        last = server.ask(LAST)[0]
        if not is_open:
            row.get_by_role("button", name="Done").click()
        row.get_by_role("button", name="Throw away").click()
        expect(row).to_contain_text("Thrown away: Playground, 3 conversations")
        assert waiting(page) == []
        assert axe(page) == []

        row.get_by_role("button", name="Undo").click()
        expect(kept_heading(page)).to_contain_text("1 waiting")
        wire.mend()
        expect(kept_heading(page)).to_contain_text("none waiting")

        assert saved_after(server, last) == [3]

    def test_asked_for_while_it_looks_it_looks_once_more(self, row, page, wire):
        """What is let go of behind the look that is under way would wait for 20 seconds."""
        asked = []
        wire.mend()
        page.evaluate("() => sender.look()")
        page.on("request", lambda request: asked.append(request.url))

        page.evaluate("() => Promise.all([sender.look(), sender.look(), sender.look()])")

        assert len([url for url in asked if "/tally/ready/" in url]) == 2

    def test_it_says_how_long_it_is_kept(self, row, page):
        expect(page.locator("#kept-lasting")).to_contain_text("on this phone only")
        expect(page.locator("#kept-lasting")).to_contain_text("A private window forgets it")


class TestNotices:
    def test_go_when_they_are_no_longer_true(self, page, wire):
        wire.cut()
        page.reload()
        expect(state(page)).to_contain_text("No signal.")
        finish_without_signal(page, 1)

        wire.mend()

        expect(state(page)).to_have_text("")
        expect(kept_heading(page)).to_contain_text("none waiting")

    def test_a_server_that_is_back_is_seen_without_any_event(self, page, server):
        server.stop()
        try:
            page.reload()
            expect(state(page)).to_contain_text("No signal.")
        finally:
            server.start()

        page.clock.fast_forward(21_000)

        expect(state(page)).to_have_text("")


class TestLogForm:
    def test_a_save_that_meets_no_network_is_kept_and_sent_later(self, page, wire, server):
        last = server.ask(LAST)[0]
        page.goto("/log/drop_in/")
        page.locator("[name=attendance]").fill("14")
        wire.cut()

        page.get_by_role("button", name=re.compile("^Save ")).click()
        expect(page.locator("main")).to_contain_text("No signal. Kept on this phone.")
        expect(page.locator("main")).to_contain_text("A private window forgets it")
        assert axe(page) == []
        kept = json.dumps(waiting(page))
        assert "csrfmiddlewaretoken" not in kept
        wire.mend()
        page.wait_for_function("() => !document.cookie.includes('kept_on_phone')")
        expect(page.locator("main")).to_contain_text(re.compile(r"Sent 14:\d\d\."))
        expect(page.locator("main")).not_to_contain_text("No signal")

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
            expect(page.locator("main")).to_contain_text("Kept on this phone")
        finally:
            server.start()
        look_for_signal(page)
        page.wait_for_function("() => !document.cookie.includes('kept_on_phone')")

        assert server.ask(
            "SELECT count(*), sum(attendance) FROM activities_activity WHERE id > ?", last
        ) == (1, 8)
