"""What somebody does at a shared PC, in any browser that can open, run, type and go back."""

import json
import time

from eitrack.demo.signins import PASSWORD, WORKER

FORM = "/log/consultation_family/"
TYPED = "47"
FIELD = "[name=attendance]"
PATIENCE = 20  # seconds


class Somebody:
    """A person at `browser`, which shows pages of `origin`."""

    def __init__(self, browser, origin):
        self.browser, self.origin = browser, origin

    def goes_to(self, path):
        self.browser.open(f"{self.origin}{path}")

    def sees(self):
        """The text that is drawn; nothing of a page that is kept out of sight."""
        return self.browser.run(
            "getComputedStyle(document.documentElement).visibility === 'hidden'"
            " ? '' : document.body.innerText"
        )

    def path(self):
        return self.browser.run("location.pathname")

    def value_of(self, selector):
        return self.browser.run(f"document.querySelector({json.dumps(selector)})?.value")

    def types(self, selector, text):
        self.browser.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self.browser.type(text)
        assert self.value_of(selector) == text

    def waits_until(self, condition, what):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if condition():
                return
            time.sleep(0.1)
        raise AssertionError(f"{what}: {self.path()}\n{self.sees()}")

    def presses(self, selector):
        """A button or link that leads to another page."""
        self.browser.run("window.isTheLastPage = true")
        self.browser.run(f"void document.querySelector({json.dumps(selector)}).click()")
        self.waits_until(
            lambda: self.browser.run("!window.isTheLastPage && document.readyState === 'complete'"),
            f"{selector} leads nowhere",
        )

    def signs_in(self, person=WORKER):
        self.goes_to("/account/login/")
        self.types("[name=login]", person.email)
        self.types("[name=password]", PASSWORD)
        self.presses("main form [type=submit]")
        assert self.path() != "/account/login/", self.sees()

    def signs_out(self):
        self.goes_to("/account/logout/")
        self.presses("main form [type=submit]")

    def goes_back(self):
        before = self.browser.run("history.length && location.href")
        self.browser.back()
        time.sleep(0.5)
        self.waits_until(
            lambda: self.browser.run("document.readyState") == "complete", f"back from {before}"
        )


def back_after_signing_out(somebody):
    """Nothing of the last person is drawn, however far one goes back."""
    somebody.signs_in()
    for path in ("/my-work/", "/activities/", FORM):
        somebody.goes_to(path)
        assert WORKER.name in somebody.browser.run("document.body.textContent")
    somebody.types(FIELD, TYPED)
    somebody.signs_out()

    for _ in range(5):
        somebody.goes_back()
        somebody.waits_until(lambda: WORKER.name not in somebody.sees(), "still drawn")
        assert TYPED not in (somebody.value_of(FIELD) or "")


def back_by_the_next_person(somebody, other):
    """What the last person typed is not put into the next one's form."""
    somebody.signs_in()
    somebody.goes_to(FORM)
    somebody.types(FIELD, TYPED)
    somebody.signs_out()
    somebody.signs_in(other)

    for _ in range(4):
        somebody.goes_back()
        somebody.waits_until(lambda: WORKER.name not in somebody.sees(), "still drawn")
        assert (somebody.value_of(FIELD) or "") != TYPED


def back_within_a_session(somebody):
    """What was typed is there again."""
    somebody.signs_in()
    somebody.goes_to(FORM)
    somebody.types(FIELD, TYPED)
    somebody.goes_to("/help/")

    somebody.goes_back()

    somebody.waits_until(lambda: somebody.path() == FORM, "not back")
    somebody.waits_until(lambda: somebody.value_of(FIELD) == TYPED, "what was typed is gone")
    assert WORKER.name in somebody.browser.run("document.body.textContent")


def too_wide(somebody):
    """By how many pixels the page that is open is wider than the window."""
    return somebody.browser.run("document.documentElement.scrollWidth - innerWidth")
