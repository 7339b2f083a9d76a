"""Each role walks through every page it may open, and nothing is wrong with any of them.

The walk follows links as a person would, from the first page on; one example of each page is
looked at closely. It must have come to each page that the access matrix grants the role. A walk of
many pages is taken in parts, at the same time where there are several processes: each part opens
its own pages in the browser, and asks for the others only to find where they lead.
"""

import re
from collections import defaultdict
from html import unescape
from urllib.parse import urljoin, urlsplit
from zlib import crc32

import pytest
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404

from tests.browser.conftest import DESK, E_MAIL, KEY_OF_AN_INVITATION, PHONE
from tests.browser.hands import press
from tests.browser.looking import Watch, axe, overflow
from tests.test_access import ROLES, ROWS

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 640}
# Of each page so many examples are opened for their links; the first is looked at closely.
EXAMPLES = 4
# Pages whose examples differ so much that each is looked at.
LOOKED_AT_ONE_BY_ONE = {"daybook:log", "indicators:indicator_detail"}
# Arguments of pages that no link leads to, only an e-mail.
FROM_AN_E_MAIL = {
    "account_confirm_email": ["no-such-key"],
    "account_reset_password_from_key": ["1", "no-such-key"],
}
# Pages that the work does not lead to: the door, what a phone shows without a signal, and the
# passkeys of somebody who has none yet.
APART = ("account_", "accounts:", "daybook:no_signal", "mfa_list_webauthn")
# What comes back of a form on Today that was not complete, and what waits for what somebody else
# has asked for; no link of the sample world leads there.
BEHIND_A_BUTTON = {
    "activities:series_join",
    "activities:time_approve",
    "returns:return_progress",
    "returns:return_release",
    "stewardship:factor_reset_confirm",
}
# What a link downloads; never a page.
DOWNLOADS = {
    "partnerships:protocol_file",
    "returns:return_download",
    "intake:service_template",
    "workload:records_dictionary",
    "workload:records_export",
}
# Opens a program on the device, and asks no server.
OPENS_AN_APP = ("mailto:", "otpauth:")
PARTS = {"worker": 5, "manager": 4, "district": 3, "administrator": 2}
LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
SEEN_DARK = set()


def granted(role):
    """URL names of the pages that the access matrix grants this role."""
    answers = {
        name: answers[ROLES.index(role)] for name, marks, answers in ROWS.values() if not marks
    }
    return {name for name, answer in answers.items() if answer == 200}


def seeds(role):
    """Where a walk begins: the door, and pages that stand apart from the work."""
    apart = sorted(name for name in granted(role) if name.startswith(APART))
    addresses = [reverse(name, args=FROM_AN_E_MAIL.get(name, [])) for name in apart]
    # Only work that several may record offers to be joined: the walk begins with some of it.
    has_list = "activities:activity_list" in granted(role)
    joint = [f"{reverse('activities:activity_list')}?kind=drop_in"] if has_list else []
    return [*joint, "/", "/help/", "/privacy/", "/accessibility/", "/no-such-page/", *addresses]


def page_of(url):
    """The URL name, with its argument where each example is a page of its own."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return "404"
    if match.view_name in LOOKED_AT_ONE_BY_ONE:
        return f"{match.view_name} {' '.join(map(str, match.kwargs.values()))}"
    return match.view_name


def look_closely(page, watch, name):
    """Everything wrong with the page that is open: on the phone, at 320 px, and once dark."""
    found = watch.take() + overflow(page)
    whole_height = page.evaluate("document.documentElement.scrollHeight")
    # As tall as the page: what is scrolled under a fixed bar is no smaller for it.
    page.set_viewport_size({"width": 390, "height": max(844, whole_height)})
    found += axe(page)
    page.set_viewport_size(SMALLEST)
    found += overflow(page)
    if name not in SEEN_DARK:
        SEEN_DARK.add(name)
        page.set_viewport_size(DESK)
        whole_height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**DESK, "height": max(DESK["height"], whole_height)})
        page.emulate_media(color_scheme="dark")
        found += axe(page) + overflow(page)
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    return found + watch.take()


def links_of(page):
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [urljoin(page.url, link).split("#")[0] for link in found]


def is_file(request, url):
    """Downloads are looked at by tests of their own."""
    if not re.search(r"format=|\.(csv|xlsx|json|pdf|zip)\b|pdf=|_export=|export|/file/$", url):
        return False
    answer = request.get(url)
    assert answer.status == 200, url
    return "text/html" not in answer.headers["content-type"]


class Walk:
    """What a role can reach, of which the `part`-th of so many parts is looked at."""

    def __init__(self, page, origin, role, part, parts):
        self.page, self.origin, self.part, self.parts = page, origin, part, parts
        self.watch = Watch(page, origin)
        self.waiting = [f"{origin}{path}" for path in seeds(role)]
        self.examples = defaultdict(int)
        self.opened, self.looked_at, self.reached, self.found = set(), set(), set(), []

    def go(self):
        """Everything wrong with the pages of this part, and the names of all that were reached."""
        while self.waiting:
            url = self.waiting.pop(0)
            name = page_of(url)
            if url in self.opened or self.examples[name] >= EXAMPLES:
                continue
            self.opened.add(url)
            if url.startswith(OPENS_AN_APP):
                continue
            if not url.startswith(f"{self.origin}/"):
                self.found.append(f"{self.page.url} links to {url}")
                continue
            if is_file(self.page.request, url):
                continue
            self.examples[name] += 1
            self.waiting += self.open(url) if self.is_own(name) else self.ask_for(url)
        return self.found, {name.split(" ")[0] for name in self.reached}

    def is_own(self, name):
        return crc32(name.encode()) % self.parts == self.part

    def open(self, url):
        response = self.page.goto(url)
        name = page_of(self.page.url)
        self.reached.add(name)
        expected = {"404": 404, "home": 403}.get(name, 200)
        if response.status != expected:
            self.found.append(f"{url}: {response.status}")
        if name not in self.looked_at:
            self.looked_at.add(name)
            path = urlsplit(self.page.url).path
            wrong = look_closely(self.page, self.watch, name)
            self.found += [f"{path}: {one}" for one in wrong]
        else:
            self.found += [f"{url}: {one}" for one in self.watch.take()]
        return links_of(self.page)

    def ask_for(self, url):
        answer = self.page.request.get(url)
        self.reached.add(page_of(answer.url))
        links = map(unescape, LINK.findall(answer.text()))
        return [urljoin(answer.url, link).split("#")[0] for link in links]


@pytest.mark.parametrize(
    ("role", "part", "parts"),
    [(role, part, PARTS.get(role, 1)) for role in ROLES for part in range(PARTS.get(role, 1))],
)
def test_nothing_is_wrong_with_any_page_of_a_role(role, part, parts, open_as, server):
    page = open_as(role)

    found, reached = Walk(page, server.url, role, part, parts).go()

    assert not found, "\n".join(found)
    assert granted(role) - reached - BEHIND_A_BUTTON - DOWNLOADS == set()


class TestPagesBehindAButton:
    """What a form shows when it was sent."""

    @pytest.fixture
    def look(self, server):
        def look(page, watch, name):
            found = look_closely(page, watch, name)
            assert not found, "\n".join(found)

        return look

    def test_a_wrong_password(self, open_as, server, look):
        page = open_as("anonymous")
        watch = Watch(page, server.url)
        page.goto("/account/login/")

        page.locator("input[type=email]").fill("nobody@sample.example")
        page.locator("input[type=password]").fill("not the password")
        press(page.get_by_role("button", name="Sign in", exact=True))

        look(page, watch, "wrong password")
        assert page.locator("input[type=email]").input_value() == "nobody@sample.example"

    def test_an_invitation(self, open_as, server, look):
        page = open_as("anonymous")
        watch = Watch(page, server.url)
        page.goto(f"{reverse('accounts:invitation')}?key={KEY_OF_AN_INVITATION}")
        look(page, watch, "an invitation")

        for number, field in enumerate(page.locator("input[type=password]").all()):
            field.fill(f"not the same password {number}")
        press(page.get_by_role("button", name="Save password"))

        assert page.locator(".error-summary").count() == 1
        look(page, watch, "an invitation, with errors")

    @pytest.mark.parametrize("role", ["worker", "manager"])
    def test_a_case_reference(self, role, open_as, server, look):
        page = open_as(role, "/cases/")
        watch = Watch(page, server.url)
        page.locator("main td a[href^='/cases/']").locator("visible=true").first.click()
        page.wait_for_load_state()

        press(page.locator("main form[action$='/reveal/'] button"))

        assert page_of(page.url) == "cases:case_reveal"
        look(page, watch, "cases:case_reveal")

    def test_a_return_on_its_way(self, open_as, server, look):
        """Prepared by a process of its own, approved by a second person, and not released."""
        page = open_as("district", "/returns/prepare/?period=2026-Q1")
        watch = Watch(page, server.url)
        page.get_by_role("button", name="Prepare").click()
        page.wait_for_url("**/progress/")
        look(page, watch, "returns:return_progress")
        done = page.get_by_role("link", name="Check it")
        stopped = page.get_by_role("heading", name="It stopped")
        done.or_(stopped).wait_for(timeout=120_000)
        assert stopped.count() == 0, page.inner_text("main")
        done.click()
        page.wait_for_url("**/check/")
        look(page, watch, "returns:return_check, own")
        assert page.get_by_role("button", name="Approve").count() == 0

        second = open_as("second officer", page.url)
        watch = Watch(second, server.url)
        second.get_by_role("button", name="Approve").click()
        second.get_by_role("link", name="Release").click()
        second.wait_for_url("**/release/")
        look(second, watch, "returns:return_release")

        second.goto(second.url.replace("/release/", "/withdraw/"))
        look(second, watch, "returns:return_withdraw")
        second.locator("main form[method=post] button").click()
        second.wait_for_url(re.compile(r"/returns/"))

    @pytest.mark.parametrize("form", ["edit", "void"])
    def test_a_change_that_is_not_complete(self, form, open_as, server, look):
        page = open_as("worker")
        own = server.ask(
            "SELECT max(a.id) FROM activities_activity a JOIN accounts_user u "
            "ON u.id = a.recorded_by_id WHERE u.email = ? AND a.status = 'held' "
            "AND a.kind = 'drop_in' AND a.date > '2026-11-01'",
            E_MAIL["worker"],
        )[0]
        watch = Watch(page, server.url)
        page.goto(f"/activities/{own}/{form}/")
        for field in page.locator("main form [name=attendance]").all():
            field.fill("1000")

        press(page.locator("main form[method=post] button[type=submit]").last)

        assert page.locator(".error-summary").count() == 1
        look(page, watch, f"{form} with errors")


def test_a_last_look_at_what_a_save_shows(open_as, server):
    page = open_as("worker", "/log/drop_in/")
    watch = Watch(page, server.url)
    last = server.ask("SELECT max(id) FROM activities_activity")[0]

    page.locator("[name=attendance]").fill("6")
    page.locator("[name=contact_minutes]").fill("5")
    page.get_by_role("button", name=re.compile("^Save ")).click()
    page.wait_for_url(re.compile("saved="))
    found = look_closely(page, watch, "saved")

    server.void_activities_after(last)
    assert not found, "\n".join(found)
