"""The main job on a phone: a worker logs a drop-in, the manager and the district see it count."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in_by_form
from tests.browser.hands import Hands, tab_to
from tests.browser.looking import axe
from tests.browser.test_tally import WAITING

pytestmark = pytest.mark.browser

LAST = "SELECT max(id) FROM activities_activity"
WHAT_WAS_SAVED = """
    SELECT a.kind, a.attendance, a.date, a.site_id, a.status, e.contact_minutes, e.is_lead
    FROM activities_activity a JOIN activities_timeentry e ON e.activity_id = a.id
    WHERE a.id = (SELECT max(id) FROM activities_activity)
"""


@pytest.fixture(autouse=True)
def _a_day_that_does_not_fill_up(server):
    last = server.ask(LAST)[0]
    yield
    server.void_activities_after(last)


def drop_in_preset(page):
    return page.locator("a.preset[href*='/log/drop_in/']").first


def how_many(page):
    return page.locator("[name=attendance]")


def save(page):
    return page.get_by_role("button", name=re.compile("^Save "))


class TestAgreedThere:
    def test_the_form_follows_the_site_and_keeps_what_was_typed(self, open_as, server):
        pk, agency = server.ask(
            "SELECT s.id, g.name FROM directory_site s JOIN directory_agency g"
            " ON g.id = s.agency_id WHERE s.archived_from_on IS NULL AND NOT s.is_provisional"
            " ORDER BY s.id DESC LIMIT 1"
        )
        page = open_as("worker", "/log/consultation_family/")
        how_many(page).fill("2")
        expect(page.locator("button[name=look]")).to_be_hidden()

        page.locator("[name=site]").select_option(str(pk))

        expect(page.locator("#id_site_helptext")).to_contain_text(agency)
        expect(how_many(page)).to_have_value("2")
        expect(page.locator("[name=site]")).to_have_value(str(pk))


class TestOnAPhone:
    def test_a_repeat_drop_in_takes_three_actions(self, new_context, server):
        page = new_context().new_page()
        sign_in_by_form(page, "worker")
        page.goto("/today/")
        before = server.activities()
        hands = Hands(page)

        hands.tap(drop_in_preset(page))
        hands.fill(how_many(page), "14")
        hands.tap(save(page))

        page.wait_for_url(re.compile("saved="))
        assert hands.actions <= 3
        assert server.activities() == before + 1
        saved = page.locator(".saved")
        assert "14" in saved.inner_text()
        kind, attendance, date, _, status, minutes, is_lead = server.ask(WHAT_WAS_SAVED)
        assert (kind, attendance, date, status, is_lead) == (
            "drop_in",
            14,
            "2026-11-24",
            "held",
            1,
        )
        assert minutes > 0

    def test_a_first_drop_in_somewhere_takes_at_most_six(self, open_as, server):
        page = open_as("worker", "/today/")
        before = server.activities()
        hands = Hands(page)

        hands.tap(page.get_by_role("link", name="Log something else"))
        hands.tap(page.get_by_role("link", name="Drop-in", exact=True))
        site = page.locator("select[name=site]")
        place = site.locator("option:not([value='']):not(:checked)").nth(3).inner_text()
        hands.select(site, place)
        hands.fill(how_many(page), "14")
        hands.tap(save(page))

        page.wait_for_url(re.compile("saved="))
        assert hands.actions <= 6
        assert server.activities() == before + 1
        assert place in page.locator(".saved").inner_text()

    def test_the_manager_sees_it_and_the_district_counts_it(self, open_as, server):
        page = open_as("worker", "/today/")
        drop_in_preset(page).click()
        how_many(page).fill("214")
        save(page).click()
        page.wait_for_url(re.compile("saved="))
        saved = server.ask(LAST)[0]

        manager = open_as("manager", "/activities/")
        assert manager.locator(f"a[href='/activities/{saved}/']").count() > 0
        manager.goto("/teams/")
        manager.locator("main a[href^='/teams/']").first.click()
        manager.wait_for_load_state()
        manager.get_by_role("link", name="All activities of my teams").click()
        manager.wait_for_load_state()
        manager.locator(f"main a[href='/activities/{saved}/']").first.click()
        manager.wait_for_load_state()
        assert "214" in manager.inner_text("main")

        district = open_as("district")
        assert district.goto("/summary/").status == 200
        for code in ("VIS-01", "VIS-02", "VIS-03", "VIS-04", "RCH-01", "LOD-05"):
            assert district.locator(f"main a[href*='{code}']").count() > 0, code
        assert district.goto(f"/activities/{saved}/").status in (403, 404)

    def test_bad_input_comes_back_whole_and_readable(self, open_as, server):
        page = open_as("worker", "/log/drop_in/")
        before = server.activities()

        how_many(page).fill("1000")
        page.locator("[name=contact_minutes]").fill("1020")
        page.locator("[name=date]").fill("2026-12-24")
        save(page).click()
        page.locator(".error-summary").wait_for()

        assert server.activities() == before
        assert how_many(page).input_value() == "1000"
        assert page.locator("[name=contact_minutes]").input_value() == "1020"
        assert page.locator("[name=date]").input_value() == "2026-12-24"
        links = page.locator(".error-summary a")
        assert links.count() == 3
        for link in links.all():
            assert page.locator(link.get_attribute("href")).count() == 1
        assert axe(page) == []


class TestWithoutJavaScript:
    def test_the_same_form_saves_the_same_record(self, open_as, server):
        last = server.ask(LAST)[0]
        page = open_as("worker", "/today/")
        drop_in_preset(page).click()
        how_many(page).fill("11")
        save(page).click()
        page.wait_for_url(re.compile("saved="))
        with_script = server.ask(WHAT_WAS_SAVED)
        server.void_activities_after(last)

        plain = open_as("worker", "/today/", java_script_enabled=False)
        drop_in_preset(plain).click()
        how_many(plain).fill("11")
        save(plain).click()
        plain.wait_for_url(re.compile("saved="))

        assert server.ask(WHAT_WAS_SAVED) == with_script


@pytest.fixture
def filled(open_as):
    """A drop-in filled in and not yet saved."""
    page = open_as("worker", "/log/drop_in/")
    how_many(page).fill("9")
    return page


class TestSentTwice:
    def test_a_double_click_saves_once(self, filled, server):
        before = server.activities()

        save(filled).dblclick()
        filled.wait_for_url(re.compile("saved="))

        assert server.activities() == before + 1

    def test_a_double_click_without_script_saves_once(self, open_as, server):
        page = open_as("worker", "/log/drop_in/", java_script_enabled=False)
        how_many(page).fill("9")
        before = server.activities()

        save(page).dblclick()
        page.wait_for_url(re.compile("saved="))

        assert server.activities() == before + 1

    def test_a_reload_saves_once(self, filled, server):
        before = server.activities()

        save(filled).click()
        filled.wait_for_url(re.compile("saved="))
        filled.reload()

        assert server.activities() == before + 1

    def test_going_back_and_saving_again_saves_once(self, filled, server):
        before = server.activities()

        save(filled).click()
        filled.wait_for_url(re.compile("saved="))
        filled.evaluate("void history.back()")
        filled.wait_for_url(re.compile("/log/drop_in/"), wait_until="commit")
        how_many(filled).fill("9")
        save(filled).click()
        filled.wait_for_url(re.compile("saved="))

        assert server.activities() == before + 1

    def test_two_at_the_same_moment_save_once(self, filled, server):
        before = server.activities()

        statuses = filled.evaluate(
            """() => {
                const body = new URLSearchParams(new FormData(document.querySelector('.log-form')));
                const send = () => fetch(location.href, {method: 'POST', body});
                return Promise.all([send(), send(), send()]).then(all => all.map(r => r.status));
            }"""
        )

        assert statuses == [200, 200, 200]
        assert server.activities() == before + 1


def test_the_keyboard_alone_fills_in_and_saves(open_as, server):
    page = open_as("worker", "/today/")
    before = server.activities()

    tab_to(page, drop_in_preset(page))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/log/drop_in/"))
    tab_to(page, how_many(page))
    page.keyboard.type("7")
    tab_to(page, save(page))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("saved="))

    assert server.activities() == before + 1
    assert server.ask(WHAT_WAS_SAVED)[1] == 7


class TestNote:
    MEETING = "/log/meeting_service/"
    NAMED = "Spoke with Sarah Jones about the rota."

    @pytest.mark.parametrize("has_script", [True, False])
    def test_a_name_is_pointed_out_once_then_saved_with_every_value(
        self, open_as, server, has_script
    ):
        page = open_as("worker", self.MEETING, java_script_enabled=has_script)
        before = server.activities()
        page.locator("[name=contact_minutes]").fill("47")
        page.locator("summary", has_text=re.compile("^Note")).click()
        page.locator("[name=note]").fill(self.NAMED)
        save(page).click()
        page.locator(".text-warning").wait_for()

        assert server.activities() == before
        assert page.locator(".text-warning mark").inner_text() == "Sarah Jones"
        assert page.locator("[name=note]").input_value() == self.NAMED
        assert page.locator("[name=contact_minutes]").input_value() == "47"
        if has_script:
            assert axe(page) == []

        page.get_by_label("Save it as it is").check()
        save(page).click()
        page.wait_for_url(re.compile("saved="))
        assert server.activities() == before + 1
        assert server.ask(WHAT_WAS_SAVED)[5] == 47
        assert server.ask("SELECT note FROM activities_activity ORDER BY id DESC LIMIT 1") == (
            self.NAMED,
        )

    def test_without_a_signal_it_is_shown_and_not_kept_on_the_phone(self, open_as):
        page = open_as("worker", self.MEETING)
        page.locator("summary", has_text=re.compile("^Note")).click()
        page.locator("[name=note]").fill("Agreed the next date.")
        page.context.set_offline(True)
        save(page).click()

        told = page.get_by_role("status").filter(has_text="Kept on this phone")
        expect(told).to_contain_text("The note is not kept on the phone.")
        expect(told).to_contain_text("Agreed the next date.")
        [kept] = page.evaluate(WAITING)["waiting"]
        assert "contact_minutes" in dict(kept["values"])
        assert "note" not in dict(kept["values"])
