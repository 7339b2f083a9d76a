"""A quarter closes ten working days after its end (rule 5)."""

import datetime

import pytest
from django.core.management import call_command

from eitrack.audit.models import Entry
from eitrack.common.periods import Period
from eitrack.directory.closing import close_quarter, closes_after, is_closed
from eitrack.directory.models import ClosedQuarter
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("quarter", "nation", "last_open_day"),
    [
        ("2026-Q2", "england", datetime.date(2026, 10, 14)),
        # Over Christmas: 1 January is a bank holiday.
        ("2026-Q3", "england", datetime.date(2027, 1, 15)),
        ("2026-Q3", "scotland", datetime.date(2027, 1, 18)),
    ],
)
def test_stays_open_for_ten_working_days(quarter, nation, last_open_day):
    assert closes_after(Period.parse(quarter), nation) == last_open_day


def test_is_closed_once_in_its_own_district_and_stands_in_the_trail(district, team):
    elsewhere = TeamFactory(district=DistrictFactory(name="Hillside", slug="hillside"))
    quarter = Period.parse("2026-Q2")

    assert close_quarter(team.district, quarter, by=district)
    assert not close_quarter(team.district, quarter, by=district)

    assert is_closed(datetime.date(2026, 9, 30), team.pk)
    assert not is_closed(datetime.date(2026, 10, 1), team.pk)
    assert not is_closed(datetime.date(2026, 9, 30), elsewhere.pk)
    assert Entry.objects.about(ClosedQuarter.objects.get()).get().by == district


def test_the_timer_closes_what_is_due_since_anybody_worked_there(time_machine, capsys):
    PlacementFactory(from_on=datetime.date(2026, 5, 1))

    time_machine.move_to("2026-10-14T12:00Z")
    call_command("close_quarters")
    assert list(ClosedQuarter.objects.values_list("quarter", flat=True)) == ["2026-Q1"]

    time_machine.move_to("2026-10-15T12:00Z")
    call_command("close_quarters")
    call_command("close_quarters")
    assert list(ClosedQuarter.objects.values_list("quarter", flat=True)) == ["2026-Q2", "2026-Q1"]
    assert "No quarter was due." in capsys.readouterr().out


def test_each_district_closes_by_the_calendar_of_its_nation(time_machine):
    """December 2026: the tenth working day is 15 January, in Scotland the 18th."""
    team = TeamFactory(
        district=DistrictFactory(name="Clyde", slug="clyde", nation="scotland"), slug="clyde-team"
    )
    for in_team in (team, TeamFactory()):
        PlacementFactory(team=in_team, from_on=datetime.date(2026, 11, 2))

    time_machine.move_to("2027-01-16T12:00Z")
    call_command("close_quarters")
    assert [each.district.slug for each in ClosedQuarter.objects.all()] == ["riverside"]

    time_machine.move_to("2027-01-19T12:00Z")
    call_command("close_quarters")
    assert ClosedQuarter.objects.count() == 2
