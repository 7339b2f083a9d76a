"""Open cases beside a list of the social services database: what differs, for managers."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.cases.models import Case
from tests.factories.cases import CaseFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db
COMPARE = reverse("cases:case_compare")


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def as_manager(client, manager):
    client.force_login(manager)
    return client


def send(client, text, name="open.csv", **more):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(COMPARE, {"file": SimpleUploadedFile(name, content), **more})


class TestComparison:
    def test_tells_what_is_open_on_one_side_only(self, as_manager, worker):
        CaseFactory(allocated_to=worker.hat, reference="S-1")
        closed_there = CaseFactory(allocated_to=worker.hat, reference="S-2")
        not_in_list = CaseFactory(allocated_to=worker.hat, reference="S-3")

        response = send(as_manager, "ref,status\nS-1,open\nS-2,closed\nS-9,open\nS-8,closed\n")

        result = response.context["result"]
        assert result.agreeing == 1
        assert result.missing_here == ["S-9"]
        assert result.closed_there == [closed_there]
        assert result.not_in_list == [not_in_list]
        page = response.content.decode()
        assert "S-9" in page
        assert f"Case {not_in_list.pk}" in page
        assert not {"S-1", "S-2", "S-3", "S-8"} & set(
            page.replace("<", " ").replace(">", " ").split()
        )

    def test_a_case_closed_here_is_open_there(self, as_manager, worker):
        CaseFactory(
            allocated_to=worker.hat,
            reference="S-1",
            closed_on=date(2026, 6, 1),
            end_reason="needs_met",
        )

        assert send(as_manager, "ref\nS-1\n").context["result"].missing_here == ["S-1"]

    def test_what_another_team_has_open_is_told_as_what_nobody_has(self, as_manager, outsider):
        """A list of guesses tells nothing of cases that are in other hands."""
        CaseFactory(allocated_to=outsider.hat, reference="S-1")

        result = send(as_manager, "ref\nS-1\nS-2\n").context["result"]

        assert result.missing_here == ["S-1", "S-2"]
        assert (result.closed_there, result.not_in_list) == ([], [])

    def test_another_team_s_cases_are_never_named(self, as_manager, outsider):
        case = CaseFactory(allocated_to=outsider.hat, reference="S-1")
        CaseFactory(allocated_to=outsider.hat, reference="S-2")

        response = send(as_manager, "ref,status\nS-1,closed\nS-9,\n")

        result = response.context["result"]
        assert (result.closed_there, result.not_in_list) == ([], [])
        assert f"Case {case.pk}" not in response.content.decode()

    def test_another_district_s_cases_are_not_looked_at(self, as_manager):
        district = DistrictFactory(name="Hillside", slug="hillside")
        hat = PlacementFactory(team=TeamFactory(district=district))
        CaseFactory(allocated_to=hat, district=district, reference="S-1")

        assert send(as_manager, "ref\nS-1\n").context["result"].missing_here == ["S-1"]

    def test_says_so_when_nothing_is_known(self, as_manager, worker):
        CaseFactory(allocated_to=worker.hat, reference="S-1")

        assert "Is it the right column" in send(as_manager, "ref\nX-1\n").content.decode()

    def test_says_what_stood_there_twice_or_without_a_reference(self, as_manager):
        page = send(as_manager, "ref,who\nS-1,A\nS-1,B\n,C\n").content.decode()

        assert "1 line named a reference again" in page
        assert "1 line without a reference was left out" in page

    def test_changes_nothing(self, as_manager, worker):
        CaseFactory(allocated_to=worker.hat, reference="S-1")
        before = list(Case.objects.values())

        send(as_manager, "ref,status\nS-1,closed\nS-2,open\n")

        assert list(Case.objects.values()) == before
        assert Case.history.count() == 1

    def test_many_references_take_few_queries(
        self, as_manager, worker, django_assert_max_num_queries
    ):
        for number in range(30):
            CaseFactory(allocated_to=worker.hat, reference=f"S-{number}")
        rows = "".join(f"S-{number}\n" for number in range(2_000))

        with django_assert_max_num_queries(16):
            result = send(as_manager, f"ref\n{rows}").context["result"]

        assert (result.agreeing, len(result.missing_here)) == (30, 1_970)


class TestFile:
    @pytest.fixture(autouse=True)
    def _cases(self, worker):
        self.closed_there = CaseFactory(allocated_to=worker.hat, reference="S-1")
        self.not_in_list = CaseFactory(allocated_to=worker.hat, reference="S-2")

    @property
    def rows(self):
        return [
            ["What differs", "Reference in the list", "Case here"],
            ["Open there, not in your teams", "S-9", ""],
            ["Open here, closed there", "", f"Case {self.closed_there.pk}"],
            ["Open here, not in the list", "", f"Case {self.not_in_list.pk}"],
        ]

    def test_of_differences_as_csv(self, as_manager):
        response = send(as_manager, "ref,status\nS-1,closed\nS-9,\n", to="csv")

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        assert list(csv.reader(text.splitlines())) == self.rows

    def test_of_differences_as_workbook(self, as_manager):
        response = send(as_manager, "ref,status\nS-1,closed\nS-9,\n", to="xlsx")

        book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
        found = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
        assert found == self.rows

    def test_a_formula_never_comes_back_as_one(self, as_manager):
        response = send(as_manager, "ref\n+1+1\n", to="csv")

        assert "'+1+1" in b"".join(response.streaming_content).decode()


class TestTrail:
    def test_says_that_somebody_compared_and_took_a_file(self, as_manager, manager):
        send(as_manager, "ref\nS-1\n", to="csv")

        actions = Entry.objects.filter(by=manager, action__in=["compared", "exported"])
        assert set(actions.values_list("action", "record_kind")) == {
            ("compared", ""),
            ("exported", "comparison.csv"),
        }

    def test_holds_nothing_of_the_list(self, as_manager):
        send(as_manager, "ref\nZQ-4711\n")

        assert not [row for row in Entry.objects.values_list() if "ZQ-4711" in str(row)]

    def test_a_list_that_is_refused_is_no_comparison(self, as_manager):
        send(as_manager, "worker,team\nA,B\n")

        assert not Entry.objects.filter(action="compared").exists()


class TestBadInput:
    def test_is_told_beside_the_field(self, as_manager):
        response = send(as_manager, "worker,team\nA,B\n", to="csv")

        assert "No column is headed" in str(response.context["form"].errors["file"])
        assert "result" not in response.context

    def test_no_file_at_all(self, as_manager):
        assert "Choose the file." in as_manager.post(COMPARE).content.decode()

    def test_the_page_is_kept_nowhere(self, as_manager):
        assert "no-store" in send(as_manager, "ref\nS-1\n")["Cache-Control"]

    def test_the_page_names_the_sheet_that_was_read(self, as_manager):
        book = openpyxl.Workbook()
        book.active.title, book.active.sheet_state = "Last year", "hidden"
        sheet = book.create_sheet("Open now")
        sheet.append(["ref"])
        sheet.append(["S-1"])
        content = io.BytesIO()
        book.save(content)

        response = send(as_manager, content.getvalue(), name="open.xlsx")

        assert "the sheet “Open now” of the workbook" in response.content.decode()
