"""The sections of one worker's figures, worked by hand."""

import datetime

import pytest

from eitrack.indicators.time.sections import SECTIONS, in_all, sections, waterline_of
from eitrack.indicators.time.sections.section import MOST_ROWS
from eitrack.indicators.time.sections.work import NOTHING_SAID
from eitrack.indicators.time.worker import worker_figures
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_ann(service):
    def of_ann():
        return worker_figures(service.ann.worker, service.ann.worker, Q2, today=TODAY)

    return of_ann


@pytest.fixture
def shown(of_ann):
    """`shown(code)` is the one section of that code."""

    def shown(code):
        (section,) = sections(of_ann(), [code])
        return section

    return shown


def rows_of(chart):
    return [
        (row.label, *(cell.text for cell in row.cells), *filter(None, [row.note]))
        for row in chart.bar_rows
    ]


def test_the_waterline_leaves_overhead_out(held, of_ann):
    held(minutes=60)
    held(kind="case_contact", case=CaseFactory(), minutes=45)
    held(kind="partner_liaison", agency=AgencyFactory(), minutes=15)
    held(kind="overhead", overhead_kind="supervision", minutes=30)

    found = of_ann()
    drawn = waterline_of(found, "In all")

    assert (drawn.above, drawn.below) == ("45 min", "1 h 15")
    assert in_all(found).startswith("2 h 30 in all: 2 h of service time, and 30 min of")


def test_hours_by_kind_follow_the_spine_and_tell_work_on_a_case_apart(held, shown):
    case = CaseFactory()
    held(kind="case_contact", case=case, minutes=45)
    held(kind="consultation_family", case=case, minutes=20)
    held(kind="consultation_family", minutes=30)
    held(minutes=60)
    held(minutes=60)

    assert rows_of(shown("hours").charts[0]) == [
        ("Talk with a parent or carer", "30 min", "1 time"),
        ("Drop-in", "2 h", "2 times"),
        ("Case contact", "45 min", "1 time"),
        ("Talk with a parent or carer, on a case", "20 min", "1 time"),
    ]


def test_the_split_is_of_shares_and_stands_only_where_there_are_several_hosts(service, held, shown):
    """36 h a week for the own team and 12 h for a school are 75 % and 25 %; logged are 1 to 1."""
    held(minutes=60)
    assert len(shown("hats").charts) == 1
    at_school = PlacementFactory(
        worker=service.ann.worker,
        team=service.north,
        host=AgencyFactory(name="Hill School"),
        planned_minutes=720,
    )
    held(by=at_school, minutes=60)

    assert rows_of(shown("hats").charts[1]) == [
        ("Hill School", "50% of 25% planned", "25 points more than planned", "1 h logged"),
        ("Own team", "50% of 75% planned", "25 points less than planned", "1 h logged"),
    ]


def test_many_sites_are_the_largest_and_all_others(held, shown):
    for number in range(MOST_ROWS + 3):
        held(site=SiteFactory(name=f"Site {number:02}"), minutes=60 - number)

    rows = rows_of(shown("sites").charts[0])

    assert rows[0] == ("Site 00", "1 h")
    assert rows[-1] == ("3 other sites", "2 h 33")
    assert len(rows) == MOST_ROWS + 1


def test_streams_are_told_of_service_time_only(service, held, shown):
    held(minutes=60)
    held(kind="overhead", overhead_kind="team_meeting", minutes=30)

    assert rows_of(shown("streams").charts[0]) == [(str(service.ann.funding_stream), "1 h")]


def test_what_no_case_shows(held, shown):
    """60 + 30 + 20 + 15 + 40 + 25 = 190 of 235 service minutes, 81 %; 9 + 1 attendances."""
    school = AgencyFactory()
    held(minutes=60, attendance=9)
    held(kind="consultation_family", minutes=30, attendance=1)
    held(kind="consultation_professional", agency=school, minutes=20)
    held(kind="partner_liaison", agency=school, minutes=15)
    held(kind="protocol_work", agency=school, topic="consent", minutes=40)
    held(kind="protocol_work", agency=school, topic="consent", minutes=25)
    held(kind="case_contact", case=CaseFactory(), minutes=45, attendance=3)

    section = shown("unregistered")

    assert section.said == "3 h 10 of service time, 81% of it."
    assert section.facts == (
        ("Drop-ins, groups, visits and other sessions", "1 time, 1 h"),
        ("Consultations given", "2 times, 50 min"),
        ("Attendances at these", "10"),
        ("Work with partners", "3 times, 1 h 20"),
        ("Protocol topics worked on", "1"),
        ("Requests and referrals", "none"),
    )


def test_cases_are_counted_once_however_often_they_were_met(service, held, shown):
    met, also = CaseFactory(allocated_to=service.ann), CaseFactory()
    for case, minutes in ((met, 45), (met, 30), (also, 15)):
        held(kind="case_contact", case=case, minutes=minutes)
    held(kind="referral_work", case=met, minutes=20)

    assert shown("cases").facts == (
        ("Open cases held at the end", "1"),
        ("Cases with logged time", "2"),
        ("Contacts with these families", "3 times, 1 h 30"),
        ("All time on formal cases", "1 h 50"),
    )


def test_contacts_are_activities_and_attendances_are_not_people(held, shown):
    held(attendance=9)
    held(kind="case_contact", case=CaseFactory(), minutes=20, attendance=2)

    section = shown("families")

    assert section.facts[:3] == (
        ("Contacts with children or parents", "2 activities"),
        ("Of these, on no case", "1"),
        ("Attendances", "11"),
    )
    assert "Attendances are not people" in section.said


def test_partners_name_agencies_and_protocol_topics(held, shown):
    school = AgencyFactory(name="Hill School")
    held(kind="protocol_work", agency=school, topic="consent", minutes=40)
    held(kind="meeting_service", minutes=30)

    section = shown("partners")

    assert section.said == "Protocols worked on: Hill School (client consent)."
    assert rows_of(section.charts[0]) == [("Hill School", "40 min"), ("No single agency", "30 min")]
    assert section.charts[0].summary == "1 h 10 with 1 agency."


def test_contribution_says_how_much_of_it_was_not_said(held, shown):
    held(kind="consultation_family", contribution="advocacy", minutes=30)
    held(kind="consultation_family", minutes=90)

    assert rows_of(shown("contribution").charts[0]) == [
        ("Direct work", "0 min", "0%"),
        ("Coordination", "0 min", "0%"),
        ("Advocacy", "30 min", "25%"),
        ("Not said", "1 h 30", "75%"),
    ]


def test_contribution_of_which_nothing_was_said_draws_nothing(held, shown):
    held()

    assert shown("contribution").said == NOTHING_SAID
    assert shown("contribution").charts == ()


def test_supervision_is_there_even_when_there_was_none(held, shown):
    held(kind="overhead", overhead_kind="team_meeting", minutes=60)

    assert shown("supervision").facts == (("Supervision", "none"), ("Team meeting", "1 time, 1 h"))


def test_nothing_logged_breaks_no_section(of_ann):
    found = of_ann()

    assert [section.code for section in sections(found)] == list(SECTIONS)
    assert in_all(found) == ""


def test_every_figure_of_hours_adds_up_to_the_same(service, held, of_ann):
    """Cut by kind, by hat and by site, it is always all of the time."""
    case = CaseFactory()
    for number, kind in enumerate(("drop_in", "playground", "overhead", "case_contact")):
        held(
            kind=kind,
            case=case if kind == "case_contact" else None,
            overhead_kind="recording" if kind == "overhead" else "",
            minutes=30 + number,
            date=Q2.start + datetime.timedelta(days=number),
        )

    shown = {section.code: section.charts[0] for section in sections(of_ann()) if section.charts}

    def whole(code):
        return sum(
            float(value)
            for row in shown[code].bar_rows
            for cell in row.cells
            for value in [str(cell.bar).split('data-value="')[-1].split('"')[0]]
        )

    assert {whole(code) for code in ("hours", "hats", "sites")} == {126}
