"""How a worker's contracted time is shared among hats, by their planned hours."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

from eitrack.activities.choices import DayMark
from eitrack.directory.models import Placement
from eitrack.indicators.measures.calculated.workforce import (
    Calendar,
    Days,
    Person,
    calendar,
    runs_on,
    workforce,
)
from eitrack.indicators.measures.evaluation import Evaluation, Key, Span
from eitrack.indicators.terms.breakdowns import Breakdown

# Breakdown: the attribute of a hat that is its row.
KEYS = {"team": "team_id", "post": "post_id", "funding_stream": "funding_stream_id"}


def key_of(hat: Placement, breakdown: Breakdown | None) -> Key:
    """The row of this hat; None if the breakdown is not one of hats."""
    return getattr(hat, KEYS[breakdown.code]) if breakdown and breakdown.code in KEYS else None


def stretches(person: Person, within: Calendar) -> Iterator[tuple[Span, dict[Placement, float]]]:
    """(first and last day, {hat: share}) for each run of days on which the same hats were worn.

    Hats without planned hours share equally; days without a hat are left out.
    """
    first, after = within.first, within.last + timedelta(days=1)
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
            yield (start, end - timedelta(days=1)), shares


def by_hat(
    person: Person, within: Calendar, amount_of: Callable[[Person, Days], float]
) -> dict[Placement, float]:
    """{hat: amount}: `amount_of(person, days)` for each stretch, split among the hats worn."""
    amounts: defaultdict[Placement, float] = defaultdict(float)
    for stretch, shares in stretches(person, within):
        known: dict[Days, float] = {}
        for hat, share in shares.items():
            days = within.of(hat).between(*stretch)
            if days not in known:
                known[days] = amount_of(person, days)
            amounts[hat] += known[days] * share
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
    within = evaluation.load(calendar)
    found: defaultdict[Key, Counter[Days]] = defaultdict(Counter)
    for person in evaluation.load(workforce):
        amounts = by_hat(person, within, full_time_days)
        for hat in person.hats:
            for key in {None, key_of(hat, evaluation.breakdown)}:
                found[key][within.of(hat)] += amounts.get(hat, 0)  # type: ignore[assignment]
    return {
        key: sum(amount / len(days) for days, amount in amounts.items() if amount)
        for key, amounts in found.items()
        if any(amounts.values())
    }
