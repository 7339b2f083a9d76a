"""How a worker's contracted time is shared among hats, by their planned hours."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

from eitrack.activities.choices import DayMark
from eitrack.directory.models import Placement
from eitrack.indicators.measures.calculated.workforce import Days, Person, days, runs_on, workforce
from eitrack.indicators.measures.evaluation import Evaluation, Key
from eitrack.indicators.terms.breakdowns import Breakdown

# Breakdown: the attribute of a hat that is its row.
KEYS = {"team": "team_id", "post": "post_id", "funding_stream": "funding_stream_id"}


def key_of(hat: Placement, breakdown: Breakdown | None) -> Key:
    """The row of this hat; None if the breakdown is not one of hats."""
    return getattr(hat, KEYS[breakdown.code]) if breakdown and breakdown.code in KEYS else None


def stretches(person: Person, working_days: Days) -> Iterator[tuple[Days, dict[Placement, float]]]:
    """(days, {hat: share}) for each run of days on which the same hats were worn.

    Hats without planned hours share equally; days without a hat are left out.
    """
    if not working_days:
        return
    first, after = working_days[0], working_days[-1] + timedelta(days=1)
    edges = {first, after}
    for hat in person.all_hats:
        edges.add(max(first, hat.from_on))
        edges.add(min(after, hat.until_on + timedelta(days=1)) if hat.until_on else after)
    for start, end in pairwise(sorted(edge for edge in edges if first <= edge <= after)):
        worn = [hat for hat in person.all_hats if runs_on(hat, start)]
        planned = sum(hat.planned_minutes for hat in worn)
        if worn:
            shares = {
                hat: hat.planned_minutes / planned if planned else 1 / len(worn) for hat in worn
            }
            yield working_days.between(start, end - timedelta(days=1)), shares


def by_hat(
    person: Person, working_days: Days, amount_of: Callable[[Person, Days], float]
) -> dict[Placement, float]:
    """{hat: amount}: `amount_of(person, days)` for each stretch, split among the hats worn."""
    amounts: defaultdict[Placement, float] = defaultdict(float)
    for stretch, shares in stretches(person, working_days):
        amount = amount_of(person, stretch)
        for hat, share in shares.items():
            amounts[hat] += amount * share
    return amounts


def minutes_to_work(person: Person, stretch: Days) -> float:
    """Contracted minutes on these days, without leave and days marked as not worked."""
    minutes = person.contracted_minutes(stretch)
    not_worked = (day for day, mark in person.marks.items() if mark == DayMark.NOT_WORKED)
    return sum(minutes.values()) - sum(minutes[day] for day in not_worked)


def full_time_days(person: Person, stretch: Days) -> float:
    """The sum of full-time equivalents over these days."""
    return sum(
        contract.fte * len(stretch.between(contract.from_on, contract.until_on))
        for contract in person.contracts
    )


def full_time_equivalents(evaluation: Evaluation) -> dict[Key, float]:
    """{row key: FTE on an average working day of the period}; the key None is the whole scope."""
    working_days = evaluation.load(days)
    found: defaultdict[Key, float] = defaultdict(float)
    for person in evaluation.load(workforce):
        amounts = by_hat(person, working_days, full_time_days)
        for hat in person.hats:
            for key in {None, key_of(hat, evaluation.breakdown)}:
                found[key] += amounts.get(hat, 0)
    return {key: amount / len(working_days) for key, amount in found.items() if amount}
