"""Reminders beside reviews: ending funding, supervision, requests.

Each function returns lines of text for the e-mail of a day; they name no case, family or worker.
"""

from datetime import timedelta

from eitrack.activities.choices import OverheadKind
from eitrack.activities.models import TimeEntry
from eitrack.cases.models import Request
from eitrack.common.words import day_and_year, plural
from eitrack.directory.models import Placement, Team
from eitrack.workload.worker_hats import PROMPT_WEEKS, stream_end


def streams_ending(manager, day):
    """On the first of a month: each end of funding within six months, and the number of hats."""
    if day.day != 1:
        return []
    hats = Placement.objects.filter(team__in=Team.objects.managed_by(manager, day))
    hats = hats.current(day).with_context()
    ends = {}
    for hat in hats.order_by("funding_stream__name", "pk"):
        if hat.paid_until_on and hat.paid_until_on >= day and (end := stream_end(hat, day)):
            ends[end] = ends.get(end, 0) + 1
    return [f"{end}: {plural(number, 'hat', 'hats')}" for end, number in ends.items()]


def supervision_missing(manager, day):
    """For each team, how many had no supervision logged in six weeks, in any team."""
    since = day - timedelta(weeks=PROMPT_WEEKS)
    lines = []
    for team in Team.objects.managed_by(manager, day):
        there = Placement.objects.filter(team=team, from_on__lt=since).current(day)
        supervised = TimeEntry.objects.filter(
            worker__in=there.order_by().values("worker"),
            date__range=(since, day),
            activity__overhead_kind=OverheadKind.SUPERVISION,
        ).counted()
        without = there.exclude(worker__in=supervised.values("worker"))
        number = without.order_by().values("worker").distinct().count()
        if number:
            lines.append(f"{team}: no supervision logged in six weeks for {people(number)}")
    return lines


def requests_fallen_due(manager, day):
    """Requests due yesterday whose family nobody has met."""
    number = waiting(manager, day).filter(due_on=day - timedelta(days=1)).count()
    due = day_and_year(day - timedelta(days=1))
    return [f"{plural(number, 'request', 'requests')} had to be answered by {due}"] * bool(number)


def requests_overdue(manager, day):
    """One line for all requests beyond their five working days."""
    number = waiting(manager, day).filter(due_on__lt=day).count()
    verb = "waits" if number == 1 else "wait"
    words = f"{plural(number, 'request', 'requests')} {verb} beyond five working days"
    return [words] * bool(number)


def waiting(manager, day):
    return Request.objects.waiting().filter(team__in=Team.objects.managed_by(manager, day))


def people(number):
    return plural(number, "person", "people")
