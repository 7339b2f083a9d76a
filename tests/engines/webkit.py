"""WebKitGTK, the engine of Safari, by its own driver and its small browser."""

import shutil
from pathlib import Path

from selenium.webdriver import ActionChains, Remote
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
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
        self.service = Service(executable_path=shutil.which(DRIVER))
        self.service.start()
        try:
            self.driver = Remote(self._connection(), options=options)
        except Exception:
            self.service.stop()
            raise
        self.driver.set_script_timeout(60)
        self._resize(*size)

    def _connection(self):
        """Selenium's own WebKitGTK makes it in a way of which Selenium warns, as an error here."""
        return RemoteConnection(client_config=ClientConfig(self.service.service_url))

    def _resize(self, width, height):
        """The window so large that the page is so large; never under 447 px, as its own bar is."""
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
        self.service.stop()
