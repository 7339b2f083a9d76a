"""A released return after hundreds of real edits, or thousands: the same files and hashes."""

from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from random import Random

import pytest
from django.utils import timezone

from eitrack.activities.joint.merging import merge_activities
from eitrack.activities.models import Activity
from eitrack.activities.record.actions import change_activity, record_activity, void_activity
from eitrack.activities.time.approval import approve_activity
from eitrack.directory.models import ClosedQuarter
from eitrack.indicators.monthly.upkeep import rebuild
from eitrack.returns.models import Return
from eitrack.returns.release.actions import approve_return, release_return, start_return
from eitrack.returns.release.files import made_again
from eitrack.returns.release.job import carry_out
from tests.factories.activities import ActivityFactory, ActivityTypeFactory
from tests.factories.directory import PlacementFactory, SiteFactory
from tests.returns.release.test_workflow import QUARTER, TODAY

FIRST_DAY = date(2026, 7, 1)


class Editor:
    """Somebody who changes records of the quarter at random, by the actions of the house."""

    def __init__(self, hats, manager, dice):
        self.hats, self.manager, self.dice = hats, manager, dice
        self.sites = [SiteFactory(kind=kind) for kind in ("primary_school", "home", "playground")]
        self.type = ActivityTypeFactory()
        self.held, self.waiting = list(Activity.objects.all()), []

    def edit(self):
        (act,) = self.dice.choices(
            [self.change, self.add, self.approve, self.void, self.merge], [50, 20, 15, 8, 7]
        )
        return act.__name__ if act() else None

    def add(self):
        hat = self.dice.choice(self.hats)
        activity = Activity(
            activity_type=self.type,
            date=FIRST_DAY + timedelta(days=self.dice.randrange(92)),
            site=self.dice.choice(self.sites),
            attendance=self.dice.randrange(40),
        )
        minutes = {"contact_minutes": self.dice.randrange(5, 200)}
        self.waiting.append(
            record_activity(
                by=hat.worker, activity=activity, worker=hat.worker, placement=hat, minutes=minutes
            )
        )
        return True

    def approve(self):
        if not self.waiting:
            return False
        activity = self.waiting.pop()
        approve_activity(by=self.manager, activity=activity, reason="found_late")
        self.held.append(activity)
        return True

    def change(self):
        activity = Activity.objects.get(pk=self.dice.choice(self.held).pk)
        activity.attendance = self.dice.randrange(60)
        entry = activity.time_entries.get(is_lead=True)
        change_activity(
            by=self.manager,
            activity=activity,
            version=activity.version,
            entry=entry,
            placement=entry.placement,
            minutes={"contact_minutes": self.dice.randrange(5, 300)},
        )
        return True

    def void(self):
        return len(self.held) > 20 and void_activity(
            by=self.manager, activity=self.taken(), reason="mistake"
        )

    def merge(self):
        if len(self.held) < 20:
            return False
        joined = self.taken()
        merge_activities(by=self.manager, kept=self.dice.choice(self.held), joined=joined)
        return True

    def taken(self):
        return self.held.pop(self.dice.randrange(len(self.held)))


@pytest.fixture
def hats(worker, team, outsider):
    return [worker.hat, PlacementFactory(team=team), outsider.hat]


@pytest.mark.exhaustive
@pytest.mark.pdf
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("edits", "rebuilds"), [(200, 2), pytest.param(5_000, 10, marks=pytest.mark.long)]
)
def test_nothing_in_a_release_changes_whatever_happens_to_the_records(
    edits, rebuilds, hats, manager, district, second_officer, time_machine
):
    time_machine.move_to("2026-11-23T12:00Z")
    for number in range(60):
        ActivityFactory(
            by=hats[number % 3],
            date=FIRST_DAY + timedelta(days=number),
            attendance=number % 25,
        )
    riverside = district.districts.get()
    ClosedQuarter.objects.create(district=riverside, quarter=QUARTER.code)
    made = release_of(riverside, district, second_officer)
    before = everything_of(made)
    editor, done = Editor(hats, manager, Random(20261123)), Counter()

    while done.total() < edits:
        if not (act := editor.edit()):
            continue
        done[act] += 1
        if done.total() % (edits // rebuilds) == 0:
            rebuild(timezone.localdate(), lambda line: None)

    made = Return.objects.get(pk=made.pk)
    assert min(done.values()) > edits // 25, done
    assert everything_of(made) == before
    again = made_again(made)
    assert again == {name: content for name, content in before["files"].items() if name in again}
    assert all(sha256(bytes(each.content)).hexdigest() == each.sha256 for each in made.files.all())
    # The records did change: a revision says something else.
    revision = release_of(riverside, district, second_officer)
    assert revision.content.tables != made.content.tables


def release_of(riverside, district, second_officer):
    draft, _ = start_return(by=district, district=riverside, period=QUARTER, today=TODAY)
    carry_out(draft.pk, today=TODAY)
    approve_return(pk=draft.pk, by=second_officer)
    return release_return(pk=draft.pk, by=district, note="As agreed.")


def everything_of(made):
    """Every column of the register, and every byte of the files."""
    row = Return.objects.filter(pk=made.pk).values().get()
    files = {each.name: bytes(each.content) for each in made.files.all()}
    return {"row": row, "files": files}
