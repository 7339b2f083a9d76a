"""What a first visit weighs on the wire, from the server as production runs it."""

import pytest

pytestmark = pytest.mark.browser

MOST_BYTES = 60_000
MOST_REQUESTS = 6
LATER_PAGE_BYTES = 15_000


def weigh(page, path):
    """Requests of opening `path`, and bytes on the wire (headers and bodies, compressed).

    The icon that a browser asks for unasked, once and not for the page, is weighed, not counted.
    """
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    asked, received = {}, {}
    network.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]}))
    network.on(
        "Network.loadingFinished",
        lambda e: received.update({e["requestId"]: e["encodedDataLength"]}),
    )
    page.goto(path, wait_until="networkidle")
    network.detach()
    over_the_wire = {number: size for number, size in received.items() if size > 0}
    for_the_page = [
        number
        for number in over_the_wire
        if not asked.get(number, {"url": ""})["url"].endswith("/favicon.ico")
    ]
    return len(for_the_page), sum(over_the_wire.values())


@pytest.mark.parametrize(
    ("role", "path"), [("worker", "/today/"), ("manager", "/teams/"), ("district", "/summary/")]
)
def test_a_first_visit_is_light(open_as, role, path):
    page = open_as(role)

    requests, size = weigh(page, path)

    assert requests <= MOST_REQUESTS
    assert size <= MOST_BYTES


def test_a_later_page_is_one_light_request(open_as):
    page = open_as("worker", "/today/")
    page.wait_for_load_state("networkidle")

    requests, size = weigh(page, "/activities/")

    assert requests == 1
    assert size <= LATER_PAGE_BYTES
