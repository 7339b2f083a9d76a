"""Rules of threads: what may be in one, who sees it, what dissolving leaves behind."""

import datetime
from itertools import zip_longest

import pytest

from eitrack.activities import kinds
from eitrack.activities.joint.same_session import SHARED_KINDS
from eitrack.activities.models import Activity, Thread
from eitrack.activities.record.actions import void_activity
from eitrack.activities.threads.labels import HIGHEST, MADE, THINGS, draw_label
from eitrack.activities.threads.life import (
    NEW,
    NONE,
    ThreadError,
    dissolve_expired,
    dissolve_thread,
    keep_together,
    start_thread,
    sums_of,
)
from eitrack.audit.models import Entry
from eitrack.common.identifying import find_identifying_text
from eitrack.common.identifying_words import GIVEN_NAMES
from tests.activities.made_threads import contact, snapshot
from tests.factories.activities import ThreadFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


def keep(activity, to=NEW):
    return keep_together(by=activity.recorded_by, activity=activity, to=to, today=TODAY)


class TestLabel:
    def test_is_two_plain_words_and_a_number(self):
        made, thing, number = draw_label().split()

        assert made in MADE
        assert thing in THINGS
        assert 1 <= int(number) <= HIGHEST

    def test_reads_like_no_name_and_no_address(self):
        for made, thing in zip_longest(MADE, THINGS, fillvalue="kettle"):
            assert find_identifying_text(f"{made} {thing} 7") == []
            assert find_identifying_text(f"{made} {thing} 23".capitalize()) == []

    def test_has_no_word_twice_and_no_given_name(self):
        words = [*MADE, *THINGS]

        assert len(set(words)) == len(words)
        assert not GIVEN_NAMES & set(words)
        assert all(word.isalpha() and word.islower() for word in words)

    @pytest.mark.django_db
    def test_a_label_that_is_taken_is_drawn_anew(self, worker, monkeypatch):
        labels = iter(["woven kettle 7", "woven kettle 7", "woven kettle 8"])
        monkeypatch.setattr("eitrack.activities.threads.life.draw_label", lambda: next(labels))

        started = [start_thread(worker, TODAY).label for _ in range(2)]

        assert started == ["woven kettle 7", "woven kettle 8"]


def test_kinds_that_may_be_kept_together_are_never_kept_on_a_phone_nor_joined():
    """A kind that may have a case stays off the device: so does all of a thread."""
    assert set(kinds.WITH_THREAD) <= set(kinds.WITH_CASE)
    assert not set(kinds.WITH_THREAD) & set(SHARED_KINDS)


@pytest.mark.django_db
class TestKeepTogether:
    def test_starts_and_continues_without_a_word_in_history_or_trail(self, worker):
        first, second = contact(worker.hat), contact(worker.hat, date=datetime.date(2026, 11, 9))
        before = snapshot(without=["thread_id"])

        thread = keep(first)
        keep(second, thread)

        after = snapshot(without=["thread_id"])
        assert set(thread.activities.all()) == {first, second}
        assert after.pop("activities.Thread").keys() == {thread.pk}
        before.pop("activities.Thread")
        assert after == before

    def test_the_last_contact_is_that_of_the_newest_held_one(self, worker):
        older, newer = contact(worker.hat, date=datetime.date(2026, 10, 1)), contact(worker.hat)

        thread = keep(older)
        assert thread.expires_on == datetime.date(2027, 4, 1)
        keep(newer, thread)

        thread.refresh_from_db()
        assert thread.last_contact_on == newer.date

    @pytest.mark.parametrize(
        "values",
        [
            {"kind": "drop_in"},
            {"void": True},
            {"kind": "joint_visit", "attendance": None, "did_not_run": True},
            {"date": datetime.date(2026, 5, 24)},
        ],
    )
    def test_refuses_what_is_no_contact_with_one_family_of_the_last_26_weeks(self, worker, values):
        activity = contact(worker.hat, **values)

        with pytest.raises(ThreadError):
            keep(activity)
        assert not Thread.objects.exists()

    def test_refuses_a_contact_for_a_case(self, worker):
        activity = contact(worker.hat, case=CaseFactory(allocated_to=worker.hat))

        with pytest.raises(ThreadError):
            keep(activity)

    def test_refuses_a_colleagues_contact_and_a_colleagues_thread(self, worker, outsider):
        joint = contact(outsider.hat)
        TimeEntryFactory(activity=joint, placement=worker.hat)
        theirs = ThreadFactory(worker=outsider)

        with pytest.raises(ThreadError):
            keep_together(by=worker, activity=joint, to=NEW, today=TODAY)
        with pytest.raises(ThreadError):
            keep(contact(worker.hat), theirs)

    def test_a_thread_that_is_left_empty_is_dissolved(self, worker):
        activity = contact(worker.hat)
        first = keep(activity)

        second = keep(activity)
        assert list(Thread.objects.all()) == [second] != [first]
        keep(activity, NONE)

        assert not Thread.objects.exists()
        assert Entry.objects.filter(action="dissolved").count() == 2


@pytest.mark.django_db
class TestLeaving:
    def test_a_voided_contact_leaves_its_thread(self, worker):
        older, newer = contact(worker.hat, date=datetime.date(2026, 10, 1)), contact(worker.hat)
        thread = keep(older)
        keep(newer, thread)

        void_activity(by=worker, activity=newer, reason="mistake")

        thread.refresh_from_db()
        assert list(thread.activities.all()) == [older]
        assert thread.last_contact_on == older.date

    def test_with_its_only_contact_the_thread_goes(self, worker):
        activity = contact(worker.hat)
        keep(activity)

        void_activity(by=worker, activity=activity, reason="undone")

        assert not Thread.objects.exists()


@pytest.mark.django_db
class TestDissolving:
    def test_changes_nothing_but_the_column_and_says_only_the_day(self, worker):
        activities = [contact(worker.hat, date=TODAY - datetime.timedelta(days=n)) for n in (0, 9)]
        thread = keep(activities[0])
        keep(activities[1], thread)
        before = snapshot(without=["thread_id"])

        dissolve_thread(thread, on=TODAY)

        after = snapshot(without=["thread_id"])
        (pk,) = after["audit.Entry"].keys() - before["audit.Entry"].keys()
        assert not Activity.objects.exclude(thread=None).exists()
        assert after["audit.Entry"][pk].pop("seal")
        assert after["audit.Entry"][pk] == {
            "id": pk,
            "at": datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
            "on": TODAY,
            "by_id": None,
            "action": "dissolved",
            "record_kind": "",
            "record_id": None,
            "reason": "",
            "parameters": "",
            "file_hash": "",
        }
        assert after["activities.Thread"] == {}
        untouched = after.keys() - {"activities.Thread", "audit.Entry"}
        assert {label: after[label] for label in untouched} == {
            label: before[label] for label in untouched
        }

    def test_twice_is_once(self, worker):
        thread = keep(contact(worker.hat))

        assert dissolve_thread(thread, on=TODAY)
        assert not dissolve_thread(thread, on=TODAY)
        assert Entry.objects.filter(action="dissolved").count() == 1

    def test_26_weeks_after_the_last_contact_and_not_a_day_sooner(self, worker):
        last_day = TODAY - datetime.timedelta(weeks=26)
        kept = ThreadFactory(worker=worker, started_on=last_day)
        ThreadFactory(worker=worker, started_on=last_day - datetime.timedelta(days=1))

        assert dissolve_expired(TODAY) == 1
        assert list(Thread.objects.all()) == [kept]

    def test_asks_one_question_while_none_has_expired(self, worker, django_assert_num_queries):
        ThreadFactory.create_batch(5, worker=worker)

        with django_assert_num_queries(1):
            dissolve_expired(TODAY)


@pytest.mark.django_db
class TestSums:
    def test_are_held_contacts_own_minutes_and_weeks_from_first_to_last(self, worker):
        """Five contacts from 6 October to 20 November: 45 days, so 7 weeks; 220 min are 3 h 40."""
        days = [(10, 6, 30), (10, 13, 60), (11, 2, 45), (11, 9, 40), (11, 20, 45)]
        contacts = [
            contact(worker.hat, date=datetime.date(2026, month, day), minutes=minutes)
            for month, day, minutes in days
        ]
        thread = keep(contacts[0])
        for another in contacts[1:]:
            keep(another, thread)
        TimeEntryFactory(activity=contacts[0])

        assert str(sums_of(thread)) == "5 contacts, 3 h 40 over 7 weeks"
