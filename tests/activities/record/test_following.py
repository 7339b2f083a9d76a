"""Another series, or a home visit: place, type, start and length follow, or are asked about."""

import datetime

import pytest
import time_machine

from eitrack.activities.models import Activity
from tests.factories.activities import ActivityFactory, ActivityTypeFactory, SeriesFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import SiteFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LOG = "/log/drop_in/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-23T18:00:00Z", tick=False):
        yield


@pytest.fixture
def series(worker):
    return SeriesFactory(
        name="Monday drop-in",
        team=worker.hat.team,
        activity_type=ActivityTypeFactory(kind="drop_in", name="Coffee morning"),
        site=SiteFactory(name="Oak School"),
        starts_at=datetime.time(10, 0),
        usual_minutes=120,
    )


@pytest.fixture
def send(client, worker, series):
    """A drop-in at the base site, to which the series is chosen, as a browser sends it."""
    ActivityTypeFactory(kind="drop_in", name="Drop-in")
    client.force_login(worker)
    values = form_values(client.get(LOG)) | {
        "series_filled_in": "",
        "attendance": "14",
        "contact_minutes": "45",
        "starts_at": "09:30",
        "series": series.pk,
    }

    def sent(**more):
        return client.post(LOG, values | more)

    return sent


class TestSeries:
    def test_what_contradicts_it_is_asked_about_and_kept(self, send, worker):
        page = send()

        question = page.context["form"]["as_chosen"]
        assert [words for _, words in question.field.choices] == [
            "As planned: Oak School, 10:00, 2 h",
            f"As it stands below: {worker.hat.base_site}, 09:30, 45 min",
        ]
        assert page.context["form"]["contact_minutes"].value() == "45"
        assert not Activity.objects.exists()

    def test_as_planned_it_is_saved_with_what_the_series_says(self, send, series):
        assert send(as_chosen="follow").status_code == 302

        saved = Activity.objects.get()
        assert (saved.site, saved.activity_type) == (series.site, series.activity_type)
        assert saved.starts_at == datetime.time(10, 0)
        assert saved.time_entries.get().contact_minutes == 120

    def test_as_it_stands_it_is_saved_as_typed(self, send, series, worker):
        assert send(as_chosen="typed").status_code == 302

        saved = Activity.objects.get()
        assert (saved.series, saved.site) == (series, worker.hat.base_site)
        assert saved.time_entries.get().contact_minutes == 45

    def test_what_agrees_is_not_asked_about(self, send, series):
        agreeing = {
            "activity_type": series.activity_type_id,
            "site": series.site_id,
            "starts_at": "10:00",
            "contact_minutes": "120",
        }

        assert send(**agreeing).status_code == 302

    def test_a_form_filled_in_for_the_series_may_differ_from_it(self, send, series):
        assert send(series_filled_in=str(series.pk)).status_code == 302

    def test_the_page_says_what_it_was_filled_in_for(self, client, worker, series):
        client.force_login(worker)

        page = client.get(f"{LOG}?series={series.pk}&planned_on=2026-11-23")

        assert page.context["form"]["series_filled_in"].value() == str(series.pk)

    def test_looked_at_it_shows_what_the_series_says(self, send, series):
        form = send(look="series").context["form"]

        shown = {name: form[name].value() for name in ("site", "starts_at", "contact_minutes")}
        assert shown == {
            "site": str(series.site_id),
            "starts_at": "10:00",
            "contact_minutes": "120",
        }
        assert form["series_filled_in"].value() == str(series.pk)


class TestHomeVisit:
    @pytest.fixture
    def visit(self, client, worker):
        case = CaseFactory(allocated_to=worker.hat, opened_on="2026-11-01")
        client.force_login(worker)
        values = form_values(client.get("/log/case_contact/")) | {
            "case": case.pk,
            "attendance": "2",
            "mode": "home",
            "mode_filled_in": "",
        }

        def sent(**more):
            return client.post("/log/case_contact/", values | more)

        return sent

    def test_at_another_place_it_is_asked_about(self, visit, worker):
        SiteFactory(kind="home", name="At the family’s home")

        page = visit()

        question = page.context["form"]["as_chosen"]
        assert [words for _, words in question.field.choices] == [
            "As planned: At the family’s home",
            f"As it stands below: {worker.hat.base_site}",
        ]

    def test_is_saved_at_the_home_site(self, visit):
        home = SiteFactory(kind="home")

        visit(as_chosen="follow")

        assert Activity.objects.get().site == home

    def test_without_such_a_site_it_is_somewhere_of_that_kind(self, visit):
        visit(as_chosen="follow")

        site = Activity.objects.get().site
        assert (site.kind, site.is_provisional) == ("home", True)

    def test_any_other_way_leaves_the_place(self, visit, worker):
        assert visit(mode="phone").status_code == 302

        assert Activity.objects.get().site == worker.hat.base_site


def test_same_again_keeps_the_day_one_is_catching_up_on(client, worker):
    activity = ActivityFactory(by=worker.hat, date="2026-11-20")
    client.force_login(worker)

    page = client.get(f"/today/?saved={activity.pk}")

    address = page.context["saved"]["again_url"]
    assert address == f"/log/drop_in/?like={activity.pk}&date=2026-11-20"
    assert str(client.get(address).context["form"]["date"].value()) == "2026-11-20"
