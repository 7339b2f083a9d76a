"""Families with a formal case: who was met, on which days, and who stayed (RCH-03 to RCH-05)."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from eitrack.cases.models import Case, LevelSpell
from eitrack.common.periods import Period
from eitrack.indicators.measures.calculated.parts import InRows, by_row, in_rows
from eitrack.indicators.measures.evaluation import Evaluation
from eitrack.indicators.measures.measures import Measure, Named
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.aggregates import DayText, SetOf
from eitrack.indicators.terms.breakdowns import EVERY_BREAKDOWN, Breakdown
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.records import case_contacts

THIRTEEN_WEEKS = timedelta(weeks=13)
ENOUGH_CONTACTS = 3
# One entry per contact, however many workers: "412 2026-09-15 98231".
CONTACT = Concat(
    Cast("activity__case", CharField()),
    Value(" "),
    DayText("date"),
    Value(" "),
    Cast("activity", CharField()),
)
CONTACTS = Named("case", Measure({"contacts": SetOf(CONTACT)}, Q()))
OF_THE_CASE = ("need_level", "age_of_youngest")


def contacts_by(breakdown: Breakdown | None = None) -> SumSet:
    return SumSet(case_contacts, (CONTACTS,), breakdown)


@dataclass(frozen=True)
class Family:
    """A family with a formal case, and the day of each contact, in order.

    `met_on` begins before the period, since thirteen weeks may end in it.
    """

    case: int
    opened_on: date
    adults: int
    children: int
    age_of_youngest: str
    need_level: int | None
    met_on: tuple[date, ...]


def weeks_before(period: Period, last: date) -> Period:
    """The period and the months before it that the thirteen weeks before its first day touch."""
    return replace(period, start=(period.start - THIRTEEN_WEEKS).replace(day=1))


def families(evaluation: Evaluation) -> InRows[Family]:
    """Families with a formal case open in the period and at least one direct contact in it.

    One query for the cases of all periods and one for levels; contacts come from stored months. A
    row has the contacts that belong to it: those of a team, or those of the cases of a level.
    """
    contacts, by = _contacts(evaluation), evaluation.breakdown
    met = {case for case, days in contacts.items() if days[-1] >= evaluation.period.start}
    known = _known_of(met, evaluation)
    found = _found(known, contacts, evaluation)
    if by is None or by.code in OF_THE_CASE or by.code not in EVERY_BREAKDOWN:
        return in_rows(found, by)
    rows = evaluation.sums(contacts_by(by), span_of=weeks_before).items()
    return InRows(found, {key: _found(known, _days(each), evaluation) for key, each in rows})


def _contacts(evaluation: Evaluation) -> dict[int, tuple[date, ...]]:
    return _days(evaluation.sums(contacts_by(), span_of=weeks_before).get(None, {}))


def _days(sums: Mapping[str, Any]) -> dict[int, tuple[date, ...]]:
    """{case: days of its contacts, in order}."""
    contacts: defaultdict[int, list[date]] = defaultdict(list)
    for text in sums.get("case_contacts", ()):
        case, day, _ = text.split(" ")
        contacts[int(case)].append(date.fromisoformat(day))
    return {case: tuple(sorted(days)) for case, days in contacts.items()}


def _known_of(cases: Container[int], evaluation: Evaluation) -> dict[int, Family]:
    """{case: Family, still without contacts} of the cases that were open in the period."""
    rows = [
        row
        for row in evaluation.whole.load(_cases_met)
        if row[0] in cases
        and row[1] <= evaluation.day
        and (row[2] is None or evaluation.period.start <= row[2])
    ]
    day = evaluation.day
    last_days = {pk: min(closed_on or day, day) for pk, _, closed_on, *_ in rows}
    levels = levels_on(last_days) if _is_by_level(evaluation) else {}
    return {
        pk: Family(pk, opened_on, adults, children, age, levels.get(pk), ())
        for pk, opened_on, _, adults, children, age in rows
    }


def _cases_met(evaluation: Evaluation) -> list[Any]:
    """The cases with a contact in one of the periods, open or not."""
    met = {
        case
        for case, days in _contacts(evaluation).items()
        if any(start <= day <= end for start, end in evaluation.spans for day in days)
    }
    cases = Case.objects.filter(pk__in=met).order_by()
    return list(
        cases.values_list("pk", "opened_on", "closed_on", "adults", "children", "age_of_youngest")
    )


def _is_by_level(evaluation: Evaluation) -> bool:
    return evaluation.breakdown is not None and evaluation.breakdown.code == "need_level"


def levels_on(days: Mapping[int, date]) -> dict[int, int]:
    """{case: level of need on a day of its own}; a case without a level on that day is left out."""
    spells = LevelSpell.objects.filter(case__in=days.keys()).order_by("from_on", "pk")
    levels: dict[int, int] = {}
    for case, level, from_on, until_on in spells.values_list(
        "case", "level", "from_on", "until_on"
    ):
        if from_on <= days[case] and (until_on is None or days[case] <= until_on):
            levels[case] = level
    return levels


def _found(
    known: Mapping[int, Family], contacts: Mapping[int, tuple[date, ...]], evaluation: Evaluation
) -> tuple[Family, ...]:
    """The families met by these contacts in the period, each with its contacts."""
    return tuple(
        replace(known[case], met_on=tuple(day for day in days if day <= evaluation.day))
        for case, days in sorted(contacts.items())
        if case in known and any(evaluation.period.start <= day <= evaluation.day for day in days)
    )


@by_row
def families_met(families: Sequence[Family], evaluation: Evaluation) -> Parts:
    """Distinct families met while their case was open, with their children and adults (RCH-04)."""
    adults = Parts(numerator=sum(each.adults for each in families), asked=len(families))
    children = Parts(
        numerator=sum(each.children for each in families), asked=len(families), beside=adults
    )
    behind = {family.case: family.met_on[-1] for family in families}
    return Parts(numerator=len(families), beside=children, behind=behind)


@by_row
def sustained(families: Sequence[Family], evaluation: Evaluation) -> Parts:
    """Families met three times within 13 weeks, out of families met whose case is 13 weeks old
    (RCH-05).

    The thirteen weeks may begin before the period; they end in it.
    """
    old = [each for each in families if each.opened_on <= evaluation.day - THIRTEEN_WEEKS]
    days = {each.case: stayed_on(each.met_on, evaluation.period.start) for each in old}
    stayed = {case: day for case, day in days.items() if day}
    return Parts(numerator=len(stayed), denominator=len(old), behind=stayed)


def stayed_on(days: Sequence[date], start: date) -> date | None:
    """The first day, not before `start`, of a third contact within 13 weeks; None if there is none.

    Thirteen weeks are 91 days, so the first and the third contact are at most 90 days apart.
    """
    thirds = zip(days, days[ENOUGH_CONTACTS - 1 :], strict=False)
    return next(
        (last for first, last in thirds if last >= start and last - first < THIRTEEN_WEEKS), None
    )
