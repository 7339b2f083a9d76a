"""Every page and file that the district office can reach, read as an intruder would.

The world is small on purpose: nearly every count of people, families or activities in it lies
between 1 and 9, so that a page which forgot the publish view would show one at once. What is read
is told apart by the indicator that a cell belongs to; a cell of which that cannot be said counts as
one of people.
"""

import json
import re
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from eitrack.directory.models import ClosedQuarter
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.terms.indicator import Disclosure
from eitrack.returns.release.actions import approve_return, release_return, start_return
from eitrack.returns.release.job import carry_out
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory, LevelSpellFactory, ReferralFactory, RequestFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.factories.returns import FigureQueryFactory, FigureQueryTextFactory, ReturnFactory
from tests.returns.release.test_workflow import QUARTER, TODAY
from tests.test_privacy import whole_text

REFERENCE = "ZQ-REFERENCE-4711"
NOTE = "ZQ-NOTE"
MOST_PAGES = 1_500
# The rooms a district officer has pages of; of others only what holds no record of work.
OWN = {"returns", "indicators"}
OTHERS = {
    *("home", "privacy", "accessibility", "wrong"),
    *("workload:weight_list", "stewardship:own_data"),
} | {f"help{page}" for page in ("", "_topic", "_sheet")}
# Numbers in them are points, days, periods and names.
NO_FIGURES = {
    "wrong",
    "accounts:browser_list",
    "workload:weight_list",
    "returns:closing_calendar",
    "returns:return_list",
    "returns:funder_list",
}
# What a sample of a kind of page shows; all addresses of it would take an hour.
SAMPLED = {
    "indicators:indicator_detail": 120,
    "indicators:indicator_compare": 12,
    "returns:summary": 60,
    "returns:query_ask": 20,
    "returns:return_list": 20,
}

BY_NAME = {each.name: each for each in INDICATORS}
BY_CODE = {each.code: each for each in INDICATORS}
# An integer that stands alone: no decimal, no percentage, and nothing that is time or a date.
LONE = re.compile(
    r"(?<![\d.,:/–-])\b([1-9])\b(?![\d]|[.,]\d|%|:|\s*(?:h|min|hours?|working|days?|weeks?|months?|"
    r"points?|of \d{4}/\d\d|(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b))"
)


class Cells(HTMLParser):
    """The tables and figures of a page, each cell with the heads that it stands under."""

    def __init__(self, html):
        super().__init__()
        self.links, self.cells, self.inside = [], [], []
        self.heads, self.row, self.row_head, self.text, self.tile = [], [], "", "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        if tag == "table":
            self.heads = []
        elif tag == "tr":
            self.row, self.row_head = [], ""
        elif tag in ("td", "th"):
            self.inside.append((tag, attrs))
            self.text = ""

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.inside:
            _, attrs = self.inside.pop()
            text = " ".join(self.text.split())
            if tag == "th" and attrs.get("scope") != "row":
                self.heads.append(text.removesuffix(" Ask"))
            else:
                self.row_head = self.row_head or text.removesuffix(" Ask")
                head = self.heads[len(self.row)] if len(self.row) < len(self.heads) else ""
                self.cells.append((self.row_head, head, text, tag))
            self.row.append(text)
        elif tag == "thead":
            self.row = []


def counts_people(*names):
    """Whether a cell under these names is of class P or E: unless one of them is of class R."""
    named = [BY_NAME[name] for name in names if name in BY_NAME]
    return not named or any(each.disclosure != Disclosure.RESOURCES for each in named)


def small_counts_of(html, indicator=None):
    """[(row, column, text)] of cells that print a count of people or activities from 1 to 9."""
    names = [indicator.name] if indicator else []
    return [
        (row, head, text)
        for row, head, text, tag in Cells(html).cells
        if tag == "td" and counts_people(row, head, *names) and LONE.search(text)
    ]


@pytest.fixture
def records(worker, outsider, time_machine):
    """Two teams of Riverside; nothing happened ten times."""
    time_machine.move_to("2026-11-23T12:00Z")
    hats = [worker.hat, outsider.hat, PlacementFactory(team=worker.hat.team)]
    school = SiteFactory(kind="primary_school", agency=AgencyFactory(kind="school"))
    for number, kind in enumerate(
        ("drop_in", "drop_in", "consultation_family", "consultation_professional", "drop_in")
    ):
        for month in (5, 8, 9):
            ActivityFactory(
                by=hats[number % 3],
                kind=kind,
                date=date(2026, month, 3 + number),
                attendance=None if "professional" in kind else 1 + number,
                site=school if number % 2 else SiteFactory(kind="home"),
                need_level=2,
                note=NOTE,
                **{"agency": school.agency} if "professional" in kind else {},
            )
    joint = ActivityFactory(by=worker.hat, date=date(2026, 9, 20), attendance=9)
    TimeEntryFactory(activity=joint, placement=outsider.hat)
    for number, hat in enumerate(hats):
        case = CaseFactory(allocated_to=hat, reference=f"{REFERENCE}-{number}")
        LevelSpellFactory(case=case)
        RequestFactory(team=hat.team, worker=hat.worker)
        ReferralFactory(team=hat.team, worker=hat.worker)
    return worker.hat.team.district


@pytest.fixture
def world(records, worker, manager, district, second_officer):
    """Beside the records a return, a draft, a question."""
    riverside = records
    ClosedQuarter.objects.create(district=riverside, quarter="2026-Q2")
    for note in ("The first release.", "The second release."):
        draft, _ = start_return(by=district, district=riverside, period=QUARTER, today=TODAY)
        carry_out(draft.pk, today=TODAY)
        approve_return(pk=draft.pk, by=second_officer)
        made = release_return(pk=draft.pk, by=district, note=note)
    ReturnFactory(preparing=True, period="2025")
    FigureQueryTextFactory(query=FigureQueryFactory(about_return=made))
    ActivityFactory(by=worker.hat, date=date(2026, 9, 21), status="awaiting", attendance=3)
    return made


def is_of_account(name):
    return name.startswith(("account_", "accounts:", "mfa_"))


def walked(client):
    """{address: (name of its page, response)} of everything that links lead to from the door."""
    found, waiting, seen, times = {}, ["/"], set(), {}
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        parts = urlsplit(address)
        name = resolve(parts.path).view_name
        if name == "account_logout" or (name in SAMPLED and times.get(name, 0) >= SAMPLED[name]):
            continue
        times[name] = times.get(name, 0) + 1
        response = client.get(address, follow=False)
        found[address] = name, response
        links = [response.headers["Location"]] if response.status_code == 302 else []
        if response.headers.get("Content-Type", "").startswith("text/html"):
            links += Cells(response.content.decode()).links
        for link in links:
            target = urljoin(address, link).split("#")[0]
            if target.startswith("/") and not target.startswith("/static/") and target not in seen:
                seen.add(target)
                waiting.append(target)
    return found


@pytest.mark.exhaustive
@pytest.mark.django_db
def test_the_district_office_finds_no_person_and_no_small_count(
    world, district, worker, outsider, manager
):
    client = Client()
    client.force_login(district)
    names = [each.name for each in (worker, outsider, manager)]

    found = walked(client)

    small = {}
    for address, (name, response) in found.items():
        assert response.status_code in (200, 302), address
        assert name.split(":")[0] in OWN or name in OTHERS or is_of_account(name), address
        text = whole_text(response)
        for secret in (*names, REFERENCE, NOTE):
            assert secret not in text, (address, secret)
        assert not re.search(r"/(activities|cases|threads|agencies|series)/", text), address
        assert not re.search(r"\bCase \d", text), address
        if response.headers.get("Content-Type", "").startswith("text/html"):
            if name in NO_FIGURES:
                continue
            code = resolve(urlsplit(address).path).kwargs.get("code")
            indicator = BY_CODE.get(code)
            if cells := small_counts_of(response.content.decode(), indicator):
                small[address] = cells[:3]
    assert small == {}
    opened = {name for name, _ in found.values()}
    assert opened >= {
        *("returns:summary", "returns:return_list", "returns:return_detail"),
        *("returns:return_download", "returns:return_compare", "returns:closing_calendar"),
        *("returns:return_progress", "returns:query_list", "returns:query_detail"),
        *("returns:query_ask", "indicators:indicator_detail", "indicators:indicator_list"),
    }


@pytest.mark.django_db
def test_no_released_figure_of_people_or_activities_lies_between_1_and_9(world):
    """Files are made of the document alone."""
    document = world.content
    printed = [
        (column.code, text)
        for table in document.tables
        for column in table.columns
        if BY_CODE[column.code].disclosure != Disclosure.RESOURCES
        for cell in (column.total, *column.rows)
        for text in (cell.figure, cell.numerator, cell.denominator, cell.known, cell.beside)
    ]

    assert [each for each in printed if LONE.search(each[1])] == []
    assert [text for _, text in printed].count("c") > 20
    assert json.loads(world.document)["tables"]


@pytest.mark.django_db
def test_the_same_reader_finds_small_counts_on_a_managers_page(client, records, manager):
    """So that finding none above means something."""
    client.force_login(manager)

    page = client.get(reverse("returns:summary"), {"team": "north", "period": "2026-Q2"})

    assert len(small_counts_of(page.content.decode())) >= 3
