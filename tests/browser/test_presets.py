"""A worker's own presets: chosen on their page, found on Today; and the day one tap away."""

import re

import pytest

from tests.browser.hands import Hands
from tests.browser.looking import axe, overflow

pytestmark = pytest.mark.browser

PAGE = "/today/presets/"
SMALL_TARGETS = """() => [...document.querySelectorAll('.preset-list :is(button, summary, input)')]
    .filter(e => e.checkVisibility() && e.type !== 'hidden')
    .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture
def page(open_as):
    """Without scripts: the page has none of its own. What was chosen is taken back afterwards."""
    page = open_as("worker", PAGE, java_script_enabled=False)
    yield page
    page.goto(PAGE)
    for words in ("Unpin", "Show again"):
        while page.get_by_role("button", name=re.compile(f"^{words}")).count():
            page.get_by_role("button", name=re.compile(f"^{words}")).first.click()


def last_row(page):
    return page.locator(".preset-list li").last


def press(page, row, words):
    row.get_by_role("button", name=re.compile(f"^{words}")).click()
    page.wait_for_url(re.compile("#preset-"))


def first_on_today(page):
    page.goto("/today/")
    return page.locator(".preset").first


def test_a_pinned_one_comes_first_on_today(page):
    row = last_row(page)
    name = row.locator("strong").inner_text()

    press(page, row, "Pin")

    assert first_on_today(page).locator(".preset-kind").inner_text() == name


def test_a_hidden_one_is_gone_from_today_until_it_is_shown_again(page):
    before = first_on_today(page).get_attribute("href")
    page.goto(PAGE)

    press(page, page.locator(".preset-list li").first, "Hide")

    assert first_on_today(page).get_attribute("href") != before
    page.goto(PAGE)
    press(page, last_row(page), "Show again")
    assert first_on_today(page).get_attribute("href") == before


def test_a_renamed_one_is_found_under_its_new_name(page):
    row = page.locator(".preset-list li").first
    old = row.locator("strong").inner_text()
    for name in ("my usual one", ""):
        row.locator("summary").click()
        row.locator("input[name$=name]").fill(name)
        press(page, row, "Save the name")
        first = first_on_today(page)
        assert first.locator(".preset-kind").inner_text() == (name or old)
        assert (old in first.locator(".preset-site").inner_text()) == bool(name)
        page.goto(PAGE)


def test_fits_and_reads(open_as):
    page = open_as("worker", PAGE)
    page.locator(".rename summary").first.click()

    for width in (320, 390, 1280):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found = [*axe(page), *overflow(page), *page.evaluate(SMALL_TARGETS)]
            assert found == [], (width, scheme)


@pytest.mark.parametrize("has_script", [True, False])
def test_yesterday_is_one_action(open_as, has_script):
    page = open_as("worker", "/log/drop_in/", java_script_enabled=has_script)
    page.locator("[name=attendance]").fill("14")
    hands = Hands(page)

    hands.tap(page.get_by_role("button", name="Yesterday"))

    assert hands.actions == 1
    assert page.locator("[name=date]").input_value() == "2026-11-23"
    assert page.locator("[name=attendance]").input_value() == "14"
