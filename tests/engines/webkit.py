"""WebKitGTK, the engine of Safari, by its own driver and its small browser."""

import shutil
from pathlib import Path

from selenium.webdriver import ActionChains, WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

DRIVER = "WebKitWebDriver"


def small_browser():
    """The path of MiniBrowser, which Debian keeps out of sight; None where it is not installed."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
    return str(found[-1]) if found else None


class WebKit:
    name = "webkit"

    @staticmethod
    def is_installed():
        return shutil.which(DRIVER) is not None and small_browser() is not None

    def __init__(self, folder, *, size):
        options = Options()
        options.binary_location = small_browser()
        options.add_argument("--automation")
        self.driver = WebKitGTK(
            options=options, service=Service(executable_path=shutil.which(DRIVER))
        )
        self.driver.set_script_timeout(60)
        self._resize(*size)

    def _resize(self, width, height):
        """The window so large that the page is so large."""
        self.driver.set_window_size(width, height)
        inner = self.driver.execute_script("return [innerWidth, innerHeight]")
        self.driver.set_window_size(2 * width - inner[0], 2 * height - inner[1])

    def open(self, url):
        self.driver.get(url)

    def run(self, script):
        """What an expression of JavaScript comes to."""
        return self.driver.execute_async_script(
            f"const done = arguments[0]; (async () => done((await ({script})) ?? null))();"
        )

    def type(self, text):
        """By the keyboard, where the focus is."""
        ActionChains(self.driver).send_keys(text).perform()

    def back(self):
        self.driver.back()

    def close(self):
        self.driver.quit()
