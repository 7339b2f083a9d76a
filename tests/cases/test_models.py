from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from eitrack.audit.models import Entry
from eitrack.cases.models import Allocation, Case, CaseReference, LevelSpell
from tests.factories.cases import AllocationFactory, CaseFactory, LevelSpellFactory
from tests.factories.directory import DistrictFactory, TeamFactory

pytestmark = pytest.mark.django_db
OPENED = date(2026, 1, 5)
DAY = timedelta(days=1)


def refused_by_database(record, constraint, **values):
    """Written past every form and `clean`, the database itself still says no."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**values)
    return constraint in str(refusal.value)


class TestConsent:
    """Rule 6: written consent when a formal case is opened: its date and the form's version."""

    def test_is_given_by_the_day_the_case_opens(self):
        case = CaseFactory(opened_on=OPENED, consent_on=OPENED)

        assert refused_by_database(case, "case_consent_by_opening", consent_on=OPENED + DAY)

    def test_names_the_version_of_the_form(self):
        assert refused_by_database(
            CaseFactory(), "case_consent_form_named", consent_form_version=""
        )

    def test_has_a_date(self):
        with pytest.raises(IntegrityError):
            CaseFactory(consent_on=None)

    def test_is_asked_for_in_words(self):
        case = CaseFactory.build(
            district=DistrictFactory(), consent_on=OPENED + DAY, opened_on=OPENED
        )

        with pytest.raises(ValidationError, match="Written consent comes before the case opens"):
            case.full_clean()


class TestClosing:
    def test_not_before_opening(self):
        case = CaseFactory(opened_on=OPENED)

        assert refused_by_database(
            case, "case_closes_after_opening", closed_on=OPENED - DAY, end_reason="moved"
        )

    def test_on_the_day_of_opening_is_possible(self):
        CaseFactory(opened_on=OPENED, closed_on=OPENED, end_reason="moved")

    @pytest.mark.parametrize(
        "values", [{"closed_on": OPENED, "end_reason": ""}, {"end_reason": "moved"}]
    )
    def test_and_its_reason_belong_together(self, values):
        assert refused_by_database(CaseFactory(), "case_closed_with_reason", **values)

    def test_a_case_counts_on_the_day_it_opens_and_on_the_day_it_closes(self):
        closed = OPENED + 10 * DAY
        case = CaseFactory(opened_on=OPENED, closed_on=closed, end_reason="moved")

        open_days = [
            day
            for day in (OPENED - DAY, OPENED, closed, closed + DAY)
            if case in Case.objects.open_on(day)
        ]
        assert open_days == [OPENED, closed]


class TestReference:
    """Rule 12: one reader, one row in the trail per user, case and day."""

    def test_reveal_is_the_reader(self, worker):
        case = CaseFactory(reference="SSD-4711")

        assert case.reveal(by=worker) == "SSD-4711"

    def test_reveal_leaves_one_row_per_user_case_and_day(self, worker, manager):
        case, other = CaseFactory(reference="SSD-1"), CaseFactory(reference="SSD-2")

        for user, looked_at in [(worker, case), (worker, case), (manager, case), (worker, other)]:
            looked_at.reveal(by=user)

        seen = Entry.objects.filter(action="revealed").order_by("pk")
        assert [(entry.by, entry.record_id) for entry in seen] == [
            (worker, case.pk),
            (manager, case.pk),
            (worker, other.pk),
        ]

    def test_reveal_on_another_day_leaves_another_row(self, worker, time_machine):
        case = CaseFactory(reference="SSD-1")

        for moment in ("2026-11-23T09:00Z", "2026-11-23T17:00Z", "2026-11-24T09:00Z"):
            time_machine.move_to(moment)
            case.reveal(by=worker)

        assert Entry.objects.filter(action="revealed").count() == 2

    def test_reveal_without_a_stored_reference_is_none(self, worker):
        assert CaseFactory().reveal(by=worker) is None

    def test_nobody_lists_references(self, worker, manager, administrator):
        CaseFactory(reference="SSD-4711", allocated_to=worker.hat)

        for user in (worker, manager, administrator):
            assert not CaseReference.objects.visible_to(user).exists()

    def test_stands_in_no_text_of_the_case(self):
        case = CaseFactory(reference="SSD-4711")

        texts = [str(case), repr(case), str(case.stored_reference), repr(case.stored_reference)]
        assert texts[0] == f"Case {case.pk}"
        assert "SSD-4711" not in "".join(texts)

    def test_is_kept_in_no_history(self):
        fields = {field.name for field in Case.history.model._meta.get_fields()}

        assert not hasattr(CaseReference, "history")
        assert not {"reference", "stored_reference", "value"} & fields

    def test_is_unique_in_a_district(self):
        case = CaseFactory(reference="SSD-1")
        elsewhere = DistrictFactory(name="Hillside", slug="hillside")
        CaseFactory(district=elsewhere, reference="SSD-1")

        with pytest.raises(IntegrityError):
            CaseFactory(district=case.district, reference="SSD-1")


class TestReach:
    """Rule 12: shown to allocated workers and their manager only."""

    def test_allocated_workers_and_their_manager(
        self, worker, manager, outsider, district, administrator
    ):
        case = CaseFactory(allocated_to=worker.hat)

        seen_by = [
            user
            for user in (worker, manager, outsider, district, administrator)
            if case in Case.objects.visible_to(user)
        ]
        assert seen_by == [worker, manager]

    def test_a_joint_case_is_seen_by_each_side_once(self, worker, manager, outsider):
        case = CaseFactory(allocated_to=worker.hat)
        AllocationFactory(case=case, worker=outsider, team=outsider.hat.team)

        for user in (worker, manager, outsider):
            assert list(Case.objects.visible_to(user)) == [case]

    def test_ends_with_the_hand_over(self, worker, manager):
        case = CaseFactory(allocated_to=worker.hat)
        case.allocations.update(until_on=OPENED + DAY)

        assert case not in Case.objects.visible_to(worker)
        assert case not in Case.objects.visible_to(manager)

    def test_lasts_until_the_day_of_a_planned_hand_over(self, worker, manager, time_machine):
        case = CaseFactory(allocated_to=worker.hat)
        case.allocations.update(until_on=OPENED + 10 * DAY)

        for days, is_seen in ((9, True), (10, True), (11, False)):
            time_machine.move_to(f"{OPENED + days * DAY}T12:00Z")
            for user in (worker, manager):
                assert (case in Case.objects.visible_to(user)) == is_seen
        time_machine.move_to(f"{OPENED}T12:00Z")
        assert Case.objects.with_list_details().get().workers_now == [worker.name]

    def test_of_a_closed_case_stays_with_those_who_had_it_to_its_end(self, worker, manager):
        case = CaseFactory(
            allocated_to=worker.hat, closed_on=OPENED + 10 * DAY, end_reason="needs_met"
        )

        for last_day in (None, case.closed_on):
            case.allocations.update(until_on=last_day)
            assert case in Case.objects.visible_to(worker)
            assert case in Case.objects.visible_to(manager)

    def test_covers_allocations_and_levels(self, worker, manager, outsider):
        case = CaseFactory(allocated_to=worker.hat)
        spell = LevelSpellFactory(case=case)

        for user, reach in ((worker, 1), (manager, 1), (outsider, 0)):
            assert Allocation.objects.visible_to(user).count() == reach
            assert LevelSpell.objects.visible_to(user).filter(pk=spell.pk).count() == reach


class TestAllocation:
    def test_a_worker_has_a_case_once_at_a_time(self, worker):
        case = CaseFactory(allocated_to=worker.hat)

        with pytest.raises(IntegrityError):
            AllocationFactory(case=case, worker=worker, team=worker.hat.team)

    def test_a_worker_may_get_a_case_back(self, worker):
        case = CaseFactory(allocated_to=worker.hat)
        case.allocations.update(until_on=OPENED + DAY)

        AllocationFactory(case=case, worker=worker, team=worker.hat.team)

    def test_does_not_end_before_it_begins(self, worker):
        allocation = AllocationFactory(case=CaseFactory(), worker=worker, team=TeamFactory())

        assert refused_by_database(
            allocation, "allocation_from_before_until", until_on=OPENED - DAY
        )


class TestLevel:
    def test_is_one_at_a_time(self):
        spell = LevelSpellFactory(level=2)

        with pytest.raises(IntegrityError):
            LevelSpellFactory(case=spell.case, level=3)

    def test_is_one_of_four(self):
        assert refused_by_database(LevelSpellFactory(), "levelspell_level_known", level=5)

    def test_of_a_day_is_that_days(self):
        case = CaseFactory(opened_on=OPENED)
        LevelSpellFactory(case=case, level=2, until_on=OPENED + 9 * DAY)
        LevelSpellFactory(case=case, level=3, from_on=OPENED + 10 * DAY)

        assert case.level_on(OPENED - DAY) is None
        assert case.level_on(OPENED + 9 * DAY) == 2
        assert case.level_on(OPENED + 10 * DAY) == 3

    def test_of_a_list_is_the_latest(self):
        case = CaseFactory(opened_on=OPENED)
        LevelSpellFactory(case=case, level=2, until_on=OPENED + 9 * DAY)
        LevelSpellFactory(case=case, level=3, from_on=OPENED + 10 * DAY)

        assert Case.objects.with_list_details().get().level_now == 3
