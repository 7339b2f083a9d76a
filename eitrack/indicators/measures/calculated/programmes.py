"""Programmes with seats that ended in a period, and who kept coming (RCH-06)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef

from eitrack.activities.choices import Repeat, Status
from eitrack.activities.models import Activity, SeatMark, Series, TimeEntry
from eitrack.common.horizon import FARTHEST_AHEAD
from eitrack.directory.school_terms import SchoolTerms
from eitrack.indicators.measures.calculated.parts import by_row
from eitrack.indicators.measures.calculated.workforce import overlaps
from eitrack.indicators.measures.evaluation import Evaluation, Span
from eitrack.indicators.terms.figures import Parts

# {(first, last day): keys of programmes that ended then}
Ended = dict[Span, set[int]]
KEPT_COMING = 0.75
FIRST_SESSIONS = {1, 2}


@dataclass(eq=False)
class Programme:
    """A programme that ended in the period.

    `sessions` are the numbers of the sessions held; `seats` maps each seat to the sessions it came
    to or made up for; `marked` are the sessions whose seats were ticked.
    """

    programme: int
    team: frozenset[int]
    sessions: set[int] = field(default_factory=set)
    marked: set[int] = field(default_factory=set)
    seats: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def began(self) -> list[set[int]]:
        """Seats that came to session 1 or 2."""
        return [came for came in self.seats.values() if came & FIRST_SESSIONS]

    @property
    def kept(self) -> list[set[int]]:
        """Seats among them that came to at least three quarters of the sessions."""
        return [
            came for came in self.began if len(came & self.marked) >= KEPT_COMING * len(self.marked)
        ]


def programmes(evaluation: Evaluation) -> list[Programme]:
    """Programmes with time of the scope whose last planned session lies in the period.

    At most five queries for all periods.
    """
    ends, found = evaluation.whole.load(_with_seats)
    ended = ends[evaluation.period.start, evaluation.day]
    return [found[pk] for pk in sorted(found) if pk in ended]


def _with_seats(evaluation: Evaluation) -> tuple[Ended, dict[int, Programme]]:
    """({(first, last day): keys of programmes that ended then}, {key: Programme} of the scope)."""
    ends = _ended(evaluation)
    ended = set().union(*ends.values())
    if not ended:
        return ends, {}
    counted = TimeEntry.objects.counted().filter(evaluation.scope.filter)
    worked_on = counted.filter(activity__series__in=ended).order_by()
    teams: defaultdict[int, set[int]] = defaultdict(set)
    for series, team in worked_on.values_list("activity__series", "team").distinct():
        teams[series].add(team)
    found = {series: Programme(series, frozenset(of_it)) for series, of_it in teams.items()}
    numbers = _numbers(_sessions(found), found)
    ticks = SeatMark.objects.filter(activity__in=numbers).order_by("activity", "seat")
    marks = ticks.values_list("activity", "activity__series", "seat", "is_present", "makes_up_for")
    for (activity, series), ticked in groupby(marks, key=lambda mark: mark[:2]):
        _mark(found[series], numbers[activity], [mark[2:] for mark in ticked])
    return ends, found


def _sessions(found: Iterable[int]) -> Iterable[tuple[int, int, int | None]]:
    """(series, activity, session number) of what was held with confirmed time, in order."""
    confirmed = TimeEntry.objects.confirmed().filter(activity=OuterRef("pk"))
    held = Activity.objects.filter(Exists(confirmed), series__in=found, status=Status.HELD)
    return held.order_by("date", "planned_on", "pk").values_list("series", "pk", "session_number")


def _mark(programme: Programme, number: int, marks: Iterable[Sequence[Any]]) -> None:
    """Enter (seat, is present, makes up for) of one session.

    A session at which everybody made up for another one is not a session of its own.
    """
    present = {seat: makes_up_for for seat, is_present, makes_up_for in marks if is_present}
    own = {number}
    if present and all(present.values()):
        programme.sessions.discard(number)
        own = set()
    programme.marked |= own
    for seat, makes_up_for in present.items():
        programme.seats[seat] |= own | ({makes_up_for} if makes_up_for else set())


def _numbers(
    sessions: Iterable[tuple[int, int, int | None]], found: Mapping[int, Programme]
) -> dict[int, int]:
    """{activity: session number}; one without a number takes its place among those held."""
    numbers: dict[int, int] = {}
    for series, activity, number in sessions:
        held = found[series].sessions
        numbers[activity] = number or len(held) + 1
        held.add(numbers[activity])
    return numbers


def _ended(evaluation: Evaluation) -> Ended:
    """{(first, last day): keys of the programmes whose last planned session lies in it}."""
    # A team or district narrows programmes by its sessions, not by whose series it is.
    begun = Series.objects.overlapping_any(evaluation.spans).filter(seats__isnull=False)
    begun = begun.select_related("site", "team__district").prefetch_related("single_dates")
    begun = list(begun.order_by("pk"))
    terms = SchoolTerms() if begun else None
    return {
        (start, end): {
            series.pk
            for series in begun
            if overlaps(series, start, end)
            and (last := last_session(series, end, terms))
            and start <= last <= end
        }
        for start, end in evaluation.spans
    }


def last_session(series: Series, day: date, terms: Any) -> date | None:
    """The last planned session of a programme that has ended by this day, else None.

    A programme without a last day, number of sessions or single dates has no known end.
    """
    if series.repeat == Repeat.DATES:
        dates = series.dates_between(series.from_on, FARTHEST_AHEAD, terms)
        return dates[-1] if dates else series.until_on
    dates = series.dates_between(series.from_on, day, terms)
    has_all = series.planned_sessions and len(dates) >= series.planned_sessions
    if has_all or (series.until_on and series.until_on <= day):
        return dates[-1] if dates else series.until_on
    return None


@by_row
def completion(found: Sequence[Programme], evaluation: Evaluation) -> Parts:
    """Seats that came to at least 75 % of the sessions, out of those at session 1 or 2.

    Sessions whose seats were never ticked are left out and counted as not known (C20).
    """
    return Parts(
        numerator=sum(len(each.kept) for each in found),
        denominator=sum(len(each.began) for each in found),
        known=sum(len(each.marked) for each in found),
        asked=sum(len(each.sessions) for each in found),
    )
