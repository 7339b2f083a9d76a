"""The log form: which fields it has, and the rules between them (SPEC.md part 4)."""

import datetime

import pytest
from django.http import QueryDict

from eitrack.activities.choices import Method, Status
from eitrack.activities.kinds import BY_CODE, KINDS
from eitrack.activities.record.form.activity import ActivityForm
from eitrack.activities.record.form.offers import offer_rest
from eitrack.directory.models import Site
from tests.factories.activities import ActivityFactory, ActivityTypeFactory, SeriesFactory
from tests.factories.cases import CaseFactory, LevelSpellFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
TODAY = datetime.date(2026, 11, 23)


def form_for(worker, kind="drop_in", **values):
    """The form of `kind` as sent: today, the base site, an hour, and what the test says."""
    data = QueryDict(mutable=True)
    filled_in = {
        "date": "2026-11-23",
        "site": worker.hat.base_site_id,
        "placement": worker.hat.pk,
        "contact_minutes": "60",
    }
    for name, value in (filled_in | values).items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    return ActivityForm(data, kind=BY_CODE[kind], user=worker, worker=worker, today=TODAY)


def derived(form):
    assert form.is_valid(), form.errors
    return form.instance


class TestFields:
    @pytest.mark.parametrize("kind", [kind.code.value for kind in KINDS])
    def test_no_kind_has_a_field_for_a_name(self, worker, kind):
        form = ActivityForm(kind=BY_CODE[kind], user=worker, worker=worker, today=TODAY)

        forbidden = {"name", "initials", "birth", "address", "phone", "photo", "number"}
        assert not forbidden & set(form.fields)

    def test_only_fields_of_the_kind_exist(self, worker):
        overhead = form_for(worker, "overhead")

        assert "overhead_kind" in overhead.fields
        assert not {"attendance", "case", "agency", "purpose"} & set(overhead.fields)

    @pytest.mark.parametrize(
        "kind", ["drop_in", "playground", "group_session", "open_evening", "outreach"]
    )
    def test_kinds_that_stay_unregistered_take_no_case(self, worker, kind):
        assert "case" not in form_for(worker, kind).fields

    @pytest.mark.parametrize(
        ("kind", "required"),
        [
            ("case_contact", "case"),
            ("consultation_professional", "agency"),
            ("joint_visit", "agency"),
            ("partner_liaison", "agency"),
            ("protocol_work", "agency"),
            ("protocol_work", "topic"),
        ],
    )
    def test_what_a_kind_requires_is_asked_for(self, worker, kind, required):
        form = form_for(worker, kind, attendance=1)

        assert not form.is_valid()
        assert required in form.errors

    def test_the_type_is_asked_only_where_the_kind_has_several(self, worker):
        ActivityTypeFactory(kind="drop_in", name="Drop-in")
        assert "activity_type" not in form_for(worker).fields

        ActivityTypeFactory(kind="drop_in", name="Coffee morning")
        assert "activity_type" in form_for(worker).fields

    def test_the_only_hat_is_not_asked_for(self, worker):
        assert form_for(worker).fields["placement"].widget.is_hidden

    def test_a_second_hat_is_a_choice(self, worker):
        PlacementFactory(worker=worker, team=worker.hat.team)

        assert not form_for(worker).fields["placement"].widget.is_hidden

    def test_series_of_other_kinds_are_not_offered(self, worker):
        group = ActivityTypeFactory(kind="group_session", name="Group")
        drop_in = ActivityTypeFactory(kind="drop_in", name="Drop-in")
        SeriesFactory(activity_type=group, team=worker.hat.team)
        own = SeriesFactory(activity_type=drop_in, team=worker.hat.team)

        form = form_for(worker)
        offer_rest(form)

        assert list(form.fields["series"].queryset) == [own]

    def test_a_series_that_ended_is_left_out_of_what_was_sent(self, worker):
        ended = SeriesFactory(
            activity_type=ActivityTypeFactory(kind="drop_in"),
            team=worker.hat.team,
            until_on=datetime.date(2026, 11, 1),
        )

        assert derived(form_for(worker, series=ended.pk, attendance="3")).series is None

    def test_what_was_sent_reads_only_lists_it_chose_from(
        self, worker, django_assert_max_num_queries
    ):
        SeriesFactory(activity_type=ActivityTypeFactory(kind="drop_in"), team=worker.hat.team)

        with django_assert_max_num_queries(7):
            assert form_for(worker, attendance="3").is_valid()


class TestHeadcount:
    def test_is_required(self, worker):
        assert form_for(worker).has_error("attendance")

    def test_nobody_came_is_a_number(self, worker):
        assert derived(form_for(worker, attendance=0)).attendance == 0

    @pytest.mark.parametrize("typed", ["1000", "-1", "2.5", "many"])
    def test_is_a_whole_number_up_to_999(self, worker, typed):
        form = form_for(worker, attendance=typed)

        assert form.has_error("attendance")
        assert form["attendance"].value() == typed

    def test_adults_follow_from_children(self, worker):
        activity = derived(form_for(worker, attendance=14, children=5))

        assert (activity.adults, activity.children) == (9, 5)

    def test_without_children_it_is_not_split(self, worker):
        activity = derived(form_for(worker, attendance=14))

        assert (activity.adults, activity.children) == (None, None)

    def test_children_cannot_be_more_than_all(self, worker):
        assert form_for(worker, attendance=4, children=5).has_error("children")

    def test_adults_and_children_add_up(self, worker):
        assert form_for(worker, attendance=14, adults=3, children=5).has_error("adults")

    def test_the_remainder_of_new_and_returning_is_not_known(self, worker):
        activity = derived(form_for(worker, attendance=14, first_time=3, returning=6))

        assert activity.first_time_not_known == 5

    def test_new_and_returning_above_the_total_is_an_error_beside_both(self, worker):
        form = form_for(worker, attendance=14, first_time=10, returning=6)

        assert form.has_error("first_time")
        assert form.has_error("returning")

    def test_without_new_and_returning_the_three_are_blank(self, worker):
        activity = derived(form_for(worker, attendance=14))

        assert activity.first_time_not_known is None

    def test_a_band_alone_stands_for_its_point(self, worker):
        activity = derived(form_for(worker, band="11-20"))

        assert (activity.attendance, activity.method) == (15, Method.ESTIMATE)

    def test_a_number_beside_a_band_is_kept_when_it_lies_in_it(self, worker):
        assert derived(form_for(worker, attendance=18, band="11-20")).attendance == 18
        assert form_for(worker, attendance=30, band="11-20").has_error("band")

    def test_did_not_run_has_a_reason_and_no_number(self, worker):
        activity = derived(form_for(worker, not_run_reason="no_room"))

        assert (activity.status, activity.attendance) == (Status.DID_NOT_RUN, None)
        assert form_for(worker, not_run_reason="no_room", attendance=0).has_error("attendance")


class TestConversations:
    def test_default_to_those_begun_by_family_and_worker(self, worker):
        form = form_for(worker, "playground", begun_by_family=5, begun_by_worker=4)

        assert derived(form).conversations == 9

    def test_may_be_more_than_those_of_which_the_beginning_is_known(self, worker):
        form = form_for(worker, "playground", conversations=12, begun_by_family=5)

        activity = derived(form)
        assert (activity.conversations, activity.begun_by_worker) == (12, 0)

    def test_cannot_be_fewer(self, worker):
        form = form_for(worker, "playground", conversations=3, begun_by_family=5, begun_by_worker=4)

        assert form.has_error("conversations")

    def test_playground_has_no_attendance(self, worker):
        assert derived(form_for(worker, "playground", conversations=3)).attendance is None

    def test_an_open_evening_counts_ours_and_may_know_the_hosts_number(self, worker):
        activity = derived(form_for(worker, "open_evening", conversations=9))

        assert (activity.conversations, activity.attendance) == (9, None)


class TestPlace:
    def test_somewhere_else_becomes_a_provisional_site(self, worker):
        agency = AgencyFactory()
        values = {"elsewhere_kind": "community", "elsewhere_agency": agency.pk}
        form = form_for(worker, attendance=3, site="elsewhere", **values)

        assert form.is_valid(), form.errors
        assert (form.instance.site.kind, form.instance.site.agency) == ("community", agency)
        assert Site.objects.filter(is_provisional=True).count() == 0

    def test_somewhere_else_asks_what_kind_of_place(self, worker):
        assert form_for(worker, attendance=3, site="elsewhere").has_error("elsewhere_kind")

    def test_archived_and_provisional_sites_are_not_offered(self, worker):
        SiteFactory(name="Gone", archived=True)
        SiteFactory(name="In a hurry", is_provisional=True)

        html = str(form_for(worker)["site"])
        assert "Gone" not in html
        assert "In a hurry" not in html

    def test_an_archived_site_is_offered_for_the_days_before(self, worker):
        gone = SiteFactory(archived_from_on=datetime.date(2026, 11, 20))

        form = form_for(worker, attendance=3, site=gone.pk, date="2026-11-19")
        late = form_for(worker, attendance=3, site=gone.pk, date="2026-11-20")

        assert derived(form).site == gone
        assert late.errors["site"] == ["Choose a site from the list."]

    def test_places_merged_since_the_form_was_opened_are_those_that_stay(self, worker):
        site, agency, helper = SiteFactory(), AgencyFactory(), AgencyFactory()
        merged = {"archived_from_on": TODAY}
        old_site = SiteFactory(merged_into=SiteFactory(merged_into=site, **merged), **merged)
        old_agency = AgencyFactory(merged_into=agency, **merged)
        old_helper = AgencyFactory(merged_into=helper, **merged)

        form = form_for(
            worker, "training_given", attendance=3, site=old_site.pk, agency=old_agency.pk
        )
        joint = form_for(worker, attendance=3, co_agencies=[str(old_helper.pk)])

        assert (derived(form).site, form.instance.agency) == (site, agency)
        assert (form["site"].value(), form["agency"].value()) == (site.pk, agency.pk)
        assert joint.is_valid()
        assert list(joint.cleaned_data["co_agencies"]) == [helper]
        assert list(joint["co_agencies"].value()) == [helper.pk]

    def test_usual_sites_come_first(self, worker):
        usual = SiteFactory(name="Zebra hall")
        SiteFactory(name="Aardvark school")
        form = form_for(worker)

        form.offer_usual([usual.pk], [])

        html = str(form["site"])
        assert html.index("Zebra hall") < html.index("Aardvark school")


class TestDay:
    def test_cannot_lie_in_the_future(self, worker):
        assert form_for(worker, attendance=3, date="2026-11-24").has_error("date")

    def test_late_entries_are_welcome(self, worker):
        assert form_for(worker, attendance=3, date="2026-03-02").is_valid()

    def test_a_day_without_a_hat_is_refused(self, worker):
        assert form_for(worker, attendance=3, date="2024-03-01").has_error("date")

    @pytest.mark.parametrize("part", ["contact_minutes", "preparation_minutes", "travel_minutes"])
    def test_each_part_has_at_most_16_hours(self, worker, part):
        assert form_for(worker, attendance=3, **{part: 1020}).has_error(part)

    @pytest.mark.parametrize("typed", ["90", "1:30", "1h30", "1 h 30", "1.5 h"])
    def test_a_length_is_typed_as_people_write_it(self, worker, typed):
        form = form_for(worker, attendance=3, contact_minutes=typed, travel_minutes=typed)

        assert form.is_valid(), form.errors
        assert form.cleaned_data["contact_minutes"] == 90
        assert form.cleaned_data["travel_minutes"] == 90

    def test_a_bare_decimal_is_asked_about(self, worker):
        form = form_for(worker, attendance=3, contact_minutes="1.5")

        assert form.errors["contact_minutes"] == [
            "Is 1.5 hours? Then type 1.5 h, else the minutes."
        ]

    def test_over_12_hours_asks_for_confirmation(self, worker):
        ActivityFactory(by=worker.hat, date=TODAY, minutes=700)
        form = form_for(worker, attendance=3)

        assert form.has_error("has_confirmed_long_day")
        assert 'name="has_confirmed_long_day"' in str(form["has_confirmed_long_day"])
        assert form_for(worker, attendance=3, has_confirmed_long_day="on").is_valid()

    def test_exactly_12_hours_does_not_ask(self, worker):
        ActivityFactory(by=worker.hat, date=TODAY, minutes=660)

        assert form_for(worker, attendance=3).is_valid()

    def test_over_24_hours_is_refused(self, worker):
        ActivityFactory(by=worker.hat, date=TODAY, minutes=900)
        ActivityFactory(by=worker.hat, date=TODAY, minutes=500)

        form = form_for(worker, attendance=3, has_confirmed_long_day="on")

        assert form.has_error("contact_minutes")

    def test_void_time_does_not_fill_the_day(self, worker):
        ActivityFactory(by=worker.hat, date=TODAY, minutes=900, void=True)

        assert form_for(worker, attendance=3).is_valid()


class TestCase:
    def test_cases_are_shown_by_their_number(self, worker):
        case = CaseFactory(reference="MARKER-77", allocated_to=worker.hat)

        html = str(form_for(worker, "case_contact")["case"])

        assert f"Case {case.pk}" in html
        assert "MARKER-77" not in html

    def test_cases_of_others_cannot_be_chosen(self, worker):
        case = CaseFactory()

        assert form_for(worker, "case_contact", attendance=1, case=case.pk).has_error("case")

    def test_the_case_is_open_on_the_day(self, worker):
        case = CaseFactory(
            allocated_to=worker.hat, closed_on=datetime.date(2026, 11, 20), end_reason="moved"
        )

        values = {"attendance": 1, "case": case.pk}
        assert form_for(worker, "case_contact", **values).has_error("case")
        assert form_for(worker, "case_contact", date="2026-11-20", **values).is_valid()

    def test_without_a_level_of_its_own_the_activity_has_the_cases(self, worker):
        case = CaseFactory(allocated_to=worker.hat)
        LevelSpellFactory(case=case, level=3)

        values = {"attendance": 1, "case": case.pk}
        assert derived(form_for(worker, "case_contact", **values)).need_level == 3
        own = form_for(worker, "consultation_family", need_level=2, **values)
        assert derived(own).need_level == 2
