"""What is wrong with a page: accessibility, what the browser complained about, what leaves it."""

import re
from functools import cache
from pathlib import Path

import axe_playwright_python

# To say where each node is that passed takes longer than to look at it.
RUN = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
    .then(found => found.violations)"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source():
    folder = Path(axe_playwright_python.__file__).parent
    return next(folder.rglob("axe.min.js")).read_text()


def axe(page):
    """One line for each rule that the page breaks.

    Evaluated, not added as a script element: the page's own policy would refuse that.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    found = page.evaluate(RUN, RULES)
    return [
        f"axe {one['id']}, {len(one['nodes'])} x: {one['nodes'][0]['target']} "
        f"{one['nodes'][0]['failureSummary'].splitlines()[-1].strip()}"
        for one in found
    ]


def overflow(page):
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"is {wide} px too wide at {page.viewport_size['width']} px"] if wide > 0 else []


class Watch:
    """Collects complaints of the console and requests to elsewhere, from now on."""

    def __init__(self, page, origin):
        self.origin = origin
        self.found = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("request", self.see)

    def hear(self, message):
        # That a page answered 404 is what some tests ask for, and is no complaint about the page.
        answered = re.match(r"Failed to load resource: .* status of 40[34]", message.text)
        # Service workers are blocked where a test asks for that, and Playwright says so.
        blocked = "Service Worker registration blocked by Playwright" in message.text
        if message.type in ("error", "warning") and not answered and not blocked:
            self.found.append(f"console: {message.text}")

    def see(self, request):
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self.found.append(f"leaves the origin: {request.url}")

    def take(self):
        found, self.found = self.found, []
        return found
