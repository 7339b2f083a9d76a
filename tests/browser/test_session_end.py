"""What a page does before and after its session ends."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TWELVE_HOURS = 12 * 60 * 60 * 1000
FORM = "/log/consultation_family/"


@pytest.fixture
def page(open_as):
    page = open_as("worker")
    page.clock.install()
    page.goto(FORM)
    return page


def end_is_near(page, seconds):
    """The server says how long the session has, until somebody asks it to last."""

    def answer(route):
        if route.request.method == "POST":
            route.continue_()
        else:
            route.fulfill(content_type="application/json", body=json.dumps({"seconds": seconds}))

    page.route("**/account/stay/", answer)
    page.clock.fast_forward(TWELVE_HOURS - 100_000)


def test_two_minutes_before_it_asks_and_goes_on(page):
    page.locator("[name=attendance]").fill("47")

    end_is_near(page, seconds=100)
    expect(page.get_by_role("dialog")).to_contain_text("You will be signed out in 2 minutes")
    with page.expect_response("**/account/stay/") as answer:
        page.keyboard.press("Enter")

    assert answer.value.json()["seconds"] > 120
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.locator("[name=attendance]").input_value() == "47"


def test_used_in_another_tab_it_asks_nothing(page):
    with page.expect_response("**/account/stay/"):
        end_is_near(page, seconds=1200)

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_after_the_end_nobody_reads_the_page_and_what_was_typed_is_kept(page):
    page.locator("[name=attendance]").fill("47")
    page.context.clear_cookies(name="sessionid")

    page.clock.fast_forward(TWELVE_HOURS)
    expect(page.get_by_role("dialog")).to_contain_text("You were signed out")
    expect(page.get_by_role("heading", level=1, include_hidden=True)).to_be_hidden()
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_text("What you typed is kept for 30 minutes")).to_be_visible()
