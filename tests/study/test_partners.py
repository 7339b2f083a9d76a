"""Agreements, advice and rooms: what work with partners takes, and where it is seen.

Written from the findings of Moran, Jacobs, Bunn and Bifulco (2007), in our own words; recorded
through the pages by whom it would be, and found again in a figure or on a page.
"""

import re

import pytest
from django.urls import reverse

from tests.factories.directory import AgencyFactory, SiteFactory
from tests.study.people import matrix_of, words_of

pytestmark = pytest.mark.django_db
AWAY_DAY, BOTH_SIDES = "2026-11-20", {"their_name": "Ben Brook", "their_role": "Head teacher"}


@pytest.fixture
def school():
    return AgencyFactory(name="Hill School")


@pytest.fixture
def hall(school):
    return SiteFactory(name="Hill hall", agency=school)


def step(agency, topic, name):
    return reverse("partnerships:protocol_step", args=[agency.pk, topic, name])


def agenda(person, agency, period):
    return person.opens(reverse("workload:agenda", args=[agency.pk]), period=period)


def lines_of(page, name):
    return {line.label: line.count for line in page.context[name]}


def test_an_away_day_opens_and_closes_cells_of_the_matrix(mary, wendy, school):
    """Agreements were made partner by partner, and a day spent together moved most.

    A day without a single family says here what it was for: which topics it took up again or
    began to settle. A worker says so, and who may sign for the service applies it.
    """
    in_may = {"our_agreed_on": "2026-05-04", "their_agreed_on": "2026-05-04"}
    mary.fills_in(step(school, "roles", "agree"), our_role="Manager", **BOTH_SIDES, **in_may)

    away = wendy.logs(
        "away_day",
        date=AWAY_DAY,
        contact_minutes="360",
        co_agencies=[str(school.pk)],
        step_agency_1=str(school.pk),
        step_topic_1="sharing",
        step_became_1="negotiating",
        step_agency_2=str(school.pk),
        step_topic_2="roles",
        step_became_2="under_review",
    )

    # The page of the day names both; until the manager applies them nothing has moved.
    said = wendy.reads(away)
    assert "Information sharing, Hill School: negotiating Proposed" in said
    assert "lines of accountability, Hill School: under review Proposed" in said
    before = matrix_of(mary.opens("/protocols/"))
    assert before["Hill School", "sharing"] == "None"
    assert before["Hill School", "roles"].startswith("Agreed, review due")

    works = re.findall(r'href="(/protocols/\d+/work/)"', wendy.opens(away).content.decode())
    for work in sorted(set(works)):
        assert "Applied by Mary Manager" in words_of(mary.presses(work, "Apply it"))

    after = matrix_of(mary.opens("/protocols/"))
    assert after["Hill School", "sharing"] == "Negotiating"
    assert after["Hill School", "roles"].startswith("Under review")
    # What was begun on that day is settled with a name on either side.
    mary.fills_in(step(school, "sharing", "agree"), our_role="Manager", **BOTH_SIDES)
    now = mary.opens("/protocols/")
    assert matrix_of(now)["Hill School", "sharing"].startswith("Agreed")
    assert "2 of 7 needed cells agreed and in date" in words_of(now)
    assert matrix_of(mary.opens("/protocols/", day=AWAY_DAY))["Hill School", "sharing"] == (
        "Negotiating"
    )
    # And six hours without a family are service time, which no case count shows.
    assert "6 h of service time in all, of which a case count shows 0%." in mary.reads(
        "/teams/north/"
    )


def test_threshold_advice_keeps_a_family_below_the_threshold(wendy, school, hall, it_is):
    """Teachers learned to read a threshold by asking, family by family, before anybody referred.

    A worry that looked statutory is talked through and stays at school: the service's best hour,
    of which a count of referrals sees nothing at all.
    """
    it_is("2026-09-16T15:30Z")
    advice = wendy.logs(
        "consultation_professional",
        site=hall.pk,
        agency=str(school.pk),
        profession="teacher",
        contact_minutes="25",
        level_before="3",
        level_after="2",
        threshold_result="held_lower",
    )

    page = wendy.reads(advice)
    assert "Threshold advice thought to be level 3, held at level 2" in page
    assert "Profession Teacher" in page
    assert wendy.figure("VIS-04", "2026-Q2").figure == "at least 1"
    # It is no time with a family, and it is not on a case.
    assert wendy.figure("VIS-02", "2026-Q2").figure == "at least 0"
    # At the next meeting the school finds it among what was done together, too few to number.
    it_is("2026-11-23T12:00Z")
    assert lines_of(agenda(wendy, school, "2026-Q2"), "done") == {"Advice to a professional": "c"}


def test_a_fast_track_referral_is_answered_within_two_working_hours(mary, wendy, it_is):
    """With a named person at the other end a referral was a telephone call, not a form in a tray.

    The door is only as open as the answer is quick, so what counts are the hours of the working
    day between the two: from four o'clock to ten the next morning it is two, not eighteen.
    """
    assessment = AgencyFactory(name="Assessment team", kind="statutory")
    link_workers = reverse("cases:link_worker_list", args=[assessment.pk])
    mary.fills_in(link_workers, name="Robin Reed", job="Duty senior", from_on="2026-09-01")
    robin = assessment.link_workers.get()

    it_is("2026-11-16T16:00Z")
    fast = {
        "destination": str(assessment.pk),
        "is_statutory": "on",
        "route": "fast_track",
        "need_level": "3",
    }
    assert list(wendy.is_refused("/referrals/add/", **fast)) == ["link_worker"]
    sent = wendy.fills_in("/referrals/add/", **fast, link_worker=str(robin.pk))
    referral = sent.context["referral"]
    wendy.fills_in(f"/log/referral_work/?referral={referral.pk}", contact_minutes="40")

    it_is("2026-11-17T10:00Z")
    decided = f"/referrals/{referral.pk}/decide/"
    wendy.fills_in(decided, outcome="accepted")

    (row,) = wendy.opens("/referrals/", route="fast_track").context["table"].rows
    cells = {name: str(row.get_cell(name)) for name in ("link_worker", "outcome", "hours")}
    assert cells == {
        "link_worker": "Robin Reed, Duty senior",
        "outcome": "Accepted for assessment",
        "hours": "2 working hours",
    }
    # Whoever manages the team finds the same, and the agency its total with few to hide.
    assert "2 working hours" in mary.reads("/referrals/", statutory="yes")
    it_is("2027-01-11T09:00Z")
    told = lines_of(agenda(mary, assessment, "2026-Q3"), "sent")
    assert (told["Sent to you"], told["By the fast track"]) == ("c", "c")
    assert "Robin Reed" not in words_of(agenda(mary, assessment, "2026-Q3"))


def test_the_room_that_went_to_somebody_else(mary, wendy, it_is):
    """In other people's buildings the social worker's room was the first to be needed.

    Nobody complained of one lost morning. Written down when it happens, it stands on the paper
    for the next meeting, with its days, beside what was done in spite of it.
    """
    hospital = AgencyFactory(name="The hospital", kind="health")
    clinic = SiteFactory(name="Clinic 4", kind="hospital", agency=hospital)
    it_is("2026-09-28T18:00Z")
    planned = wendy.fills_in(
        "/series/add/",
        name="Monday drop-in",
        what="drop_in",
        site=str(clinic.pk),
        from_on="2026-09-07",
        starts_at="09:30",
        usual_minutes="120",
    )
    series = planned.context["series"]

    # One Monday the room was for the doctors; the next it had been promised twice.
    wendy.fills_in(f"/series/{series.pk}/2026-09-14/not-run/", reason="no_room")
    squeezed_in = wendy.logs(
        "drop_in",
        site=clinic.pk,
        date="2026-09-21",
        series=str(series.pk),
        attendance="5",
        contact_minutes="60",
        obstacle="double_booked",
    )

    assert "In the way Double-booked" in wendy.reads(squeezed_in)
    it_is("2026-11-23T12:00Z")
    for person in (wendy, mary):
        paper = agenda(person, hospital, "2026-Q2")
        told = [(one.label, one.number, one.days) for one in paper.context["obstacles"]]
        assert told == [
            ("No room", 1, "Mon 14 Sep"),
            ("Double-booked", 1, "Mon 21 Sep"),
        ]
        assert "Wendy" not in words_of(paper)
    # The lost morning is no session; the other one is.
    assert wendy.figure("VIS-02", "2026-Q2").figure == "at least 1"
    lost = wendy.opens("/activities/", status="did_not_run").context["table"].data
    assert [one.not_run_reason for one in lost] == ["no_room"]
