"""The exported list: in its order, by pages of keys, with no cursor that stays open."""

from datetime import date

import pytest

from eitrack.activities.lists.rows import newest_rows, with_names
from eitrack.activities.lists.tables import SHOWN
from eitrack.activities.models import Activity
from eitrack.activities.record import exports
from eitrack.activities.record.exports import export_rows
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/activities/?_export=csv"


@pytest.fixture
def five(worker, monkeypatch):
    monkeypatch.setattr(exports, "CHUNK", 2)
    days = ("2026-09-03", "2026-09-01", "2026-09-05", "2026-09-02", "2026-09-04")
    return [ActivityFactory(by=worker.hat, date=day) for day in days]


def days_in(client, order=""):
    lines = b"".join(client.get(f"{ADDRESS}{order}").streaming_content).decode().splitlines()
    return [cell for line in lines[1:] for cell in line.split(",") if cell.startswith("2026-09")]


def test_pages_keep_the_order_of_the_list(client, worker, five):
    client.force_login(worker)

    newest_first = [f"2026-09-0{day}" for day in (5, 4, 3, 2, 1)]
    assert days_in(client) == newest_first
    assert days_in(client, "&sort=date") == newest_first[::-1]


def test_a_record_that_goes_meanwhile_moves_no_other(worker, five):
    rows = export_rows(shown_to(worker))
    _, first = next(rows), next(rows)

    Activity.objects.filter(pk=five[3].pk).update(status="void", void_reason="undone")

    assert date(2026, 9, 5) in first
    assert len(list(rows)) == 3


def test_a_query_for_the_order_and_one_for_each_page(worker, five, django_assert_num_queries):
    rows = shown_to(worker)

    with django_assert_num_queries(1 + 3):
        assert len(list(export_rows(rows))) == 1 + 5


def shown_to(user):
    """As the page of the list hands them over; in it void records are not listed."""
    return with_names(newest_rows(user).only(*SHOWN), user).exclude(status="void")
