"""Reach by date and by district: every page × people who no longer, or never, belong to a team.

The records are those of a colleague; nobody here may open one of them, and no list, file or form
names anything of theirs.
"""

import re
from datetime import date

import pytest
from django.http import StreamingHttpResponse
from django.urls import reverse

from eitrack.accounts.roles import Role
from eitrack.activities.kinds import KINDS
from eitrack.cases.models import Case
from tests.factories.accounts import RoleTermFactory, UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory
from tests.test_access import ROWS, arguments_for

pytestmark = pytest.mark.django_db

# Lists that everybody may read, and pages of definitions: they say nothing of a team.
OPEN = {
    "activities:protocol_step_list",
    "indicators:indicator_comment",
    "indicators:indicator_detail",
    "indicators:indicator_records",
    "partnerships:agency_detail",
    "partnerships:agency_edit",
    "partnerships:protocol_cell",
    "partnerships:protocol_step",
    "partnerships:site_edit",
    "cases:link_worker_list",
    "daybook:log",
    "daybook:week",
    "workload:agenda",
    "workload:records_export",
}
# Within the district these are everybody's who works there.
OF_THE_DISTRICT = {"partnerships:protocol_detail", "partnerships:protocol_file"}
OF_ITS_MANAGERS = OF_THE_DISTRICT | {
    "cases:link_worker_end",
    "partnerships:protocol_file_add",
    "returns:return_compare",
    "returns:return_detail",
    "returns:return_explainer",
}
PAGES = sorted(
    name for name, marks, _ in ROWS.values() if not marks and not name.startswith("account_")
)


@pytest.fixture(autouse=True)
def _three_days_after_the_activity(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def colleague(worker, manager):
    """Whose records they are: in the North team, with a manager."""
    worker.name = "Cora Canary"
    worker.save()
    return worker


@pytest.fixture
def left(colleague):
    """Worked in the North team until 2024."""
    user = UserFactory(worker=True, name="Lea Left")
    hat = PlacementFactory(worker=user, team=colleague.hat.team, until_on=date(2024, 12, 31))
    ActivityFactory(by=hat, date=date(2024, 11, 4))
    return user


@pytest.fixture
def from_far(colleague):
    """Works in another district."""
    district = DistrictFactory(name="Hillside", slug="hillside")
    return PlacementFactory(
        worker__name="Fay Far",
        team=TeamFactory(name="Far team", slug="far-team", district=district),
    ).worker


@pytest.fixture
def deputy(colleague, outsider):
    """Works in the South team; was deputy of the North team until yesterday."""
    colleague.hat.team.managers.add(outsider)
    RoleTermFactory(user=outsider, role=Role.MANAGER, until_on=date(2026, 11, 22))
    return outsider


@pytest.fixture
def former_manager(colleague):
    """Manages the team that the colleague has left for the North team."""
    team = TeamFactory(name="Old team", slug="old")
    PlacementFactory(worker=colleague, team=team, until_on=date(2025, 12, 31))
    user = UserFactory(manager=True, name="Olga Old")
    team.managers.add(user)
    return user


@pytest.fixture
def person(request):
    return request.getfixturevalue(request.param)


def pages_of(arguments):
    """(name, address) of every page, with the colleague's records; every log form, every file."""
    for name in PAGES:
        own, _ = arguments.get(name, [[], []])
        yield name, reverse(name, args=own)
        if name.endswith("_list") and not own:
            yield name, f"{reverse(name)}?_export=csv"
    for kind in KINDS:
        yield "daybook:log", reverse("daybook:log", args=[kind.code.value])
    for on in ("2024-11-04", "2026-11-20"):
        yield "daybook:log", f"{reverse('daybook:log', args=['drop_in'])}?date={on}"


def text_of(response):
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def words_of(colleague):
    """What nobody else may read: names, labels and numbers of the records."""
    team = colleague.hat.team
    words = [colleague.name, team.name, "Robin Reed", "Mary Manager"]
    words += team.series.values_list("name", flat=True)
    words += colleague.threads.values_list("label", flat=True)
    cases = Case.objects.filter(allocations__team=team)
    return [*words, *map(str, [*cases, *team.requests.all(), *team.referrals.all()])]


class TestNobody:
    @pytest.mark.parametrize(
        ("person", "may_open", "knows"),
        [
            # Their old hat's page names the team, and who gives hats there.
            ("left", OPEN, {"North team", "Mary Manager"}),
            ("from_far", OPEN, set()),
            # In the same district: its agreements, its teams, its link workers.
            ("deputy", OPEN | OF_THE_DISTRICT, {"North team", "Robin Reed"}),
            # The old hat is still a record of the old team, on the page of its worker.
            (
                "former_manager",
                OPEN | OF_ITS_MANAGERS | {"workload:placement_list", "workload:placement_add"},
                {"Cora Canary", "Robin Reed", "Mary Manager", "North team"},
            ),
        ],
        indirect=["person"],
    )
    def test_opens_or_reads_what_is_out_of_reach(
        self, client, colleague, outsider, person, may_open, knows
    ):
        arguments = arguments_for(colleague, outsider)
        secret = {*words_of(colleague)} - knows
        client.force_login(person)

        opened, told = set(), {}
        for name, url in pages_of(arguments):
            response = client.get(url)
            own, _ = arguments.get(name, [[], []])
            if response.status_code == 200 and own and name not in may_open:
                opened.add(name)
            text = text_of(response) if response.status_code == 200 else ""
            found = {word for word in secret if re.search(rf"\b{re.escape(word)}\b", text)}
            if found:
                told[url] = found

        assert (opened, told) == (set(), {})
