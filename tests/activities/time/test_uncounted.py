"""Whatever adds up minutes counts confirmed time; what does not count stands in its own column."""

import csv
import io

import pytest
from django.urls import reverse

from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.directory import PlacementFactory

pytestmark = pytest.mark.django_db
LIST = reverse("activities:activity_list")


@pytest.fixture
def proposed(worker, team):
    """A colleague's session of 90 minutes, on which the worker's 45 are only proposed."""
    colleague = PlacementFactory(team=team)
    session = ActivityFactory(by=colleague, minutes=90)
    TimeEntryFactory(activity=session, placement=worker.hat, contact_minutes=45, state="proposed")
    return session


def records_of(page):
    return [row.record for row in page.context["table"].page.object_list]


def file_of(client, **query):
    content = client.get(LIST, {"_export": "csv", **query}).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


class TestList:
    def test_proposed_time_is_not_added_up_and_has_a_column_of_its_own(
        self, client, worker, proposed
    ):
        client.force_login(worker)

        page = client.get(LIST)

        (row,) = records_of(page)
        assert (row.shown_minutes, row.uncounted_minutes) == (None, 45)
        assert 'data-label="Not counted"' in page.content.decode()

    def test_a_manager_sees_what_counts_beside_what_does_not(self, client, manager, proposed):
        client.force_login(manager)

        (row,) = records_of(client.get(LIST))

        assert (row.shown_minutes, row.uncounted_minutes) == (90, 45)

    def test_without_such_time_there_is_no_such_column(self, client, worker):
        ActivityFactory(by=worker.hat, minutes=60)
        client.force_login(worker)

        assert "Not counted" not in client.get(LIST).content.decode()


class TestFile:
    def test_its_minutes_add_up_to_what_counts(self, client, worker, proposed):
        ActivityFactory(by=worker.hat, minutes=60)
        client.force_login(worker)

        rows = file_of(client)

        assert sum(int(row["Minutes"] or 0) for row in rows) == 60
        assert {(row["Counted"], row["Minutes"], row["Minutes not counted"]) for row in rows} == {
            ("yes", "60", ""),
            ("no", "", "45"),
        }

    def test_what_was_voided_counts_nowhere(self, client, worker):
        ActivityFactory(by=worker.hat, minutes=60, void=True)
        client.force_login(worker)

        (row,) = file_of(client, status="void")

        assert (row["Counted"], row["Minutes"], row["Minutes not counted"]) == ("no", "", "60")

    def test_time_of_a_colleague_that_is_proposed_makes_a_row_count_in_part(
        self, client, manager, proposed
    ):
        client.force_login(manager)

        (row,) = file_of(client)

        assert (row["Counted"], row["Minutes"], row["Minutes not counted"]) == (
            "in part",
            "90",
            "45",
        )


class TestTidyRows:
    def test_a_row_says_whether_its_minutes_count(self, client, manager, worker, proposed):
        ActivityFactory(by=worker.hat, minutes=60, void=True)
        client.force_login(manager)

        address = reverse("workload:records_export", args=["time_entries"])
        content = client.get(address).getvalue().decode("utf-8-sig")

        rows = list(csv.DictReader(io.StringIO(content)))
        assert {row["contact_minutes"]: row["is_counted"] for row in rows} == {
            "90": "true",
            "45": "false",
            "60": "false",
        }
