"""A small sample world: its records keep the rules, its volumes and stories are there."""

import datetime
from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, Q, Sum

from eitrack.accounts.models import User
from eitrack.activities.choices import Contribution, DayMark, EntryState, Status
from eitrack.activities.kinds import ONE_FAMILY, KindCode
from eitrack.activities.models import (
    Activity,
    ActivityType,
    CoDelivery,
    Commitment,
    DayStatus,
    SeatMark,
    Series,
    TimeEntry,
)
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.activities.record.fields import BY_NAME
from eitrack.audit.models import Entry
from eitrack.cases.models import Allocation, Case, LevelSpell, Referral, Request
from eitrack.common.periods import Period
from eitrack.demo import protocols, report, signins, stories
from eitrack.demo.seasons import Window
from eitrack.directory.models import (
    Absence,
    Agency,
    Contract,
    LinkWorker,
    Placement,
    SchoolTerm,
    Site,
    Team,
)
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.scope import Scope
from eitrack.partnerships.models import Protocol, ProtocolVersion

UNTIL = datetime.date(2026, 11, 20)
WINDOW = Window(UNTIL, 3)
WORKERS = 11
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample_world")]


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup, django_db_blocker):
    """Built once for this module, rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", workers=WORKERS, months=3, until=UNTIL, returns=False)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample_worker():
    return User.objects.get(email=signins.WORKER.email)


class TestRules:
    @pytest.mark.parametrize(
        "model",
        [Activity, TimeEntry, CoDelivery, Series, Case, Allocation, LevelSpell, Placement,
         Contract, Site, Agency, LinkWorker, Protocol, ProtocolVersion, Team, SchoolTerm, User,
         Request, Referral, Absence, Commitment, DayStatus, SeatMark],
    )  # fmt: skip
    def test_records_pass_their_own_validation(self, model):
        records = list(model.objects.order_by("pk"))

        assert records
        for record in records[:: len(records) // 40 + 1]:
            record.full_clean()

    def test_every_kind_has_a_type_and_activities_in_the_spine_s_order(self):
        kinds = list(dict.fromkeys(ActivityType.objects.values_list("kind", flat=True)))

        assert kinds == KindCode.values
        assert set(Activity.objects.values_list("kind", flat=True)) >= {
            kind for kind in KindCode.values if kind != KindCode.AWAY_DAY
        }

    def test_the_kind_of_an_activity_is_that_of_its_type(self):
        for kind, of_type in Activity.objects.values_list("kind", "activity_type__kind"):
            assert kind == of_type

    def test_case_work_lies_within_the_case_and_its_allocation(self):
        for activity in Activity.objects.filter(case__isnull=False).select_related("case"):
            assert activity.case.opened_on <= activity.date
            assert activity.case.closed_on is None or activity.date <= activity.case.closed_on
            assert Allocation.objects.current(activity.date).filter(
                case=activity.case, worker=activity.recorded_by
            )

    def test_every_activity_has_one_lead_who_recorded_it(self):
        leads = TimeEntry.objects.filter(is_lead=True)

        assert leads.count() == Activity.objects.count()
        assert all(
            worker == by for worker, by in leads.values_list("worker", "activity__recorded_by")
        )

    def test_context_is_that_of_the_placement(self):
        rows = TimeEntry.objects.values_list(
            "team", "placement__team", "post", "placement__post", "worker", "placement__worker",
            "date", "activity__date",
        )  # fmt: skip

        for team, own_team, post, own_post, worker, holder, day, activity_day in rows:
            assert (team, post, worker, day) == (own_team, own_post, holder, activity_day)

    def test_nobody_works_more_than_a_day_has(self):
        days = TimeEntry.objects.filter(state=EntryState.CONFIRMED, activity__status=Status.HELD)
        longest = days.values("worker", "date").annotate(all=Sum(ALL_MINUTES)).order_by("-all")

        assert longest[0]["all"] < 14 * 60

    def test_nothing_is_recorded_before_it_happened_or_after_the_end(self):
        for activity in Activity.objects.all():
            assert activity.recorded_at.date() <= UNTIL
            assert activity.date <= activity.recorded_at.date() or activity.not_run_reason

    def test_one_session_ahead_is_cancelled(self):
        (ahead,) = Activity.objects.filter(date__gt=UNTIL)

        assert (ahead.status, ahead.kind) == (Status.DID_NOT_RUN, KindCode.GROUP_SESSION)
        assert ahead.series.is_planned_on(ahead.date)

    def test_most_records_say_what_they_contributed_where_the_form_asks(self):
        asked = BY_NAME["contribution"].kinds
        held = Activity.objects.held().filter(kind__in=asked)
        said = dict(held.order_by().values_list("contribution").annotate(Count("pk")))

        assert set(said) == {"", *Contribution.values}
        assert 0.55 < 1 - said[""] / held.count() < 0.65
        others = Activity.objects.exclude(kind__in=asked)
        assert not others.exclude(contribution="").exists()

    def test_a_fifth_of_contacts_with_families_say_purpose_and_outcome_tag(self):
        asked = set(BY_NAME["outcome_tag"].kinds) & set(BY_NAME["purpose"].kinds)
        tagged = asked & set(ONE_FAMILY)
        contacts = Activity.objects.held().filter(kind__in=tagged)
        with_tag = contacts.exclude(outcome_tag="")

        assert 0.17 < with_tag.count() / contacts.count() < 0.23
        assert not with_tag.filter(purpose="").exists()
        assert not Activity.objects.exclude(kind__in=ONE_FAMILY).exclude(outcome_tag="").exists()

    def test_the_ticks_of_a_programme_s_session_are_its_headcount(self):
        sessions = Activity.objects.held().filter(series__seats__isnull=False)
        ticked = Count("seat_marks", filter=Q(seat_marks__is_present=True))

        assert sessions.count() > 5
        for session in sessions.annotate(ticks=ticked, marks=Count("seat_marks")):
            assert session.marks == session.series.seats
            assert session.ticks == session.attendance
            assert session.band == ""

    def test_nobody_logs_on_leave(self):
        for absence in Absence.objects.filter(is_half_day=False):
            logged = TimeEntry.objects.filter(
                worker=absence.worker, date__range=(absence.from_on, absence.until_on)
            )
            assert not logged.exists()

    def test_what_is_said_of_a_day_agrees_with_the_log(self):
        for status in DayStatus.objects.exclude(mark=DayMark.COMPLETE):
            logged = TimeEntry.objects.counted().filter(worker=status.worker, date=status.date)
            assert not logged.exists()

    def test_nobody_of_an_agency_shares_a_name_with_a_worker(self):
        named = {*LinkWorker.objects.values_list("name", flat=True)}
        named |= {*ProtocolVersion.objects.values_list("their_name", flat=True)}

        assert not named & {*User.objects.values_list("name", flat=True)}

    def test_notes_are_on_no_kind_with_families(self):
        noted = set(Activity.objects.exclude(note="").values_list("kind", flat=True))

        assert noted <= {KindCode.MEETING_SERVICE, KindCode.PROTOCOL_WORK, KindCode.AWAY_DAY}

    def test_recent_records_have_history_and_trail(self):
        recent = Activity.objects.filter(date__gte=UNTIL - datetime.timedelta(days=28))

        assert recent.count() > 100
        for activity in recent[:20]:
            assert activity.history.get().history_user == activity.recorded_by
            assert Entry.objects.about(activity).count() == 1


class TestVolumes:
    def test_the_table_is_reached(self):
        *lines, total = report.reached_lines(WINDOW, WORKERS)

        for line in lines:
            gap = abs(line.reached["activities"] - line.target["activities"])
            assert gap <= 1, line.label
        for name in report.MEASURES:
            assert total.reached[name] == pytest.approx(total.target[name], rel=0.03), name

    def test_minutes_split_into_contact_preparation_and_travel(self):
        parts = TimeEntry.objects.counted().aggregate(
            contact=Sum("contact_minutes"),
            preparation=Sum("preparation_minutes"),
            travel=Sum("travel_minutes"),
        )
        whole = sum(parts.values())

        assert parts["contact"] / whole == pytest.approx(0.70, abs=0.02)
        assert parts["preparation"] / whole == pytest.approx(0.15, abs=0.02)

    def test_minutes_are_heaped(self):
        minutes = list(TimeEntry.objects.counted().values_list("contact_minutes", flat=True))

        assert sum(value % 5 == 0 for value in minutes) / len(minutes) > 0.95

    def test_most_is_recorded_the_same_day(self):
        lags = Counter(
            (recorded_at.date() - day).days
            for day, recorded_at in Activity.objects.values_list("date", "recorded_at")
        )

        assert 0.45 < lags[0] / lags.total() < 0.65

    def test_open_cases_a_holder_are_near_the_mean(self):
        held = Allocation.objects.filter(until_on=None, case__closed_on=None)
        by_worker = held.values("worker__email").annotate(cases=Count("pk"))
        usual = [row["cases"] for row in by_worker if "daffodil" not in row["worker__email"]]

        assert 5 <= sum(usual) / len(usual) <= 11


class TestStories:
    def test_the_four_can_sign_in(self):
        people = [User.objects.get(email=person.email) for person in signins.SIGN_INS]
        first = authenticate(email=people[0].email, password=signins.PASSWORD)

        assert first == people[0]
        for user, person in zip(people, signins.SIGN_INS, strict=True):
            assert user.password == first.password
            assert [term.role for term in user.role_terms.all()] == [person.role]

    def test_nobody_else_can(self):
        others = User.objects.exclude(email__in=[person.email for person in signins.EVERYBODY])

        assert others.exists()
        assert not any(user.has_usable_password() for user in others)

    def test_the_sample_worker_has_two_hats_open_cases_and_logged_today(self, sample_worker):
        open_cases = Case.objects.visible_to(sample_worker).open_on(UNTIL)

        assert sample_worker.placements.current(UNTIL).count() == 2
        assert open_cases.count() >= 4
        assert sample_worker.time_entries.filter(date=UNTIL).count() == 2

    def test_the_sample_worker_s_drop_in_was_on_this_weekday_and_is_still_to_come(
        self, sample_worker
    ):
        own = Activity.objects.filter(
            kind=KindCode.DROP_IN, recorded_by=sample_worker, series__name__contains="Friday"
        )
        weeks = own.held().filter(
            site__name=stories.SAMPLE_SITE, date__gte=UNTIL - datetime.timedelta(weeks=8)
        )

        assert weeks.count() >= 7
        assert {activity.date.weekday() for activity in weeks} == {UNTIL.weekday()}
        assert not own.filter(date=UNTIL).exists()

    def test_one_worker_is_planned_for_more_than_a_week_and_holds_more_cases(self):
        overloaded = User.objects.get(email=stories.OVERLOADED_EMAIL)
        hats = overloaded.placements.all()

        assert [hat.planned_minutes for hat in hats] == [1296, 1296]
        assert overloaded.allocations.filter(until_on=None, case__closed_on=None).count() >= 11

    def test_one_who_has_left_cannot_sign_in_and_left_records(self):
        leaver = User.objects.get(is_active=False)

        assert not leaver.placements.current(UNTIL).exists()
        assert leaver.time_entries.exists()

    def test_the_log_of_each_team_can_be_trusted_but_not_that_of_one_worker(self):
        period = Period.quarter(2026, 3)
        seldom = User.objects.get(email=stories.SELDOM_EMAIL)

        def share(scope):
            coverage = evaluate(scope, period, today=UNTIL, indicators=()).coverage
            return coverage.recorded / coverage.expected

        assert share(Scope.of(seldom)) < 0.6
        for team in Team.objects.all():
            assert 0.75 < share(Scope.of(team)) < 0.97, team

    def test_places_of_a_programme_that_ended_kept_coming_or_dropped_out(self):
        district = Team.objects.first().district
        figures = evaluate(
            Scope.of(district),
            Period.quarter(2026, 3),
            today=UNTIL,
            indicators=[each for each in INDICATORS if each.code == "RCH-06"],
        )

        parts = figures.totals["RCH-06"]
        assert 0 < parts.numerator < parts.denominator

    def test_the_pilot_team_has_too_little_to_publish(self):
        pilot = Team.objects.get(slug="saplings-pilot")
        for quarter in (Period.quarter(2026, 2), Period.quarter(2026, 3)):
            seen = Activity.objects.filter(time_entries__team=pilot).within(quarter)
            assert 1 <= seen.count() <= 7

    def test_round_robin_lifts_conversations(self):
        evenings = Activity.objects.filter(site__name=stories.EVENING_SCHOOL).exclude(
            evening_format=""
        )

        assert evenings
        for evening in evenings:
            usual = 60 if evening.evening_format == "round_robin" else 9
            assert abs(evening.conversations - usual) <= 1

    def test_initiative_that_is_not_renewed(self):
        hat = Placement.objects.filter(funding_stream__name="Neighbourhood Renewal").first()

        assert hat.funding_stream.ends_on == datetime.date(2027, 3, 31)
        assert hat.funding_stream.renewed_until_on is None

    def test_voided_duplicates_of_joint_work_say_so(self):
        void = Activity.objects.filter(status=Status.VOID)

        assert set(void.values_list("void_reason", flat=True)) == {"twice"}


class TestProtocols:
    def test_154_cells_stand_as_the_targets_say(self):
        assert protocols.reached(UNTIL) == protocols.TARGETS

    def test_every_school_and_statutory_agency_has_a_link_worker(self):
        without = Agency.objects.filter(link_workers__isnull=True).values_list("kind", flat=True)

        assert set(without) == {"childrens_centre", "voluntary"}

    def test_one_agency_with_sites_agreed_to_record_less(self):
        strict = ProtocolVersion.objects.in_force_on(UNTIL).filter(recordable_fields__isnull=False)

        assert strict.get().protocol.agency.sites.exists()
