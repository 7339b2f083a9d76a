"""The old case-count return: cases at the start, opened, closed, at the end (CASES-01 to CASES-04).

Computed from the same cases as LOD-05 and RCH-04: those that somebody of the scope holds. Cases at
the start plus those opened are those closed plus cases at the end.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from eitrack.cases.models import Allocation, LevelSpell
from eitrack.indicators.measures.measures import Calculated
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.indicator import Disclosure, Indicator, Unit
from eitrack.indicators.terms.scope import ScopeKind

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """A case with a scope or team between two days, both included; no last day if it is still
    there.
    """

    case: int
    from_on: date
    until_on: date | None

    def is_there_after(self, day):
        """Whether it is still there at the end of the day: on its last day it leaves."""
        return self.from_on <= day and (self.until_on is None or self.until_on > day)


@dataclass(frozen=True)
class CaseLives:
    """The stays in the scope, and what the breakdown needs: stays by team, or levels."""

    stays: tuple = ()
    by_team: dict | None = None
    levels: dict | None = None

    def rows(self, day_of):
        """{row key: stays}; `day_of(stay)` is the day whose level counts for a stay, or None."""
        if self.levels is None:
            return self.by_team or {}
        by_level = defaultdict(list)
        for stay in self.stays:
            if day := day_of(stay):
                by_level[self.level_on(stay.case, day)].append(stay)
        return by_level

    def level_on(self, case, day):
        """The level of need on this day; None if it is not known."""
        running = [
            level
            for level, from_on, until_on in self.levels.get(case, ())
            if from_on <= day and (until_on is None or day <= until_on)
        ]
        return running[-1] if running else None


def case_lives(evaluation):
    """The stays of cases in the scope around the period; one query, and one more for levels.

    The day before and the day after are included, so that a case handed over between two days
    stays. A funding stream holds no cases.
    """
    first, last = evaluation.period.start, evaluation.day
    if evaluation.scope.kind == ScopeKind.FUNDING_STREAM or last < first:
        return CaseLives()
    before, after = first - DAY, last + DAY
    not_closed = Q(case__closed_on__isnull=True) | Q(case__closed_on__gte=before)
    rows = list(
        Allocation.objects.overlapping(before, after)
        .filter(evaluation.scope.filter)
        .filter(not_closed, case__opened_on__lte=after)
        .order_by("pk")
        .values_list("case", "team", "from_on", "until_on", "case__opened_on", "case__closed_on")
    )
    code = evaluation.breakdown and evaluation.breakdown.code
    of_scope, by_team = defaultdict(list), defaultdict(lambda: defaultdict(list))
    for case, team, from_on, until_on, opened_on, closed_on in rows:
        ends = [day for day in (until_on, closed_on) if day]
        held = max(from_on, opened_on), min(ends, default=None)
        if held[1] is None or held[0] <= held[1]:
            of_scope[case].append(held)
            by_team[team][case].append(held)
    return CaseLives(
        _stays(of_scope),
        {team: _stays(held) for team, held in by_team.items()} if code == "team" else None,
        _levels(of_scope) if code == "need_level" else None,
    )


def _stays(held_of):
    """One Stay for each unbroken time, with two holders at once or one after the other."""
    found = []
    for case, held in sorted(held_of.items()):
        last = None
        for from_on, until_on in sorted(held, key=lambda each: each[0]):
            if last and (last.until_on is None or from_on <= last.until_on + DAY):
                ends = last.until_on, until_on
                last = Stay(case, last.from_on, None if None in ends else max(ends))
            else:
                if last:
                    found.append(last)
                last = Stay(case, from_on, until_on)
        found.append(last)
    return tuple(found)


def _levels(cases):
    """{case: [(level, from, until)]}, in order."""
    levels = defaultdict(list)
    spells = LevelSpell.objects.filter(case__in=list(cases)).order_by("from_on", "pk")
    for case, *spell in spells.values_list("case", "level", "from_on", "until_on"):
        levels[case].append(tuple(spell))
    return levels


def _there_at_start(stay, evaluation):
    """The day before the period, if the case was there at the end of that day; else None."""
    before = evaluation.period.start - DAY
    return before if stay.is_there_after(before) else None


def _came(stay, evaluation):
    return stay.from_on if evaluation.period.start <= stay.from_on <= evaluation.day else None


def _went(stay, evaluation):
    day = stay.until_on
    return day if day and evaluation.period.start <= day <= evaluation.day else None


def _there_at_end(stay, evaluation):
    return evaluation.day if stay.is_there_after(evaluation.day) else None


def _counted(day_of):
    """A measure of stays; `day_of(stay, evaluation)` is the day a stay counts on, or None."""

    def calculate(lives, evaluation):
        def counts(stay):
            return day_of(stay, evaluation)

        rows = lives.rows(counts).items()
        return _parts(lives.stays, counts), {key: _parts(stays, counts) for key, stays in rows}

    return Calculated(calculate)


def _parts(stays, counts):
    days = [(stay.case, counts(stay)) for stay in stays if counts(stay)]
    return Parts(numerator=len(days), behind=dict(days))


def _indicator(code, name, definition, counting_rule, day_of):
    return Indicator(
        code=code,
        name=name,
        purpose="The measure the service was known by, from the same records.",
        definition=definition,
        numerator=name[0].lower() + name[1:],
        unit=Unit.COUNT,
        disclosure=Disclosure.PEOPLE,
        breakdowns=("team", "need_level"),
        counting_rule=counting_rule,
        pitfalls="Says nothing of work without a case; never alone on a page. Not a target.",
        framework="Moran et al. 2007",
        records=case_lives,
        measure=_counted(day_of),
        among=(),
    )


HELD = "A joint case counts once in the service, and once in each team that holds it."
# Open at the start + opened = closed + open at the end.
CASE_COUNT = (
    _indicator(
        "CASES-01",
        "Cases open at the start",
        "Formal cases that were open when the period began.",
        f"Open when the day before was over; one opened on the first day is an opening. {HELD} "
        "The level is that of the day before.",
        _there_at_start,
    ),
    _indicator(
        "CASES-02",
        "Cases opened",
        "Formal cases that opened in the period, or came from another district.",
        f"By the day the first worker of the service holds it. {HELD} A case handed over from "
        "another team came to the team, not to the service. The level is that of the day.",
        _came,
    ),
    _indicator(
        "CASES-03",
        "Cases closed",
        "Formal cases that closed in the period, or went to another district.",
        f"By the last day on which a worker of the service holds it. {HELD} One closed by mistake "
        "and opened again has not closed. The level is that of the day.",
        _went,
    ),
    _indicator(
        "CASES-04",
        "Cases open at the end",
        "Formal cases that were open when the period was over.",
        f"Open when the last day was over; one closed on it is closed. {HELD} The level is that "
        "of the last day.",
        _there_at_end,
    ),
)
