"""What a team's pages count: minutes of time entries frozen to the team, and its open cases.

Each function is one query, however many rows lie behind it.
"""

import unicodedata
from dataclasses import dataclass, field

from django.db.models import Case, Count, Min, Sum, Value, When

from eitrack.activities.kinds import Group, codes
from eitrack.activities.models import TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.activities.words import headcount_in_words
from eitrack.cases.models import Allocation
from eitrack.directory.models import Placement

# With a formal case attached it is case work, else what its kind is (`kinds.group_of`).
GROUP = Case(
    When(activity__case__isnull=False, then=Value(Group.CASE.value)),
    *(
        When(
            activity__kind__in=codes(lambda kind, group=group: kind.group == group),
            then=Value(group.value),
        )
        for group in Group
    ),
)
SERVICE_GROUPS = (Group.UNREGISTERED, Group.CASE, Group.PARTNERSHIP)
RECENT = 6


def no_minutes():
    return {group.value: 0 for group in Group}


@dataclass
class Load:
    """What one worker carries in a team: minutes logged by group, open cases, hats."""

    pk: int
    name: str
    minutes: dict = field(default_factory=no_minutes)
    open_cases: int = 0
    placements: list = field(default_factory=list)

    @property
    def all_minutes(self):
        return sum(self.minutes.values())


def team_time(teams, start, end):
    """Counted time of these teams, each entry with its group."""
    return (
        TimeEntry.objects.filter(team__in=teams, date__range=(start, end))
        .counted()
        .annotate(group=GROUP)
    )


def minutes_by_team(teams, start, end):
    """{team pk: {group: minutes}} for every team, with those that logged nothing."""
    minutes = {team.pk: no_minutes() for team in teams}
    rows = team_time(teams, start, end).values_list("team", "group").annotate(all=Sum(ALL_MINUTES))
    for team, group, all_minutes in rows:
        minutes[team][group] = all_minutes
    return minutes


def minutes_by_week(team, weeks):
    """[{group: minutes}], one for each week: summed by day in SQL, folded into weeks here."""
    minutes = [no_minutes() for _ in weeks]
    start = weeks[0].start
    rows = (
        team_time([team], start, weeks[-1].end)
        .values_list("date", "group")
        .annotate(all=Sum(ALL_MINUTES))
    )
    for day, group, all_minutes in rows:
        minutes[(day - start).days // 7][group] += all_minutes
    return minutes


def loads(team, start, end):
    """A `Load` for everybody placed in the team in this time, with time or cases in it; by name.

    Open cases are those allocated in this team on the last day; a joint case counts once for each
    of its workers.
    """
    found = {}

    def load(pk, name):
        return found.setdefault(pk, Load(pk, name))

    placements = Placement.objects.filter(team=team).overlapping(start, end)
    for placement in placements.select_related("worker", "post", "host"):
        load(placement.worker_id, placement.worker.name).placements.append(placement)
    time = team_time([team], start, end).values_list("worker", "worker__name", "group")
    for pk, name, group, minutes in time.annotate(all=Sum(ALL_MINUTES)):
        load(pk, name).minutes[group] = minutes
    held = Allocation.objects.filter(team=team).held_on(end).values_list("worker", "worker__name")
    for pk, name, number in held.annotate(number=Count("case", distinct=True)).order_by():
        load(pk, name).open_cases = number
    return sorted(found.values(), key=lambda load: (name_order(load.name), load.pk))


def name_order(name):
    """Where a name stands in the alphabet: large and small letters, with accents or without."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def open_cases_by_team(teams, day):
    """{team pk: open cases}; a case with two workers of a team counts once for it."""
    cases = dict.fromkeys((team.pk for team in teams), 0)
    rows = Allocation.objects.filter(team__in=teams).held_on(day).values_list("team").order_by()
    return cases | dict(rows.annotate(number=Count("case", distinct=True)))


def workers_by_team(teams, day):
    """{team pk: people with a placement in it on this day}."""
    workers = dict.fromkeys((team.pk for team in teams), 0)
    rows = Placement.objects.filter(team__in=teams).current(day).values_list("team").order_by()
    return workers | dict(rows.annotate(number=Count("worker", distinct=True)))


def first_day_logged(team):
    """The first day with time of this team, or None."""
    return TimeEntry.objects.filter(team=team).aggregate(first=Min("date"))["first"]


@dataclass
class Recent:
    """An activity as a team's list shows it: with this team's workers and minutes only."""

    activity: object
    workers: list = field(default_factory=list)
    minutes: int = 0

    @property
    def headcount(self):
        """What was counted there, in words: "14 attended", "about 6 to 10"; or nothing."""
        activity = self.activity
        if activity.band and activity.headcount is None:
            return activity.get_band_display().lower()
        return headcount_in_words(activity.kind, activity.headcount)


def recently_logged(team, start, end):
    """The activities of this time that were logged last, the newest first."""
    entries = (
        TimeEntry.objects.filter(team=team, date__range=(start, end))
        .counted()
        .select_related("activity__activity_type", "activity__site", "worker")
        .order_by("-received_at", "-pk")
    )
    found = {}
    # A joint session has several entries; enough are read to fill the list with whole sessions.
    for entry in entries[: 4 * RECENT]:
        recent = found.setdefault(entry.activity_id, Recent(entry.activity))
        recent.workers.append(entry.worker.name)
        recent.minutes += entry.total_minutes
    return list(found.values())[:RECENT]
