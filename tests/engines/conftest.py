"""Firefox and WebKit against EITrack as it is served; `make test-browsers`, outside the suite."""

import pytest

from tests.browser.conftest import server_of_the_run
from tests.engines.firefox import Firefox
from tests.engines.steps import Somebody
from tests.engines.webkit import WebKit

PHONE = (390, 844)
ENGINES = [engine for engine in (Firefox, WebKit) if engine.is_installed()]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = server_of_the_run(tmp_path_factory)
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def somebody(request, server, tmp_path):
    browser = request.param(tmp_path, size=PHONE)
    yield Somebody(browser, server.url)
    browser.close()
