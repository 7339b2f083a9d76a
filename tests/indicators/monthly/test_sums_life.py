"""Whatever is done to the records, in any order: stored sums stay those of the records."""

import datetime

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from eitrack.activities.choices import EntryState, Status, VoidReason
from eitrack.activities.joint.merging import merge_activities, unmerge
from eitrack.activities.models import Activity, Join, TimeEntry
from eitrack.activities.record.actions import change_activity, record_activity, void_activity
from eitrack.activities.time.proposals import confirm_time, propose_time, remove_time
from eitrack.common.periods import Period
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.terms.indicator import Unit
from eitrack.indicators.terms.scope import Scope
from tests.factories.activities import ActivityTypeFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory, SiteFactory, TeamFactory

TODAY = datetime.date(2026, 11, 23)
Q2 = Period.parse("2026-Q2")
# On both sides of the ends of two months and of the quarter.
DAYS = [datetime.date(2026, 7, 31), datetime.date(2026, 8, 3), datetime.date(2026, 9, 30)]
DAYS.append(datetime.date(2026, 10, 1))
days, hats = st.sampled_from(DAYS), st.integers(0, 2)
kinds = st.sampled_from(["drop_in", "consultation_family", "playground", "partner_liaison"])
numbers = st.integers(0, 20)


def parts(minutes):
    return {"contact_minutes": minutes, "preparation_minutes": 0, "travel_minutes": 5}


class SumsLife(RuleBasedStateMachine):
    """Three workers of two teams; somebody looks at figures in between, which stores sums."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self):
        if hasattr(self, "hats"):
            for scope in self.scopes:
                kept = figures(scope, "team")
                MonthlySums.objects.filter(scope=scope.code).delete()
                assert kept == figures(scope, "team")
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize()
    def begin(self):
        teams = [TeamFactory(), TeamFactory()]
        self.hats = [PlacementFactory(team=teams[number // 2]) for number in range(3)]
        self.site = SiteFactory()
        self.case = CaseFactory(allocated_to=self.hats[0], opened_on=datetime.date(2026, 5, 4))
        self.scopes = [Scope.of(teams[0].district), *map(Scope.of, teams)]
        self.scopes.append(Scope.of(self.hats[0].worker))

    def chosen(self, number):
        """One of the records that are held, or None."""
        held = Activity.objects.held().order_by("pk")
        return held[number % len(held)] if held else None

    @rule(hat=hats, day=days, kind=kinds, number=numbers, on_case=st.booleans())
    def record(self, hat, day, kind, number, on_case):
        hat = self.hats[hat]
        counted = "conversations" if kind == "playground" else "attendance"
        activity = Activity(
            activity_type=ActivityTypeFactory(kind=kind),
            date=day,
            site=self.site,
            **{counted: number} if kind != "partner_liaison" else {},
            case=self.case if on_case and kind == "consultation_family" else None,
        )
        record_activity(
            by=hat.worker, activity=activity, worker=hat.worker, placement=hat, minutes=parts(60)
        )

    @rule(number=numbers, day=days, heads=numbers)
    def change(self, number, day, heads):
        if activity := self.chosen(number):
            entry = activity.time_entries.filter(is_lead=True).first()
            if entry is None:
                return
            activity.date = day
            if activity.attendance is not None:
                activity.attendance = heads
            change_activity(
                by=activity.recorded_by,
                activity=activity,
                version=activity.version,
                entry=entry,
                placement=entry.placement,
                minutes=parts(30 + heads),
            )

    @rule(number=numbers)
    def void(self, number):
        if activity := self.chosen(number):
            void_activity(by=activity.recorded_by, activity=activity, reason=VoidReason.MISTAKE)

    @rule(number=numbers, hat=hats)
    def propose(self, number, hat):
        if activity := self.chosen(number):
            co_worker = self.hats[hat].worker
            propose_time(
                by=activity.recorded_by,
                activity=activity,
                co_workers=[co_worker],
                minutes=parts(45),
            )

    @rule(number=numbers)
    def confirm(self, number):
        proposed = TimeEntry.objects.filter(state=EntryState.PROPOSED).order_by("pk")
        if proposed:
            entry = proposed[number % len(proposed)]
            confirm_time(by=entry.worker, entry=entry, placement=entry.placement, minutes=parts(40))

    @rule(number=numbers)
    def take_off(self, number):
        joined = TimeEntry.objects.filter(is_lead=False).order_by("pk")
        if joined:
            entry = joined[number % len(joined)]
            remove_time(by=entry.worker, entry=entry)

    @rule(one=numbers, other=numbers)
    def merge(self, one, other):
        kept, joined = self.chosen(one), self.chosen(other)
        if kept and kept != joined and (kept.kind, kept.date) == (joined.kind, joined.date):
            merge_activities(by=kept.recorded_by, kept=kept, joined=joined)

    @rule(number=numbers)
    def part(self, number):
        joins = Join.objects.standing().filter(kept__status=Status.HELD).order_by("pk")
        if joins:
            join = joins[number % len(joins)]
            unmerge(by=join.made_by, join=join)

    @rule(scope=st.integers(0, 3), by=st.sampled_from([None, "team"]))
    def look(self, scope, by):
        evaluate(self.scopes[scope], Q2, by, today=TODAY)

    @precondition(lambda self: Activity.objects.held().exists())
    @rule(hat=hats, day=days, number=numbers)
    def record_and_void(self, hat, day, number):
        """A record never lowers a count, and its void restores every figure exactly."""
        before = figures(self.scopes[0], "team")
        self.record(hat, day, "drop_in", number, on_case=False)
        after = figures(self.scopes[0], "team")
        assert all(
            after[0][indicator.code].numerator >= before[0][indicator.code].numerator
            for indicator in evaluate(self.scopes[0], Q2, today=TODAY).indicators
            if indicator.unit == Unit.COUNT
        )
        newest = Activity.objects.latest("pk")
        void_activity(by=newest.recorded_by, activity=newest, reason=VoidReason.MISTAKE)
        assert figures(self.scopes[0], "team") == before


def figures(scope, by):
    found = evaluate(scope, Q2, by, today=TODAY)
    return found.totals, found.cells


@pytest.mark.django_db
def test_stored_sums_equal_those_of_the_records_after_any_actions():
    run_state_machine_as_test(
        SumsLife,
        settings=settings(max_examples=12, stateful_step_count=10, deadline=None),
    )
