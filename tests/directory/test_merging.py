"""Two agencies, or two sites, become one and are parted again: every record, of every room."""

import datetime

import pytest
from django.apps import apps
from simple_history.models import HistoricalChanges

from eitrack.audit.models import Entry
from eitrack.daybook.models import PresetChoice
from eitrack.directory.links import links_to
from eitrack.directory.merging import NotNowError, merge_places, touched, undo_merge
from eitrack.directory.models import Agency, ChangeMark, PlaceMerge, Site
from tests.factories.activities import (
    ActivityFactory,
    ActivityTypeFactory,
    CalendarProposalFactory,
    CoDeliveryFactory,
    SeriesFactory,
)
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.factories.directory import (
    AgencyFactory,
    LinkWorkerFactory,
    PlacementFactory,
    SchoolTermFactory,
    SiteFactory,
)
from tests.factories.intake import LayoutFactory, WordFactory
from tests.factories.partnerships import ProtocolFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
AUTUMN = {"from_on": datetime.date(2026, 9, 2), "until_on": datetime.date(2026, 12, 18)}


def with_agencies(record, name, agency):
    getattr(record, name).add(agency)
    return record


def preset_at(site):
    hat = PlacementFactory()
    return PresetChoice.objects.create(
        worker=hat.worker, activity_type=ActivityTypeFactory(), site=site
    )


def commitment_with(agency):
    worker = PlacementFactory().worker
    return worker.commitments.create(kind="panel", agency=agency, from_on=TODAY)


# What makes a record that names this agency or site, by the field that names it.
MADE = {
    "directory.Site.agency": lambda place: SiteFactory(agency=place),
    "directory.LinkWorker.agency": lambda place: LinkWorkerFactory(agency=place),
    "directory.Placement.host": lambda place: PlacementFactory(host=place),
    "directory.SchoolTerm.agency": lambda place: SchoolTermFactory(
        agency=place, district=None, **AUTUMN
    ),
    "directory.ExternalIdentifier.agency": lambda place: place.identifiers.create(
        scheme="urn", value="100001"
    ),
    "partnerships.Protocol.agency": lambda place: ProtocolFactory(agency=place),
    "cases.Case.source_agency": lambda place: CaseFactory(source_agency=place),
    "cases.Case.agencies_in_plan": lambda place: with_agencies(
        CaseFactory(), "agencies_in_plan", place
    ),
    "cases.Referral.destination": lambda place: ReferralFactory(destination=place),
    "cases.Request.from_agency": lambda place: RequestFactory(from_agency=place),
    "activities.Series.agencies": lambda place: with_agencies(SeriesFactory(), "agencies", place),
    "activities.Activity.agency": lambda place: ActivityFactory(agency=place),
    "activities.CoDelivery.agency": lambda place: CoDeliveryFactory(
        agency=place, activity=ActivityFactory()
    ),
    "activities.Commitment.agency": commitment_with,
    "directory.Placement.base_site": lambda place: PlacementFactory(base_site=place),
    "directory.ExternalIdentifier.site": lambda place: place.identifiers.create(
        scheme="uprn", value="1"
    ),
    "activities.Series.site": lambda place: SeriesFactory(site=place),
    "activities.Activity.site": lambda place: ActivityFactory(site=place),
    "activities.CalendarProposal.site": lambda place: CalendarProposalFactory(site=place),
    "daybook.PresetChoice.site": preset_at,
    "intake.Layout.site": lambda place: LayoutFactory(site=place),
    "intake.Word.site": lambda place: WordFactory(site=place, field="where"),
    "intake.Word.agency": lambda place: WordFactory(agency=place, field="agency"),
}


def fields_that_name(place):
    """{label: field} of every relation of the house, found from its other end."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models()
        if not issubclass(model, (HistoricalChanges, PlaceMerge))
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is place and field.name != "merged_into"
    }


FIELDS = fields_that_name(Agency) | fields_that_name(Site)


WITH_VERSION = [label for label in MADE if hasattr(FIELDS[label].model, "version")]
# What a case plans for is not in its history.
WITH_HISTORY = [
    label
    for label in MADE
    if hasattr(FIELDS[label].model, "history") and label != "cases.Case.agencies_in_plan"
]


def two_for(label):
    factory = AgencyFactory if FIELDS[label].related_model is Agency else SiteFactory
    return factory(name="Bells Ln"), factory(name="Bells Lane")


def named_by(record, label):
    """The places that the record names now, in the database."""
    field = FIELDS[label]
    record = type(record)._base_manager.get(pk=record.pk)
    value = getattr(record, field.name)
    return list(value.all()) if field.many_to_many else [value]


def stamp():
    return ChangeMark.objects.stamps(["2020-01"])["2020-01"]


@pytest.fixture
def boss(administrator):
    return administrator


def merge(boss, gone, into):
    return merge_places(by=boss, gone=gone, into=into, today=TODAY)


def undo(boss, merged, today=TODAY):
    return undo_merge(PlaceMerge.objects.get(pk=merged.pk), by=boss, now=NOW, today=today)


def test_every_field_of_the_house_that_names_a_place_is_known():
    known = {link.label for model in (Agency, Site) for link in links_to(model)}

    assert known == set(FIELDS) == set(MADE)


@pytest.mark.parametrize("label", MADE)
class TestEveryRecord:
    def test_moves_and_moves_back(self, label, boss):
        gone, into = two_for(label)
        record, other = MADE[label](gone), None
        if "Identifier" not in label and "SchoolTerm" not in label and "Protocol" not in label:
            other = MADE[label](into)

        merged = merge(boss, gone, into)
        moved = named_by(record, label)
        left = undo(boss, merged)

        assert moved == [into]
        assert named_by(record, label) == [gone]
        assert left == 0
        assert other is None or named_by(other, label) == [into]

    def test_is_announced_before(self, label, boss):
        gone, into = two_for(label)
        MADE[label](gone)

        lines = {line.link.label: (line.moves, line.stays) for line in touched(gone, into)}

        assert lines == {label: (1, 0)}


@pytest.mark.parametrize("label", WITH_HISTORY)
class TestHistory:
    def test_of_a_record_that_moved_says_so_and_by_whom(self, label, boss):
        gone, into = two_for(label)
        record = MADE[label](gone)
        before = record.history.count()

        merge(boss, gone, into)

        newest = record.history.first()
        assert record.history.count() > before
        assert (newest.history_user, newest.history_change_reason) == (boss, "place_merged")
        if FIELDS[label].many_to_many:
            assert [one.agency for one in newest.agencies.all()] == [into]
        else:
            assert getattr(newest, FIELDS[label].attname) == into.pk


@pytest.mark.parametrize("label", WITH_VERSION)
class TestVersion:
    def test_of_a_record_that_moved_is_a_newer_one(self, label, boss):
        gone, into = two_for(label)
        record = MADE[label](gone)

        merge(boss, gone, into)

        assert type(record).objects.get(pk=record.pk).version == record.version + 1


class TestMerging:
    def test_archives_the_one_and_keeps_its_name_free(self, boss):
        gone, into = AgencyFactory(name="Bells Ln"), AgencyFactory(name="Bells Lane")

        merge(boss, gone, into)

        gone.refresh_from_db()
        assert (gone.merged_into, gone.archived_from_on) == (into, TODAY)
        assert not gone.is_in_use_on(datetime.date(2026, 1, 1))
        assert AgencyFactory(name="Bells Ln").pk != gone.pk

    def test_makes_every_stored_figure_stale_and_stands_in_the_trail(self, boss):
        gone, into = SiteFactory(), SiteFactory()
        stamps = [stamp()]

        merged = merge(boss, gone, into)
        stamps.append(stamp())
        undo(boss, merged)
        stamps.append(stamp())

        assert stamps[0] < stamps[1] < stamps[2]
        for place in (gone, into):
            actions = list(Entry.objects.about(place).values_list("action", "by"))
            assert actions == [("unmerged", boss.pk), ("merged", boss.pk)]

    def test_what_the_other_has_already_stays_where_it_is(self, boss):
        gone, into = AgencyFactory(), AgencyFactory()
        ours = ProtocolFactory(agency=gone, topic="roles")
        other = ProtocolFactory(agency=gone, topic="consent", district=ours.district)
        ProtocolFactory(agency=into, topic="roles", district=ours.district)
        hall = SiteFactory(agency=gone, name="Main hall")
        SiteFactory(agency=into, name="Main hall")

        lines = {line.link.label: (line.moves, line.stays) for line in touched(gone, into)}
        merge(boss, gone, into)

        assert lines == {"partnerships.Protocol.agency": (1, 1), "directory.Site.agency": (0, 1)}
        for record, agency in ((ours, gone), (other, into), (hall, gone)):
            record.refresh_from_db()
            assert record.agency == agency

    def test_terms_of_a_year_for_which_the_other_has_its_own_stay(self, boss):
        gone, into = AgencyFactory(), AgencyFactory()
        term = SchoolTermFactory(agency=gone, district=None, **AUTUMN)
        SchoolTermFactory(
            agency=into,
            district=None,
            from_on=datetime.date(2027, 1, 4),
            until_on=datetime.date(2027, 4, 2),
        )

        merge(boss, gone, into)

        term.refresh_from_db()
        assert term.agency == gone

    def test_a_record_that_names_both_names_one_and_both_again(self, boss):
        gone, into = AgencyFactory(), AgencyFactory()
        case = CaseFactory()
        case.agencies_in_plan.set([gone, into])

        merged = merge(boss, gone, into)
        named = list(case.agencies_in_plan.all())
        undo(boss, merged)

        assert named == [into]
        assert set(case.agencies_in_plan.all()) == {gone, into}

    def test_two_at_once_merge_once(self, boss):
        one, two = SiteFactory(), SiteFactory()
        merge(boss, one, two)

        with pytest.raises(NotNowError, match="was merged into"):
            merge(boss, two, one)

        assert PlaceMerge.objects.count() == 1

    @pytest.mark.parametrize("archived", [datetime.date(2026, 11, 23), datetime.date(2026, 1, 1)])
    def test_nothing_is_merged_into_what_is_archived(self, boss, archived):
        with pytest.raises(NotNowError, match="in use"):
            merge(boss, SiteFactory(), SiteFactory(archived_from_on=archived))

    def test_nothing_is_merged_into_itself(self, boss):
        site = SiteFactory()

        with pytest.raises(NotNowError, match="itself"):
            merge(boss, site, site)


class TestUndoing:
    def test_leaves_what_was_moved_elsewhere_or_came_since(self, boss):
        gone, into, third = SiteFactory(), SiteFactory(), SiteFactory()
        stays, moved = ActivityFactory(site=gone), ActivityFactory(site=gone)
        merged = merge(boss, gone, into)
        moved.refresh_from_db()
        moved.site = third
        moved.save()
        later = ActivityFactory(site=into)

        left = undo(boss, merged)

        assert left == 1
        for activity, site in ((stays, gone), (moved, third), (later, into)):
            activity.refresh_from_db()
            assert activity.site == site

    def test_gives_back_the_day_from_which_it_was_archived(self, boss):
        gone = SiteFactory(archived_from_on=datetime.date(2026, 7, 24))
        merged = merge(boss, gone, SiteFactory())

        undo(boss, merged)

        gone.refresh_from_db()
        assert (gone.merged_into, gone.archived_from_on) == (None, datetime.date(2026, 7, 24))

    def test_is_for_thirty_days(self, boss):
        merged = merge(boss, SiteFactory(), SiteFactory())
        PlaceMerge.objects.update(merged_at=NOW)

        with pytest.raises(NotNowError, match="until Wed 23 Dec 2026"):
            undo(boss, merged, datetime.date(2026, 12, 24))

        assert undo(boss, merged, datetime.date(2026, 12, 23)) == 0

    def test_is_done_once(self, boss):
        merged = merge(boss, SiteFactory(), SiteFactory())
        undo(boss, merged)

        with pytest.raises(NotNowError, match="already"):
            undo(boss, merged)

    def test_waits_until_the_one_that_stayed_stands_for_itself(self, boss):
        one, two, three = SiteFactory(), SiteFactory(name="Two"), SiteFactory()
        first = merge(boss, one, two)
        second = merge(boss, two, three)

        with pytest.raises(NotNowError, match="Undo that first"):
            undo(boss, first)

        undo(boss, second)
        assert undo(boss, first) == 0

    def test_needs_the_name_to_be_free(self, boss):
        gone = SiteFactory(name="The hall")
        merged = merge(boss, gone, SiteFactory())
        SiteFactory(name="The hall")

        with pytest.raises(NotNowError, match="another The hall"):
            undo(boss, merged)
