"""A district closes a quarter ten working days after its end (SPEC.md rule 5)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Min

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.periods import Period
from eitrack.directory.calendars import is_working_day
from eitrack.directory.models import ClosedQuarter, District, Placement

OPEN_WORKING_DAYS = 10


def closes_after(quarter, nation):
    """The last day on which the quarter is open: the tenth working day after its end."""
    day, left = quarter.end, OPEN_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, nation)
    return day


@transaction.atomic
def close_quarter(district, quarter, by=None):
    """Close a quarter; returns whether it was closed now. The timer has no user."""
    closed, is_new = ClosedQuarter.objects.get_or_create(
        district=district, quarter=quarter.code, defaults={"closed_by": by}
    )
    if is_new:
        record(Action.CLOSED, by=by, about=closed)
    return is_new


def quarters_due(district, today):
    """Quarters past their last open day that are still open, since the first work."""
    placements = Placement.objects.filter(team__district=district)
    first = placements.aggregate(first=Min("from_on"))["first"]
    closed = set(district.closed_quarters.values_list("quarter", flat=True))
    quarter = Period.quarter_of(first or today)
    while closes_after(quarter, district.nation) < today:
        if quarter.code not in closed:
            yield quarter
        quarter = Period.quarter_of(quarter.end + timedelta(days=1))


def close_due_quarters(today):
    """Close what is due in every district; returns pairs of district and quarter."""
    return [
        (district, quarter)
        for district in District.objects.all()
        for quarter in quarters_due(district, today)
        if close_quarter(district, quarter)
    ]


def is_closed(day, team_id):
    """Whether the quarter of this day is closed in the team's district."""
    return ClosedQuarter.objects.holding(day).filter(district__teams=team_id).exists()
