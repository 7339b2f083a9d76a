"""What a manager may want to talk about with a worker, in name order, never a ranking."""

from dataclasses import dataclass, field
from datetime import timedelta

from eitrack.common.words import day, day_and_year
from eitrack.indicators.time.team import TeamTime
from eitrack.workload.measures import in_name_order
from eitrack.workload.worker_hats import PROMPT_WEEKS, stream_end

QUIET_DAYS = 7
# As far back as the page reads anyway, so the cost does not grow with history.
WEEKS_BACK = 12


@dataclass
class Word:
    """One worker, and the reasons to talk."""

    pk: int
    name: str
    since: object
    was_away: bool = False
    hats: list = field(default_factory=list)
    sentences: list = field(default_factory=list)


def words_about(hats, time, today):
    """A `Word` for each worker with a hat in the team today and a reason.

    `hats` are those of `measures.hats_of` until today, `time` is that of all their teams.
    """
    people = people_of([hat for hat in hats if hat.is_worn_on(today)])
    logged = time.by(lambda week: week.worker)
    for pk, person in people.items():
        of_person = logged.get(pk, TeamTime())
        if not person.was_away:
            person.sentences += quiet(person, lately(of_person.last_on, today), today)
        person.sentences += unsupervised(person, lately(of_person.supervised_on, today), today)
        ends = (stream_end(hat, today) for hat in person.hats)
        person.sentences += dict.fromkeys(f"{end}." for end in ends if end)
    return in_name_order(person for person in people.values() if person.sentences)


def looked_at_from(today):
    return today - timedelta(weeks=WEEKS_BACK)


def lately(last_on, today):
    """The day; None if it is too long ago to show."""
    return last_on if last_on and last_on >= looked_at_from(today) else None


def people_of(hats):
    """{pk: Word} of those who wear these hats."""
    people = {}
    for hat in hats:
        person = people.setdefault(
            hat.worker_id, Word(hat.worker_id, hat.worker.name, hat.from_on, hat.was_away)
        )
        person.since = min(person.since, hat.from_on)
        person.hats.append(hat)
    return people


def quiet(person, last_on, today):
    if (last_on or person.since) > today - timedelta(days=QUIET_DAYS):
        return []
    if last_on is None:
        return [nothing_of("Nothing logged", person, today)]
    return [f"Nothing logged since {in_short(last_on, today)}."]


def unsupervised(person, supervised_on, today):
    if (supervised_on or person.since) >= today - timedelta(weeks=PROMPT_WEEKS):
        return []
    if supervised_on is None:
        return [nothing_of("No supervision logged", person, today)]
    return [f"No supervision logged since {in_short(supervised_on, today)}."]


def nothing_of(what, person, today):
    """Whether nothing was logged on the days read; earlier days are not known here."""
    if person.since > looked_at_from(today):
        return f"{what} since this hat began, {in_short(person.since, today)}."
    return f"{what} in the last {WEEKS_BACK} weeks."


def in_short(value, today):
    return day(value) if value.year == today.year else day_and_year(value)
