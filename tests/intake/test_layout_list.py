"""What an administrator sees of sheets of activity: layouts and counts, never a row."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.intake import BatchFactory, LayoutFactory, StagedRowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def petra():
    return UserFactory(worker=True, name="Petra Plum")


def page_of(desk, **asked):
    return desk.get(reverse("intake:layout_list"), asked).content.decode()


def test_shows_how_sheets_are_read_and_how_much_came_of_them(desk, petra):
    columns = ["DATE", "KIND", "IGNORED", "LENGTH"]
    LayoutFactory(by=petra, columns=columns, length_unit="HOURS", files=3, rows=1240)

    page = page_of(desk)

    assert "Petra Plum" in page
    assert "Date, What, How long; 1 not needed" in page
    assert "1,240" in page


def test_counts_files_of_activity_by_their_state_and_shows_nothing_that_stands_in_them(desk, petra):
    batch = BatchFactory(by=petra)
    BatchFactory(by=petra, imported=True)
    BatchFactory(kind="service")
    StagedRowFactory(batch=batch, content={"where": "Bells Lane"}, reason="Bells Lane")

    response = desk.get(reverse("intake:layout_list"))

    assert response.context["facts"] == [("Read, not imported", 1), ("Imported", 1)]
    assert "Bells Lane" not in response.content.decode()


def test_is_searched_and_exported(desk, petra):
    LayoutFactory(by=petra, length_unit="MINUTES")
    LayoutFactory(by=UserFactory(worker=True, name="Olive Oak"))

    assert "Olive Oak" not in page_of(desk, words="plum")
    file = desk.get(reverse("intake:layout_list"), {"words": "plum", "_export": "csv"})
    lines = b"".join(file).decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Petra Plum"]


def test_costs_the_same_for_many(desk, django_assert_max_num_queries):
    LayoutFactory.create_batch(20)

    with django_assert_max_num_queries(12):
        desk.get(reverse("intake:layout_list"))


def test_the_page_of_the_service_leads_there(desk):
    assert reverse("intake:layout_list") in desk.get("/stewardship/").content.decode()
