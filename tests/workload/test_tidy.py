"""Every file of tidy rows: its columns, its cells, and whose records are in it."""

from datetime import date, datetime

import pytest
from django import forms
from django.db import models
from django.urls import get_resolver
from django.utils import timezone

from eitrack.activities.models import Activity
from eitrack.common.files import FORMULA_STARTS
from eitrack.common.free_text import FreeTextField
from eitrack.common.periods import Period
from eitrack.indicators.choices import PROPOSED, Weight
from eitrack.indicators.models import WeightSet
from eitrack.workload.tidy import dataset as reading
from eitrack.workload.tidy.catalogue import BY_NAME, DATASETS, HEADER, dictionary_rows
from eitrack.workload.tidy.columns import Type, field_of, local_moment
from eitrack.workload.tidy.reach import Reach
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.cases import AllocationFactory, CaseFactory
from tests.factories.directory import (
    AgencyFactory,
    DistrictFactory,
    PlacementFactory,
    SiteFactory,
    TeamFactory,
)
from tests.workload.tidy_world import one_of_each, open_lists

# Names of things, and of workers in the one file that is for them. Nothing else that was typed.
NAMES = {
    "accounts.User.name",
    "activities.ActivityType.name",
    "directory.Agency.name",
    "directory.ClosedQuarter.quarter",
    "directory.District.name",
    "directory.FundingStream.name",
    "directory.Post.name",
    "directory.SchoolTerm.name",
    "directory.Site.name",
    "directory.Team.name",
}
OF_RECORDS = [dataset for dataset in DATASETS if dataset.model]
# Read by everybody who is signed in, whichever team is theirs; or no records at all.
OPEN_LISTS = {
    "activity_types",
    "agencies",
    "bank_holidays",
    "funding_streams",
    "kinds",
    "posts",
    "school_terms",
    "sites",
    "weights",
}
OWNED = [dataset.name for dataset in DATASETS if dataset.name not in OPEN_LISTS]
TODAY = date(2026, 11, 23)
QUARTER = Period.quarter(2026, 3)
REACH_OF_NOBODY = Reach((), (), Period.quarter(2026, 3), TODAY)

by_name = pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
of_records = pytest.mark.parametrize("dataset", OF_RECORDS, ids=lambda dataset: dataset.name)


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def reach(manager):
    return Reach.of(manager, None, TODAY)


def rows_of(dataset, reach):
    """Each row as {column: cell as it is written}."""
    return [
        dict(zip(dataset.header, row, strict=True)) for page in dataset.pages(reach) for row in page
    ]


def numbers(dataset, reach):
    return [row[dataset.header[0]] for row in rows_of(dataset, reach)]


def local(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def read_back(kind, cell):
    """A cell as it stands in the file, read back as what it says."""
    if cell is None:
        return None
    if kind is Type.BOOLEAN:
        return {"true": True, "false": False}[cell]
    return datetime.fromisoformat(cell) if kind is Type.MOMENT else cell


def fields():
    for dataset in OF_RECORDS:
        for column in dataset.columns:
            yield dataset, column, field_of(column, dataset.model)


class TestColumns:
    def test_no_column_holds_a_note_a_reference_or_other_free_text(self):
        typed = {
            field.model._meta.label + "." + field.name
            for _, _, field in fields()
            if isinstance(field, (models.TextField, models.JSONField, models.BinaryField))
            or (isinstance(field, models.CharField) and not field.choices)
        }

        assert typed == NAMES

    def test_no_column_is_what_a_form_takes_as_free_text(self):
        get_resolver().url_patterns  # noqa: B018  (every form of the house is loaded)
        free = {
            f"{form.Meta.model._meta.label}.{name}"
            for form in forms_below(forms.ModelForm)
            for name, kind in (getattr(form.Meta, "field_classes", None) or {}).items()
            if kind is FreeTextField
        }
        exported = {f"{d.model._meta.label}.{field.name}" for d, _, field in fields()}

        assert "activities.Series.name" in free
        assert not exported & (free | {"activities.Activity.note", "activities.Activity.thread"})

    @by_name
    def test_each_has_a_name_of_its_own_and_a_meaning(self, dataset):
        assert len(set(dataset.header)) == len(dataset.header)
        assert all(known.meaning.endswith((".", "”.")) for known in dataset.known)

    @by_name
    def test_every_number_has_a_unit_and_every_code_its_words(self, dataset):
        for column, known in zip(dataset.columns, dataset.known, strict=True):
            assert bool(column.unit) == (known.type is Type.NUMBER), column.name
            assert bool(known.codes) == (known.type is Type.CODE), column.name

    @by_name
    def test_no_code_begins_as_a_formula_does(self, dataset):
        codes = [str(code) for known in dataset.known for code, _ in known.codes]

        assert not [code for code in codes if code.startswith(FORMULA_STARTS)]


def forms_below(kind):
    for form in kind.__subclasses__():
        if hasattr(form, "Meta") and getattr(form.Meta, "model", None):
            yield form
        yield from forms_below(form)


class TestDictionary:
    def test_has_one_line_for_each_column_of_each_file_in_their_order(self):
        head, *lines = dictionary_rows()

        assert head == HEADER
        assert [(line[0], line[1]) for line in lines if line[1]] == [
            (dataset.name, column) for dataset in DATASETS for column in dataset.header
        ]
        assert [line[0] for line in lines if not line[1]] == [each.name for each in DATASETS]

    def test_a_code_is_told_with_its_words(self):
        lines = {(line[0], line[1]): line for line in dictionary_rows()}

        assert lines["activities", "method"][3:] == [
            "code", "a code of the list", "", "", "exact = Counted; estimate = Estimated",
        ]  # fmt: skip
        assert lines["activities", "attendance"][5] == "people"

    def test_a_column_without_words_of_its_own_has_those_of_the_model(self):
        meanings = {(line[0], line[1]): line[2] for line in dictionary_rows()}

        help_text = "Planned minutes a week under this hat."
        assert meanings["placements", "planned_minutes"] == help_text
        assert meanings["protocol_versions", "review_from_on"] == "Under review from."

    def test_a_number_of_a_record_points_to_the_file_that_explains_it(self):
        of_numbers = {
            (line[0], line[1]): line[6] for line in dictionary_rows() if line[3] == Type.ID.word
        }
        leading_nowhere = {column for (_, column), to in of_numbers.items() if not to}

        assert of_numbers["time_entries", "activity"] == "activities.activity"
        assert of_numbers["activities", "agency"] == "agencies.agency"
        # These have no file of their own: the versions of a protocol carry its number, and weights
        # that of their set.
        assert leading_nowhere == {"protocol", "weight_set"}


@pytest.mark.django_db
class TestReach:
    @pytest.fixture
    def own(self, worker):
        return one_of_each(worker.hat)

    @pytest.fixture
    def others(self):
        far = DistrictFactory(name="Far", slug="far")
        return one_of_each(PlacementFactory(team=TeamFactory(district=far)))

    @pytest.mark.parametrize("name", OWNED)
    def test_a_record_of_another_team_is_in_no_file(self, name, own, others, reach):
        found = numbers(BY_NAME[name], reach)

        assert own[name].pk in found
        assert others[name].pk not in found

    def test_every_file_of_records_but_the_open_lists_was_looked_at(self, own):
        assert sorted(own) == sorted(OWNED)

    @pytest.mark.parametrize("name", OWNED)
    def test_every_row_is_one_the_manager_may_see(self, name, own, others, manager, reach):
        dataset = BY_NAME[name]
        if not hasattr(dataset.model.objects, "visible_to"):
            assert name in ("case_agencies", "workers")
            return
        in_reach = dataset.model.objects.visible_to(manager).values_list("pk", flat=True)

        assert set(numbers(dataset, reach)) <= set(in_reach)

    @by_name
    def test_who_manages_no_team_gets_no_row_of_one(self, dataset, own, administrator):
        reach = Reach.of(administrator, None, TODAY)

        assert rows_of(dataset, reach) == [] or dataset.name in OPEN_LISTS

    def test_a_manager_who_works_elsewhere_gets_no_row_of_there(self, manager, own):
        hat = PlacementFactory(worker=manager, team=TeamFactory(slug="elsewhere"))
        elsewhere = one_of_each(hat)
        reach = Reach.of(manager, None, TODAY)

        assert elsewhere["activities"].pk not in numbers(BY_NAME["activities"], reach)
        assert elsewhere["time_entries"].pk not in numbers(BY_NAME["time_entries"], reach)
        assert elsewhere["cases"].pk not in numbers(BY_NAME["cases"], reach)

    def test_a_joint_session_is_one_activity_and_own_time_only(self, worker, outsider, reach):
        joint = ActivityFactory(by=outsider.hat, attendance=16, minutes=120)
        own_time = TimeEntryFactory(activity=joint, placement=worker.hat, contact_minutes=90)

        assert numbers(BY_NAME["activities"], reach) == [joint.pk]
        (entry,) = rows_of(BY_NAME["time_entries"], reach)
        assert (entry["time_entry"], entry["contact_minutes"]) == (own_time.pk, 90)
        assert outsider.pk not in numbers(BY_NAME["workers"], reach)

    def test_records_of_every_status_are_in_the_file_and_say_so(self, worker, reach):
        for status in ({}, {"void": True}, {"did_not_run": True}, {"status": "awaiting"}):
            ActivityFactory(by=worker.hat, **status)

        statuses = [row["status"] for row in rows_of(BY_NAME["activities"], reach)]

        assert statuses == ["held", "void", "did_not_run", "awaiting"]

    def test_a_case_that_was_handed_over_leaves_its_allocation_alone(self, worker, reach):
        case = CaseFactory()
        kept = AllocationFactory(
            case=case, worker=worker, team=worker.hat.team, until_on=date(2026, 6, 30)
        )
        AllocationFactory(case=case, worker=worker, from_on=date(2026, 7, 1))

        assert numbers(BY_NAME["cases"], reach) == []
        assert numbers(BY_NAME["allocations"], reach) == [kept.pk]


@pytest.mark.django_db
class TestPeriod:
    def numbers(self, name, manager):
        return numbers(BY_NAME[name], Reach.of(manager, QUARTER, TODAY))

    def test_activities_and_time_go_by_their_day(self, worker, manager):
        dates = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 20))
        activities = [ActivityFactory(by=worker.hat, date=day) for day in dates]

        found = self.numbers("activities", manager)
        assert found == [activity.pk for activity in activities[1:]]
        assert len(self.numbers("time_entries", manager)) == 2

    def test_a_case_is_in_while_it_is_open(self, worker, manager):
        for_days = {"opened_on": date(2026, 5, 1), "consent_on": date(2026, 5, 1)}
        ended = {"end_reason": "needs_met", **for_days}
        CaseFactory(allocated_to=worker.hat, closed_on=date(2026, 9, 30), **ended)
        last_day = CaseFactory(allocated_to=worker.hat, closed_on=date(2026, 10, 1), **ended)
        still_open = CaseFactory(allocated_to=worker.hat, **for_days)

        assert self.numbers("cases", manager) == [last_day.pk, still_open.pk]

    def test_a_request_is_in_while_its_clock_runs(self, worker, manager):
        world = one_of_each(worker.hat)

        assert self.numbers("requests", manager) == [world["requests"].pk]
        assert numbers(BY_NAME["requests"], Reach.of(manager, QUARTER.previous(), TODAY)) == []

    def test_a_referral_is_in_when_sent_or_decided(self, worker, manager):
        referral = one_of_each(worker.hat)["referrals"]
        referral.sent_at = local("2026-09-29T10:00")
        referral.save()
        last, later = QUARTER.previous(), QUARTER.next()

        assert self.numbers("referrals", manager) == [referral.pk]
        assert numbers(BY_NAME["referrals"], Reach.of(manager, last, TODAY)) == [referral.pk]
        assert numbers(BY_NAME["referrals"], Reach.of(manager, later, TODAY)) == []

    def test_weights_are_those_of_every_version(self, db):
        WeightSet.objects.all().delete()
        first = WeightSet.objects.create(from_on=date(2026, 4, 1), points=PROPOSED)
        heavier = {**PROPOSED, Weight.DROP_IN: 11.5}
        second = WeightSet.objects.create(from_on=date(2026, 10, 1), points=heavier)

        rows = rows_of(BY_NAME["weights"], REACH_OF_NOBODY)

        assert len(rows) == 2 * len(Weight)
        assert [
            (row["weight_set"], row["from_on"], row["points"])
            for row in rows
            if row["weight"] == "drop_in"
        ] == [(first.pk, date(2026, 4, 1), 9), (second.pk, date(2026, 10, 1), 11.5)]

    def test_bank_holidays_are_those_of_its_calendar_years_and_the_years_beside(self):
        days = [row["date"] for row in rows_of(BY_NAME["bank_holidays"], REACH_OF_NOBODY)]

        assert date(2026, 12, 25) in days
        assert {day.year for day in days} == {2025, 2026, 2027}


@pytest.mark.django_db
class TestCells:
    @of_records
    def test_every_cell_is_the_fact_of_the_record(self, dataset, worker, reach):
        one_of_each(worker.hat)
        open_lists()
        lookups = [column.lookup for column in dataset.columns]
        facts = dataset.rows(reach).order_by("pk").values_list(*lookups)

        rows = sorted((list(row.values()) for row in rows_of(dataset, reach)), key=lambda r: r[0])

        types = [known.type for known in dataset.known]
        read = [tuple(map(read_back, types, row)) for row in rows]
        assert read == list(facts)
        assert read

    def test_an_estimate_has_the_ends_of_its_band(self, worker, reach):
        for band, attendance in (("6-10", 8), ("81+", 100)):
            ActivityFactory(by=worker.hat, method="estimate", band=band, attendance=attendance)
        ActivityFactory(by=worker.hat, attendance=12)

        rows = rows_of(BY_NAME["activities"], reach)

        ends = [(row["band_low"], row["band_high"]) for row in rows]
        assert ends == [(6, 10), (81, None), (None, None)]

    def test_the_agency_that_counts_is_its_own_else_the_sites(self, worker, reach):
        school, police = AgencyFactory(kind="school"), AgencyFactory(kind="police")
        at_school = {"by": worker.hat, "site": SiteFactory(agency=school)}
        ActivityFactory(**at_school)
        ActivityFactory(kind="partner_liaison", agency=police, **at_school)
        ActivityFactory(by=worker.hat)

        rows = rows_of(BY_NAME["activities"], reach)

        found = [(row["own_agency"], row["agency"], row["agency_kind"]) for row in rows]
        assert found == [
            (None, school.pk, "school"),
            (police.pk, police.pk, "police"),
            (None, None, None),
        ]

    def test_moments_are_local_with_their_difference(self):
        assert local_moment(local("2026-07-01T14:30")) == "2026-07-01T14:30:00+01:00"
        assert local_moment(datetime(2026, 1, 5, 9, 0)) == "2026-01-05T09:00:00+00:00"
        assert local_moment(None) is None

    def test_a_name_that_a_spreadsheet_would_run_becomes_text(self, reach):
        AgencyFactory(name="=cmd|' /C calc'!A0")

        names = [row["name"] for row in rows_of(BY_NAME["agencies"], reach)]

        assert names == ["'=cmd|' /C calc'!A0"]


@pytest.mark.django_db
class TestPages:
    def test_every_row_comes_once_however_many_pages(self, worker, reach, monkeypatch):
        """Many on one day, and days in another order than the records were made in."""
        monkeypatch.setattr(reading, "ROWS_AT_ONCE", 2)
        days = [date(2026, 11, day) for day in (20, 3, 20, 20, 3, 9, 20, 20, 1)]
        made = [ActivityFactory(by=worker.hat, date=day) for day in days]

        found = numbers(BY_NAME["activities"], reach)

        assert found == [each.pk for each in sorted(made, key=lambda one: (one.date, one.pk))]
        assert numbers(BY_NAME["workers"], reach) == [worker.pk]

    def test_the_next_page_is_read_when_it_is_asked_for(
        self, worker, reach, monkeypatch, django_assert_num_queries
    ):
        monkeypatch.setattr(reading, "ROWS_AT_ONCE", 2)
        for _ in range(7):
            ActivityFactory(by=worker.hat)
        pages = BY_NAME["activities"].pages(reach)

        with django_assert_num_queries(1):
            assert len(list(next(pages))) == 2
        with django_assert_num_queries(3):
            assert [len(list(page)) for page in pages] == [2, 2, 1]

    def test_no_record_of_the_models_is_made(self, worker, reach, monkeypatch):
        ActivityFactory(by=worker.hat)
        monkeypatch.setattr(Activity, "__init__", None)

        assert len(numbers(BY_NAME["activities"], reach)) == 1
