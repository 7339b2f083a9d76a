"""The summary: one set of strings for the page, its files and the command."""

import csv
import datetime
import io
import json
from types import SimpleNamespace

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.terms.indicator import Change, Disclosure
from eitrack.returns.summary import views
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
SEPTEMBER = datetime.date(2026, 9, 15)


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def busy_quarter(team, worker):
    """North 14 and 30 attendances, South 41; one joint session of 16."""
    other = PlacementFactory(team=TeamFactory(name="South team", slug="south"))
    ActivityFactory(by=worker.hat, date=SEPTEMBER, attendance=14)
    ActivityFactory(by=worker.hat, date=SEPTEMBER, attendance=30)
    ActivityFactory(by=other, date=SEPTEMBER, attendance=41)
    joint = ActivityFactory(by=worker.hat, date=SEPTEMBER, attendance=16)
    TimeEntryFactory(activity=joint, placement=other)


def summary_url(**query):
    return reverse("returns:summary", query=query)


def lines_of(content):
    """The figures of a CSV file: the lines after the blank one, by (code, row)."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    head, *lines = rows[rows.index([]) + 1 :]
    return {(line[0], line[2]): dict(zip(head, line, strict=True)) for line in lines}


class TestSummaryPage:
    def test_a_drop_in_of_unnamed_people_counts(self, client, district, busy_quarter):
        """14 + 30 + 41 + 16 = 101 attendances print 100; North 60 -> 60, South 57 -> 55."""
        client.force_login(district)

        response = client.get(summary_url(period="2026-Q2", by="team"))

        shown = {each.indicator.code: each for each in response.context["summary"].shown}
        assert shown["RCH-01"].total.figure == "100"
        assert [(cell.label, cell.figure) for cell in shown["RCH-01"].rows] == [
            ("North team", "60"),
            ("South team", "55"),
        ]

    def test_the_old_measure_stands_beside_the_new(self, client, district, busy_quarter):
        client.force_login(district)

        headline = client.get(summary_url()).context["headline"]

        assert [shown.indicator.code for shown in headline] == ["LOD-05", "VIS-01", "VIS-03"]

    def test_teams_add_to_more_than_the_service_and_the_page_says_so(
        self, client, district, busy_quarter
    ):
        client.force_login(district)

        page = client.get(summary_url(period="2026-Q2", by="team")).content.decode()

        assert "Teams add to more than the service because joint sessions appear under each" in page

    def test_a_theme_that_is_not_broken_down_so_has_its_whole_alone(
        self, client, district, busy_quarter
    ):
        client.force_login(district)

        response = client.get(summary_url(period="2026-Q2", by="agency_kind"))

        rows = {group.theme: group.rows for group in response.context["groups"]}
        assert rows["Worker load and role spread"] == ()
        assert [label for label, _ in rows["Reach and engagement"]] == ["No agency"]

    def test_of_the_open_quarter_the_district_sees_no_people_and_no_activities(
        self, client, district, worker
    ):
        """D8: class R only, by team only, and the page says why."""
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 11, 2), attendance=40)
        client.force_login(district)

        response = client.get(summary_url(period="2026-Q3", by="site_kind"))

        page = response.content.decode()
        shown = [line.indicator for group in response.context["groups"] for line in group.lines]
        assert {indicator.disclosure for indicator in shown} == {Disclosure.RESOURCES}
        assert response.context["cases"] == ()
        assert "Not ended yet" in page
        assert "The period has not ended, so only figures of time" in page
        assert "shown by team only" in page
        assert response.context["by"] == "team"

    def test_a_manager_sees_own_team_exact_and_the_service_published(
        self, client, manager, busy_quarter
    ):
        client.force_login(manager)

        own = client.get(summary_url(period="2026-Q2", team="north"))
        service = client.get(summary_url(period="2026-Q2"))

        assert not own.context["summary"].is_published
        assert "Exact figures" in own.content.decode()
        assert "not for publication" in own.content.decode()
        assert service.context["summary"].is_published

    def test_another_team_is_not_found(self, client, manager, busy_quarter):
        client.force_login(manager)

        assert client.get(summary_url(team="south")).status_code == 404

    def test_exact_figures_are_not_a_file(self, client, manager, busy_quarter):
        client.force_login(manager)

        response = client.get(summary_url(period="2026-Q2", team="north", format="csv"))

        assert response["Content-Type"].startswith("text/html")

    @pytest.mark.parametrize("period", ["2026-Q5", "soon", "2030-Q1", "2026-07"])
    def test_a_wrong_period_is_explained(self, client, district, team, period):
        client.force_login(district)

        response = client.get(summary_url(period=period))

        assert response.status_code == 200
        assert "Showing Quarter 2 of 2026/27 instead." in response.content.decode()

    def test_an_officer_of_two_districts_chooses_in_the_address(self, client, district, team):
        DistrictFactory(name="Hillside", slug="hillside").officers.add(district)
        DistrictFactory(name="Elsewhere", slug="elsewhere")
        client.force_login(district)

        first = client.get(summary_url())
        second = client.get(summary_url(district="riverside", period="2026-Q2"))

        assert "Hillside: what the service did" in first.content.decode()
        assert "Riverside: what the service did" in second.content.decode()
        assert "?district=riverside&amp;period=2026-Q2&amp;by=team" in second.content.decode()
        assert client.get(summary_url(district="elsewhere")).status_code == 404

    def test_without_a_district_the_page_says_what_will_be_here(self, client, district):
        district.districts.clear()
        client.force_login(district)

        assert "No district yet" in client.get(summary_url()).content.decode()

    def test_queries_do_not_grow_with_activities(self, client, district, worker):
        """Three periods are read together; months that changed are worked out again once."""
        client.force_login(district)

        def queries_with(more):
            for _ in range(more):
                ActivityFactory(by=worker.hat, date=SEPTEMBER, attendance=3)
            # In a process of its own: a page only reads what was decided.
            call_command("check_amounts", "2026-Q2", "2026-Q1", "2025-Q2", stdout=io.StringIO())
            with CaptureQueriesContext(connection) as captured:
                client.get(summary_url(period="2026-Q2", by="team"))
            return len(captured)

        few, many = queries_with(3), queries_with(30)

        assert many <= few
        # Two of them read what was decided of amounts, and whether it is still good.
        assert many <= 63
        assert queries_with(0) <= 49


class TestBesideEachTotal:
    """The period before, and the same a year ago."""

    @pytest.fixture
    def three_periods(self, worker):
        """Attendances: 41 in July to September 2026, 30 in the spring, 22 a year ago."""
        for day, attendance in (
            (SEPTEMBER, 41),
            (datetime.date(2026, 5, 12), 30),
            (datetime.date(2025, 9, 16), 22),
        ):
            ActivityFactory(by=worker.hat, date=day, attendance=attendance)

    def line_of(self, response, code):
        lines = [line for group in response.context["groups"] for line in group.lines]
        return next(line for line in lines if line.indicator.code == code)

    def earlier(self, client, **query):
        response = client.get(summary_url(**query))
        return [(each.name, each.figure) for each in self.line_of(response, "RCH-01").earlier]

    def test_a_quarter(self, client, district, three_periods):
        client.force_login(district)

        assert self.earlier(client, period="2026-Q2") == [
            ("Quarter 1 of 2026/27", "30"),
            ("Quarter 2 of 2025/26", "20"),
        ]

    def test_of_a_year_both_are_the_year_before(self, client, district, three_periods):
        """22 in 2025/26; nobody recorded anything before, and missing is not zero."""
        client.force_login(district)

        assert self.earlier(client, period="2025") == [("Year 2024/25", "–")]

    def test_an_own_team_has_them_exact(self, client, manager, three_periods):
        client.force_login(manager)

        found = self.earlier(client, period="2026-Q2", team="north")

        assert found == [
            ("Quarter 1 of 2026/27", "at least 30"),
            ("Quarter 2 of 2025/26", "at least 22"),
        ]

    def test_a_changed_definition_is_not_to_be_compared(
        self, client, district, three_periods, monkeypatch
    ):
        change = Change(2, datetime.date(2026, 4, 1), "conversations, not heads")
        indicator = BY_CODE["RCH-01"]
        monkeypatch.setitem(indicator.__dict__, "changes", (change,))
        client.force_login(district)

        line = self.line_of(client.get(summary_url(period="2026-Q2")), "RCH-01")

        assert [each.note for each in line.earlier] == [
            "",
            "do not compare: definition version 2 from April 2026",
        ]

    def test_no_difference_is_dressed_up(self, client, district, three_periods):
        client.force_login(district)

        page = client.get(summary_url(period="2026-Q2")).content.decode()

        assert not set("▲▼↑↓⬆⬇") & set(page)

    def test_recording_that_differs_is_said(self, client, district, three_periods, worker):
        """One day in some sixty recorded against nearly all of them."""
        for number in range(1, 60):
            day = datetime.date(2026, 7, 1) + datetime.timedelta(days=number)
            if day.weekday() < 5:
                ActivityFactory(by=worker.hat, date=day, attendance=1)
        client.force_login(district)

        page = client.get(summary_url(period="2026-Q2")).content.decode()

        assert "Recording differs by more than 10 points" in page

    def test_a_running_quarter_is_not_set_against_whole_ones(self, client, manager, worker):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 11, 2), attendance=4)
        client.force_login(manager)

        line = self.line_of(client.get(summary_url(period="2026-Q3", team="north")), "RCH-01")

        assert {each.note for each in line.earlier} == {"a whole period; this one has not ended"}


class TestOwnTeam:
    """D14: exact for those with a duty to see it, and a look at what is printed of it."""

    def test_exact_with_its_rows(self, client, manager, busy_quarter):
        """North: 14, 30 and 16 attendances."""
        client.force_login(manager)

        response = client.get(summary_url(period="2026-Q2", team="north", by="site_kind"))

        shown = {each.indicator.code: each for each in response.context["summary"].shown}
        assert shown["RCH-01"].total.figure == "at least 60"
        assert [cell.figure for cell in shown["RCH-01"].rows] == ["at least 60"]
        assert "team" not in [each.code for each in response.context["breakdowns"]]

    def test_publish_view_is_its_row_of_the_service(self, client, manager, worker):
        """3 and 41: on its own South would print 40, but beside North it is hidden (D9)."""
        south = PlacementFactory(team=TeamFactory(name="South team", slug="south"))
        south.team.managers.add(manager)
        ActivityFactory(by=worker.hat, date=SEPTEMBER, attendance=3)
        ActivityFactory(by=south, date=SEPTEMBER, attendance=41)
        client.force_login(manager)

        response = client.get(summary_url(period="2026-Q2", team="south", view="publish"))

        lines = {
            line.indicator.code: line
            for group in response.context["groups"]
            for line in group.lines
        }
        assert lines["RCH-01"].total.figure == "c"
        assert response.context["summary"].is_published
        assert "Publish view of South team" in response.content.decode()
        assert all(not group.rows for group in response.context["groups"])

    def test_a_breakdown_it_does_not_have_is_explained(self, client, manager, busy_quarter):
        client.force_login(manager)

        page = client.get(summary_url(period="2026-Q2", team="north", by="team"))

        assert "A team has no breakdown by “team”" in page.content.decode()

    def test_publish_view_of_another_team_is_not_found(self, client, manager, busy_quarter):
        client.force_login(manager)

        assert client.get(summary_url(team="south", view="publish")).status_code == 404


class TestOldReturn:
    def test_stands_in_a_fold_with_its_rows(self, client, district, worker):
        """Nine open all along; eight of them closed on 1 September."""
        for number in range(9):
            closed_on = datetime.date(2026, 9, 1) if number < 8 else None
            CaseFactory(
                allocated_to=worker.hat,
                closed_on=closed_on,
                end_reason="needs_met" if closed_on else "",
            )
        client.force_login(district)

        response = client.get(summary_url(period="2026-Q2", by="team"))

        shown = {each.indicator.code: each for each in response.context["cases"]}
        assert [shown[f"CASES-0{number}"].total.figure for number in (1, 2, 3, 4)] == [
            "10",
            "0",
            "10",
            "c",
        ]
        assert [cell.label for cell in shown["CASES-01"].rows] == ["North team"]
        assert "The old case-count return" in response.content.decode()


class TestReleased:
    def test_the_page_says_so_and_leads_there(self, client, district, team, monkeypatch):
        released = SimpleNamespace(number=2, get_absolute_url=lambda: "/returns/7/")
        monkeypatch.setattr(views, "released_of", lambda district, period: released)
        client.force_login(district)

        page = client.get(summary_url(period="2026-Q2")).content.decode()

        assert "This period was released, release 2" in page
        assert 'href="/returns/7/"' in page

    def test_nothing_is_released_yet(self, client, district, team):
        client.force_login(district)

        page = client.get(summary_url(period="2026-Q2")).content.decode()

        assert "This period was released" not in page


class TestFiles:
    @pytest.mark.parametrize("file_format", ["csv", "json", "xlsx"])
    @pytest.mark.parametrize("by", ["team", "site_kind", "none"])
    def test_download_and_command_are_equal_byte_for_byte(
        self, client, district, busy_quarter, tmp_path, file_format, by
    ):
        client.force_login(district)
        query = {"period": "2026-Q2", "by": by, "format": file_format}
        path = tmp_path / "summary"

        downloaded = client.get(summary_url(**query)).content
        call_command("summary", period="2026-Q2", by=by, format=file_format, output=path)

        assert downloaded == path.read_bytes()

    def test_the_page_shows_the_strings_of_the_file(self, client, district, busy_quarter):
        client.force_login(district)

        page = client.get(summary_url(period="2026-Q2", by="team"))
        content = client.get(summary_url(period="2026-Q2", by="team", format="csv")).content

        in_file = lines_of(content)
        cases = page.context["cases"]
        assert [shown.indicator.code for shown in cases] == [each.code for each in CASE_COUNT]
        head = content.decode().split("\r\n\r\n")[0]
        for shown in (*page.context["summary"].shown, *cases):
            # What is hidden row by row is said once, in the head.
            is_hidden = {cell.figure for cell in shown.rows} == {"c"}
            assert is_hidden == (shown.indicator.name in head)
            for cell in (shown.total, *(() if is_hidden else shown.rows)):
                assert in_file[shown.indicator.code, cell.label]["figure"] == cell.figure

    def test_the_head_says_what_the_figures_are(self, client, district, busy_quarter):
        client.force_login(district)

        text = client.get(summary_url(period="2026-Q2", by="team", format="csv")).content.decode()

        head = text.split("\r\n\r\n")[0]
        for part in (
            "Indicator summary, Riverside",
            "1 July 2026 to 30 September 2026",
            "Broken down by,Team",
            "Publish view",
            "Extracted at,2026-11-23 12:00",
            "Recording coverage",
            "Symbol c,",
        ):
            assert part in head
        assert "definition version" in text

    def test_no_published_count_lies_between_1_and_9(self, client, district, worker):
        ActivityFactory(by=worker.hat, date=SEPTEMBER, attendance=4)
        client.force_login(district)

        content = client.get(summary_url(period="2026-Q2", by="team", format="csv")).content

        figures = [
            line["figure"]
            for (code, _), line in lines_of(content).items()
            if code in ("RCH-01", "VIS-02", "VIS-04")
        ]
        assert "c" in figures
        assert not {str(n) for n in range(1, 10)} & set(figures)

    def test_cells_that_look_like_formulas_are_text(self, client, district):
        TeamFactory(name="=HYPERLINK(evil)", slug="evil")
        client.force_login(district)

        csv_file = client.get(summary_url(by="team", format="csv")).content.decode()
        xlsx_file = client.get(summary_url(by="team", format="xlsx")).content

        assert "'=HYPERLINK(evil)" in csv_file
        book = openpyxl.load_workbook(io.BytesIO(xlsx_file))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert "=HYPERLINK(evil)" in {cell.value for cell in cells if cell.data_type == "s"}
        assert not [cell for cell in cells if cell.data_type == "f"]

    def test_a_download_is_in_the_trail(self, client, district, busy_quarter):
        client.force_login(district)

        client.get(summary_url(period="2026-Q2", by="team", format="csv"))

        entry = Entry.objects.get(action="exported")
        assert (entry.by, entry.record_kind) == (
            district,
            "summary-riverside-2026-Q2-by-team.csv",
        )


class TestSummaryCommand:
    def test_prints_csv_without_a_file(self, busy_quarter, capsys):
        call_command("summary", period="2026-Q2", by="team")

        assert "RCH-01,Attendances,All,100" in capsys.readouterr().out

    def test_exact_says_that_it_is_exact(self, busy_quarter, capsys):
        call_command("summary", period="2026-Q2", exact=True)

        out = capsys.readouterr().out
        assert "Exact figures, not for publication" in out
        assert "RCH-01,Attendances,All,at least 101" in out

    def test_json_can_be_read_back(self, busy_quarter, capsys):
        call_command("summary", period="2026-Q2", by="team", format="json")

        content = json.loads(capsys.readouterr().out)
        assert content["parameters"]["Period"].startswith("Quarter 2 of 2026/27")
        by_team = [each.code for each in INDICATORS if "team" in each.breakdowns]
        whole, teams, cases = content["tables"]
        every = [each.code for each in (*INDICATORS, *CASE_COUNT)]
        assert [each["code"] for each in whole["indicators"]] == every
        assert [each["code"] for each in cases["indicators"]] == every[len(INDICATORS) :]
        assert [each["code"] for each in teams["indicators"]] == by_team
        assert all(len(each["rows"]) == 2 for each in teams["indicators"])

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"period": "2026-Q7"}, "is no period"),
            ({"period": "2031"}, "has not begun"),
            ({"period": "2026-Q2", "by": "name"}, "no breakdown by"),
            ({"period": "2026-Q2", "district": "nowhere"}, "There are: riverside"),
            ({"period": "2026-Q2", "format": "xlsx"}, "add -o FILE"),
        ],
    )
    def test_bad_input_gets_a_clear_message(self, team, options, message):
        with pytest.raises(CommandError, match=message):
            call_command("summary", **options)

    def test_two_districts_ask_which(self, team):
        DistrictFactory(name="Hillside", slug="hillside")

        with pytest.raises(CommandError, match="Say which district"):
            call_command("summary", period="2026-Q2")

    def test_a_file_that_cannot_be_written_is_explained(self, team, tmp_path):
        with pytest.raises(CommandError, match="cannot be written"):
            call_command("summary", period="2026-Q2", output=tmp_path / "no" / "such")
