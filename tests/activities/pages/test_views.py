"""List, detail, edit, void and undo, through the client."""

import datetime
import io

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from eitrack.activities.models import Activity, TimeEntry
from eitrack.audit.models import Entry
from tests.factories.accounts import RoleTermFactory
from tests.factories.activities import ActivityFactory, ActivityTypeFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
LIST = "/activities/"
MARKER = "MARKER-REF-77"


def rows(response):
    return list(response.context["table"].data)


def text(response):
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def sheet(response):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [list(row) for row in book.active.iter_rows()]


def sensitive(by, **fields):
    """One family's sensitive matter, at a site that says where."""
    fields.setdefault("site", SiteFactory(name="Secret house"))
    return ActivityFactory(
        by=by, kind="consultation_family", attendance=1, purpose="domestic_abuse", **fields
    )


class TestActivityList:
    def test_shows_only_activities_with_own_time(self, signed_in, worker):
        own = ActivityFactory(by=worker.hat)
        ActivityFactory()

        assert rows(signed_in.get(LIST)) == [own]

    def test_a_manager_sees_the_teams_rows_with_names(self, client, worker, manager, outsider):
        joint = ActivityFactory(by=worker.hat, minutes=60)
        TimeEntryFactory(activity=joint, placement=outsider.hat, contact_minutes=500)
        client.force_login(manager)

        page = client.get(LIST)

        assert rows(page) == [joint]
        assert "Wendy Worker" in text(page)
        assert "Oscar Outsider" not in text(page)
        assert rows(page)[0].shown_minutes == 60

    def test_a_worker_sees_own_minutes_only(self, signed_in, worker, team):
        joint = ActivityFactory(by=worker.hat, minutes=60)
        colleague = PlacementFactory(team=team)
        TimeEntryFactory(activity=joint, placement=colleague, contact_minutes=500)

        assert rows(signed_in.get(LIST))[0].shown_minutes == 60

    def test_void_rows_are_shown_only_when_asked_for(self, signed_in, worker):
        void = ActivityFactory(by=worker.hat, void=True)

        assert rows(signed_in.get(LIST)) == []
        assert rows(signed_in.get(LIST, {"status": "void"})) == [void]

    def test_offers_an_archived_site_while_it_has_records(self, signed_in, worker):
        old, unused = SiteFactory(name="Old hall", archived=True), SiteFactory(archived=True)
        here = ActivityFactory(by=worker.hat, site=old)
        ActivityFactory(by=worker.hat)

        response = signed_in.get(f"/activities/?site={old.pk}")

        offered = dict(response.context["filter"].form.fields["site"].widget.choices)
        assert offered[old.pk] == "Old hall (archived)"
        assert unused.pk not in offered
        assert rows(response) == [here]

    def test_filters_live_in_the_address(self, signed_in, worker):
        site, agency = SiteFactory(agency=AgencyFactory()), AgencyFactory()
        case = CaseFactory(allocated_to=worker.hat)
        early = ActivityFactory(by=worker.hat, date=datetime.date(2026, 11, 2), site=site)
        late = ActivityFactory(by=worker.hat, kind="partner_liaison", agency=agency)
        on_case = ActivityFactory(by=worker.hat, kind="case_contact", case=case)

        def found(**query):
            return {row.pk for row in rows(signed_in.get(LIST, query))}

        assert found(date_until="2026-11-10") == {early.pk}
        assert found(date_from="2026-11-10") == {late.pk, on_case.pk}
        assert found(kind="partner_liaison") == {late.pk}
        assert found(activity_type=early.activity_type_id) == {early.pk}
        assert found(site=site.pk) == {early.pk}
        assert found(agency=site.agency_id) == {early.pk}
        assert found(agency=agency.pk) == {late.pk}
        assert found(registered="yes") == {on_case.pk}
        assert found(registered="no") == {early.pk, late.pk}

    @pytest.mark.parametrize("query", ["date_from=soon", "site=999999", "status=lost", "kind=x"])
    def test_an_invalid_filter_shows_its_error_and_no_rows(self, signed_in, worker, query):
        ActivityFactory(by=worker.hat)

        page = signed_in.get(f"{LIST}?{query}")
        assert rows(page) == []
        assert "There is a problem" in text(page)
        assert not signed_in.get(f"{LIST}?{query}&_export=csv").streaming

    @pytest.mark.parametrize("who", ["worker", "manager"])
    def test_queries_do_not_grow_with_rows(
        self, client, request, worker, django_assert_max_num_queries, who
    ):
        client.force_login(request.getfixturevalue(who))
        type_ = ActivityTypeFactory(kind="drop_in")
        ActivityFactory.create_batch(40, by=worker.hat, activity_type=type_, attendance=3)

        with django_assert_max_num_queries(10):
            client.get(LIST)
        with django_assert_max_num_queries(8):
            text(client.get(LIST, {"_export": "csv"}))

    def test_never_counts_the_rows(self, signed_in, worker, django_assert_max_num_queries):
        ActivityFactory.create_batch(30, by=worker.hat)

        with django_assert_max_num_queries(10) as queries:
            page = signed_in.get(LIST, {"page": 2})

        assert len(rows(page)) == 30
        assert not any("COUNT(" in query["sql"].upper() for query in queries)


class TestSensitiveSite:
    """Rule 11: the site of a sensitive one-family activity is for author and manager."""

    @pytest.fixture
    def colleague(self, team):
        hat = PlacementFactory(team=team)
        hat.worker.hat = hat
        return hat.worker

    def test_others_find_no_site_anywhere(self, client, worker, colleague):
        activity = sensitive(worker.hat, agency=AgencyFactory(name="Secret agency"))
        TimeEntryFactory(activity=activity, placement=colleague.hat)
        client.force_login(colleague)

        for address in (LIST, activity.get_absolute_url(), "/today/", f"{LIST}?_export=csv"):
            page = text(client.get(address))
            if "csv" not in address and address == LIST:
                page = page.replace('">Secret house</option>', "").replace(
                    '">Secret agency</option>', ""
                )
            assert "Secret" not in page, address

    def test_others_match_no_site_or_agency_filter(self, client, worker, colleague):
        agency = AgencyFactory()
        activity = sensitive(worker.hat, agency=agency)
        TimeEntryFactory(activity=activity, placement=colleague.hat)
        client.force_login(colleague)

        assert rows(client.get(LIST)) == [activity]
        assert rows(client.get(LIST, {"site": activity.site_id})) == []
        assert rows(client.get(LIST, {"agency": agency.pk})) == []

    @pytest.mark.parametrize("who", ["worker", "manager"])
    def test_author_and_manager_see_it(self, client, request, worker, who):
        activity = sensitive(worker.hat)
        client.force_login(request.getfixturevalue(who))

        assert rows(client.get(LIST, {"site": activity.site_id})) == [activity]
        assert "Secret house" in text(client.get(activity.get_absolute_url()))
        assert "Secret house" in text(client.get(LIST, {"_export": "csv"}))

    def test_sorting_by_site_does_not_place_it(self, client, worker, colleague):
        open_one = ActivityFactory(by=colleague.hat, site=SiteFactory(name="Aardvark school"))
        hidden = sensitive(worker.hat, site=SiteFactory(name="Zebra house"))
        TimeEntryFactory(activity=hidden, placement=colleague.hat)
        client.force_login(colleague)

        assert rows(client.get(LIST, {"sort": "open_site"})) == [hidden, open_one]

    def test_a_group_is_no_one_family_activity(self, client, worker, colleague):
        activity = ActivityFactory(
            by=worker.hat, kind="drop_in", purpose="mental_health", site=SiteFactory(name="Hall")
        )
        TimeEntryFactory(activity=activity, placement=colleague.hat)
        client.force_login(colleague)

        assert rows(client.get(LIST, {"site": activity.site_id})) == [activity]


class TestExport:
    def test_is_exactly_what_is_filtered_in_the_same_order(self, signed_in, worker):
        for day in (2, 3, 4):
            ActivityFactory(by=worker.hat, date=datetime.date(2026, 11, day), attendance=day)
        query = {"date_from": "2026-11-03", "sort": "date", "_export": "csv"}

        lines = text(signed_in.get(LIST, query)).splitlines()

        assert [line.split(",")[0] for line in lines[1:]] == ["2026-11-03", "2026-11-04"]

    def test_holds_all_pages(self, signed_in, worker):
        ActivityFactory.create_batch(30, by=worker.hat)

        assert len(text(signed_in.get(LIST, {"_export": "csv", "page": 2})).splitlines()) == 31

    def test_writes_the_trail(self, signed_in, worker):
        signed_in.get(LIST, {"_export": "xlsx"})

        entry = Entry.objects.get(action="exported")
        assert (entry.by, entry.record_kind) == (worker, "activities.xlsx")

    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_cells_that_look_like_formulas_are_text(self, signed_in, worker, start):
        name = f"{start}1+1"
        ActivityFactory(by=worker.hat, site=SiteFactory(name=name))

        csv = text(signed_in.get(LIST, {"_export": "csv"}))
        cells = sheet(signed_in.get(LIST, {"_export": "xlsx"}))[1]

        assert f"'{name}" in csv
        cell = next(cell for cell in cells if str(cell.value) == name)
        assert cell.data_type == "s"

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_holds_no_note_no_reference_and_no_strangers_name(
        self, signed_in, worker, outsider, kind
    ):
        case = CaseFactory(reference=MARKER, allocated_to=worker.hat)
        joint = ActivityFactory(
            by=worker.hat, kind="case_contact", case=case, note="A private remark"
        )
        TimeEntryFactory(activity=joint, placement=outsider.hat)

        response = signed_in.get(LIST, {"_export": kind})
        found = (
            text(response)
            if kind == "csv"
            else str([[cell.value for cell in row] for row in sheet(response)])
        )

        assert "Wendy Worker" in found
        for secret in (MARKER, "A private remark", "Oscar Outsider"):
            assert secret not in found


class TestActivityDetail:
    def test_out_of_reach_is_not_found(self, signed_in):
        assert signed_in.get(ActivityFactory().get_absolute_url()).status_code == 404

    def test_other_teams_entries_show_the_team_only(self, signed_in, worker, outsider):
        joint = ActivityFactory(by=worker.hat, minutes=60)
        TimeEntryFactory(activity=joint, placement=outsider.hat, contact_minutes=77)

        page = text(signed_in.get(joint.get_absolute_url()))

        assert "South team" in page
        assert "Oscar Outsider" not in page
        assert "1 h 17" not in page

    def test_a_recorder_of_another_team_is_not_named(self, signed_in, worker, outsider):
        joint = ActivityFactory(by=outsider.hat)
        TimeEntryFactory(activity=joint, placement=worker.hat)

        assert "Oscar Outsider" not in text(signed_in.get(joint.get_absolute_url()))

    def test_colleagues_are_named_without_their_minutes(self, signed_in, worker, team):
        joint = ActivityFactory(by=worker.hat)
        colleague = PlacementFactory(team=team, worker__name="Colin Colleague")
        TimeEntryFactory(activity=joint, placement=colleague, contact_minutes=77)

        page = text(signed_in.get(joint.get_absolute_url()))

        assert "Colin Colleague" in page
        assert "1 h 17" not in page

    def test_the_manager_sees_the_minutes_of_the_team(self, client, worker, manager):
        activity = ActivityFactory(by=worker.hat, minutes=77)
        client.force_login(manager)

        assert "1 h 17" in text(client.get(activity.get_absolute_url()))

    def test_history_says_who_when_and_what_changed_but_no_note(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, attendance=14, note="A private remark")
        activity.attendance = 15
        activity.note = "Another remark"
        activity.save()

        page = text(signed_in.get(activity.get_absolute_url()))

        history = page.split("How many: 14, now 15")
        assert len(history) == 2
        assert "remark" not in history[1]
        assert "A private remark" not in page

    def test_no_case_reference_is_shown(self, signed_in, worker):
        case = CaseFactory(reference=MARKER, allocated_to=worker.hat)
        activity = ActivityFactory(by=worker.hat, kind="case_contact", case=case)

        for address in (LIST, activity.get_absolute_url(), f"/activities/{activity.pk}/edit/"):
            page = text(signed_in.get(address))
            assert f"Case {case.pk}" in page
            assert MARKER not in page


class TestActivityEdit:
    def test_changes_what_was_typed_and_nothing_else(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, attendance=14, adults=9, children=5, minutes=90)
        url = reverse("activities:activity_edit", args=[activity.pk])

        values = form_values(signed_in.get(url))
        response = signed_in.post(url, values | {"attendance": "15", "adults": "10"})

        assert response.status_code == 302
        activity.refresh_from_db()
        assert (activity.attendance, activity.adults, activity.children) == (15, 10, 5)
        assert activity.time_entries.get().contact_minutes == 90

    def test_own_ones_for_28_days(self, signed_in, worker):
        recent = ActivityFactory(by=worker.hat, date=datetime.date(2026, 10, 26))
        old = ActivityFactory(by=worker.hat, date=datetime.date(2026, 10, 25))

        assert signed_in.get(f"/activities/{recent.pk}/edit/").status_code == 200
        assert signed_in.get(f"/activities/{old.pk}/edit/").status_code == 404

    def test_the_manager_changes_later_ones_with_a_reason(self, client, worker, manager):
        old = ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(manager)
        url = f"/activities/{old.pk}/edit/"
        values = form_values(client.get(url)) | {"attendance": "15"}

        assert client.post(url, values).context["form"].has_error("change_reason")
        assert client.post(url, values | {"change_reason": "wrong"}).status_code == 302

        old.refresh_from_db()
        assert old.attendance == 15
        assert old.time_entries.get().worker == worker
        assert Entry.objects.filter(action="changed", by=manager, reason="wrong").exists()

    @pytest.mark.parametrize("action", ["edit", "void", "join"])
    def test_a_session_that_the_own_team_only_joined_is_not_the_managers(
        self, client, worker, manager, outsider, action
    ):
        joint = ActivityFactory(by=outsider.hat, minutes=77)
        TimeEntryFactory(activity=joint, placement=worker.hat, contact_minutes=30)
        client.force_login(manager)

        assert client.get(f"/activities/{joint.pk}/{action}/").status_code == 404

    def test_a_manager_takes_the_own_teams_time_off_it_with_a_reason(
        self, client, worker, manager, outsider
    ):
        joint = ActivityFactory(by=outsider.hat, minutes=77)
        entry = TimeEntryFactory(activity=joint, placement=worker.hat, contact_minutes=30)
        client.force_login(manager)
        url = f"/time/{entry.pk}/take-off/"
        assert url in text(client.get(f"/activities/{joint.pk}/"))

        assert "Choose a reason." in text(client.post(url))
        client.post(url, {"reason": "wrong"})

        assert [left.worker for left in joint.time_entries.all()] == [outsider]
        assert TimeEntry.history.filter(id=entry.pk, history_type="-").exists()
        assert Entry.objects.about(joint).filter(by=manager, reason="wrong").exists()

    def test_the_leads_time_is_not_taken_off(self, client, worker, manager):
        entry = ActivityFactory(by=worker.hat).time_entries.get()
        client.force_login(manager)

        assert client.get(f"/time/{entry.pk}/take-off/").status_code == 404

    def test_a_manager_who_works_too_gives_a_reason_for_an_own_late_change(
        self, client, worker, team
    ):
        RoleTermFactory(user=worker, role="manager")
        team.managers.add(worker)
        late = ActivityFactory(by=worker.hat, date="2026-10-05", attendance=14)
        fresh = ActivityFactory(by=worker.hat, attendance=14)
        client.force_login(worker)

        asked = [
            "change_reason" in client.get(f"/activities/{one.pk}/edit/").context["form"].fields
            for one in (late, fresh)
        ]

        assert asked == [True, False]

    def test_another_date_must_fit_the_hat_of_a_colleague_who_is_not_named(
        self, signed_in, worker, outsider
    ):
        joint = ActivityFactory(by=worker.hat, attendance=14)
        TimeEntryFactory(activity=joint, placement=outsider.hat)
        outsider.hat.from_on = joint.date
        outsider.hat.save()
        url = f"/activities/{joint.pk}/edit/"
        values = form_values(signed_in.get(url))

        page = signed_in.post(url, values | {"date": "2026-11-19"})

        assert "A colleague of South team, whose time is on it too" in text(page)
        assert "Oscar" not in text(page)

    def test_another_date_must_fit_the_day_of_a_colleague(self, signed_in, worker, team):
        joint = ActivityFactory(by=worker.hat, attendance=14)
        hat = PlacementFactory(team=team, worker__name="Carol Colleague")
        TimeEntryFactory(activity=joint, placement=hat, contact_minutes=600)
        ActivityFactory(by=hat, date="2026-11-19", minutes=900)
        url = f"/activities/{joint.pk}/edit/"
        values = form_values(signed_in.get(url))

        page = signed_in.post(url, values | {"date": "2026-11-19"})

        assert "With this the day of Carol Colleague would be longer than 24 hours." in text(page)
        assert signed_in.post(url, values | {"date": "2026-11-18"}).status_code == 302

    def test_a_clash_keeps_every_value_and_can_be_saved_again(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, attendance=14)
        url = f"/activities/{activity.pk}/edit/"
        mine = form_values(signed_in.get(url)) | {"attendance": "15"}
        theirs = form_values(signed_in.get(url)) | {"attendance": "16"}
        signed_in.post(url, theirs)

        clash = signed_in.post(url, mine)

        assert "Somebody changed this" in text(clash)
        assert clash.context["form"]["attendance"].value() == "15"
        activity.refresh_from_db()
        assert activity.attendance == 16

        assert signed_in.post(url, form_values(clash)).status_code == 302
        activity.refresh_from_db()
        assert activity.attendance == 15


class TestVoidAndUndo:
    def test_void_asks_for_a_reason(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)
        url = f"/activities/{activity.pk}/void/"

        assert "There is a problem" in text(signed_in.post(url))
        assert signed_in.post(url, {"reason": "twice"}).status_code == 302

        activity.refresh_from_db()
        assert (activity.status, activity.void_reason) == ("void", "twice")
        assert signed_in.get(url).status_code == 404

    def test_undo_is_a_void_within_ten_minutes(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)

        signed_in.post(f"/activities/{activity.pk}/undo/")

        activity.refresh_from_db()
        assert (activity.status, activity.void_reason) == ("void", "undone")

    def test_undo_is_closed_after_ten_minutes(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)
        with time_machine.travel("2026-11-23T12:10:01Z", tick=False):
            response = signed_in.post(f"/activities/{activity.pk}/undo/")

        activity.refresh_from_db()
        assert activity.status == "held"
        assert response.url == activity.get_absolute_url()

    def test_undo_accepts_post_only(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)

        assert signed_in.get(f"/activities/{activity.pk}/undo/").status_code == 405

    def test_somebody_elses_is_not_found(self, signed_in, worker, outsider):
        joint = ActivityFactory(by=outsider.hat)
        TimeEntryFactory(activity=joint, placement=worker.hat)

        for page in ("edit", "void", "undo"):
            assert signed_in.post(f"/activities/{joint.pk}/{page}/").status_code == 404
        assert Activity.objects.get(pk=joint.pk).status == "held"
