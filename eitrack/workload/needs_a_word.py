"""What a manager may want to have a word about: gently, in name order, never a ranking."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Max, Q

from eitrack.activities.choices import OverheadKind
from eitrack.activities.models import DayStatus, TimeEntry
from eitrack.common.words import day, day_and_year
from eitrack.directory.models import Absence, Placement
from eitrack.workload.hats import PROMPT_WEEKS, stream_end
from eitrack.workload.measures import name_order

QUIET_DAYS = 7
# How far back is looked: a team's page costs the same however long it has been at work.
WEEKS_BACK = 26


@dataclass
class Word:
    """One worker, and what there is to talk about."""

    pk: int
    name: str
    since: object
    hats: list = field(default_factory=list)
    sentences: list = field(default_factory=list)


def words_about(team, today):
    """A `Word` for each worker of the team about whom there is one; three queries."""
    people = people_of(team, today)
    logged = last_logged(team, today)
    away = away_lately(people, today)
    for pk, person in people.items():
        last_on, supervised_on = logged.get(pk, (None, None))
        if pk not in away:
            person.sentences += quiet(person, last_on, today)
        person.sentences += unsupervised(person, supervised_on, today)
        ends = (stream_end(hat, today) for hat in person.hats)
        person.sentences += dict.fromkeys(f"{end}." for end in ends if end)
    found = [person for person in people.values() if person.sentences]
    return sorted(found, key=lambda person: (name_order(person.name), person.pk))


def people_of(team, today):
    """{pk: Word} of those with a hat in the team today."""
    people = {}
    hats = Placement.objects.filter(team=team).current(today).with_context()
    for hat in hats.select_related("post", "team", "host", "worker", "funding_stream"):
        person = people.setdefault(
            hat.worker_id, Word(hat.worker_id, hat.worker.name, since=hat.from_on)
        )
        person.since = min(person.since, hat.from_on)
        person.hats.append(hat)
    return people


def last_logged(team, today):
    """{worker: (last day with time of this team, last day with supervision)}."""
    start = today - timedelta(weeks=WEEKS_BACK)
    supervision = Q(activity__overhead_kind=OverheadKind.SUPERVISION)
    rows = (
        TimeEntry.objects.filter(team=team, date__range=(start, today))
        .counted()
        .values_list("worker")
        .annotate(last=Max("date"), supervised=Max("date", filter=supervision))
        .order_by()
    )
    return {worker: (last, supervised) for worker, last, supervised in rows}


def away_lately(workers, today):
    """Those who were absent in the last week, or said of a day of it that there was nothing."""
    start = today - timedelta(days=QUIET_DAYS - 1)
    absent = Absence.objects.filter(worker__in=workers).overlapping(start, today)
    said = DayStatus.objects.filter(worker__in=workers, date__range=(start, today))
    return {worker for (worker,) in workers_of(absent).union(workers_of(said))}


def workers_of(records):
    return records.order_by().values_list("worker")


def quiet(person, last_on, today):
    if (last_on or person.since) > today - timedelta(days=QUIET_DAYS):
        return []
    if last_on is None:
        return ["Nothing logged yet."]
    return [f"Nothing logged since {in_short(last_on, today)}."]


def unsupervised(person, supervised_on, today):
    if (supervised_on or person.since) >= today - timedelta(weeks=PROMPT_WEEKS):
        return []
    if supervised_on is None and person.since > today - timedelta(weeks=WEEKS_BACK):
        return ["No supervision logged yet."]
    if supervised_on is None:
        return [f"No supervision logged in the last {WEEKS_BACK} weeks."]
    return [f"No supervision logged since {in_short(supervised_on, today)}."]


def in_short(value, today):
    return day(value) if value.year == today.year else day_and_year(value)
