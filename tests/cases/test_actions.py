from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from eitrack.audit.models import Entry
from eitrack.cases.actions import (
    change_level,
    close_case,
    open_case,
    reopen_case,
)
from eitrack.cases.handover import hand_over, hand_over_all, share_case
from eitrack.cases.models import Case
from eitrack.common.versioned import ClashError
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory, LevelSpellFactory
from tests.factories.directory import PlacementFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
OPENED = date(2026, 11, 2)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def case(worker):
    """Open since 2 November at level 2."""
    case = CaseFactory(allocated_to=worker.hat, opened_on=OPENED, consent_on=OPENED)
    LevelSpellFactory(case=case, level=2)
    return case


@pytest.fixture
def colleague(team):
    return PlacementFactory(team=team, worker__name="Vera Second")


def spells(case):
    return list(case.level_spells.order_by("from_on").values_list("level", "from_on", "until_on"))


def held(case):
    allocations = case.allocations.order_by("from_on", "pk")
    return list(allocations.values_list("worker__name", "from_on", "until_on"))


def opening(worker, reference="SSD-1", **values):
    case = CaseFactory.build(opened_on=OPENED, consent_on=OPENED, **values)
    return {
        "case": case,
        "reference": reference,
        "level": 3,
        "worker": worker,
        "team": worker.hat.team,
        "by": worker,
    }


class TestOpenCase:
    def test_saves_the_case_its_level_and_who_works_on_it_from_its_opening_on(self, worker):
        case = open_case(**opening(worker))

        assert spells(case) == [(3, OPENED, None)]
        assert held(case) == [("Wendy Worker", OPENED, None)]
        assert case.district == worker.hat.team.district
        assert case.reveal(by=worker) == "SSD-1"
        assert [entry.action for entry in Entry.objects.about(case)] == ["revealed", "created"]

    def test_the_same_reference_in_other_letters_is_the_same(self, worker):
        open_case(**opening(worker, "ssd  1 "))

        with pytest.raises(ValidationError, match="There is a case with this reference already"):
            open_case(**opening(worker, "SSD 1"))

        assert Case.objects.count() == 1

    def test_a_form_sent_twice_opens_one_case(self, worker):
        token = "7b1a8a2e-32b4-4a64-a5d1-3dd8b6b0d1a5"

        first = open_case(**opening(worker, form_token=token))
        second = open_case(**opening(worker, form_token=token))

        assert first == second
        assert Case.objects.count() == 1


class TestChangeLevel:
    def test_the_level_until_then_ends_the_day_before(self, worker, case):
        change_level(case=case, level=3, on=date(2026, 11, 16), today=TODAY, by=worker)

        assert spells(case) == [
            (2, OPENED, date(2026, 11, 15)),
            (3, date(2026, 11, 16), None),
        ]

    def test_on_the_day_it_began_it_is_replaced(self, worker, case):
        change_level(case=case, level=1, on=OPENED, today=TODAY, by=worker)

        assert spells(case) == [(1, OPENED, None)]

    @pytest.mark.parametrize(
        ("level", "on", "words"),
        [
            (3, OPENED - DAY, "Choose Mon 2 Nov 2026 or later"),
            (3, TODAY + DAY, "still to come"),
            (2, TODAY, "at this level already"),
        ],
    )
    def test_what_cannot_be_is_refused(self, worker, case, level, on, words):
        with pytest.raises(ValidationError, match=words):
            change_level(case=case, level=level, on=on, today=TODAY, by=worker)

        assert spells(case) == [(2, OPENED, None)]

    def test_a_page_that_is_no_longer_the_newest_is_told(self, worker, case):
        change_level(case=case, level=3, on=TODAY, today=TODAY, by=worker, version=1)

        with pytest.raises(ClashError):
            change_level(case=case, level=4, on=TODAY, today=TODAY, by=worker, version=1)


class TestHandOver:
    def pass_on(self, case, to, on, by):
        allocation = case.allocations.get(until_on__isnull=True)
        hand_over(case=case, allocation=allocation, to=to.worker, team=to.team, on=on, by=by)

    def test_no_day_is_lost_and_none_is_doubled(self, worker, case, colleague):
        self.pass_on(case, colleague, TODAY, worker)

        assert held(case) == [
            ("Wendy Worker", OPENED, TODAY - DAY),
            ("Vera Second", TODAY, None),
        ]

    def test_on_its_first_day_the_case_was_never_theirs(self, worker, case, colleague):
        self.pass_on(case, colleague, OPENED, worker)

        assert held(case) == [("Vera Second", OPENED, None)]

    def test_a_planned_one_keeps_the_case_with_both_until_then(self, worker, case, colleague):
        self.pass_on(case, colleague, TODAY + 7 * DAY, worker)

        for user in (worker, colleague.worker):
            assert case in Case.objects.editable_by(user)

    def test_back_to_somebody_begins_after_their_own_time(self, worker, case, colleague):
        self.pass_on(case, colleague, TODAY - 7 * DAY, worker)

        with pytest.raises(ValidationError, match="or later: Vera Second has it since"):
            self.pass_on(case, worker.hat, TODAY - 8 * DAY, worker)
        self.pass_on(case, worker.hat, TODAY, worker)

        assert [name for name, _, _ in held(case)] == [
            "Wendy Worker",
            "Vera Second",
            "Wendy Worker",
        ]

    def test_to_the_second_worker_of_a_joint_case_leaves_it_with_them(
        self, worker, case, colleague
    ):
        second = colleague.worker
        share_case(case=case, worker=second, team=colleague.team, on=TODAY - DAY, by=worker)
        first = case.allocations.get(worker=worker)

        hand_over(case=case, allocation=first, to=second, team=colleague.team, on=TODAY, by=worker)

        assert held(case) == [
            ("Wendy Worker", OPENED, TODAY - DAY),
            ("Vera Second", TODAY - DAY, None),
        ]


class TestHandOverAll:
    def test_open_cases_of_an_absent_worker_in_these_teams_go_to_another(
        self, worker, manager, team, case, colleague, outsider
    ):
        other = CaseFactory(allocated_to=worker.hat)
        of_another_team = CaseFactory()
        of_another_team.allocations.create(
            worker=worker, team=outsider.hat.team, from_on=date(2026, 1, 5)
        )

        number = hand_over_all(
            worker=worker,
            teams=[team],
            to=colleague.worker,
            team=team,
            on=TODAY,
            by=manager,
        )

        assert number == 2
        for one in (case, other):
            assert held(one)[-1] == ("Vera Second", TODAY, None)
        assert len(held(of_another_team)) == 1


class TestCloseCase:
    def close(self, case, by, on=TODAY, reason="needs_met"):
        return close_case(case=case, on=on, reason=reason, today=TODAY, by=by)

    def test_ends_its_level_and_who_works_on_it_with_the_day(self, worker, case):
        closed = self.close(case, worker, reason="stepped_down")

        assert (closed.closed_on, closed.end_reason) == (TODAY, "stepped_down")
        assert spells(case) == [(2, OPENED, TODAY)]
        assert held(case) == [("Wendy Worker", OPENED, TODAY)]
        entry = Entry.objects.about(case).get(action="closed")
        assert (entry.by, entry.reason) == (worker, "stepped_down")

    def test_a_planned_hand_over_does_not_begin(self, worker, case, colleague):
        allocation = case.allocations.get()
        hand_over(
            case=case,
            allocation=allocation,
            to=colleague.worker,
            team=colleague.team,
            on=TODAY + 7 * DAY,
            by=worker,
        )

        self.close(case, worker)

        assert held(case) == [("Wendy Worker", OPENED, TODAY)]

    @pytest.mark.parametrize("on", [OPENED - DAY, TODAY + DAY])
    def test_neither_before_opening_nor_in_the_future(self, worker, case, on):
        with pytest.raises(ValidationError):
            self.close(case, worker, on=on)

        assert Case.objects.get().is_open

    def test_not_before_a_contact_that_is_recorded(self, worker, case):
        ActivityFactory(by=worker.hat, kind="case_contact", case=case, date=date(2026, 11, 20))

        with pytest.raises(ValidationError, match="Fri 20 Nov 2026 or later: a contact"):
            self.close(case, worker, on=date(2026, 11, 19))

    def test_not_before_its_level_changed(self, worker, case):
        change_level(case=case, level=3, on=date(2026, 11, 16), today=TODAY, by=worker)

        with pytest.raises(ValidationError, match="Mon 16 Nov 2026 or later: its level"):
            self.close(case, worker, on=date(2026, 11, 15))

    def test_a_closed_case_changes_no_more(self, worker, case):
        self.close(case, worker)

        with pytest.raises(ClashError):
            change_level(case=case, level=3, on=TODAY, today=TODAY, by=worker)


class TestReopenCase:
    def test_on_the_same_day_all_is_as_it_was(self, worker, case):
        close_case(case=case, on=TODAY - DAY, reason="moved", today=TODAY, by=worker)

        reopened = reopen_case(case=case, today=TODAY, by=worker)

        assert (reopened.closed_on, reopened.end_reason) == (None, "")
        assert spells(case) == [(2, OPENED, None)]
        assert held(case) == [("Wendy Worker", OPENED, None)]

    def test_on_another_day_it_stays_closed(self, worker, case):
        close_case(case=case, on=TODAY, reason="moved", today=TODAY, by=worker)

        with pytest.raises(ClashError):
            reopen_case(case=case, today=TODAY + DAY, by=worker)
