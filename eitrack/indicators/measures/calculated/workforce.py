"""Who works in a scope, under which hats and contracts, and on which days they were to work."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from eitrack.accounts.models import RoleTerm
from eitrack.accounts.roles import Role
from eitrack.activities.choices import DayMark
from eitrack.activities.models import DayStatus
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.calendars import working_days
from eitrack.directory.models import Absence, Contract, Placement
from eitrack.directory.school_terms import SchoolTerms, in_school_holidays
from eitrack.indicators.measures.calculated.parts import in_any
from eitrack.indicators.measures.evaluation import Evaluation, Span
from eitrack.indicators.terms.scope import Scope


@dataclass(eq=False)
class Person:
    """A worker with at least one hat in the scope: `hats` in it, `all_hats` everywhere.

    `away` maps a day of leave to the share of the day; `marks` a day to its status.
    """

    worker: int
    hats: list[Placement] = field(default_factory=list)
    all_hats: list[Placement] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    away: dict[date, float] = field(default_factory=dict)
    marks: dict[date, str] = field(default_factory=dict)
    _known: dict["Days", Counter[date]] = field(default_factory=dict, repr=False)

    def contracted_minutes(self, days: "Days") -> Counter[date]:
        """Counter {day: contracted minutes} on these working days, without leave.

        Computed once for all rows of a breakdown.
        """
        if days not in self._known:
            self._known[days] = self._contracted_minutes(days)
        return self._known[days]

    def _contracted_minutes(self, days: "Days") -> Counter[date]:
        minutes: Counter[date] = Counter()
        for contract in self.contracts:
            minutes.update(days.minutes_of(contract))
        for day in self.away.keys() & minutes.keys():
            minutes[day] *= 1 - self.away[day]  # type: ignore[assignment]
            if not minutes[day]:
                del minutes[day]
        return minutes

    def expected_days(
        self, calendar: "Calendar", hats: Iterable[Placement] | None = None
    ) -> set[date]:
        """Days on which a record was expected (VIS-05).

        Contracted, under one of these hats, not on leave and not marked as "not worked".
        """
        worn: defaultdict[Days, set[date]] = defaultdict(set)
        for hat in self.hats if hats is None else hats:
            days = calendar.of(hat)
            worn[days].update(days.between(hat.from_on, hat.until_on))
        not_worked = {day for day, mark in self.marks.items() if mark == DayMark.NOT_WORKED}
        expected = (there & self.contracted_minutes(days).keys() for days, there in worn.items())
        return set().union(*expected) - not_worked


class Calendar:
    """The working days from `first` to `last` in each district."""

    def __init__(self, first: date, last: date, whole: "Calendar | None" = None) -> None:
        self.first, self.last, self._whole = first, last, whole
        self._days: dict[int, Days] = {}

    def of(self, hat: Placement) -> "Days":
        """Those of the district of a hat's team."""
        district = hat.team.district
        if district.pk not in self._days:
            self._days[district.pk] = (
                self._whole.of(hat).between(self.first, self.last)
                if self._whole
                else Days(
                    working_days(self.first, self.last, district.nation),
                    lambda: self._terms.of(district.pk),
                )
            )
        return self._days[district.pk]

    @cached_property
    def _terms(self) -> Any:
        return SchoolTerms()


class Days(list[date]):
    """Working days in order, up to the last known one. Parts of them are computed once.

    `terms_of` reads the school terms of their district.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __init__(self, days: Iterable[date], terms_of: Callable[[], Any]) -> None:
        super().__init__(days)
        self._terms_of = terms_of
        self._parts: dict[tuple[date, date | None], Days] = {}
        self._minutes: dict[tuple[Any, bool], dict[date, int]] = {}

    def minutes_of(self, contract: Contract) -> dict[date, int]:
        """{day: minutes} that a contract asks for on these days.

        Computed once for all contracts with the same week, so callers must not change it.
        """
        there = self.between(contract.from_on, contract.until_on)
        week, in_terms = key = contract.weekday_minutes, contract.is_term_time_only
        if key not in there._minutes:
            there._minutes[key] = {
                day: minutes
                for day in there
                if (minutes := week[day.weekday()]) and not (in_terms and there.is_holiday(day))
            }
        return there._minutes[key]

    def between(self, first: date, last: date | None) -> "Days":
        """The days from `first` to `last`, both included; to the end if `last` is None."""
        if (first, last) not in self._parts:
            start = bisect_left(self, first)
            end = len(self) if last is None else max(start, bisect_right(self, last))
            is_all = (start, end) == (0, len(self))
            self._parts[first, last] = (
                self if is_all else Days(self[start:end], lambda: self._terms)
            )
        return self._parts[first, last]

    @cached_property
    def _terms(self) -> Any:
        return self._terms_of()

    def is_holiday(self, day: date) -> bool:
        """Whether the day lies between terms of the district, which are read once if needed."""
        return in_school_holidays(day, self._terms)


def runs_on(record: Any, day: date) -> bool:
    """Whether a contract or placement runs on this day."""
    return overlaps(record, day, day)


def overlaps(record: Any, start: date, end: date) -> bool:
    """Whether it runs on some day from `start` to `end`."""
    return record.from_on <= end and (record.until_on is None or start <= record.until_on)


def calendar(evaluation: Evaluation) -> Calendar:
    """The working days of the period, up to today."""
    whole = evaluation.whole.load(_whole_calendar)
    return Calendar(evaluation.period.start, evaluation.day, whole)


def _whole_calendar(evaluation: Evaluation) -> Calendar:
    return Calendar(min(evaluation.spans)[0], evaluation.last_days[-1])


def workforce(evaluation: Evaluation) -> list[Person]:
    """A Person for every worker with a hat in the scope in the period.

    Four queries for all periods; what a Person holds beside hats may belong to other periods.
    """
    start, end = evaluation.period.start, evaluation.day
    found = []
    for person in evaluation.whole.load(everybody) if start <= end else ():
        hats, all_hats = (
            [hat for hat in held if overlaps(hat, start, end)]
            for held in (person.hats, person.all_hats)
        )
        if hats:
            found.append(replace(person, hats=hats, all_hats=all_hats))
    return found


def everybody(evaluation: Evaluation) -> list[Person]:
    """A Person for every worker with a hat in the scope in one of the periods."""
    spans = tuple((start, end) for start, end in evaluation.spans if start <= end)
    if not spans:
        return []
    start, end = min(spans)[0], evaluation.last_days[-1]
    people: dict[int, Person] = {}
    for hat in evaluation.load(hats):
        if not hat.is_of_worker:
            continue
        person = people.setdefault(hat.worker_id, Person(hat.worker_id))
        person.all_hats.append(hat)
        if evaluation.scope.holds(hat):
            person.hats.append(hat)
    workers = tuple(sorted(people))
    for contract in _contracts(workers, spans):
        people[contract.worker_id].contracts.append(contract)
    for absence in _absences(workers, spans):
        first, last = max(absence.from_on, start), min(absence.until_on, end)
        for number in range((last - first).days + 1):
            away, day = people[absence.worker_id].away, first + timedelta(days=number)
            away[day] = min(1, away.get(day, 0) + (0.5 if absence.is_half_day else 1))
    for worker, day, mark in _marks(workers, spans):
        people[worker].marks[day] = mark
    return [people[worker] for worker in workers]


def hats(evaluation: Evaluation) -> list[Any]:
    """All hats, in the periods, of everybody with one in the scope, including managers."""
    return _hats(evaluation.scope, tuple(evaluation.spans))


@compiled_query
def _hats(scope: Scope, spans: tuple[Span, ...]) -> QuerySet[Placement, Any]:
    placed = Placement.objects.overlapping_any(spans)
    in_scope = placed.filter(scope.filter).order_by()
    of_worker = RoleTerm.objects.filter(user=OuterRef("worker"), role=Role.WORKER)
    found = placed.filter(worker__in=in_scope.values("worker")).annotate(
        is_of_worker=Exists(of_worker)
    )
    return found.order_by("pk").select_related("funding_stream", "team__district")


@compiled_query
def _contracts(workers: tuple[int, ...], spans: tuple[Span, ...]) -> QuerySet[Contract]:
    return Contract.objects.overlapping_any(spans).filter(worker__in=workers).order_by("pk")


@compiled_query
def _absences(workers: tuple[int, ...], spans: tuple[Span, ...]) -> QuerySet[Absence]:
    return Absence.objects.overlapping_any(spans).filter(worker__in=workers)


@compiled_query
def _marks(
    workers: tuple[int, ...], spans: tuple[Span, ...]
) -> QuerySet[DayStatus, tuple[int, date, str]]:
    marks = DayStatus.objects.filter(in_any(spans, "date"), worker__in=workers).order_by()
    return marks.values_list("worker", "date", "mark")
