"""A case's life in any order: whatever is done to it, its days add up."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from eitrack.cases import actions
from eitrack.cases.choices import EndReason
from eitrack.cases.handover import hand_over, hand_over_all, share_case
from eitrack.cases.models import Allocation, Case
from eitrack.common.versioned import ClashError
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory, TeamFactory

OPENED = date(2026, 1, 5)
DAY = timedelta(days=1)
LONGEST = 40
days = st.integers(min_value=-3, max_value=LONGEST)
hands = st.integers(min_value=0, max_value=3)


class CaseLife(RuleBasedStateMachine):
    """One case, four workers of two teams; time goes on, and every day may be asked for."""

    def __init__(self):
        super().__init__()
        self.case = None
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self):
        """What the figures ask for agrees with the days; then the example is forgotten."""
        if self.case:
            for day in all_days()[::6]:
                assert Case.objects.open_on(day).exists() == self.is_open_on(day)
                held = Allocation.objects.held_on(day).values_list("worker", flat=True)
                assert sorted(held) == sorted(self.workers_on(day))
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize(level=st.integers(1, 4))
    def open(self, level):
        self.today = OPENED
        teams = [TeamFactory(), TeamFactory()]
        self.hats = [PlacementFactory(team=teams[number // 2]) for number in range(4)]
        self.by = self.hats[0].worker
        case = CaseFactory.build(opened_on=OPENED, consent_on=OPENED - DAY)
        self.case = actions.open_case(
            case=case,
            reference="SSD-1",
            level=level,
            worker=self.hats[0].worker,
            team=self.hats[0].team,
            by=self.by,
        )

    def attempt(self, action, **values):
        """What the rules refuse has written nothing."""
        before = self.stored()
        try:
            action(by=self.by, **values)
        except (ValidationError, ClashError):
            assert self.stored() == before
        self.case = Case.objects.get(pk=self.case.pk)

    def stored(self):
        spells = self.case.level_spells.order_by("pk").values_list("level", "from_on", "until_on")
        held = self.case.allocations.order_by("pk")
        held = held.values_list("worker", "team", "from_on", "until_on")
        return Case.objects.values().get(), list(spells), list(held)

    @rule(later=st.integers(0, 5))
    def time_goes_on(self, later):
        self.today = min(self.today + later * DAY, OPENED + LONGEST * DAY)

    @rule(level=st.integers(1, 4), on=days)
    def level(self, level, on):
        values = {"level": level, "on": OPENED + on * DAY, "today": self.today}
        self.attempt(actions.change_level, case=self.case, **values)

    @rule(hand=hands, on=days)
    def share(self, hand, on):
        hat = self.hats[hand]
        values = {"worker": hat.worker, "team": hat.team, "on": OPENED + on * DAY}
        self.attempt(share_case, case=self.case, **values)

    @rule(hand=hands, which=st.integers(0, 5), on=days)
    def hand_over(self, hand, which, on):
        held = list(self.case.allocations.all())
        hat, allocation = self.hats[hand], held[which % len(held)]
        values = {"to": hat.worker, "team": hat.team, "on": OPENED + on * DAY}
        self.attempt(hand_over, case=self.case, allocation=allocation, **values)

    @rule(absent=hands, hand=hands, on=days)
    @precondition(lambda self: self.case.is_open)
    def hand_over_everything(self, absent, hand, on):
        if absent == hand:
            return
        hat = self.hats[hand]
        values = {"to": hat.worker, "team": hat.team, "on": OPENED + on * DAY}
        teams = [one.team for one in self.hats]
        self.attempt(hand_over_all, worker=self.hats[absent].worker, teams=teams, **values)

    @rule(on=days, reason=st.sampled_from(EndReason.values))
    def close(self, on, reason):
        values = {"on": OPENED + on * DAY, "reason": reason, "today": self.today}
        self.attempt(actions.close_case, case=self.case, **values)

    @rule()
    @precondition(lambda self: not self.case.is_open)
    def undo(self):
        self.attempt(actions.reopen_case, case=self.case, today=date.today())
        assert self.case.is_open

    def is_open_on(self, day):
        return day >= OPENED and (self.case.closed_on is None or day <= self.case.closed_on)

    def workers_on(self, day):
        return [one.worker_id for one in self.held if runs_on(one, day)]

    @invariant()
    def days_add_up(self):
        if self.case is None:
            return
        self.held = list(self.case.allocations.all())
        levels = list(self.case.level_spells.all())
        for day in all_days():
            workers = self.workers_on(day)
            is_open = self.is_open_on(day)
            assert sum(runs_on(level, day) for level in levels) == is_open, day
            assert bool(workers) == is_open, day
            assert len(workers) == len(set(workers)), day

    @invariant()
    def closed_has_a_reason_and_consent_came_first(self):
        if self.case:
            assert self.case.is_open == (self.case.end_reason == "")
            assert self.case.consent_on <= self.case.opened_on


def all_days():
    return [OPENED + number * DAY for number in range(-5, LONGEST + 5)]


def runs_on(dated, day):
    return dated.from_on <= day and (dated.until_on is None or day <= dated.until_on)


@pytest.mark.django_db
def test_in_any_order_every_day_of_a_case_has_one_level_and_somebody_who_works_on_it():
    life = settings(max_examples=50, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(CaseLife, settings=life)
