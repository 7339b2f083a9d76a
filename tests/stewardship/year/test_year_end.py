"""The page of what is missing for the year to come, which begins on 1 April 2027."""

import datetime
import re

import pytest
from django.urls import reverse

from eitrack.directory.models import District
from eitrack.indicators.models import WeightSet
from eitrack.stewardship.year.year_end import Readiness, lines_for
from tests.factories.directory import (
    AgencyFactory,
    DistrictFactory,
    FundingStreamFactory,
    PlacementFactory,
    SchoolTermFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)
PAGE = reverse("stewardship:year_end")


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture(autouse=True)
def riverside():
    return DistrictFactory()


def said():
    """{what: (how far, words)} of the page."""
    lines = lines_for(list(District.objects.all()), TODAY)
    return {line.what: (line.readiness, line.words) for line in lines}


def test_an_empty_service_misses_terms_and_population():
    missing = {what for what, (readiness, _) in said().items() if readiness == Readiness.MISSING}

    assert missing == {"School terms 2026/27", "School terms 2027/28", "Population"}


def test_terms_are_there_once_a_year_has_some(riverside):
    SchoolTermFactory(district=riverside)

    lines = said()

    assert lines["School terms 2026/27"] == (
        Readiness.DONE,
        "1 stretch of school, until Fri 23 Oct 2026.",
    )
    assert lines["School terms 2027/28"][0] == Readiness.MISSING


def test_two_districts_are_named():
    DistrictFactory(name="Hillside", slug="hillside")

    assert {"Population of Riverside", "Population of Hillside"} <= set(said())


def test_an_agency_that_sets_its_own_is_asked_for_the_next_ones():
    what = "School terms of agencies that set their own"
    assert said()[what] == (Readiness.DONE, "No agency sets its own.")
    agency = AgencyFactory(name="Oak academy")
    SchoolTermFactory(district=None, agency=agency)
    assert said()[what] == (Readiness.LOOK, "Not for 2027/28 yet: Oak academy.")

    next_year = {"from_on": datetime.date(2027, 9, 1), "until_on": datetime.date(2027, 10, 22)}
    SchoolTermFactory(district=None, agency=agency, **next_year)

    assert said()[what] == (Readiness.DONE, "All that do have said them.")


class TestStreams:
    def ending(self, **dates):
        return FundingStreamFactory(name="Bridge", kind="initiative", **dates)

    def test_one_that_ends_before_its_hats_wants_a_look(self):
        stream = self.ending(ends_on=datetime.date(2027, 3, 31))
        PlacementFactory.create_batch(2, funding_stream=stream)
        PlacementFactory(funding_stream=stream, until_on=datetime.date(2027, 3, 31))

        assert said()["Funding stream Bridge"] == (
            Readiness.LOOK,
            "Ends on Wed 31 Mar 2027, not renewed; 2 hats go on after that day.",
        )

    def test_one_whose_hats_end_with_it_is_done(self):
        stream = self.ending(ends_on=datetime.date(2027, 3, 31))
        PlacementFactory(funding_stream=stream, until_on=datetime.date(2027, 3, 31))

        assert said()["Funding stream Bridge"][0] == Readiness.DONE

    @pytest.mark.parametrize(
        "dates",
        [
            {},
            {"ends_on": datetime.date(2028, 3, 31)},
            {"ends_on": datetime.date(2027, 3, 31), "renewed_until_on": datetime.date(2029, 3, 31)},
        ],
    )
    def test_one_that_pays_for_all_of_the_year_is_not_named(self, dates):
        PlacementFactory(funding_stream=self.ending(**dates))

        lines = said()

        assert "Funding stream Bridge" not in lines
        assert lines["Funding streams"][0] == Readiness.DONE

    def test_one_of_long_ago_is_named_only_with_hats(self):
        stream = self.ending(ends_on=datetime.date(2020, 3, 31))
        assert "Funding stream Bridge" not in said()

        PlacementFactory(funding_stream=stream)

        assert said()["Funding stream Bridge"][0] == Readiness.LOOK


@pytest.mark.parametrize(
    ("year", "readiness"),
    [(2025, Readiness.DONE), (2024, Readiness.LOOK), (None, Readiness.LOOK)],
)
def test_a_population_is_of_a_recent_year(riverside, year, readiness):
    riverside.under_19_population, riverside.under_19_year = 15800, year
    riverside.save()

    assert said()["Population"][0] == readiness


def test_weights_of_this_year_are_looked_at_and_newer_ones_are_done():
    WeightSet.objects.all().delete()
    what = "Weights of cases and standing work"
    assert said()[what] == (Readiness.LOOK, "Those proposed hold: no version is written yet.")
    WeightSet.objects.create(from_on=datetime.date(2026, 4, 1))
    assert said()[what][0] == Readiness.LOOK

    WeightSet.objects.create(from_on=datetime.date(2027, 4, 1))

    assert said()[what] == (Readiness.DONE, "A version from Thu 1 Apr 2027 holds.")


class TestClosingDates:
    def test_follow_the_nation(self, riverside):
        """30 days of June 2027 end on a Wednesday: ten working days later it is 14 July, in
        Northern Ireland 15 July, for the Battle of the Boyne.
        """
        assert "Wed 14 Jul 2027" in said()["Closing dates"][1]
        riverside.nation = "northern-ireland"
        riverside.save()

        assert "Thu 15 Jul 2027" in said()["Closing dates"][1]

    def test_a_quarter_that_should_be_closed_is_missing(self, riverside):
        PlacementFactory(team=TeamFactory(district=riverside), from_on=datetime.date(2026, 7, 1))

        readiness, words = said()["Closing dates"]

        assert readiness == Readiness.MISSING
        assert "still open" in words


class TestPage:
    def test_puts_what_is_missing_first_with_its_link(self, client, administrator):
        client.force_login(administrator)

        response = client.get(PAGE)

        page = " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())
        assert page.index("Missing") < page.index("To look at") < page.index("Done")
        assert "1 April 2027 to 31 March 2028" in page
        assert reverse("stewardship:term_paste") in response.content.decode()

    def test_costs_the_same_whatever_there_is(
        self, client, administrator, django_assert_max_num_queries
    ):
        client.force_login(administrator)
        for number in range(12):
            SchoolTermFactory(district=None, agency=AgencyFactory())
            stream = FundingStreamFactory(ends_on=datetime.date(2027, 3, number + 1))
            PlacementFactory(funding_stream=stream)

        with django_assert_max_num_queries(16):
            client.get(PAGE)
