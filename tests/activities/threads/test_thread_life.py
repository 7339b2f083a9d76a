"""A thread's life in any order: what is in it is true, and once it is gone nothing refers to it."""

from datetime import date, timedelta
from itertools import count

import pytest
import time_machine
from django.db import transaction
from django.db.models import Max
from django.test import Client
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from eitrack.activities import kinds
from eitrack.activities.models import Activity, Thread
from eitrack.activities.record.actions import change_activity, void_activity
from eitrack.activities.threads.life import (
    NEW,
    NONE,
    STANDING,
    ThreadError,
    dissolve_expired,
    dissolve_thread,
    keep_together,
    sums_of,
)
from eitrack.audit.models import Entry
from eitrack.cases.models import Case
from tests.activities.made_threads import agree, contact
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory

BEGAN = date(2026, 3, 2)
days = st.integers(0, 40)
places = st.integers(0, 30)
KINDS = st.sampled_from([*kinds.WITH_THREAD, "drop_in", "playground"])


class ThreadLife(RuleBasedStateMachine):
    """Two workers and their contacts; `places` choose among what there is."""

    def __init__(self):
        super().__init__()
        self.hats, self.dissolved, self.references = [], 0, count(1)
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.today = BEGAN + timedelta(days=40)
        self.hats = [
            PlacementFactory(worker=UserFactory(worker=True), from_on=BEGAN) for _ in range(2)
        ]
        self.case = CaseFactory(allocated_to=self.hats[0], opened_on=BEGAN, consent_on=BEGAN)
        self.log("consultation_family", 0, 3, NEW)

    def log(self, kind, hat, ago, to):
        day = max(self.today - timedelta(days=ago), BEGAN)
        activity = contact(self.hats[hat], kind=kind, date=day)
        if kind in kinds.COUNTED_BY_CONVERSATION:
            Activity.objects.filter(pk=activity.pk).update(conversations=1, attendance=None)
        self.keep(activity, to)

    def keep(self, activity, to, by=None):
        """What the rules refuse has changed nothing."""
        before = sorted(Activity.objects.values_list("pk", "thread"))
        emptied = self.would_empty(activity, to)
        try:
            keep_together(by=by or activity.recorded_by, activity=activity, to=to, today=self.today)
        except ThreadError:
            assert sorted(Activity.objects.values_list("pk", "thread")) == before
        else:
            self.dissolved += emptied

    def would_empty(self, activity, to):
        thread = Activity.objects.get(pk=activity.pk).thread
        return bool(thread and thread != to and thread.activities.count() == 1)

    def one(self, rows, place):
        rows = list(rows.order_by("pk"))
        return rows[place % len(rows)] if rows else None

    @rule(kind=KINDS, hat=st.integers(0, 1), ago=days)
    def start(self, kind, hat, ago):
        self.log(kind, hat, ago, NEW)

    @rule(kind=KINDS, hat=st.integers(0, 1), ago=days, place=places)
    def go_on(self, kind, hat, ago, place):
        if thread := self.one(Thread.objects, place):
            self.log(kind, hat, ago, thread)

    @rule(place=places, other=places, out=st.booleans())
    def choose(self, place, other, out):
        activity = self.one(Activity.objects, place)
        self.keep(activity, NONE if out else self.one(Thread.objects, other) or NEW)

    @rule(place=places)
    def void(self, place):
        activity = self.one(Activity.objects, place)
        self.dissolved += self.would_empty(activity, NONE)
        void_activity(by=activity.recorded_by, activity=activity, reason="mistake")

    @rule(place=places, ago=days, to_case=st.booleans())
    def change(self, place, ago, to_case):
        activity = self.one(Activity.objects.filter(kind__in=kinds.WITH_THREAD), place)
        if activity is None or activity.status not in STANDING:
            return
        activity.date = max(self.today - timedelta(days=ago), BEGAN)
        if to_case:
            self.dissolved += self.would_empty(activity, NONE)
            activity.case = self.case
        entry = activity.time_entries.get()
        minutes = {"contact_minutes": 20 + ago}
        known = {"version": activity.version, "entry": entry, "placement": entry.placement}
        change_activity(by=activity.recorded_by, activity=activity, minutes=minutes, **known)

    @rule(place=places)
    def dissolve(self, place):
        if thread := self.one(Thread.objects, place):
            self.dissolved += dissolve_thread(thread, on=self.today)

    @rule(weeks=st.sampled_from([1, 4, 13, 27]))
    def time_goes_on(self, weeks):
        self.today = min(self.today + timedelta(weeks=weeks), date(2028, 1, 3))
        self.dissolved += dissolve_expired(self.today)
        assert not Thread.objects.expired(self.today).exists()

    @rule(place=places)
    def family_agrees(self, place):
        thread = self.one(Thread.objects.current(self.today), place)
        if thread is None:
            return
        sums, cases = sums_of(thread), Case.objects.count()
        with time_machine.travel(f"{self.today}T12:00Z", tick=False):
            client = Client()
            client.force_login(thread.worker)
            told = {"consent_on": f"{self.today}", "reference": f"SSD {next(self.references)}"}
            answer = agree(client, thread, **told)
        assert answer.status_code == 302
        assert Case.objects.count() == cases + 1
        assert Case.objects.latest("pk").carried == sums
        assert not Thread.objects.filter(pk=thread.pk).exists()
        self.dissolved += 1

    @invariant()
    def labels_are_unique(self):
        labels = list(Thread.objects.values_list("label", flat=True))
        assert len(labels) == len(set(labels))

    @invariant()
    def only_own_contacts_without_a_case_are_kept_together(self):
        for activity in Activity.objects.exclude(thread=None).select_related("thread"):
            assert activity.recorded_by_id == activity.thread.worker_id
            assert activity.kind in kinds.WITH_THREAD
            assert activity.case_id is None
            assert activity.status in STANDING

    @invariant()
    def the_last_contact_is_the_newest_held_one(self):
        for thread in Thread.objects.all():
            newest = thread.activities.held().aggregate(newest=Max("date"))["newest"]
            assert thread.last_contact_on == newest

    @invariant()
    def a_thread_that_is_gone_has_left_a_day_and_nothing_else(self):
        entries = Entry.objects.filter(action="dissolved")
        assert entries.count() == self.dissolved
        assert not entries.exclude(by=None, record_id=None, record_kind="").exists()
        assert not Entry.objects.filter(record_kind="activities.Thread").exists()


@pytest.mark.django_db
def test_in_any_order_a_thread_is_true_while_it_lasts_and_leaves_no_trace():
    run(ThreadLife, settings=settings(max_examples=50, stateful_step_count=10, deadline=None))
