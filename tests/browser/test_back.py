"""Back in Chromium, whose pages stay in memory as they do for everybody who uses it."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from eitrack.demo.signins import MANAGER
from tests.engines import steps

pytestmark = pytest.mark.browser


class Chromium:
    """The same touches as in the other engines, by Playwright."""

    def __init__(self, page):
        self.page = page

    def open(self, url):
        self.page.goto(url)

    def run(self, script):
        """Again where the page was left meanwhile, as it was asked for anew."""
        for _ in range(20):
            with suppress(Error):
                return self.page.evaluate(script)
            self.page.wait_for_load_state()
        return self.page.evaluate(script)

    def type(self, text):
        self.page.keyboard.type(text)

    def back(self):
        # Not `go_back`, which waits for a load that a page from memory never has.
        self.page.evaluate("void history.back()")


@pytest.fixture
def somebody(new_context, server):
    return steps.Somebody(Chromium(new_context().new_page()), server.url)


def test_back_after_signing_out_shows_nothing_of_the_last_person(somebody):
    steps.back_after_signing_out(somebody)


def test_the_next_person_finds_nothing_that_the_last_one_typed(somebody):
    steps.back_by_the_next_person(somebody, MANAGER)


def test_back_within_a_session_keeps_what_was_typed(somebody):
    steps.back_within_a_session(somebody)
