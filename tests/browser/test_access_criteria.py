"""The criteria that are new in WCAG 2.2, and less motion (axe knows the size of targets)."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

PAGES = [
    ("worker", "/today/"),
    ("worker", "/log/drop_in/"),
    ("worker", "/log/case_contact/"),
    ("worker", "/week/"),
    ("worker", "/my-work/"),
    ("manager", "/teams/"),
    ("district", "/summary/"),
    ("administrator", "/stewardship/"),
]
PHONE = {"width": 390, "height": 844}
# What has the focus, and whether it is covered: five points of it lie under something else.
COVERED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect();
    const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(
        ([x, y]) => [box.left + x * box.width, box.top + y * box.height]);
    const isSeen = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (one.contains(top) || top.contains(one) || [...(one.labels || [])].some(
            label => label.contains(top)));
    });
    const name = one.id || one.name || one.textContent.trim().slice(0, 40);
    return [`${one.tagName} ${name}`, !isSeen];
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    const seconds = [style.transitionDuration, style.animationDuration].join().split(",");
    return seconds.some(text => parseFloat(text) > 0.01);
}).map(one => `${one.tagName}.${one.className}`)"""


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_what_has_the_focus_is_never_covered(open_as, role, path):
    """2.4.11, on a phone with a keyboard, where bars stay at the edges."""
    page = open_as(role, path)
    page.set_viewport_size(PHONE)

    covered, reached = set(), set()
    for _ in range(90):
        page.keyboard.press("Tab")
        if found := page.evaluate(COVERED):
            reached.add(found[0])
            covered |= {found[0]} if found[1] else set()

    assert len(reached) > 5
    assert covered == set()


def test_nothing_moves_where_less_motion_is_asked_for(open_as):
    page = open_as("worker", "/today/")
    moving = {}
    for motion in ("no-preference", "reduce"):
        page.emulate_media(reduced_motion=motion)
        moving[motion] = page.evaluate(MOVING)

    assert moving["no-preference"]
    assert moving["reduce"] == []


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_help_stands_in_the_same_place(open_as, role, path):
    """3.2.6: first in the footer of every page."""
    page = open_as(role, path)

    assert page.locator(".site-footer a").first.get_attribute("href") == "/help/"


def test_nothing_is_dragged():
    """2.5.7: no script hears of a pointer that moves while it is held."""
    scripts = (settings.BASE_DIR / "static" / "js").glob("*.js")
    dragging = re.compile(r"dragstart|draggable|pointermove|mousemove|touchmove")

    assert [one.name for one in scripts if dragging.search(one.read_text())] == []
