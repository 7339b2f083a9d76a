"""What is counted under each hat: time paid and direct (LOD-02), full-time equivalents, funding.

A worker's contracted time is shared among hats by their planned hours.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from eitrack.activities.choices import DayMark
from eitrack.directory.models import Placement
from eitrack.directory.models.staffing import FULL_TIME_MINUTES_A_WEEK
from eitrack.indicators.measures.calculated.log import log_by_hat
from eitrack.indicators.measures.calculated.parts import by_row, in_rows
from eitrack.indicators.measures.calculated.workforce import (
    Calendar,
    Days,
    Person,
    calendar,
    runs_on,
    workforce,
)
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key, Span
from eitrack.indicators.terms.figures import Parts

HORIZON = relativedelta(months=6)


@dataclass(frozen=True)
class UnderHat:
    """What a hat adds to a part and to the whole that it is divided by."""

    hat: Placement
    part: float
    whole: float = 0
    is_known: bool = True

    @property
    def team(self) -> int:
        return self.hat.team_id

    @property
    def post(self) -> int:
        return self.hat.post_id

    @property
    def funding_stream(self) -> int:
        return self.hat.funding_stream_id

    @property
    def host(self) -> int | None:
        return self.hat.host_id


def parts_under(hats: Sequence[UnderHat], *, workers: int, known: int = 0, asked: int = 0) -> Parts:
    """All parts out of all wholes, and what each worker adds to them."""
    by_worker: dict[int, tuple[float, float]] = {}
    for each in hats:
        part, whole = by_worker.get(each.hat.worker_id, (0, 0))
        by_worker[each.hat.worker_id] = part + each.part, whole + each.whole
    parts, wholes = sum(each.part for each in hats), sum(each.whole for each in hats)
    return Parts(parts, wholes, known, asked, workers=workers, by_worker=by_worker)


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
    found = []
    for person in evaluation.load(workforce):
        amounts = by_hat(person, within, full_time_days)
        found += [UnderHat(hat, amounts.get(hat, 0)) for hat in person.hats]
    rows = {**in_rows(found, evaluation.breakdown).rows, None: found}
    averages = {key: _average(hats, within) for key, hats in rows.items()}
    return {key: amount for key, amount in averages.items() if amount}


def _average(hats: Iterable[UnderHat], within: Calendar) -> float:
    """What is counted on a working day, which may differ between districts."""
    amounts: defaultdict[Days, float] = defaultdict(float)
    for each in hats:
        amounts[within.of(each.hat)] += each.part
    return sum(amount / len(days) for days, amount in amounts.items() if amount)


def per_full_time(total: Parts, rows: Mapping[Key, Parts], evaluation: Evaluation) -> AllAndRows:
    """Beside a count its number for each full-time equivalent (VIS-04).

    A row of a team, hat or stream is divided by its own, other rows by all of the scope.
    """
    fte = evaluation.load(full_time_equivalents)
    is_of_hats = evaluation.breakdown and hasattr(UnderHat, evaluation.breakdown.code)

    def with_rate(parts: Parts, key: Key) -> Parts:
        rate = Parts(parts.numerator, fte.get(key, 0), workers=parts.workers)
        return replace(parts, beside=rate)

    of_rows = {key: with_rate(parts, key if is_of_hats else None) for key, parts in rows.items()}
    return with_rate(total, None), of_rows


def direct_share(people: Iterable[Person], evaluation: Evaluation) -> AllAndRows:
    """Direct minutes under a hat, out of the contracted minutes that are its share (LOD-02).

    Workers without a contract are left out with their minutes and counted as not known.
    """
    log, within = evaluation.load(log_by_hat), evaluation.load(calendar)
    found = []
    for person in people:
        minutes = by_hat(person, within, minutes_to_work)
        for hat in person.hats:
            direct = log.get(hat.pk, Counter()).get("logged_direct", 0)
            found.append(UnderHat(hat, direct, minutes.get(hat, 0), bool(person.contracts)))
    return _direct(found, evaluation)


@by_row
def _direct(hats: Sequence[UnderHat], evaluation: Evaluation) -> Parts:
    known = [each for each in hats if each.is_known]
    number, asked = (len({each.hat.worker_id for each in those}) for those in (known, hats))
    return parts_under(known, known=number, asked=asked, workers=number)


def ending_funding(people: Iterable[Person], evaluation: Evaluation) -> AllAndRows:
    """Full-time equivalents of hats whose funding ends within six months, out of all (FND-02).

    A renewal that itself ends by then does not count as funded; a stream without an end does.
    """
    found = []
    for hat in (hat for person in people for hat in person.hats if runs_on(hat, evaluation.day)):
        fte, last_on = hat.planned_minutes / FULL_TIME_MINUTES_A_WEEK, hat.paid_until_on
        is_at_risk = last_on is not None and last_on <= evaluation.day + HORIZON
        found.append(UnderHat(hat, fte * is_at_risk, fte))
    return _ending(found, evaluation)


@by_row
def _ending(hats: Sequence[UnderHat], evaluation: Evaluation) -> Parts:
    """It rests on the workers whose post is at risk; a row that rests on one is not published."""
    return parts_under(hats, workers=len({each.hat.worker_id for each in hats if each.part}))
