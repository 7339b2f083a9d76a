"""Formal cases of the sample world: opened, allocated, levelled, closed."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from eitrack.cases.choices import EndReason, InformalFirst
from eitrack.cases.models import Allocation, Case, CaseReference, LevelSpell
from eitrack.demo import stories, volumes
from eitrack.demo.calendar import is_working_day, working_days
from eitrack.demo.writing import write

# A gamma of this shape with the median of 20 weeks has a mean of 22.4 weeks.
SHAPE, MEAN_OVER_MEDIAN = 3, 1.12
LONGEST_WEEKS = 78
HANDED_OVER = 0.06
STEPPED = 0.06
END_REASONS = {
    EndReason.NEEDS_MET: 58,
    EndReason.STEPPED_DOWN: 12,
    EndReason.STEPPED_UP: 8,
    EndReason.MOVED: 8,
    EndReason.DECLINED: 8,
    EndReason.OTHER: 6,
}
MET_FIRST = {InformalFirst.YES: 45, InformalFirst.NO: 30, InformalFirst.NOT_ASKED: 25}


@dataclass
class Caseload:
    """One case with its dated holders and levels: [(worker or level, from, until)]."""

    case: Case
    holders: list
    levels: list

    def holder_on(self, day):
        return self._on(self.holders, day)

    def is_open_after(self, day):
        return self.case.closed_on is None or self.case.closed_on > day

    def level_on(self, day):
        return self._on(self.levels, day)

    @staticmethod
    def _on(spells, day):
        return next(
            (what for what, start, end in spells if start <= day and (end is None or day <= end)),
            None,
        )


def build_cases(dice, window, places, workers):
    """Write cases with references, allocations and levels; those open in the window."""
    holders = [worker for worker in workers if worker.holds_cases]
    caseloads = []
    running = []
    for opened, closed in _openings(dice, window, len(workers) / volumes.STAFF_IN_TABLE):
        running = [load for load in running if load.is_open_after(opened)]
        holder = _free_holder(dice, holders, running, opened)
        case = _case(dice, places, opened, closed)
        running.append(Caseload(case, _holders(dice, holders, holder, case), _levels(dice, case)))
        caseloads.append(running[-1])
    write([load.case for load in caseloads], history=True)
    write(
        [
            CaseReference(case=load.case, district=places.district, value=f"SAMPLE-{number:05}")
            for number, load in enumerate(caseloads, 1)
        ]
    )
    write(
        [
            Allocation(
                case=load.case, worker=worker.user, team=worker.team, from_on=start, until_on=end
            )
            for load in caseloads
            for worker, start, end in load.holders
        ],
        history=True,
    )
    write(
        [
            LevelSpell(case=load.case, level=level, from_on=start, until_on=end)
            for load in caseloads
            for level, start, end in load.levels
        ],
        history=True,
    )
    _agencies_in_plan(dice, places, caseloads)
    return caseloads


def _openings(dice, window, scale):
    """Days of opening and closing, oldest first; closing is None for a case that is open still."""
    mean = volumes.MEDIAN_WEEKS_OPEN * MEAN_OVER_MEDIAN
    year_ago = window.until - timedelta(days=364)
    earliest = window.start - timedelta(weeks=LONGEST_WEEKS)
    spans = (
        (earliest, min(year_ago, window.until) - timedelta(days=1), volumes.CASES_OPENED_BEFORE),
        (max(earliest, year_ago), window.until, volumes.CASES_OPENED),
    )
    found = []
    for start, end, a_year in spans:
        days = working_days(start, end)
        for _ in range(round(scale * a_year * ((end - start).days + 1) / 365)):
            opened = dice.choice(days)
            weeks = min(LONGEST_WEEKS, max(1, dice.around(mean, SHAPE)))
            closed = opened + timedelta(days=round(weeks * 7))
            while not is_working_day(closed):
                closed += timedelta(days=1)
            if closed >= window.start:
                found.append((opened, closed if closed <= window.until else None))
    return sorted(found, key=lambda spell: spell[0])


def _free_holder(dice, holders, running, day):
    """Whoever is furthest below the cases usual for them, with a little chance."""
    held = Counter(load.holder_on(day).user.email for load in running)

    def fullness(worker):
        usual = volumes.OPEN_CASES_A_HOLDER * (0.55 + 0.45 * worker.fte)
        if worker.user.email == stories.OVERLOADED_EMAIL:
            usual = stories.OVERLOADED_CASES
        return (held[worker.user.email] + 2 * dice.random()) / usual

    return min(holders, key=fullness)


def _case(dice, places, opened, closed):
    return Case(
        district=places.district,
        opened_on=opened,
        closed_on=closed,
        end_reason=dice.weighted(END_REASONS) if closed else "",
        consent_on=opened - timedelta(days=dice.choice((0, 0, 0, 1, 2, 5))),
        consent_form_version="3",
        adults=dice.weighted({1: 55, 2: 42, 3: 3}),
        children=dice.weighted({1: 40, 2: 33, 3: 17, 4: 7, 5: 3}),
        age_of_youngest=dice.weighted(volumes.AGE_SHARES),
        source_agency=dice.choice(list(places.agencies.values())) if dice.happens(0.8) else None,
        informal_first=dice.weighted(MET_FIRST),
        has_interpreter=dice.happens(0.09),
        has_long_travel=dice.happens(0.06),
        is_winding_down=closed is None and dice.happens(0.12),
    )


def _holders(dice, holders, first, case):
    """Now and then a case is handed to a colleague of the team in its course."""
    end = case.closed_on
    if end and (end - case.opened_on).days > 84 and dice.happens(HANDED_OVER):
        others = [w for w in holders if w.team == first.team and w is not first]
        if others:
            until = case.opened_on + timedelta(days=dice.randint(28, 70))
            return [
                (first, case.opened_on, until),
                (dice.choice(others), until + timedelta(days=1), end),
            ]
    return [(first, case.opened_on, end)]


def _levels(dice, case):
    level = dice.weighted(volumes.LEVEL_SHARES)
    end = case.closed_on
    if end and (end - case.opened_on).days > 84 and dice.happens(STEPPED):
        until = case.opened_on + timedelta(days=dice.randint(28, 70))
        after = dice.weighted({1: 1, 2: 86, 3: 9}) if level == 2 else 2
        return [(level, case.opened_on, until), (after, until + timedelta(days=1), end)]
    return [(level, case.opened_on, end)]


def _agencies_in_plan(dice, places, caseloads):
    through = Case.agencies_in_plan.through
    agencies = list(places.agencies.values())
    write(
        [
            through(case_id=load.case.pk, agency_id=agency.pk)
            for load in caseloads
            if dice.happens(0.45)
            for agency in dice.sample(agencies, dice.choice((1, 1, 2, 3)))
        ]
    )
