"""Workers in other people's houses, in two teams at once, under several hats.

Written from the findings of Moran, Jacobs, Bunn and Bifulco (2007), in our own words; recorded
through the pages by whom it would be, and found again in a figure or on a page.
"""

import datetime

import pytest
from django.urls import reverse

from eitrack.common.periods import Period
from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.figures.access import figures_for
from eitrack.indicators.terms.scope import Scope
from tests.factories.directory import AgencyFactory, FundingStreamFactory, PostFactory, SiteFactory
from tests.study.people import summary_of, words_of

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def school():
    return AgencyFactory(name="Hill School")


def hats_of(person):
    return reverse("workload:placement_list", args=[person.user.pk])


def test_a_worker_with_a_desk_in_the_school(mary, wendy, school):
    """To sit in the same corridor gives both: the word in passing and the meeting with minutes.

    Whoever is only visited logs meetings. Whoever is based there is asked between two doors, and
    those minutes were the first to be forgotten.
    """
    hall = SiteFactory(name="Hill hall", agency=school)
    mary.fills_in(
        reverse("workload:placement_edit", args=[wendy.hat.pk]),
        host=str(school.pk),
        base_site=str(hall.pk),
        is_co_located="on",
        planned_minutes="18 h",
        has_agreed_role="on",
    )

    # The form begins at the desk: site and agency of a word in passing are there already.
    form = wendy.opens("/log/partner_liaison/").context["form"]
    assert form["site"].value() == hall.pk
    informal = [
        wendy.logs(
            "partner_liaison",
            date="2026-11-19",
            agency=str(school.pk),
            formality="informal",
            contact_minutes="10",
        )
        for _ in range(3)
    ]
    formal = wendy.logs(
        "partner_liaison",
        date="2026-11-20",
        agency=str(school.pk),
        formality="formal",
        contact_minutes="30",
    )

    assert all("Informal or formal Informal" in wendy.reads(page) for page in informal)
    assert "Informal or formal Formal" in wendy.reads(formal)
    with_the_school = wendy.opens("/activities/", kind="partner_liaison", agency=school.pk)
    assert len(list(with_the_school.context["table"].data)) == 4
    # Manager and worker read the same of the hat: the desk, what is agreed, an hour logged there.
    for person in (mary, wendy):
        page = person.opens(hats_of(wendy))
        assert "Host agency Hill School, with a desk there" in words_of(page)
        assert page.context["split"].table.rows == (("Hill School", "234 h", "1 h"),)
    based = mary.reads(reverse("partnerships:agency_detail", args=[school.pk]))
    assert f"Workers of ours based there {wendy.hat.post}, North team" in based


def test_two_teams_at_one_open_evening(mary, sam, dora, wendy, oscar, school, it_is):
    """One hall, two teams behind the tables: the evening happened once, for both.

    Counted by each team it would double the families, counted by one it would hide the other's
    work. So it is one record: heads once, under either team, and each worker's own minutes.
    """
    hall = SiteFactory(name="Hill hall", agency=school)
    it_is("2026-10-01T09:00Z")
    evening = {"site": hall.pk, "date": "2026-09-29"}
    record = wendy.logs(
        "open_evening",
        **evening,
        attendance="80",
        conversations="24",
        contact_minutes="180",
        evening_format="open",
        asked_for_help="3",
    )

    # The other team's worker begins a record of his own, and is asked whether it is the same.
    address = reverse("daybook:log", args=["open_evening"], query=evening)
    asked = oscar.sends(address, {"conversations": "11", "contact_minutes": "120"})
    ((pk, words), _) = asked.context["form"].fields["same_session"].choices
    assert "Hill hall, no start given, Wendy Worker" in words
    joined = oscar.sends(address, {"same_session": str(pk)}, page=asked)
    assert joined.redirect_chain[0][0] == f"/today/?joined={pk}"

    page = wendy.reads(record)
    assert "Conversations 24 Attendance 80" in page
    assert "Wendy Worker lead 3 h South team" in page
    # Each manager's figures hold the whole evening, and the time of their own worker.
    # Of Wendy's contracted days hardly one is in the log; Oscar has no contract that says more.
    for manager, slug, hours, mark in [
        (mary, "north", "3 h", "at least "),
        (sam, "south", "2 h", ""),
    ]:
        exact = manager.opens("/summary/", team=slug, period="2026-Q2")
        assert summary_of(exact)["RCH-01"]["All"] == f"{mark}24"
        assert summary_of(exact)["VIS-02"]["All"] == f"{mark}1"
        assert manager.figure("VIS-01", "2026-Q2").numerator == hours
    # The service counts the heads once; hours of two people are not told beyond their managers.
    told = dora.opens("/summary/", period="2026-Q2", by="team")
    assert summary_of(told)["RCH-01"] == {"All": "25", "North team": "25", "South team": "25"}
    assert "Teams add to more than the service because joint sessions" in words_of(told)
    assert dora.figure("VIS-01", "2026-Q2").figure == "c"


def test_one_worker_under_three_hats(mary, wendy, school):
    """Half a post here, a project there, a day in the hospital: three lines of accountability.

    Asked what they did, people named the post that paid most. Each hour is logged under the hat
    it was worked in, so that the two smaller ones are seen, and what was promised beside them.
    """
    hospital = AgencyFactory(name="The hospital", kind="health")
    hats = {wendy.hat.post.name: wendy.hat.pk}
    for post, host, hours in [("School liaison", school, "7 h 30"), ("Ward liaison", hospital, 6)]:
        mary.fills_in(
            reverse("workload:placement_add", args=[wendy.user.pk]),
            post=str(PostFactory(name=post).pk),
            team=str(wendy.hat.team_id),
            funding_stream=str(FundingStreamFactory().pk),
            planned_minutes=hours,
            from_on="2026-08-24",
            host=str(host.pk),
        )
        hats[post] = wendy.user.placements.get(post__name=post).pk
    for post, minutes in zip(hats, ("60", "90", "120"), strict=True):
        wendy.logs(
            "drop_in",
            date="2026-11-20",
            site=SiteFactory().pk,
            placement=str(hats[post]),
            attendance="4",
            contact_minutes=minutes,
        )

    # All three stand on one page, promised and worked side by side by host.
    page = wendy.opens(hats_of(wendy))
    assert all(f" {post} " in words_of(page) for post in hats)
    assert page.context["split"].table.rows == (
        ("Hill School", "97 h 30", "1 h 30"),
        ("The hospital", "78 h", "2 h"),
        ("No host", "468 h", "1 h"),
    )
    # Hour for hour by hat, in the figures of the worker's manager.
    figures = figures_for(
        mary.user,
        Scope.of(wendy.user),
        Period.parse("2026-Q3"),
        "post",
        today=TODAY,
        indicators=(BY_CODE["VIS-01"], BY_CODE["VIS-02"]),
    )
    minutes = {row.label: parts.numerator for row, parts in figures.rows_of(BY_CODE["VIS-01"])}
    assert minutes == dict(zip(hats, (60, 90, 120), strict=True))
    assert figures.totals["VIS-02"].numerator == 3
    # The team page names the hats beside the one worker who wears them.
    team = words_of(mary.opens("/teams/north/"))
    assert "School liaison at Hill School, 7 h 30 a week" in team
    assert "Ward liaison at The hospital, 6 h a week" in team
