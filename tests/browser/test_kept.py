"""The session ends while somebody types: after signing in again all of it is there, once."""

import re

import pytest

from eitrack.demo.signins import PASSWORD
from tests.browser.conftest import E_MAIL
from tests.browser.hands import press
from tests.browser.looking import axe

pytestmark = pytest.mark.browser

LAST = "SELECT max(id) FROM activities_activity"


@pytest.fixture(autouse=True)
def _a_day_that_does_not_fill_up(server):
    last = server.ask(LAST)[0]
    yield
    server.void_activities_after(last)


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def page(request, new_context):
    """A browser of its own, whose session may end without those of other tests."""
    page = new_context(java_script_enabled=request.param).new_page()
    page.goto("/log/drop_in/")
    sign_in(page, "worker")
    page.runs_scripts = request.param
    return page


def sign_in(page, role):
    page.locator("input[type=email]").fill(E_MAIL[role])
    page.locator("input[type=password]").fill(PASSWORD)
    press(page.get_by_role("button", name="Sign in", exact=True))


def save(page):
    press(page.get_by_role("button", name=re.compile("^Save ")))


def end_the_session_while_typing(page):
    page.locator("[name=attendance]").fill("113")
    page.context.clear_cookies(name="sessionid")
    save(page)
    page.wait_for_url(re.compile("/account/login/"))


def test_what_was_typed_is_there_after_signing_in_and_saved_once(page, server):
    before = server.activities()

    end_the_session_while_typing(page)
    assert "kept for 30 minutes" in page.inner_text("main")
    sign_in(page, "worker")

    assert "You were signed out while typing." in page.inner_text("main")
    assert page.locator("[name=attendance]").input_value() == "113"
    assert server.activities() == before
    if page.runs_scripts:
        assert axe(page) == []

    save(page)
    page.wait_for_url(re.compile("saved="))
    assert server.activities() == before + 1


def test_another_user_on_the_same_pc_sees_nothing_of_it(page):
    end_the_session_while_typing(page)

    sign_in(page, "manager")

    assert "113" not in page.inner_text("body")
    assert page.locator("[value='113']").count() == 0
