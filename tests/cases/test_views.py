import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from tests.factories.activities import ActivityFactory
from tests.factories.cases import AllocationFactory, CaseFactory, LevelSpellFactory
from tests.factories.directory import AgencyFactory, PlacementFactory

pytestmark = pytest.mark.django_db
LIST = reverse("cases:case_list")


@pytest.fixture
def case(worker):
    """An open case of the worker, at level 2, with a reference."""
    case = CaseFactory(allocated_to=worker.hat, reference="SSD-4711", adults=1, children=2)
    LevelSpellFactory(case=case, level=2)
    return case


class TestCaseList:
    def test_lists_cases_in_reach_only(self, client, worker, case, outsider):
        CaseFactory(allocated_to=outsider.hat)
        client.force_login(worker)

        response = client.get(LIST)

        assert list(response.context["table"].data) == [case]
        assert f"Case\u00a0{case.pk}" in response.content.decode()
        assert "2 Targeted" in response.content.decode()
        assert "1 adult, 2 children" in response.content.decode()

    def test_a_case_of_two_workers_stands_once_with_both_names(self, client, manager, team, case):
        other = PlacementFactory(team=team, worker__name="Vera Second")
        AllocationFactory(case=case, worker=other.worker, team=team)
        client.force_login(manager)

        response = client.get(LIST)

        assert list(response.context["table"].data) == [case]
        assert "Wendy Worker, Vera Second" in response.content.decode()

    def test_filters_narrow_by_state_level_and_opening(self, client, worker, case):
        closed = CaseFactory(
            allocated_to=worker.hat, closed_on=date(2026, 6, 1), end_reason="needs_met"
        )
        late = CaseFactory(allocated_to=worker.hat, opened_on=date(2026, 9, 1))
        LevelSpellFactory(case=late, level=3)
        client.force_login(worker)

        def listed(**query):
            return set(client.get(LIST, query).context["table"].data)

        assert listed(state="open") == {case, late}
        assert listed(state="closed") == {closed}
        assert listed(level="3") == {late}
        assert listed(opened_from="2026-09-01") == {late}
        assert listed(opened_until="2026-08-31") == {case, closed}

    def test_open_cases_come_first_and_columns_sort(self, client, worker, case):
        closed = CaseFactory(
            allocated_to=worker.hat,
            opened_on=date(2026, 2, 2),
            closed_on=date(2026, 6, 1),
            end_reason="needs_met",
        )
        client.force_login(worker)

        assert list(client.get(LIST).context["table"].data) == [case, closed]
        assert list(client.get(LIST, {"sort": "-opened"}).context["table"].data) == [closed, case]

    def test_a_filter_that_cannot_be_read_shows_its_error_and_no_rows(self, client, worker, case):
        client.force_login(worker)

        response = client.get(LIST, {"opened_from": "soon"})

        assert list(response.context["table"].data) == []
        assert "Type the day as 2026-11-23." in response.content.decode()

    def test_pages_are_never_counted(self, client, worker, django_assert_max_num_queries):
        for _ in range(30):
            CaseFactory(allocated_to=worker.hat)
        client.force_login(worker)

        with django_assert_max_num_queries(7) as queries:
            response = client.get(LIST)

        assert len(response.context["table"].page.object_list) == 25
        assert not [query for query in queries.captured_queries if "COUNT(" in query["sql"]]


class TestExport:
    def test_the_file_holds_what_is_filtered_without_the_reference(self, client, worker, case):
        CaseFactory(allocated_to=worker.hat, opened_on=date(2026, 9, 1))
        client.force_login(worker)

        response = client.get(LIST, {"opened_until": "2026-08-31", "_export": "csv"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        assert text.splitlines() == [
            "Case,Opened on,Level now,Who works on it,Family,Closed on,Why it closed",
            f'Case {case.pk},2026-01-05,2 Targeted,Wendy Worker,"1 adult, 2 children",,',
        ]

    def test_the_workbook_holds_the_same_rows(self, client, worker, case):
        client.force_login(worker)

        response = client.get(LIST, {"_export": "xlsx"})

        book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
        text = "".join(book.read(name).decode() for name in book.namelist())
        assert f"Case {case.pk}" in text
        assert "SSD-4711" not in text

    def test_an_export_is_in_the_trail(self, client, worker, case):
        client.force_login(worker)

        client.get(LIST, {"_export": "csv"})

        entry = Entry.objects.filter(action="exported").get()
        assert (entry.by, entry.record_kind) == (worker, "cases.csv")


class TestCaseDetail:
    def test_says_what_is_recorded(self, client, worker, case):
        case.agencies_in_plan.add(AgencyFactory(name="Oak School"), AgencyFactory(name="Clinic"))
        client.force_login(worker)

        page = client.get(case.get_absolute_url()).content.decode()

        for words in (
            "Mon 5 Jan 2026",
            "2 Targeted",
            "1 adult, 2 children",
            "Clinic and Oak School",
            "form version 3",
            "Wendy Worker, North team",
        ):
            assert words in page
        assert "SSD-4711" not in page

    def test_a_case_out_of_reach_is_not_there(self, client, outsider, case):
        client.force_login(outsider)

        assert client.get(case.get_absolute_url()).status_code == 404

    def test_after_a_hand_over_only_the_new_side_sees_it(
        self, client, worker, manager, outsider, case
    ):
        case.allocations.update(until_on=date(2026, 11, 1))
        AllocationFactory(
            case=case, worker=outsider, team=outsider.hat.team, from_on=date(2026, 11, 2)
        )

        seen = {}
        for user in (worker, manager, outsider):
            client.force_login(user)
            seen[user.name] = client.get(case.get_absolute_url()).status_code

        assert seen == {"Wendy Worker": 404, "Mary Manager": 404, "Oscar Outsider": 200}

    def test_a_closed_case_stays_with_who_had_it_to_its_end(self, client, worker, manager, case):
        case.closed_on, case.end_reason = date(2026, 11, 1), "needs_met"
        case.save()
        case.allocations.update(until_on=date(2026, 11, 1))

        for user in (worker, manager):
            client.force_login(user)
            assert (
                "Closed on Sun 1 Nov 2026" in client.get(case.get_absolute_url()).content.decode()
            )

    def test_costs_the_same_with_more_work_on_it(
        self, client, worker, case, django_assert_max_num_queries
    ):
        for _ in range(10):
            ActivityFactory(kind="case_contact", case=case, by=worker.hat)
        client.force_login(worker)

        with django_assert_max_num_queries(12):
            client.get(case.get_absolute_url())


class TestCaseReveal:
    def test_shows_the_reference_and_is_kept_nowhere(self, client, worker, case):
        client.force_login(worker)

        response = client.post(reverse("cases:case_reveal", args=[case.pk]))

        assert "SSD-4711" in response.content.decode()
        assert "no-store" in response["Cache-Control"]

    def test_a_link_cannot_reveal(self, client, worker, case):
        client.force_login(worker)

        assert client.get(reverse("cases:case_reveal", args=[case.pk])).status_code == 405
        assert not Entry.objects.filter(action="revealed").exists()

    def test_the_trail_gets_one_row_per_user_case_and_day(self, client, worker, manager, case):
        for user in (worker, worker, manager):
            client.force_login(user)
            client.post(reverse("cases:case_reveal", args=[case.pk]))

        entries = Entry.objects.about(case).filter(action="revealed")
        assert {entry.by for entry in entries} == {worker, manager}
        assert entries.count() == 2

    def test_who_looked_is_told_on_the_case(self, client, worker, case):
        client.force_login(worker)
        client.post(reverse("cases:case_reveal", args=[case.pk]))

        page = client.get(case.get_absolute_url()).content.decode()

        assert "Wendy Worker saw the reference of this case" in page

    def test_out_of_reach_reveals_nothing_and_leaves_no_trace(self, client, outsider, case):
        client.force_login(outsider)

        assert client.post(reverse("cases:case_reveal", args=[case.pk])).status_code == 404
        assert not Entry.objects.filter(action="revealed").exists()

    def test_a_reference_that_retention_removed_is_said_to_be_gone(self, client, worker):
        case = CaseFactory(allocated_to=worker.hat)
        client.force_login(worker)

        response = client.post(reverse("cases:case_reveal", args=[case.pk]))

        assert "no longer kept" in response.content.decode()
