"""The week at 17:30: a missed day is typed cell by cell and saved once."""

import re

import pytest

from tests.browser.conftest import DESK
from tests.browser.hands import Hands
from tests.browser.looking import axe, overflow

pytestmark = pytest.mark.browser

LAST_WEEK = "/week/2026-W47/"
LAST = "SELECT max(id) FROM activities_activity"
SINCE = """
    SELECT count(*), sum(e.contact_minutes), count(DISTINCT a.date), count(DISTINCT a.kind)
    FROM activities_activity a JOIN activities_timeentry e ON e.activity_id = a.id
    WHERE a.id > ?
"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
    '.week-sheet :is(a, button, input, select, summary), .page-head a')]
    .filter(e => e.checkVisibility() && e.type !== 'hidden' && !e.closest('.visually-hidden')
        && !e.closest('.day-choice') && !e.closest('p'))
    .filter(e => e.type !== 'checkbox' && e.getBoundingClientRect().height < 44)
    .map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture(autouse=True)
def _a_week_that_does_not_fill_up(server):
    last = server.ask(LAST)[0]
    yield
    server.void_activities_after(last)


def free(page, day):
    """The empty cells of a day, those of the most different kinds first."""
    return page.locator(f"tbody td.day-{day}:not(:has(.cell-record)):has([data-cell=minutes])")


def missed_day(page):
    """The first day, from Tuesday on, that has room for five kinds of work."""
    return next(day for day in range(2, 8) if free(page, day).count() >= 5)


def fill(hands, cell, minutes, count="4"):
    hands.fill(cell.locator("[data-cell=minutes]"), minutes)
    if cell.locator("[data-cell=count]").count():
        hands.fill(cell.locator("[data-cell=count]"), count)


def show(page, day):
    page.locator(".day-choice label").nth(day - 1).click()


def save(page):
    return page.get_by_role("button", name="Save the week").last


@pytest.mark.parametrize("has_script", [True, False])
def test_a_missed_day_is_five_cells_and_one_save(open_as, server, has_script):
    page = open_as("worker", LAST_WEEK, java_script_enabled=has_script)
    before = server.ask(LAST)[0]
    day = missed_day(page)
    show(page, day)
    cells = free(page, day)
    hands = Hands(page)

    for index in range(5):
        fill(hands, cells.nth(index), "20")
    hands.tap(save(page))

    page.wait_for_selector(".saved")
    assert server.ask(SINCE, before)[:3] == (5, 100, 1)
    assert "5 entries (1 h 40)." in page.inner_text(".saved")
    hands.tap(page.get_by_role("button", name="Undo"))
    page.wait_for_selector(".message")
    assert server.ask(f"{SINCE} AND a.status <> 'void'", before)[0] == 0


def test_a_double_click_saves_each_cell_once(open_as, server):
    page = open_as("worker", LAST_WEEK, java_script_enabled=False)
    before = server.activities()
    day = missed_day(page)
    show(page, day)
    fill(Hands(page), free(page, day).first, "20")

    save(page).dblclick()
    page.wait_for_selector(".saved")

    assert server.activities() == before + 1


def test_a_wrong_cell_comes_back_with_a_link_that_opens_its_day(open_as, server):
    page = open_as("worker", LAST_WEEK)
    before = server.activities()
    show(page, 6)
    free(page, 6).first.locator("[data-cell=minutes]").fill("an hour")
    show(page, 7)
    fill(Hands(page), free(page, 7).nth(1), "20")

    save(page).click()
    page.wait_for_selector(".error-summary")
    show(page, 7)
    link = page.locator(".error-summary a").first
    link.click()

    assert server.activities() == before
    cell = page.locator(link.get_attribute("href"))
    assert cell.is_visible()
    assert cell.input_value() == "an hour"
    assert cell.evaluate("element => element === document.activeElement")
    show(page, 7)
    assert free(page, 7).nth(1).locator("[data-cell=minutes]").input_value() == "20"
    assert axe(page) == []


@pytest.mark.parametrize("knows_what_is_seen", [True, False])
def test_the_arrow_keys_walk_the_sheet_and_totals_follow(open_as, knows_what_is_seen):
    """Also where a browser has no `checkVisibility`, which is as young as Safari 17.4."""
    page = open_as("worker", LAST_WEEK)
    if not knows_what_is_seen:
        page.evaluate("delete Element.prototype.checkVisibility")
    page.set_viewport_size(DESK)
    total = page.locator("output[data-total='6']")
    assert total.inner_text() == "0 min"
    inputs = page.locator("tbody td.day-6 [data-cell]")
    inputs.first.focus()

    page.keyboard.type("95")
    page.keyboard.press("ArrowDown")
    assert inputs.nth(1).evaluate("element => element === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("10")

    assert total.inner_text() == "1 h 35"
    row = page.locator("tbody tr").first
    assert row.locator("td.day-7 [data-cell=minutes]").input_value() == "10"
    inputs.last.focus()
    page.keyboard.press("Enter")
    assert save(page).evaluate("element => element === document.activeElement")
    assert page.url.endswith(LAST_WEEK)


def test_fits_and_reads(open_as):
    page = open_as("worker", LAST_WEEK)

    for width in (320, 390, 1280):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found = [*axe(page), *overflow(page), *page.evaluate(SMALL_TARGETS)]
            assert found == [], (width, scheme)


def test_going_on_to_the_next_week_takes_one_tap(open_as):
    page = open_as("worker", LAST_WEEK)

    page.get_by_role("link", name="Later").click()

    page.wait_for_url(re.compile("2026-W48"))
