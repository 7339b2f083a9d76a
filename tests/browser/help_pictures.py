"""Takes the pictures of help: `make help-pictures`. Not a test.

They show the sample world of the browser tests on its fixed day, so that taken twice they are
alike.
"""

import base64
import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from eitrack.help_pictures import PICTURES
from tests.browser.conftest import BrowserServer, sign_in_by_form
from tests.serving import HOUSE

PLACE = HOUSE / "static" / "help"
# Pixels of the picture for one of the browser: sharp enough to read, light enough to send.
SHARPNESS = {390: 1.5, 1000: 1}
QUALITY = 55
NAMED = {
    "workbook": "SELECT id FROM intake_batch WHERE kind = 'service' AND state = 'ready'",
    "team": "SELECT slug FROM directory_team ORDER BY id",
}
# Figures that a page shows once they have been checked.
MOST_VISITS, BETWEEN_MS = 100, 3000


def main():
    with tempfile.TemporaryDirectory() as folder:
        server = BrowserServer(Path(folder))
        server.build_world()
        server.start()
        try:
            take_all(server)
        finally:
            server.stop()


def take_all(server):
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--lang=en-GB"],
            env={**os.environ, "LANGUAGE": "en_GB"},
        )
        for picture in PICTURES:
            content = taken(browser, server, picture)
            (PLACE / Path(picture.file).name).write_bytes(content)
            print(f"{picture.slug}: {len(content) // 1000} kB")
        browser.close()


def taken(browser, server, picture):
    """The picture as WebP, which Playwright itself does not make."""
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": picture.width, "height": picture.height},
        locale="en-GB",
        timezone_id="Europe/London",
        color_scheme="light",
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    sign_in_by_form(page, picture.role)
    named = {name: server.ask(sql)[0] for name, sql in NAMED.items()}
    page.goto(picture.path.format(**named), wait_until="networkidle")
    for _ in range(MOST_VISITS):
        if not page.get_by_text("being checked").count():
            break
        page.wait_for_timeout(BETWEEN_MS)
        page.reload(wait_until="networkidle")
    corner = {"x": 0, "y": 0, "width": picture.width, "height": picture.height}
    shot = context.new_cdp_session(page).send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": QUALITY,
            "clip": {**corner, "scale": SHARPNESS[picture.width]},
        },
    )
    context.close()
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    main()
