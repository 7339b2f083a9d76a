"""The settings of a district, and what rests on its nation and hours."""

import datetime
import re

import pytest
from django.urls import reverse

from eitrack.activities.models import TimeEntry
from eitrack.audit.models import Entry
from eitrack.cases.models import Request
from eitrack.directory.models import ChangeMark, District
from tests.factories.activities import ActivityFactory
from tests.factories.cases import RequestFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LIST = reverse("stewardship:district_list")


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def riverside():
    return DistrictFactory()


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def url_of(district):
    return reverse("stewardship:district_edit", args=[district.pk])


def change(client, district, **values):
    url = url_of(district)
    return client.post(url, form_values(client.get(url)) | values, follow=True)


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_the_page_says_what_holds_and_what_was_not_said(signed_in, riverside):
    page = words_of(signed_in.get(LIST))

    assert "Nation England" in page
    assert "Working hours 09:00 to 17:00, Monday to Friday" in page
    assert "Children and young people under 19 Not said yet" in page


def test_a_change_is_saved_and_stands_in_the_trail(signed_in, riverside, administrator):
    page = change(
        signed_in,
        riverside,
        name="Riverside East",
        under_19_population="15800",
        under_19_year="2025",
        under_19_source="ONS",
        case_threshold_text="Level 2 with several needs.",
    )

    assert "Children and young people under 19 15,800 (2025, ONS)" in words_of(page)
    riverside.refresh_from_db()
    assert (riverside.name, riverside.slug) == ("Riverside East", "riverside")
    assert [entry.by for entry in Entry.objects.about(riverside)] == [administrator]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"nation": "atlantis"}, "nation"),
        ({"closes_at": "09:00"}, "closes_at"),
        ({"opens_at": "noon"}, "opens_at"),
        ({"under_19_population": "many"}, "under_19_population"),
        ({"under_19_population": "-1"}, "under_19_population"),
        ({"under_19_population": "15800", "under_19_source": "ONS"}, "under_19_year"),
        ({"under_19_population": "15800", "under_19_year": "2025"}, "under_19_source"),
        ({"under_19_year": "25"}, "under_19_year"),
        ({"case_threshold_text": "x" * 2001}, "case_threshold_text"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(signed_in, riverside, typed, field):
    response = change(signed_in, riverside, **typed)

    assert response.context["form"].has_error(field)


def test_a_change_by_somebody_else_stands_beside_it(signed_in, riverside):
    values = form_values(signed_in.get(url_of(riverside))) | {"name": "North"}
    District.objects.update(name="South")

    told = signed_in.post(url_of(riverside), values)
    signed_in.post(url_of(riverside), form_values(told))

    (difference,) = told.context["clash"].differences
    assert (difference.now, difference.typed) == ("South", "North")
    assert District.objects.get().name == "North"


class TestAnotherNation:
    """30 November 2026, Saint Andrew's Day, is no working day in Scotland."""

    @pytest.fixture
    def hat(self, riverside):
        return PlacementFactory(team=TeamFactory(district=riverside))

    @pytest.fixture(autouse=True)
    def _on_8_december_2026(self, time_machine):
        time_machine.move_to("2026-12-08T12:00Z", tick=False)

    @pytest.fixture
    def asked(self, hat):
        received = datetime.datetime(2026, 11, 26, 10, tzinfo=datetime.UTC)
        return RequestFactory(team=hat.team, received_at=received)

    def test_moves_the_due_days_of_requests(self, signed_in, riverside, asked, administrator):
        far = DistrictFactory(name="Far", slug="far")
        elsewhere = RequestFactory(team__district=far, received_at=asked.received_at)
        assert asked.due_on == datetime.date(2026, 12, 3)

        page = words_of(change(signed_in, riverside, nation="scotland"))

        asked.refresh_from_db()
        elsewhere.refresh_from_db()
        assert asked.due_on == datetime.date(2026, 12, 4)
        assert elsewhere.due_on == datetime.date(2026, 12, 3)
        assert "1 request is due on another day now." in page
        newest = asked.history.first()
        assert (newest.due_on, newest.history_user) == (asked.due_on, administrator)
        assert newest.history_change_reason == "other_calendar"

    def test_and_back_again(self, signed_in, riverside, asked):
        change(signed_in, riverside, nation="scotland")
        change(signed_in, riverside, nation="england")

        assert Request.objects.get().due_on == datetime.date(2026, 12, 3)

    def test_says_anew_what_was_recorded_late(self, signed_in, riverside, hat):
        wednesday = {"entry__recorded_at": datetime.datetime(2026, 12, 2, 9, tzinfo=datetime.UTC)}
        # Friday to Wednesday: three working days in England, two in Scotland.
        friday = ActivityFactory(by=hat, date=datetime.date(2026, 11, 27), **wednesday)
        # Thursday to Wednesday: four in England, three in Scotland.
        thursday = ActivityFactory(by=hat, date=datetime.date(2026, 11, 26), **wednesday)
        late = TimeEntry.objects.filter(is_late=True)
        assert [entry.activity for entry in late] == [thursday]

        page = words_of(change(signed_in, riverside, nation="scotland"))

        assert not late.all().exists()
        assert "1 entry turned late or in time." in page
        assert friday.time_entries.get().is_late is False

    def test_makes_stored_figures_stale(self, signed_in, riverside):
        before = ChangeMark.objects.stamps(["2026-11"])

        change(signed_in, riverside, nation="scotland")

        assert ChangeMark.objects.stamps(["2026-11"]) != before

    def test_other_hours_move_what_came_in_after_them(self, signed_in, riverside, asked):
        change(signed_in, riverside, closes_at="10:00")

        asked.refresh_from_db()
        assert asked.received_on == datetime.date(2026, 11, 27)
        assert asked.due_on == datetime.date(2026, 12, 4)

    def test_the_same_hours_and_nation_touch_no_request(self, signed_in, riverside, asked):
        change(signed_in, riverside, name="Riverside East")

        assert asked.history.count() == 1
