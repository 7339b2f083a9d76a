import gzip
import re
from datetime import date

import pytest
from django.urls import reverse

from tests.factories.activities import ActivityFactory, SeriesFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory, ContractFactory, PlacementFactory, TeamFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory

pytestmark = pytest.mark.django_db
LIST = reverse("workload:team_list")
NORTH = reverse("workload:team_detail", args=["north"])
# Three for who asks, one for the team with its notices, one for its stored sums; hats and cases;
# five for points; reviews, sessions and school terms for what is coming.
BUDGET = 15


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


def words_of(response):
    """The text of a page, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


class TestTeamDetail:
    def test_a_drop_in_that_was_logged_a_moment_ago_counts_at_once(self, signed_in, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 11, 23), minutes=60)
        signed_in.get(NORTH)
        ActivityFactory(by=worker.hat, date=date(2026, 11, 23), minutes=120)

        assert signed_in.get(NORTH).context["waterline"].below == "3 h"

    def test_agreements_to_review_are_counted_and_linked(self, signed_in, worker, team):
        agency = AgencyFactory(name="Acorn School")
        for topic, due_on in [
            ("consent", date(2027, 1, 22)),
            ("roles", date(2027, 1, 23)),
            ("records", date(2026, 11, 22)),
        ]:
            protocol = ProtocolFactory(district=team.district, agency=agency, topic=topic)
            ProtocolVersionFactory(protocol=protocol, number=1, agreed=True, review_due_on=due_on)

        response = signed_in.get(NORTH)

        page = words_of(response)
        assert "Agreements to review 1 overdue , 1 due within 60 days." in page
        assert "Client consent, Acorn School review due Fri 22 Jan 2027" in page
        assert f'href="{reverse("partnerships:protocol_list")}?status=overdue"' in (
            response.content.decode()
        )

    def test_the_waterline_sets_formal_cases_against_all_service_time(self, signed_in, worker):
        """30 minutes on a case of 150 minutes of service time: 20%; overhead is in neither."""
        ActivityFactory(by=worker.hat, kind="case_contact", case=CaseFactory(), minutes=30)
        ActivityFactory(by=worker.hat, minutes=120)
        ActivityFactory(by=worker.hat, kind="overhead", minutes=45)

        response = signed_in.get(NORTH)

        waterline = response.context["waterline"]
        assert (waterline.above, waterline.below) == ("30 min", "2 h")
        page = words_of(response)
        assert "2 h 30 of service time in all, of which a case count shows 20%." in page
        assert "Supervision, team and own training took another 45 min." in page

    def test_workers_stand_in_name_order_with_hours_and_open_cases(self, signed_in, worker, team):
        CaseFactory(allocated_to=worker.hat)
        ActivityFactory(by=PlacementFactory(worker__name="Ann First", team=team), minutes=600)
        ActivityFactory(by=worker.hat, minutes=60)

        table = signed_in.get(NORTH).context["side_by_side"].table

        assert table.headers == (
            *("Worker", "Hours"),
            *("Points on Mon 23 Nov", "Open cases on Mon 23 Nov"),
        )
        assert table.rows == (
            ("Ann First", "10 h", "0, no contracted hours known", "0"),
            ("Wendy Worker", "1 h", "19 of 100", "1"),
        )

    def test_a_row_is_of_one_scope_and_names_it(self, signed_in, worker, team):
        """Whoever works here stands with all their teams, who left with this one alone."""
        ActivityFactory(by=PlacementFactory(worker=worker), minutes=120)
        left = PlacementFactory(worker__name="Lea Left", team=team, until_on=date(2026, 10, 31))
        ActivityFactory(by=left, date=date(2026, 10, 5), minutes=60)
        ActivityFactory(by=PlacementFactory(worker=left.worker), minutes=600)

        rows = signed_in.get(NORTH).context["side_by_side"].bar_rows

        assert [(row.label, row.note, row.cells[0].text, bool(row.url)) for row in rows] == [
            ("Lea Left", "North team only", "1 h", False),
            ("Wendy Worker", "All teams", "2 h", True),
        ]

    def test_a_quarter_shows_its_own_days(self, signed_in, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 9, 30), minutes=60)
        ActivityFactory(by=worker.hat, date=date(2026, 10, 1), minutes=30)

        response = signed_in.get(NORTH, {"period": "2026-Q2"})

        assert response.context["waterline"].below == "1 h"
        page = words_of(response)
        assert "Quarter 2 of 2026/27 1 July 2026 to 30 September 2026" in page
        assert "Open cases on Wed 30 Sep" in page
        last = response.context["mix"].table.rows[-1]
        assert (last[0], last[-1]) == ("Week of Mon 28 Sep (to Wed 30 Sep)", "1 h")

    def test_the_open_quarter_is_marked_so_far(self, signed_in, worker):
        assert "so far" in words_of(signed_in.get(NORTH, {"period": "2026-Q3"}))

    @pytest.mark.parametrize("code", ["summer", "2027-Q1", "'; drop table", "0000-Q1"])
    def test_a_period_that_is_none_gives_a_plain_message_and_the_last_weeks(
        self, signed_in, worker, code
    ):
        response = signed_in.get(NORTH, {"period": code})

        assert response.status_code == 200
        assert response.context["period"].name == "Last twelve weeks"
        assert "Below are the last twelve weeks." in words_of(response)

    def test_periods_lead_on_to_each_other(self, signed_in, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 5, 4))

        page = signed_in.get(NORTH, {"period": "2026-Q2"}).content.decode()

        assert 'href="?period=2026-Q1"' in page
        assert 'href="?period=2026-Q3"' in page
        assert '<option value="2026-Q2" selected>' in page

    def test_an_empty_team_says_what_will_be_here(self, signed_in, team):
        page = words_of(signed_in.get(NORTH))

        assert "Nobody works in this team yet" in page
        assert "Who is carrying what" not in page

    def test_a_team_that_has_logged_nothing_yet_shows_its_people(self, signed_in, worker):
        page = words_of(signed_in.get(NORTH))

        assert "Wendy Worker" in page
        assert "Nothing logged" in page

    def test_another_managers_team_is_not_there(self, signed_in):
        TeamFactory(slug="south")

        assert signed_in.get(reverse("workload:team_detail", args=["south"])).status_code == 404

    def test_a_worker_may_not_open_it(self, client, worker):
        client.force_login(worker)

        assert client.get(NORTH).status_code == 403

    def test_costs_the_same_with_one_worker_as_with_forty(
        self, signed_in, worker, team, django_assert_max_num_queries
    ):
        SeriesFactory(team=team, led_by=worker)
        for _ in range(3):
            ActivityFactory(by=worker.hat)
        signed_in.get(NORTH)  # From now on the months are stored.
        with django_assert_max_num_queries(BUDGET) as few:
            signed_in.get(NORTH)

        for number in range(39):
            hat = PlacementFactory(team=team)
            ContractFactory(worker=hat.worker)
            CaseFactory(allocated_to=hat)
            ActivityFactory(by=hat, minutes=number)
        signed_in.get(NORTH)
        with django_assert_max_num_queries(BUDGET) as many:
            signed_in.get(NORTH)

        assert len(few.captured_queries) == len(many.captured_queries)

    def test_weighs_fifteen_kilobytes_at_most_with_forty_workers(self, signed_in, team):
        for number in range(40):
            hat = PlacementFactory(team=team)
            ContractFactory(worker=hat.worker)
            ActivityFactory(by=hat, minutes=10 * number)

        assert len(gzip.compress(signed_in.get(NORTH).content)) < 15_000

    def test_hats_stand_in_name_order_planned_beside_logged(self, signed_in, worker, team):
        """Twelve weeks less six days of 18 hours a week: 78 days are 200 h 34."""
        worker.hat.planned_minutes = 18 * 60
        worker.hat.save()
        ActivityFactory(by=worker.hat, minutes=60)

        [row] = signed_in.get(NORTH).context["hats"].table.rows

        assert row[:2] == ("Wendy Worker", "1 h of 200 h 34 planned")

    def test_sessions_of_the_next_two_weeks_are_coming(self, signed_in, worker, team):
        SeriesFactory(name="Gate talks", team=team, led_by=worker, from_on=date(2026, 9, 7))
        SeriesFactory(name="Elsewhere", from_on=date(2026, 9, 7))
        single = SeriesFactory(name="Fair", team=team, repeat="dates", from_on=date(2026, 9, 7))
        for day in (date(2026, 12, 5), date(2026, 11, 28), date(2026, 12, 7)):
            single.single_dates.create(date=day)

        coming = signed_in.get(NORTH).context["sessions"]

        assert [(each.series.name, each.dates) for each in coming] == [
            ("Gate talks", (date(2026, 11, 23), date(2026, 11, 30))),
            ("Fair", (date(2026, 11, 28), date(2026, 12, 5))),
        ]

    def test_a_period_that_is_over_says_nothing_of_what_is_coming(self, signed_in, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 9, 30))

        page = words_of(signed_in.get(NORTH, {"period": "2026-Q2"}))

        assert "What is coming" not in page
        assert "What needs a word" not in page


class TestTeamList:
    def test_has_a_line_for_each_team_of_the_manager(self, signed_in, manager, worker):
        TeamFactory(name="West team", slug="west").managers.add(manager)
        TeamFactory(name="Far team", slug="far")
        CaseFactory(allocated_to=worker.hat)
        ActivityFactory(by=worker.hat, minutes=90)

        page = words_of(signed_in.get(LIST))

        assert "North team 1 worker, 1 open case" in page
        assert "Last twelve weeks 1 h 30; a case count would show 0 min." in page
        assert "West team 0 workers, 0 open cases" in page
        assert "Far team" not in page

    def test_one_team_is_still_a_list(self, signed_in, team):
        response = signed_in.get(LIST)

        assert response.status_code == 200
        assert len(response.context["lines"]) == 1

    def test_says_what_will_be_here_when_there_is_none(self, client, manager, team):
        team.managers.clear()
        client.force_login(manager)

        assert "No team yet" in words_of(client.get(LIST))

    def test_costs_the_same_with_many_teams(
        self, signed_in, manager, django_assert_max_num_queries
    ):
        for _ in range(5):
            TeamFactory().managers.add(manager)
        signed_in.get(LIST)  # From now on the months are stored.

        with django_assert_max_num_queries(10):
            signed_in.get(LIST)
