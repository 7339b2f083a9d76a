"""What a team's pages count: minutes of its time entries, and its open cases.

One query per function, however many rows; minutes come from stored sums.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q

from eitrack.accounts.models import User
from eitrack.activities.kinds import Group
from eitrack.activities.models import DayStatus
from eitrack.cases.models import Allocation
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models import Absence, Placement, Team
from eitrack.indicators.time.team import TeamTime
from eitrack.workload.points import Points, points_by_worker

SERVICE_GROUPS = (Group.UNREGISTERED, Group.CASE, Group.PARTNERSHIP)
AWAY_DAYS = 7


@dataclass
class Load:
    """What one worker carries: hats and time in a team, and hours, open cases and points of a
    scope.

    The scope is the whole person while they wear a hat in the team; else the team's part, without
    points, which cannot be divided by team.
    """

    pk: int
    name: str
    time: TeamTime = field(default_factory=TeamTime)
    all_minutes: int = 0
    open_cases: int = 0
    points: Points | None = None
    placements: list = field(default_factory=list)

    @property
    def is_whole(self):
        return self.points is not None

    @cached_property
    def minutes_by_hat(self):
        """{placement pk: minutes logged under it}."""
        by_hat = self.time.by(lambda week: week.placement)
        return {hat: time.all_minutes for hat, time in by_hat.items()}


@compiled_query
def hats_of(team, start, end):
    """The placements in the team in this period, with what a page shows of a hat.

    `was_away`: the worker was absent in its last week, or marked a day of it as without work.
    """
    lately = end - timedelta(days=AWAY_DAYS - 1)
    worker = Q(worker=OuterRef("worker"))
    absent = Absence.objects.filter(worker).overlapping(lately, end).order_by()
    said = DayStatus.objects.filter(worker, date__range=(lately, end)).order_by()
    return (
        Placement.objects.filter(team=team)
        .overlapping(start, end)
        .select_related("worker", "post", "host", "funding_stream")
        .only(*SAID_OF_A_HAT)
        .annotate(was_away=Exists(absent) | Exists(said))
    )


SAID_OF_A_HAT = (
    *("worker__name", "post__name", "host__name"),
    *("funding_stream__name", "funding_stream__ends_on", "funding_stream__renewed_until_on"),
    *("team_id", "planned_minutes", "from_on", "until_on", "renewed_until_on"),
)


def loads(hats, time, elsewhere, cases, end, today):
    """A `Load` for everybody with a hat, time or `open_cases` in the team, by name.

    `time` is the team's; of `elsewhere`, the time of other teams, only that of workers who wear a
    hat here today counts.
    """
    found = {}
    for hat in hats:
        load = found.setdefault(hat.worker_id, Load(hat.worker_id, hat.worker.name))
        load.placements.append(hat)
    by_worker = time.by(lambda week: week.worker)
    # People who left the team or only helped out; few, often none.
    if others := (by_worker.keys() | cases.keys()) - found.keys():
        for pk, name in User.objects.filter(pk__in=others).values_list("pk", "name"):
            found[pk] = Load(pk, name)
    for pk, load in found.items():
        load.time = by_worker.get(pk, load.time)
        load.all_minutes, load.open_cases = load.time.all_minutes, cases.get(pk, 0)
    there = elsewhere.by(lambda week: week.worker)
    for pk, points in points_by_worker(placed_on(hats, end, today), end).items():
        found[pk].points, found[pk].open_cases = points, points.open_cases
        found[pk].all_minutes += there[pk].all_minutes if pk in there else 0
    return in_name_order(found.values())


def placed_on(hats, *days):
    """Who wears one of these hats, for each of the days."""
    worn = [{hat.worker_id for hat in hats if hat.is_worn_on(day)} for day in days]
    return sorted(set.intersection(*worn))


def teams_beside(team):
    """Other teams in which people of this one have or had a hat."""
    people = Placement.objects.filter(team=team).order_by().values("worker")
    there = [
        Exists(hats.filter(team=OuterRef("pk"), worker__in=people).order_by())
        for hats in (Placement.objects.all(), Placement.history.all())
    ]
    return Team.objects.exclude(pk=team).filter(there[0] | there[1]).order_by()


def open_cases(team, day):
    """(worker, number) of the cases held in the team; a joint case counts for each holder."""
    held = Allocation.objects.filter(team=team).held_on(day).values_list("worker").order_by()
    return held.annotate(number=Count("case", distinct=True))


def in_name_order(people):
    return sorted(people, key=lambda person: (name_order(person.name), person.pk))


def name_order(name):
    """Sort key of a name, ignoring case and accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def open_cases_by_team(teams, day):
    """{team pk: open cases}; a case with two holders in a team counts once."""
    cases = dict.fromkeys((team.pk for team in teams), 0)
    rows = Allocation.objects.filter(team__in=teams).held_on(day).values_list("team").order_by()
    return cases | dict(rows.annotate(number=Count("case", distinct=True)))


def workers_by_team(teams, day):
    """{team pk: people with a placement in it on this day}."""
    workers = dict.fromkeys((team.pk for team in teams), 0)
    rows = Placement.objects.filter(team__in=teams).current(day).values_list("team").order_by()
    return workers | dict(rows.annotate(number=Count("worker", distinct=True)))
