"""Families with a formal case: how many were met, and how many stayed (RCH-04, RCH-05)."""

from collections.abc import Sequence
from datetime import date

from eitrack.indicators.measures.calculated.contacts import THIRTEEN_WEEKS, Families, Family
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation
from eitrack.indicators.terms.figures import Parts

ENOUGH_CONTACTS = 3


def families_met(found: Families, evaluation: Evaluation) -> AllAndRows:
    """Distinct families met while their case was open, with their children and adults (RCH-04)."""
    return _met(found.all), {key: _met(each) for key, each in found.rows.items()}


def _met(families: Sequence[Family]) -> Parts:
    adults = Parts(numerator=sum(each.adults for each in families), asked=len(families))
    children = Parts(
        numerator=sum(each.children for each in families), asked=len(families), beside=adults
    )
    behind = {family.case: family.met_on[-1] for family in families}
    return Parts(numerator=len(families), beside=children, behind=behind)


def sustained(found: Families, evaluation: Evaluation) -> AllAndRows:
    """Families met three times within 13 weeks, out of families met whose case is 13 weeks old
    (RCH-05).

    The thirteen weeks may begin before the period; they end in it.
    """
    return (
        _sustained(found.all, evaluation),
        {key: _sustained(each, evaluation) for key, each in found.rows.items()},
    )


def _sustained(families: Sequence[Family], evaluation: Evaluation) -> Parts:
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
