"""The week: a grid of usual work, typed cell by cell and saved once."""

import datetime
import re

import pytest
from django.urls import reverse

from eitrack.activities.models import Activity, DayStatus, TimeEntry
from eitrack.daybook.catchup import IsoWeek
from eitrack.daybook.catchup_actions import set_leave
from eitrack.directory.models import Absence
from tests.factories.activities import (
    ActivityFactory,
    ActivityTypeFactory,
    SeriesFactory,
    TimeEntryFactory,
)
from tests.factories.cases import CaseFactory, LevelSpellFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 23)
TUESDAY = datetime.date(2026, 11, 17)
WEEK = "/week/2026-W47/"


@pytest.fixture(autouse=True)
def _monday_at_noon(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def grid(client, worker):
    """The worker's week of 16 November, as a browser would send it back."""
    client.force_login(worker)
    return Grid(client)


class Grid:
    def __init__(self, client, url=WEEK):
        self.client, self.url = client, url
        self.values = {}
        self.load()

    def load(self, query=""):
        self.read(self.client.get(self.url + query))

    def read(self, response):
        self.response = response
        if response.status_code == 302:
            return
        self.sheet = response.context["sheet"]
        self.values = {
            "page_token": str(response.context["page_token"]),
            "row": [row.key for row in self.sheet.rows],
        }
        for cell in self.sheet.cells:
            self.values[cell.minutes_name] = cell.minutes_text
            self.values[cell.count_name] = cell.count_text
        for day in self.sheet.days:
            self.values |= {f"mark-{day.id}": day.mark, f"leave-{day.id}": day.leave}

    def row(self, kind):
        return next(row for row in self.sheet.rows if row.kind.code == kind)

    def cell(self, kind, date=TUESDAY):
        return next(cell for cell in self.row(kind).cells if cell.date == date)

    def type(self, kind, minutes="", count="", date=TUESDAY):
        cell = self.cell(kind, date)
        self.values |= {cell.minutes_name: minutes, cell.count_name: count}

    def day(self, date=TUESDAY):
        return next(day for day in self.sheet.days if day.date == date)

    def send(self, do="save", **more):
        self.read(self.client.post(self.url, self.values | {"do": do} | more))
        return self

    @property
    def text(self):
        return re.sub(r"\s+", " ", self.response.content.decode())


def habit(worker, kind="drop_in", date=TODAY - datetime.timedelta(days=10), **fields):
    return ActivityFactory(by=worker.hat, kind=kind, date=date, **fields)


def weekly_series(worker):
    """Every Tuesday, in the worker's team."""
    return SeriesFactory(
        team=worker.hat.team, repeat="weekly", from_on=datetime.date(2026, 9, 1), site=SiteFactory()
    )


def on_tuesday():
    return Activity.objects.filter(date=TUESDAY)


class TestSaving:
    def test_a_missed_tuesday_is_five_cells_and_one_save(self, worker, grid):
        kinds = ("drop_in", "playground", "consultation_family", "partner_liaison", "overhead")
        agency = AgencyFactory()
        for kind in kinds:
            habit(worker, kind, agency=agency if kind == "partner_liaison" else None)
        grid.load()

        grid.type("drop_in", "120", "14")
        grid.type("playground", "30", "9")
        grid.type("consultation_family", "20", "1")
        grid.type("partner_liaison", "15")
        grid.type("overhead", "60")
        grid.send()

        assert grid.response.status_code == 302
        assert sorted(on_tuesday().values_list("kind", flat=True)) == sorted(kinds)
        assert TimeEntry.objects.filter(date=TUESDAY, worker=worker).minutes() == 245
        assert on_tuesday().get(kind="drop_in").attendance == 14
        assert on_tuesday().get(kind="playground").conversations == 9
        assert on_tuesday().get(kind="partner_liaison").agency == agency
        grid.load()
        assert "Saved 5 entries (4 h 05). 4 h 05 in this week." in grid.text
        assert grid.day().minutes == 245

    def test_a_page_sent_twice_saves_each_cell_once(self, worker, grid):
        habit(worker)
        grid.load()
        grid.type("drop_in", "500", "14")
        values = dict(grid.values)

        first = grid.client.post(WEEK, values)
        second = grid.client.post(WEEK, values)

        assert (first.status_code, second.status_code) == (302, 302)
        assert on_tuesday().count() == 1

    def test_a_page_sent_again_with_another_number_says_what_it_saved(self, worker, grid):
        habit(worker)
        grid.load()
        grid.type("drop_in", "60", "14")
        values, cell = dict(grid.values), grid.cell("drop_in")
        grid.client.post(WEEK, values)

        grid.read(grid.client.post(WEEK, values | {cell.minutes_name: "90"}))

        assert "This was saved before, with 1 h." in grid.text
        assert on_tuesday().count() == 1

    def test_one_wrong_cell_saves_nothing_and_loses_nothing(self, worker, grid):
        habit(worker)
        habit(worker, "overhead")
        grid.load()
        grid.type("drop_in", "120", "14")
        grid.type("overhead", "an hour")

        grid.send()

        assert not on_tuesday().exists()
        cell = grid.cell("overhead")
        assert cell.minutes_text == "an hour"
        assert cell.errors == {"minutes": "Type a whole number from 0 to 960."}
        assert grid.cell("drop_in").minutes_text == "120"
        assert grid.cell("drop_in").count_text == "14"
        assert f'href="#{cell.minutes_name}"' in grid.text
        assert f'id="{cell.minutes_name}"' in grid.text

    def test_what_is_mended_is_saved_under_the_same_token(self, worker, grid):
        habit(worker)
        grid.load()
        grid.type("drop_in", "120")
        token = grid.values["page_token"]
        grid.send()
        assert grid.values["page_token"] == token
        grid.type("drop_in", "120", "0")

        grid.send()

        assert on_tuesday().get().attendance == 0

    def test_an_entry_is_like_the_last_of_its_row(self, worker, grid):
        like = habit(worker, "partner_liaison", agency=AgencyFactory(), formality="formal")
        grid.load()
        grid.type("partner_liaison", "15")

        grid.send()

        saved = on_tuesday().get()
        assert (saved.site, saved.agency, saved.formality) == (like.site, like.agency, "formal")
        assert saved.activity_type == like.activity_type
        assert saved.recorded_by == worker
        entry = saved.time_entries.get()
        assert (entry.placement, entry.is_lead, entry.date) == (worker.hat, True, TUESDAY)

    def test_the_hat_is_the_one_of_the_day(self, worker, grid):
        habit(worker)
        worker.hat.until_on = TUESDAY - datetime.timedelta(days=1)
        worker.hat.save()
        new = PlacementFactory(worker=worker, from_on=TUESDAY)
        grid.load()
        grid.type("drop_in", "60", "5")
        grid.type("drop_in", "60", "5", date=TUESDAY - datetime.timedelta(days=1))

        grid.send()

        hats = dict(TimeEntry.objects.filter(date__gte="2026-11-16").values_list("date", "team"))
        assert hats[TUESDAY] == new.team_id
        assert hats[TUESDAY - datetime.timedelta(days=1)] == worker.hat.team_id

    def test_a_planned_session_is_recorded_as_such(self, worker, grid):
        series = weekly_series(worker)
        habit(worker, series=series)
        grid.load()
        grid.type("drop_in", "60", "5")

        grid.send()

        assert on_tuesday().get().planned_on == TUESDAY

    def test_a_colleagues_planned_session_is_joined(self, worker, outsider, grid):
        series = weekly_series(worker)
        habit(worker, series=series)
        theirs = ActivityFactory(
            by=outsider.hat, series=series, date=TUESDAY, planned_on=TUESDAY, attendance=14
        )
        grid.load()
        grid.type("drop_in", "60", "5")
        values = dict(grid.values)

        for _ in range(2):
            assert grid.client.post(WEEK, values).status_code == 302

        assert on_tuesday().get() == theirs
        assert theirs.time_entries.get(worker=worker).contact_minutes == 60
        theirs.refresh_from_db()
        assert theirs.attendance == 14

    def test_a_session_that_did_not_run_stops_the_save_with_its_reason(
        self, worker, outsider, grid
    ):
        series = weekly_series(worker)
        habit(worker, series=series)
        habit(worker, "overhead")
        ActivityFactory(
            by=outsider.hat, series=series, date=TUESDAY, planned_on=TUESDAY, did_not_run=True
        )
        grid.load()
        grid.type("drop_in", "60", "5")
        grid.type("overhead", "30")

        grid.send()

        assert "has recorded that it did not run" in grid.cell("drop_in").errors["minutes"]
        assert grid.cell("overhead").minutes_text == "30"
        assert not on_tuesday().filter(kind="overhead").exists()

    def test_what_looks_like_a_colleagues_record_is_saved_and_flagged(self, worker, outsider, grid):
        like = habit(worker)
        theirs = ActivityFactory(by=outsider.hat, site=like.site, date=TUESDAY)
        grid.load()
        grid.type("drop_in", "60", "5")

        grid.send()

        assert on_tuesday().get(recorded_by=worker).looks_like == theirs

    def test_rows_that_are_none_are_no_obstacle(self, worker, grid):
        grid.values["row"] = ["l999999", "n0-0", "nonsense"]

        assert grid.send().response.status_code == 302


class TestCells:
    @pytest.mark.parametrize(
        ("minutes", "count", "part", "message"),
        [
            ("961", "1", "minutes", "At most 960 minutes (16 hours) fit here."),
            ("-1", "1", "minutes", "Type a whole number from 0 to 960."),
            ("30", "1000", "count", "At most 999 in one entry fit here."),
            ("30", "", "count", "How many? If there were none, type 0."),
            ("", "3", "minutes", "Type the minutes as well"),
        ],
    )
    def test_say_plainly_what_to_do(self, worker, grid, minutes, count, part, message):
        habit(worker)
        grid.load()
        grid.type("drop_in", minutes, count)

        grid.send()

        assert message in grid.cell("drop_in").errors[part]
        assert message in grid.text
        assert not on_tuesday().exists()

    def test_kinds_without_a_headcount_ask_for_none(self, worker, grid):
        habit(worker, "overhead")
        grid.load()

        assert f'name="{grid.cell("overhead").count_name}"' not in grid.text

    def test_days_to_come_are_closed(self, client, worker):
        habit(worker)
        client.force_login(worker)
        grid = Grid(client, "/week/2026-W48/")
        tomorrow = TODAY + datetime.timedelta(days=1)
        assert f'name="{grid.cell("drop_in", tomorrow).minutes_name}"' not in grid.text
        grid.type("drop_in", "60", "4", date=tomorrow)

        grid.send()

        assert "This day is still to come." in grid.text
        assert not Activity.objects.filter(date=tomorrow).exists()

    def test_days_without_a_hat_are_closed(self, worker, grid):
        habit(worker)
        worker.hat.from_on = datetime.date(2026, 11, 18)
        worker.hat.save()
        grid.load()
        grid.type("drop_in", "60", "4")

        grid.send()

        assert "You had no hat on this day" in grid.text
        assert not on_tuesday().exists()

    def test_records_of_the_week_are_shown_and_linked_not_edited(self, worker, grid):
        record = habit(worker, date=TUESDAY, attendance=14, minutes=90)
        grid.load()

        assert [found.activity_id for found in grid.cell("drop_in").records] == [record.pk]
        assert f'href="{record.get_absolute_url()}"' in grid.text
        assert grid.cell("drop_in").minutes_text == ""
        assert grid.day().minutes == 90

    def test_proposed_time_is_shown_and_not_counted(self, worker, grid):
        theirs = ActivityFactory(date=TUESDAY)
        TimeEntryFactory(activity=theirs, placement=worker.hat, state="proposed")
        grid.load()

        assert "to confirm" in grid.text
        assert grid.day().minutes == 0

    def test_a_void_record_is_not_there(self, worker, grid):
        habit(worker, date=TUESDAY, void=True)
        grid.load()

        assert not grid.day().logged_minutes
        assert grid.day().is_gap


class TestDays:
    def test_over_12_hours_asks_and_over_24_is_refused(self, worker, grid):
        habit(worker, "overhead", date=TUESDAY, minutes=700)
        grid.load()
        grid.type("overhead", "30")
        grid.send()
        assert grid.day().errors == {"long": "With this the day is 12 h 10 long. Tick if it was."}
        long = {f"long-{grid.day().id}": "on"}

        grid.send(**long)

        assert TimeEntry.objects.filter(date=TUESDAY).minutes() == 730
        grid.load()
        grid.type("overhead", "800")
        grid.send(**long)
        assert "With this the day would be 25 h 30 long." in grid.text
        assert TimeEntry.objects.filter(date=TUESDAY).minutes() == 730

    @pytest.mark.parametrize("mark", ["complete", "not_worked", "nothing_to_log"])
    def test_a_mark_is_kept_and_taken_away(self, worker, grid, mark):
        name = f"mark-{grid.day().id}"

        grid.send(**{name: mark})

        assert DayStatus.objects.get().mark == mark
        grid.load()
        assert grid.day().mark == mark
        assert not grid.day().is_gap
        grid.send(**{name: ""})
        assert not DayStatus.objects.exists()

    def test_a_day_with_work_is_not_marked_as_one_without(self, worker, grid):
        habit(worker, date=TUESDAY)
        grid.load()

        grid.send(**{f"mark-{grid.day().id}": "nothing_to_log"})

        assert "There is work on this day" in grid.text
        assert not DayStatus.objects.exists()

    def test_a_day_to_come_takes_no_mark_but_leave(self, client, worker):
        client.force_login(worker)
        grid = Grid(client, "/week/2026-W49/")
        friday = datetime.date(2026, 12, 4)

        grid.send(**{f"mark-{grid.day(friday).id}": "complete", "leave-20261204": "whole"})

        assert not DayStatus.objects.exists()
        assert Absence.objects.get().from_on == friday

    @pytest.mark.parametrize(("length", "is_half"), [("whole", False), ("half", True)])
    def test_leave_is_added_and_taken_away(self, worker, grid, length, is_half):
        name = f"leave-{grid.day().id}"

        grid.send(**{name: length})

        absence = Absence.objects.get()
        assert (absence.worker, absence.from_on, absence.until_on) == (worker, TUESDAY, TUESDAY)
        assert absence.is_half_day == is_half
        grid.load()
        grid.send(**{name: ""})
        assert not Absence.objects.exists()
        assert Absence.history.count() == 2

    def test_a_day_taken_out_of_a_longer_leave_keeps_the_rest(self, worker):
        Absence.objects.create(
            worker=worker, from_on=datetime.date(2026, 11, 16), until_on=datetime.date(2026, 11, 20)
        )

        set_leave(worker=worker, date=TUESDAY, length="half")

        days = Absence.objects.order_by("from_on").values_list("from_on", "until_on", "is_half_day")
        assert [(a.day, b.day, half) for a, b, half in days] == [
            (16, 16, False),
            (17, 17, True),
            (18, 20, False),
        ]

    def test_leave_of_colleagues_is_not_touched(self, worker, outsider, grid):
        Absence.objects.create(worker=outsider, from_on=TUESDAY, until_on=TUESDAY)
        grid.load()

        assert grid.day().leave == ""

    def test_a_gap_is_a_past_working_day_with_nothing_said_of_it(self, worker, grid):
        Absence.objects.create(worker=worker, from_on=TUESDAY, until_on=TUESDAY)
        grid.load()

        gaps = [day.date.day for day in grid.sheet.days if day.is_gap]
        assert gaps == [16, 18, 19, 20]


class TestRows:
    def test_a_newcomer_starts_from_a_few_kinds_at_the_base_site(self, worker, grid):
        for kind in ("drop_in", "consultation_family", "overhead", "partner_liaison"):
            ActivityTypeFactory(kind=kind)
        grid.load()
        assert {row.kind.code.value for row in grid.sheet.rows} == {
            "drop_in",
            "consultation_family",
            "overhead",
        }
        grid.type("overhead", "45")

        grid.send()

        assert on_tuesday().get().site == worker.hat.base_site

    def test_each_open_case_is_a_row_of_its_own(self, worker, grid):
        case = CaseFactory(allocated_to=worker.hat)
        LevelSpellFactory(case=case, level=3)
        habit(worker, "case_contact", case=case)
        grid.load()
        grid.type("case_contact", "45", "3")

        grid.send()

        saved = on_tuesday().get()
        assert (saved.case, saved.need_level) == (case, 3)

    def test_a_closed_case_and_one_handed_over_have_no_row(self, worker, grid):
        closed = CaseFactory(allocated_to=worker.hat, closed_on=TUESDAY, end_reason="needs_met")
        handed_over = CaseFactory(allocated_to=worker.hat)
        handed_over.allocations.update(until_on=TUESDAY)
        for case in (closed, handed_over):
            habit(worker, "case_contact", case=case)
        grid.load()

        open_cells = [cell.date.day for cell in grid.row("case_contact").cells if cell.is_open]
        assert len([row for row in grid.sheet.rows if row.kind.code == "case_contact"]) == 1
        assert open_cells == [16, 17]

    def test_a_case_out_of_reach_that_was_logged_this_week_offers_the_form(self, worker, grid):
        case = CaseFactory()
        habit(worker, "case_contact", date=TUESDAY, case=case)
        grid.load()

        assert grid.row("case_contact").pattern is None
        assert "/log/case_contact/?date=2026-11-16" in grid.text

    def test_an_archived_agency_is_not_offered(self, worker, grid):
        habit(worker, "partner_liaison", agency=AgencyFactory(is_archived=True))
        grid.load()

        assert "partner_liaison" not in [row.kind.code.value for row in grid.sheet.rows]

    def test_a_row_is_added_with_all_that_was_typed_kept(self, worker, grid):
        habit(worker)
        type_, site = ActivityTypeFactory(kind="outreach"), SiteFactory()
        grid.load()
        grid.type("drop_in", "120", "14")

        grid.send("add", type=type_.pk, site=site.pk)

        assert not on_tuesday().exists()
        assert grid.cell("drop_in").minutes_text == "120"
        grid.type("outreach", "60", "5")
        grid.send()
        assert on_tuesday().get(kind="outreach").site == site
        assert on_tuesday().count() == 2

    def test_a_row_is_added_by_address(self, worker, grid):
        type_, site = ActivityTypeFactory(kind="outreach"), SiteFactory()

        grid.load(f"?add=n{type_.pk}-{site.pk}")

        assert grid.row("outreach").place == site.name

    def test_a_kind_that_asks_for_more_is_sent_to_its_form(self, worker, grid):
        type_, site = ActivityTypeFactory(kind="protocol_work"), SiteFactory()

        grid.load(f"?add=n{type_.pk}-{site.pk}")

        assert "protocol_work" not in [row.kind.code.value for row in grid.sheet.rows]
        assert "Protocol work asks for more than a place." in grid.text

    def test_a_colleagues_talk_on_a_sensitive_matter_shows_no_site(self, worker, grid):
        theirs = ActivityFactory(
            kind="consultation_family",
            date=TUESDAY,
            purpose="domestic_abuse",
            site=SiteFactory(name="Secret place"),
        )
        TimeEntryFactory(activity=theirs, placement=worker.hat)
        grid.load()

        assert theirs.get_absolute_url() in grid.text
        assert "Secret place" not in grid.text.split("<tfoot>")[0]

    def test_an_entry_of_somebody_else_makes_no_row(self, worker, outsider, grid):
        theirs = ActivityFactory(by=outsider.hat)

        grid.load(f"?add=l{theirs.pk}")

        assert f"l{theirs.pk}" not in grid.values["row"]


class TestLastWeek:
    def test_fills_empty_cells_with_minutes_only_and_saves_nothing(self, worker, grid):
        habit(worker, date=datetime.date(2026, 11, 10), minutes=120, attendance=14)
        grid.load()

        grid.send("copy")

        assert grid.cell("drop_in").minutes_text == "120"
        assert grid.cell("drop_in").count_text == ""
        assert "1 cell is filled with last week’s minutes." in grid.text
        assert not on_tuesday().exists()

    def test_leaves_alone_what_was_typed_logged_or_free(self, worker, grid):
        site = SiteFactory()
        for day in (9, 10, 11):
            habit(worker, date=datetime.date(2026, 11, day), minutes=120, site=site)
        habit(worker, date=datetime.date(2026, 11, 16), site=site)
        grid.load()
        grid.type("drop_in", "15", "2")

        grid.send("copy", **{"leave-20261118": "whole"})

        texts = [cell.minutes_text for cell in grid.row("drop_in").cells]
        assert texts == ["", "15", "", "", "", "", ""]
        assert "Last week has nothing to copy into the empty cells." in grid.text


class TestPage:
    def test_leads_to_the_weeks_beside_it(self, client, worker):
        client.force_login(worker)

        assert client.get(reverse("daybook:week_now")).url == "/week/2026-W48/"
        text = client.get("/week/2026-W53/").content.decode()
        assert "Mon 28 Dec to Sun 3 Jan 2027" in text
        assert 'href="/week/2026-W52/"' in text
        assert 'href="/week/2027-W01/"' in text

    @pytest.mark.parametrize("code", ["2026-W54", "2026-W00", "2026-47", "monday"])
    def test_no_week_is_not_found(self, client, worker, code):
        client.force_login(worker)

        assert client.get(f"/week/{code}/").status_code == 404

    def test_says_who_can_add_a_hat(self, client, worker, manager):
        worker.hat.delete()
        client.force_login(worker)

        text = client.get(WEEK).content.decode()

        assert "You had no hat in this week" in text

    def test_queries_are_constant(self, worker, grid, django_assert_max_num_queries):
        def queries():
            with django_assert_max_num_queries(30) as captured:
                grid.client.get(WEEK)
            return len(captured)

        for number in range(10):
            habit(worker, date=TUESDAY - datetime.timedelta(days=number))
        of_ten = queries()
        log_more(worker, 990)

        assert Activity.objects.count() == 1000
        assert queries() == of_ten


def log_more(worker, number):
    """That many more entries of the last weeks, at the sites used so far."""
    like = list(Activity.objects.all())
    activities = Activity.objects.bulk_create(
        Activity(
            activity_type_id=one.activity_type_id,
            kind=one.kind,
            site_id=one.site_id,
            recorded_by=worker,
            date=TODAY - datetime.timedelta(days=index % 80),
        )
        for index in range(number)
        for one in [like[index % len(like)]]
    )
    entries = [TimeEntry(activity=activity, worker=worker) for activity in activities]
    for entry in entries:
        entry.freeze_context(worker.hat)
    TimeEntry.objects.bulk_create(entries)


def test_a_week_reads_as_its_code():
    assert IsoWeek.of(datetime.date(2027, 1, 1)).code == "2026-W53"
    assert IsoWeek.parse("2026-W47").monday == datetime.date(2026, 11, 16)
