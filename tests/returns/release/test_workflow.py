"""From a closed quarter to a released return, and to its revision."""

import threading
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import connection

from eitrack.audit.models import Entry
from eitrack.common.periods import Period
from eitrack.indicators.figures.access import figures_for
from eitrack.indicators.terms.scope import Scope
from eitrack.returns.models import ReleaseSettings, Return
from eitrack.returns.release import actions
from eitrack.returns.release import build as drafting
from eitrack.returns.release import job as preparing
from eitrack.returns.release.actions import (
    approve_return,
    release_return,
    start_again,
    start_return,
    withdraw_return,
)
from eitrack.returns.release.eligible import RefusedError
from eitrack.returns.release.files import made_again
from eitrack.returns.release.job import SupersededError, carry_out, claim
from tests.factories.activities import ActivityFactory
from tests.factories.directory import PlacementFactory, TeamFactory
from tests.factories.returns import ReturnFactory
from tests.returns.conftest import IN_THE_QUARTER

TODAY = date(2026, 11, 23)
QUARTER = Period.parse("2026-Q2")


def begun(by, period=QUARTER):
    district = by.districts.get()
    draft, is_new = start_return(by=by, district=district, period=period, today=TODAY)
    assert is_new
    return draft


def prepared(by):
    return carry_out(begun(by).pk, today=TODAY)


def released(by, second):
    draft = prepared(by)
    approve_return(pk=draft.pk, by=second)
    return release_return(pk=draft.pk, by=by, note="As agreed.")


def trail_of(made):
    return list(Entry.objects.about(made).order_by("pk").values_list("action", "by"))


@pytest.mark.django_db
class TestStart:
    @pytest.mark.parametrize(
        ("code", "message"),
        [
            ("2026-Q3", "has not ended"),
            ("2026-07", "a quarter or a year"),
            ("2026-Q1", "Quarter 1 of 2026/27 is not closed yet"),
            ("2025", "are not closed yet"),
        ],
    )
    def test_only_what_has_ended_and_is_closed(self, code, message, district, closed_quarter):
        with pytest.raises(RefusedError, match=message):
            begun(district, Period.parse(code))

    def test_a_year_is_made_of_its_four_quarters(self):
        assert [each.code for each in Period.year(2025).quarters] == [
            "2025-Q1",
            "2025-Q2",
            "2025-Q3",
            "2025-Q4",
        ]

    def test_the_second_who_starts_gets_the_draft_of_the_first(
        self, district, second_officer, closed_quarter
    ):
        first = begun(district)

        again, is_new = start_return(
            by=second_officer, district=first.district, period=QUARTER, today=TODAY
        )

        assert (again, is_new) == (first, False)

    def test_a_revision_names_the_release_before(self, district, second_officer, closed_quarter):
        first = released(district, second_officer)

        revision = begun(district)

        assert (revision.number, revision.supersedes) == (2, first)
        assert str(revision) == "Quarter 2 of 2026/27, release 2"


@pytest.mark.django_db
class TestPrepare:
    def test_it_holds_the_printed_tables_and_their_hash(self, district, closed_quarter):
        draft = prepared(district)

        document = draft.content
        attendances = next(c for c in document.table("").columns if c.code == "RCH-01")
        assert attendances.total.figure == "45"
        assert document.table("team").rows == ("North team",)
        assert draft.sha256 == sha256(draft.document.encode()).hexdigest()
        assert dict(document.parameters)["Release"] == "1"
        assert trail_of(draft) == [("created", district.pk), ("prepared", district.pk)]

    def test_progress_stands_on_the_row(self, district, closed_quarter, monkeypatch):
        monkeypatch.setattr(preparing, "SECONDS_BETWEEN", 0)
        seen, said = [], []
        draft = begun(district)

        def look(done, of, what):
            row = Return.objects.get(pk=draft.pk)
            seen.append((row.done, row.of))
            said.append((done, of))

        carry_out(draft.pk, today=TODAY, say=look)

        # Each step finds what the one before has written.
        assert len(said) > 10
        assert seen == [(0, 0), *said[:-1]]

    def test_what_was_taken_over_is_not_heard_any_more(self, district, closed_quarter):
        draft = begun(district)

        def taken_over(done, of, what):
            if done == 1:
                claim(draft.pk)

        with pytest.raises(SupersededError):
            carry_out(draft.pk, today=TODAY, say=taken_over)

        draft.refresh_from_db()
        assert (draft.state, draft.attempt) == ("preparing", 2)

    def test_withdrawn_meanwhile_it_stays_withdrawn(self, district, closed_quarter):
        draft = begun(district)

        def withdraw(done, of, what):
            if done == 1:
                withdraw_return(pk=draft.pk, by=district)

        with pytest.raises(SupersededError):
            carry_out(draft.pk, today=TODAY, say=withdraw)

        draft.refresh_from_db()
        assert draft.state == "withdrawn"

    def test_what_goes_wrong_is_said_and_it_can_be_started_again(
        self, district, closed_quarter, monkeypatch
    ):
        draft = begun(district)
        with monkeypatch.context() as broken:
            broken.setattr(drafting, "prepare", lambda *args, **named: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                carry_out(draft.pk, today=TODAY)
        draft.refresh_from_db()
        assert draft.failure == "It stopped before it was done."

        start_again(pk=draft.pk, now=draft.heard_at)

        assert carry_out(draft.pk, today=TODAY).state == "prepared"

    def test_records_that_change_in_between_are_read_again(self, worker, district, closed_quarter):
        draft, changes = begun(district), []

        def change_once(done, of, what):
            if not changes:
                changes.append(ActivityFactory(by=worker.hat, date=IN_THE_QUARTER, attendance=100))

        document = carry_out(draft.pk, today=TODAY, say=change_once).content

        figures = {
            table.breakdown: column.total.figure
            for table in document.tables
            for column in table.columns
            if column.code == "RCH-01"
        }
        assert set(figures.values()) == {"145"}

    def test_records_that_never_rest_are_said(self, worker, district, closed_quarter):
        draft = begun(district)

        def keep_changing(done, of, what):
            ActivityFactory(by=worker.hat, date=IN_THE_QUARTER, attendance=1)

        with pytest.raises(RefusedError, match="kept changing"):
            carry_out(draft.pk, today=TODAY, say=keep_changing)

        draft.refresh_from_db()
        assert "kept changing" in draft.failure

    def test_a_silent_process_is_noticed_after_a_minute(self, time_machine):
        time_machine.move_to("2026-11-23T12:00:00Z", tick=False)
        draft = ReturnFactory(preparing=True)
        heard = draft.heard_at

        with pytest.raises(RefusedError, match="being prepared"):
            start_again(pk=draft.pk, now=heard + timedelta(seconds=60))
        again = start_again(pk=draft.pk, now=heard + timedelta(seconds=61))

        assert again.state == "preparing"


@pytest.mark.django_db
class TestApprove:
    def test_the_preparer_is_refused_and_a_second_person_is_not(
        self, district, second_officer, closed_quarter
    ):
        draft = prepared(district)

        with pytest.raises(RefusedError, match="somebody else approves"):
            approve_return(pk=draft.pk, by=district)
        approved = approve_return(pk=draft.pk, by=second_officer)

        assert (approved.state, approved.approved_by) == ("approved", second_officer)
        assert trail_of(draft)[-1] == ("approved", second_officer.pk)

    def test_one_person_is_enough_where_the_setting_says_so(self, district, closed_quarter):
        ReleaseSettings.objects.create(pk=1, second_person_approves=False)
        draft = prepared(district)

        assert approve_return(pk=draft.pk, by=district).state == "approved"

    def test_what_the_timer_prepared_anybody_may_approve(self, district, closed_quarter):
        draft, _ = start_return(
            by=None, district=district.districts.get(), period=QUARTER, today=TODAY
        )
        carry_out(draft.pk, today=TODAY)

        assert approve_return(pk=draft.pk, by=district).approved_by == district

    def test_the_second_to_approve_is_told_who_did(self, district, second_officer, closed_quarter):
        draft = prepared(district)
        approve_return(pk=draft.pk, by=second_officer)

        with pytest.raises(RefusedError, match="Sally Second approved it already"):
            approve_return(pk=draft.pk, by=second_officer)

    def test_stricter_rules_ask_for_another_preparation(
        self, district, second_officer, closed_quarter
    ):
        draft = prepared(district)
        ReleaseSettings.objects.create(pk=1, threshold=9)

        with pytest.raises(RefusedError, match="rules of releases were changed"):
            approve_return(pk=draft.pk, by=second_officer)
        start_again(pk=draft.pk, now=draft.heard_at)

        assert carry_out(draft.pk, today=TODAY).threshold == 9


@pytest.mark.django_db
class TestRelease:
    @pytest.mark.pdf
    def test_it_is_frozen_with_its_note_and_its_files(
        self, district, second_officer, closed_quarter
    ):
        made = released(district, second_officer)

        made.refresh_from_db()
        assert made.content.note == "As agreed."
        assert made.sha256 == sha256(made.document.encode()).hexdigest()
        assert {bytes(each.content) and each.sha256 for each in made.files.all()} == {
            sha256(bytes(each.content)).hexdigest() for each in made.files.all()
        }
        assert trail_of(made)[-1] == ("released", district.pk)

    def test_csv_and_json_are_made_again_to_the_byte(
        self, district, second_officer, closed_quarter
    ):
        made = Return.objects.get(pk=released(district, second_officer).pk)

        again = made_again(made)

        stored = {each.name: bytes(each.content) for each in made.files.all()}
        assert len(again) >= 2
        assert again == {name: stored[name] for name in again}

    def test_what_it_hides_stays_hidden_wherever_the_quarter_is_shown(
        self, district, second_officer, closed_quarter
    ):
        """4 came to the south, so both teams are hidden; with 60 more both could be printed."""
        south = PlacementFactory(team=TeamFactory(name="South team", slug="south"))
        ActivityFactory(by=south, date=IN_THE_QUARTER, attendance=4)
        released(district, second_officer)

        ActivityFactory(by=south, date=IN_THE_QUARTER, attendance=60)

        scope = Scope.of(district.districts.get())
        figures = figures_for(district, scope, QUARTER, "team", today=TODAY)
        (shown,) = [each for each in figures.shown if each.indicator.code == "RCH-01"]
        assert [(row.label, row.figure) for row in shown.rows] == [
            ("North team", "c"),
            ("South team", "c"),
        ]

    def test_only_what_is_approved(self, district, closed_quarter):
        draft = prepared(district)

        with pytest.raises(RefusedError, match="waits for approval"):
            release_return(pk=draft.pk, by=district, note="As agreed.")

    def test_the_second_to_release_is_told_who_did(self, district, second_officer, closed_quarter):
        made = released(district, second_officer)

        with pytest.raises(RefusedError, match="Dora District released it already"):
            release_return(pk=made.pk, by=second_officer, note="As agreed.")

    def test_two_that_were_not_checked_together_are_not_both_released(
        self, district, second_officer, closed_quarter
    ):
        """D16: each was audited against what was released when it was prepared."""
        draft = prepared(district)
        approve_return(pk=draft.pk, by=second_officer)
        ReturnFactory(released=True, period="2026-Q1")

        with pytest.raises(RefusedError, match="not checked together"):
            release_return(pk=draft.pk, by=district, note="As agreed.")

    def test_what_was_prepared_again_while_files_were_made_is_not_released(
        self, district, second_officer, closed_quarter, monkeypatch
    ):
        draft = prepared(district)
        approve_return(pk=draft.pk, by=second_officer)
        make = actions.files_of

        def meanwhile(made, *args, **named):
            Return.objects.filter(pk=made.pk).update(sha256="0" * 64)
            return make(made, *args, **named)

        monkeypatch.setattr(actions, "files_of", meanwhile)

        with pytest.raises(RefusedError, match="prepared again"):
            release_return(pk=draft.pk, by=district, note="As agreed.")

    def test_settings_never_touch_a_release(self, district, second_officer, closed_quarter):
        made = released(district, second_officer)

        ReleaseSettings.objects.create(pk=1, threshold=20, base=11)

        made.refresh_from_db()
        assert (made.threshold, made.base) == (7, 5)
        assert "Counts from 1 to 7" in dict(made.content.parameters)["Rule"]


@pytest.mark.django_db
class TestWithdraw:
    def test_a_draft_stays_in_the_register_and_the_period_is_free(self, district, closed_quarter):
        draft = prepared(district)

        withdraw_return(pk=draft.pk, by=district)

        assert trail_of(draft)[-1] == ("withdrawn", district.pk)
        assert begun(district).number == 1

    def test_a_released_return_is_not_withdrawn(self, district):
        made = ReturnFactory(released=True)

        with pytest.raises(RefusedError, match="released it already"):
            withdraw_return(pk=made.pk, by=district)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    """Each in a connection of its own, both let go at one moment."""

    def both(self, *acts):
        barrier, said = threading.Barrier(len(acts)), []

        def run(act):
            try:
                barrier.wait()
                said.append(act())
            except RefusedError as refusal:
                said.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return said

    def test_one_approval_wins_and_the_other_is_told(
        self, district, second_officer, closed_quarter
    ):
        ReleaseSettings.objects.create(pk=1, second_person_approves=False)
        draft = prepared(district)

        said = self.both(
            lambda: approve_return(pk=draft.pk, by=district),
            lambda: approve_return(pk=draft.pk, by=second_officer),
        )

        assert sorted(isinstance(each, RefusedError) for each in said) == [False, True]
        assert [action for action, _ in trail_of(draft)].count("approved") == 1

    def test_one_release_wins_and_its_files_are_stored_once(
        self, district, second_officer, closed_quarter
    ):
        draft = prepared(district)
        approve_return(pk=draft.pk, by=second_officer)

        said = self.both(
            *[
                lambda by=by: release_return(pk=draft.pk, by=by, note=f"By {by}.")
                for by in (district, second_officer)
            ]
        )

        assert sorted(isinstance(each, RefusedError) for each in said) == [False, True]
        made = Return.objects.get(pk=draft.pk)
        assert len(set(made.files.values_list("name"))) == made.files.count() > 0
        assert made.content.note == made.note

    def test_two_starts_make_one_draft(self, district, second_officer, closed_quarter):
        riverside = district.districts.get()

        said = self.both(
            *[
                lambda by=by: start_return(by=by, district=riverside, period=QUARTER, today=TODAY)
                for by in (district, second_officer)
            ]
        )

        assert sorted(is_new for _, is_new in said) == [False, True]
        assert Return.objects.count() == 1
