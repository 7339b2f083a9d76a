"""What goes after its time, what a legal hold keeps, and that no figure changes (rule 15)."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.urls import reverse

from eitrack.accounts.models import User
from eitrack.activities.models import Activity, TimeEntry
from eitrack.audit.chain import seal_finished_days
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.cases.models.case import CaseReference
from eitrack.common.alone import alone
from eitrack.common.periods import Period
from eitrack.daybook.models import ContextNote
from eitrack.indicators.figures.prints import fingerprints
from eitrack.indicators.models import MonthlySums
from eitrack.stewardship.models import LegalHold, RetentionRun, RetentionSettings
from tests.factories.accounts import RoleTermFactory, UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import ContractFactory, PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
TODAY = date(2026, 11, 23)


def run(*arguments):
    said = StringIO()
    call_command("retention", *arguments, stdout=said)
    return said.getvalue()


def closed_case(on, **values):
    first = {"opened_on": date(2022, 5, 2), "consent_on": date(2022, 5, 2)}
    return CaseFactory(**first, closed_on=on, end_reason="needs_met", **values)


def hold(person=None):
    by = UserFactory(administrator=True)
    return LegalHold.objects.create(person=person, reason="a request", placed_by=by)


@pytest.fixture
def leaver(team):
    """Left on 23 November 2023, three years ago to the day; worked in the team until then."""
    last = date(2023, 11, 23)
    user = UserFactory(
        name="Lena Leaver", email="lena@example.org", is_active=False, last_day_on=last
    )
    RoleTermFactory(user=user, until_on=last)
    user.hat = PlacementFactory(
        worker=user, team=team, from_on=date(2022, 4, 1), until_on=last, planned_minutes=1800
    )
    ContractFactory(worker=user, from_on=date(2022, 4, 1), until_on=last)
    for day in (date(2022, 5, 4), date(2023, 2, 1), last):
        ActivityFactory(by=user.hat, date=day, attendance=9, kind="open_evening")
    return user


class TestReferences:
    def test_go_twelve_months_after_closure(self):
        kept = closed_case(date(2025, 11, 24), reference="A1")
        closed_case(date(2025, 11, 23), reference="B2")
        running = CaseFactory(
            reference="C3", opened_on=date(2020, 1, 2), consent_on=date(2020, 1, 2)
        )

        said = run()

        assert set(CaseReference.objects.values_list("case", flat=True)) == {kept.pk, running.pk}
        assert "Went: 1 case references, 0 notes" in said

    def test_of_a_case_that_somebody_held_stay_with_a_hold_on_them(self, worker):
        closed_case(date(2024, 11, 23), reference="B2", allocated_to=worker.hat)
        standing = hold(worker)

        run()
        assert CaseReference.objects.count() == 1

        standing.lifted_at = datetime(2026, 11, 22, tzinfo=UTC)
        standing.save()
        run()
        assert CaseReference.objects.count() == 0


class TestNotes:
    def test_go_after_twelve_months_own_notes_too(self, worker, monkeypatch):
        monkeypatch.setattr("eitrack.stewardship.retention.expired.PIECE", 2)
        for day in range(1, 6):
            ActivityFactory(by=worker.hat, date=date(2025, 11, day), note="a word")
        ActivityFactory(by=worker.hat, date=date(2025, 11, 24), note="a later word")
        for day in (date(2025, 11, 23), date(2025, 11, 24)):
            ContextNote.objects.create(worker=worker, from_on=day, until_on=day, text="mine")

        assert "6 notes" in run("--dry-run")
        assert Activity.objects.exclude(note="").count() == 6
        assert "6 notes" in run()

        assert list(Activity.objects.exclude(note="").values_list("note", flat=True)) == [
            "a later word"
        ]
        assert ContextNote.objects.get().until_on == date(2025, 11, 24)
        assert "0 notes" in run()

    def test_make_no_stored_sum_old(self, worker):
        from eitrack.directory.models import ChangeMark

        ActivityFactory(by=worker.hat, date=date(2025, 11, 3), note="a word")
        before = list(ChangeMark.objects.values_list("pk", flat=True))

        run()

        assert list(ChangeMark.objects.values_list("pk", flat=True)) == before

    def test_of_somebody_held_stay(self, worker, outsider):
        ActivityFactory(by=worker.hat, date=date(2025, 11, 3), note="of worker")
        ActivityFactory(by=outsider.hat, date=date(2025, 11, 3), note="of outsider")
        hold(worker)

        run()

        assert set(Activity.objects.values_list("note", flat=True)) == {"of worker", ""}


class TestWorkersWhoLeft:
    def test_have_a_number_for_a_name_everywhere_and_no_address(self, leaver):
        EmailAddress.objects.create(user=leaver, email=leaver.email, primary=True)
        assert "1 names of workers who left" in run()

        user = User.objects.get(pk=leaver.pk)
        word, number = user.name.rsplit(" ", 1)
        assert (word, user.email) == ("Former worker", f"former-worker-{number}@eitrack.invalid")
        assert number.isdecimal()
        assert not user.has_usable_password()
        assert not EmailAddress.objects.exists()
        assert str(TimeEntry.history.first().worker) == user.name
        assert "0 names of workers who left" in run()

    def test_leave_every_figure_as_it_was(self, leaver, worker):
        ActivityFactory(by=worker.hat, date=date(2023, 2, 1), note="a word")
        closed_case(date(2023, 1, 9), reference="A1", allocated_to=leaver.hat)
        periods = [Period.year(2022), Period.quarter(2022, 4), Period.quarter(2023, 3)]
        before = fingerprints(TODAY, periods)

        said = run()
        after = fingerprints(TODAY, periods)
        MonthlySums.objects.all().delete()
        from_records = fingerprints(TODAY, periods)

        assert "Went: 1 case references, 1 notes, 1 names of workers who left" in said
        assert len(set(before.values())) > 10
        assert after == from_records == before

    @pytest.mark.parametrize("why", ["later", "active", "logged", "hat", "held"])
    def test_and_only_they(self, leaver, why):
        if why == "later":
            User.objects.filter(pk=leaver.pk).update(last_day_on=date(2023, 11, 24))
        elif why == "active":
            User.objects.filter(pk=leaver.pk).update(is_active=True)
        elif why == "logged":
            ActivityFactory(by=leaver.hat, date=date(2023, 11, 24))
        elif why == "hat":
            PlacementFactory(worker=leaver, from_on=date(2026, 1, 5))
        else:
            hold(leaver)

        assert "0 names" in run()

        assert User.objects.get(pk=leaver.pk).name == "Lena Leaver"

    def test_who_never_worked_with_families_keep_their_name(self):
        officer = UserFactory(is_active=False, last_day_on=date(2020, 1, 2), name="Olga Officer")

        run()

        assert User.objects.get(pk=officer.pk).name == "Olga Officer"


class TestTheTrail:
    @pytest.fixture
    def old(self):
        for day in (date(2020, 4, 6), date(2020, 10, 5), date(2020, 11, 30), date(2026, 11, 20)):
            at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            Entry.objects.create(action=Action.SIGNED_OUT, at=at, on=day)
        seal_finished_days(datetime(2026, 11, 23, 12, tzinfo=UTC))

    def test_goes_by_whole_months_after_six_years(self, old):
        assert "months of the audit trail" in run()

        left = Entry.objects.filter(action=Action.SIGNED_OUT).values_list("on", flat=True)
        assert set(left) == {date(2020, 11, 30), date(2026, 11, 20)}
        assert RetentionRun.objects.get().months >= 2
        call_command("audit_verify", stdout=StringIO())

    def test_stays_whole_while_anybody_is_held(self, old, worker):
        hold(worker)

        run()

        assert Entry.objects.filter(action=Action.SIGNED_OUT).count() == 4


class TestARun:
    def test_is_logged_with_its_counts(self, leaver):
        closed_case(date(2024, 11, 23), reference="B2")

        run()

        done = RetentionRun.objects.get()
        assert (done.references, done.notes, done.leavers) == (1, 0, 1)
        assert done.ended_at is not None

    def test_for_show_removes_and_logs_nothing(self, leaver):
        closed_case(date(2024, 11, 23), reference="B2")

        said = run("--dry-run")

        assert "Would go: 1 case references, 0 notes, 1 names of workers who left" in said
        assert CaseReference.objects.exists()
        assert User.objects.get(pk=leaver.pk).name == "Lena Leaver"
        assert not RetentionRun.objects.exists()

    def test_removes_nothing_while_the_whole_service_is_held(self, leaver):
        closed_case(date(2024, 11, 23), reference="B2")
        hold()

        said = run()

        assert "A legal hold on the whole service stands since 2026-11-23." in said
        assert "Went: 0 case references, 0 notes, 0 names" in said
        assert CaseReference.objects.exists()

    def test_of_two_at_once_one_works(self, leaver):
        with alone("retention"):
            assert "Another run is at work" in run()

        assert User.objects.get(pk=leaver.pk).name == "Lena Leaver"

    def test_that_broke_off_is_taken_up_again(self, leaver, monkeypatch):
        from eitrack.stewardship.retention import run as of_run

        closed_case(date(2024, 11, 23), reference="B2")
        with monkeypatch.context() as patched:

            def kill(limits):
                raise KeyboardInterrupt

            patched.setattr(of_run.expired, "replace_leavers", kill)
            with pytest.raises(KeyboardInterrupt):
                run()
        assert not CaseReference.objects.exists()

        run()

        assert [each.leavers for each in RetentionRun.objects.all()] == [1, 0]
        assert [each.ended_at is None for each in RetentionRun.objects.all()] == [False, True]


class TestThePage:
    def test_changes_a_period_which_the_trail_says(self, client, administrator):
        closed_case(date(2026, 10, 1), reference="B2")
        client.force_login(administrator)
        periods = {"note_months": 12, "leaver_years": 3, "audit_years": 6}

        client.post(reverse("stewardship:retention_detail"), {"reference_months": 1, **periods})

        assert RetentionSettings.objects.now().reference_months == 1
        assert Entry.objects.about(RetentionSettings.objects.now()).get().by == administrator
        run()
        assert not CaseReference.objects.exists()

    def test_refuses_a_trail_of_fewer_than_six_years(self, client, administrator):
        client.force_login(administrator)
        periods = {"reference_months": 12, "note_months": 12, "leaver_years": 3}

        page = client.post(reverse("stewardship:retention_detail"), {**periods, "audit_years": 5})

        assert page.context["form"].errors["audit_years"]

    def test_places_and_lifts_a_hold(self, client, administrator, worker):
        client.force_login(administrator)

        client.post(reverse("stewardship:hold_add"), {"person": worker.pk, "reason": "a tribunal"})
        placed = LegalHold.objects.get()
        page = client.get(reverse("stewardship:retention_detail"))
        assert "Wendy Worker: a tribunal" in page.content.decode()
        for _ in range(2):
            client.post(reverse("stewardship:hold_lift", args=[placed.pk]))

        assert not LegalHold.objects.standing().exists()
        assert list(Entry.objects.about(placed).values_list("action", flat=True)) == [
            Action.CLOSED,
            Action.CREATED,
        ]
