"""Every change of a record leaves a mark, so that no stored figure outlives what it rests on."""

import datetime

import pytest

from eitrack.activities.models import Activity, TimeEntry
from eitrack.directory.models import ChangeMark, SchoolTerm
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.directory import (
    AgencyFactory,
    DistrictFactory,
    PlacementFactory,
    SiteFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
MONTHS = ["2026-08", "2026-09"]
A_DAY = datetime.date(2026, 9, 15)


@pytest.fixture
def hat(db):
    return PlacementFactory(team=TeamFactory())


@pytest.fixture
def moved():
    """`moved(change, team=key)`: the months in which the team's stamp is another afterwards."""

    def moved(change, **of):
        before = ChangeMark.objects.stamps(MONTHS, **of)
        change()
        after = ChangeMark.objects.stamps(MONTHS, **of)
        return [month for month in MONTHS if after[month] != before[month]]

    return moved


def test_a_new_record_marks_its_month_and_team(hat, moved):
    assert moved(lambda: ActivityFactory(by=hat, date=A_DAY), team=hat.team_id) == ["2026-09"]


def test_of_another_team_only_the_service_is_marked(hat, moved):
    other = TeamFactory()

    assert moved(lambda: ActivityFactory(by=hat, date=A_DAY), team=other.pk) == []
    assert moved(lambda: ActivityFactory(by=hat, date=A_DAY)) == ["2026-09"]


def test_of_another_district_nothing_is_marked(hat, moved):
    here, other = hat.team.district, DistrictFactory(name="Other", slug="other")
    TeamFactory(district=other)

    assert moved(lambda: ActivityFactory(by=hat, date=A_DAY), team__district=other.pk) == []
    assert moved(lambda: ActivityFactory(by=hat, date=A_DAY), team__district=here.pk) == ["2026-09"]
    # What is of no team is of every district.
    assert moved(ChangeMark.objects.raise_for_all, team__district=other.pk) == MONTHS


def test_the_term_of_a_district_marks_that_district_only(hat, moved):
    here, other = hat.team.district, DistrictFactory(name="Other", slug="other")
    TeamFactory(district=other)
    term = SchoolTerm(name="Autumn", district=here, from_on=A_DAY, until_on=A_DAY)

    def change(**fields):
        for name, value in fields.items():
            setattr(term, name, value)
        return term.save

    assert moved(term.save, team__district=other.pk) == []
    assert moved(change(name="Autumn 1"), team__district=here.pk) == MONTHS
    assert moved(change(name="Autumn 2"), team=hat.team_id) == MONTHS
    assert moved(change(name="Autumn 3")) == MONTHS
    assert moved(change(district=other), team__district=here.pk) == MONTHS
    assert moved(change(name="Autumn 4"), team__district=here.pk) == []
    assert moved(term.delete, team__district=other.pk) == MONTHS


def test_the_term_of_an_agency_marks_all_as_anybody_may_work_there(hat, moved):
    other = TeamFactory(district=DistrictFactory(name="Other", slug="other"))
    term = SchoolTerm(name="Autumn", agency=AgencyFactory(), from_on=A_DAY, until_on=A_DAY)

    assert moved(term.save, team=other.pk) == MONTHS
    assert moved(term.delete, team=other.pk) == MONTHS


def test_moving_a_record_marks_both_months(hat, moved):
    entry = TimeEntry.objects.get(pk=ActivityFactory(by=hat, date=A_DAY).time_entries.get().pk)
    entry.date = datetime.date(2026, 8, 3)

    assert moved(entry.save, team=hat.team_id) == MONTHS


def test_changing_an_activity_marks_every_team_with_time_on_it(hat, moved):
    activity, other = ActivityFactory(by=hat, date=A_DAY), PlacementFactory(team=TeamFactory())
    TimeEntryFactory(activity=activity, placement=other)
    activity.attendance = 7

    assert moved(activity.save, team=hat.team_id) == ["2026-09"]
    assert moved(activity.save, team=other.team_id) == ["2026-09"]


def test_taking_time_off_marks_its_month(hat, moved):
    entry = ActivityFactory(by=hat, date=A_DAY).time_entries.get()

    assert moved(entry.delete, team=hat.team_id) == ["2026-09"]


def test_many_at_once_mark_everything(hat, moved):
    ActivityFactory(by=hat, date=A_DAY)

    assert moved(lambda: Activity.objects.update(attendance=3)) == MONTHS
    assert moved(lambda: TimeEntry.objects.all().delete(), team=hat.team_id) == MONTHS


def test_what_is_in_no_figure_marks_nothing(hat, moved):
    """A thread is dissolved without trace (rule 1)."""
    ActivityFactory(by=hat, date=A_DAY)

    assert moved(lambda: Activity.objects.update(thread=None, version=2)) == []


@pytest.mark.parametrize("make", [AgencyFactory, SiteFactory])
def test_another_kind_of_site_or_agency_marks_what_rests_on_kinds(make, moved):
    place = make(kind="other")
    place.kind = "housing" if make is AgencyFactory else "hospital"

    assert moved(place.save, with_kinds=True) == MONTHS
    assert moved(place.save, with_kinds=True) == []
    assert moved(lambda: make(kind="other"), with_kinds=True) == []


@pytest.mark.parametrize("make", [AgencyFactory, SiteFactory])
def test_and_nothing_else(make, moved):
    place = make(kind="other")
    place.kind = "housing" if make is AgencyFactory else "hospital"

    assert moved(place.save) == []


def test_another_agency_of_a_site_marks_everything(moved):
    site = SiteFactory()
    site.agency, site.kind = AgencyFactory(), "hospital"

    assert moved(site.save) == MONTHS


def test_a_placement_that_becomes_co_located_marks_everything(hat, moved):
    hat.is_co_located = True

    assert moved(hat.save) == MONTHS
    assert moved(hat.save) == []


def test_moving_a_district_to_another_nation_marks_everything(hat, moved):
    district = hat.team.district

    district.closes_at = "16:00"
    assert moved(district.save) == []
    district.nation = "wales"
    assert moved(district.save) == MONTHS


def test_moving_a_team_to_another_district_marks_everything(hat, moved):
    team, other = hat.team, DistrictFactory(name="Other", slug="other")

    assert moved(lambda: renamed(team)) == []
    team.district = other
    assert moved(team.save) == MONTHS


def renamed(team):
    team.name = "Another name"
    team.save()


def test_a_school_term_marks_everything_when_it_is_entered_changed_or_removed(db, moved):
    until_on = datetime.date(2026, 12, 18)
    district = TeamFactory().district
    term = SchoolTerm(district=district, name="Autumn", from_on=A_DAY, until_on=until_on)

    assert moved(term.save) == MONTHS
    term.until_on = datetime.date(2026, 12, 17)
    assert moved(term.save) == MONTHS
    assert moved(term.delete) == MONTHS
