"""Text twice as large, and colours that the person's system forces on the page."""

import pytest

from tests.browser.looking import overflow

pytestmark = pytest.mark.browser

PAGES = [
    "/today/",
    "/log/",
    "/log/drop_in/",
    "/log/case_contact/",
    "/week/",
    "/my-work/",
    "/tally/",
]
IN_NAVIGATION = """links => links.map(link => [
    link.hasAttribute("aria-current"),
    getComputedStyle(link).borderTopColor,
])"""
CANVAS = "rgb(255, 255, 255)"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_a_worker_is_wider_than_a_phone_with_text_twice_as_large(open_as, path):
    page = open_as("worker", path)

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert overflow(page) == []


def test_only_the_current_page_is_marked_in_forced_colours(open_as):
    page = open_as("worker", "/today/", forced_colors="active")

    links = page.eval_on_selector_all(".bottom-nav a", IN_NAVIGATION)

    assert {colour for is_current, colour in links if not is_current} == {CANVAS}
    assert [colour for is_current, colour in links if is_current and colour != CANVAS]
