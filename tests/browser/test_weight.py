"""What pages weigh on the wire, from the server as production runs it."""

import pytest

from eitrack.activities import kinds

pytestmark = pytest.mark.browser

MOST_BYTES = 60_000
MOST_REQUESTS = 6
LATER_PAGE_BYTES = 15_000
# What a page of the server is made of. The phone's own questions for its tally, and the service
# worker with what it keeps for when there is no signal, come after the page and hold nobody up:
# they are weighed, not counted.
OF_THE_PAGE = {"Document", "Stylesheet", "Script", "Image", "Font", "Other"}
LOG_FORMS = [f"/log/{kind.code.value}/" for kind in kinds.KINDS]
# Links that lead to one example of each page that shows a record.
EXAMPLES = ("/activities/", "/series/", "/cases/", "/teams/", "/indicators/")
PAGES = {
    "worker": [
        "/today/",
        "/log/",
        "/tally/",
        "/week/",
        "/my-work/",
        "/my-work/statement/",
        "/calendar/",
        "/activities/",
        "/series/",
        "/series/add/",
        "/cases/",
        "/indicators/",
        "/help/",
    ],
    "manager": ["/teams/", "/activities/", "/summary/", "/activities/approvals/"],
    "district": ["/summary/"],
    "administrator": ["/indicators/"],
    "anonymous": ["/account/login/"],
}


def weigh(page, path):
    """Requests of opening `path`, and bytes on the wire (headers and bodies, compressed).

    The icon that a browser asks for unasked, once and not for the page, is weighed, not counted.
    """
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    asked, received = {}, {}
    network.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e}))
    network.on(
        "Network.loadingFinished",
        lambda e: received.update({e["requestId"]: e["encodedDataLength"]}),
    )
    page.goto(path, wait_until="networkidle")
    network.detach()
    over_the_wire = {number: size for number, size in received.items() if size > 0}
    for_the_page = [
        asked[number]["request"]["url"]
        for number in over_the_wire
        if number in asked
        and asked[number].get("type") in OF_THE_PAGE
        and not asked[number]["request"]["url"].endswith("/favicon.ico")
    ]
    return for_the_page, sum(over_the_wire.values())


def examples_of(page, path):
    """The first link of a list to each kind of page below it."""
    page.goto(path)
    links = page.locator(f"main a[href^='{path}']").evaluate_all(
        "links => links.map(link => link.pathname)"
    )
    return list(dict.fromkeys(link for link in links if link != path))[:2]


@pytest.mark.parametrize(
    ("role", "path"),
    [(role, path) for role, paths in PAGES.items() for path in paths]
    + [("worker", path) for path in LOG_FORMS],
)
def test_a_first_visit_is_light(open_as, role, path):
    page = open_as(role)

    requests, size = weigh(page, path)

    assert len(requests) <= MOST_REQUESTS, requests
    assert size <= MOST_BYTES


@pytest.mark.parametrize("role", ["worker", "manager", "district", "administrator"])
def test_a_later_page_is_one_light_request(open_as, role):
    page = open_as(role)
    paths = [*PAGES[role], *(LOG_FORMS if role == "worker" else [])]
    for path in set(PAGES[role]) & set(EXAMPLES):
        paths += examples_of(page, path)
    for path in paths:
        page.goto(path, wait_until="networkidle")

    too_much = {}
    for path in paths:
        requests, size = weigh(page, path)
        if len(requests) > 1 or size > LATER_PAGE_BYTES:
            too_much[path] = (requests, size)

    assert too_much == {}
