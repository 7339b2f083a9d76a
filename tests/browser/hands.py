"""Somebody at the page: each touch is one action, and actions are counted."""


class Hands:
    def __init__(self, page):
        self.page = page
        self.actions = 0

    def tap(self, target):
        self.actions += 1
        target.click()
        self.page.wait_for_load_state()

    def fill(self, target, text):
        self.actions += 1
        target.fill(text)

    def select(self, target, label):
        self.actions += 1
        target.select_option(label=label)

    def check(self, target):
        self.actions += 1
        target.check()


def press(button):
    """Press what sends a form, and wait for the page that answers.

    The form meets the server before it is sent, so a page that is ready may still be the old one.
    """
    with button.page.expect_navigation():
        button.click()


def tab_to(page, target):
    """Walk there with the tab key, as somebody without a mouse does."""
    for _ in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The tab key does not reach {target}")
