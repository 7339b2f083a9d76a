"""Who is registered, who is not, and what each asks of a family.

Written from the findings of Moran, Jacobs, Bunn and Bifulco (2007), in our own words; recorded
through the pages by whom it would be, and found again in a figure or on a page.
"""

import pytest
from django.urls import reverse

from tests.factories.directory import AgencyFactory, SiteFactory
from tests.study.people import matrix_of, summary_of, words_of

pytestmark = pytest.mark.django_db
QUARTER = "2026-Q3"
TALK = "/log/consultation_family/"


@pytest.fixture
def school():
    return SiteFactory(name="Hill hall", agency=AgencyFactory(name="Hill School"))


@pytest.fixture
def corner():
    agency = AgencyFactory(name="The Corner", kind="voluntary")
    return SiteFactory(name="Corner room", kind="community", agency=agency)


def agree_on_consent(manager, agency, rule):
    address = reverse("partnerships:protocol_step", args=[agency.pk, "consent", "agree"])
    manager.fills_in(
        address,
        our_role="Team manager",
        their_name="Ben Brook",
        their_role="Head",
        consent_rule=rule,
    )


def test_written_consent_for_a_case_and_none_at_the_drop_in(mary, wendy, school, corner):
    """A social worker's case begins with a signature, a drop-in would be empty if it asked for one.

    Two partners of the service meant two opposite things by consent, and one worker works with
    both in a week: so each agreement stands by itself, and only a case asks for a paper.
    """
    agree_on_consent(mary, school.agency, "written")
    agree_on_consent(mary, corner.agency, "informal")

    # At the drop-in the form says what was agreed there, and asks for a headcount only.
    at_the_drop_in = wendy.opens("/log/drop_in/", site=corner.pk)
    said = "Agreed with The Corner: no consent is asked for informal contact without names."
    assert said in words_of(at_the_drop_in)
    assert not [name for name in at_the_drop_in.context["form"].fields if "consent" in name]
    drop_in = wendy.logs("drop_in", site=corner.pk, attendance="14", contact_minutes="120")

    # A case is not opened on a nod.
    case = {"reference": "SSD-4711", "level": "2", "consent_form_version": "3"}
    refused = wendy.is_refused("/cases/open/", **case, consent_on="")
    assert list(refused) == ["consent_on"]
    opened = wendy.fills_in("/cases/open/", **case, consent_on="2026-11-20")
    case_page = opened.redirect_chain[-1][0]
    at_the_school = wendy.reads("/log/case_contact/", site=school.pk)
    assert "Agreed with Hill School: written consent before we work with a family." in at_the_school
    wendy.logs(
        "case_contact",
        site=school.pk,
        case=str(opened.context["case"].pk),
        attendance="2",
        contact_minutes="30",
    )

    # Both agreements stand side by side, each with its own words on its page.
    matrix = mary.opens("/protocols/")
    stands = matrix_of(matrix)
    for agency, words in [
        ("Hill School", "Written consent before we work with a family."),
        ("The Corner", "No consent is asked for informal contact without names."),
    ]:
        assert stands[agency, "consent"].startswith("Agreed")
        (line,) = [line for line in matrix.context["matrix"].lines if line.agency.name == agency]
        assert words in mary.reads(line.cells[0].url)
    # The case has its paper, the drop-in has none; the figures hold both kinds of work.
    assert "Written consent Fri 20 Nov 2026, form version 3" in wendy.reads(case_page)
    assert "onsent" not in wendy.reads(drop_in)
    assert wendy.figure("VIS-01", QUARTER).figure == "80%"
    team = mary.reads("/teams/north/")
    assert "2 h 30 of service time in all, of which a case count shows 20%." in team


def test_a_family_that_does_not_want_to_be_known_to_social_services(mary, wendy, school):
    """Some families come on condition that nothing is opened: they had rather get no help.

    They were helped all the same, and it stood nowhere. Here each contact counts, kept together
    under a label that says nothing, and no case comes of it unless the family says so.
    """
    wendy.logs(
        "consultation_family",
        site=school.pk,
        attendance="2",
        contact_minutes="45",
        why_not_registered="family_prefers_not",
    )
    first = wendy.logs(
        "consultation_family",
        site=school.pk,
        attendance="1",
        contact_minutes="30",
        why_not_registered="family_prefers_not",
        thread="new",
    )
    thread = wendy.opens(first).context["thread"]
    # They come again: Today leads back to them by the label.
    again = f"{TALK}?thread={thread.pk}"
    assert again in wendy.opens("/today/").content.decode()
    wendy.fills_in(again, attendance="1", contact_minutes="15")

    page = wendy.reads(first)
    assert "Why not registered Family prefers not" in page
    assert thread.label in page
    assert "Contacts 2 My time 45 min" in wendy.reads(thread.get_absolute_url())
    # The manager sees the work, in the same figures as any other, and never who it was.
    exact = summary_of(mary.opens("/summary/", team="north", period=QUARTER))
    assert exact["VIS-01"]["All"] == "100%"
    assert exact["VIS-02"]["All"] == "at least 3"
    assert mary.browser.get(thread.get_absolute_url()).status_code == 403
    assert thread.label not in mary.reads(first)
    # No case: neither in a list, nor in the old measure, nor in what it misses.
    assert not list(mary.opens("/cases/").context["table"].data)
    assert exact["LOD-05"]["All"] == "–"
    made_of = mary.figure("VIS-03", QUARTER)
    assert (made_of.numerator, made_of.denominator) == ("2 h", "0 h")


def test_consultation_and_group_without_registration(dora, mary, wendy, school, it_is):
    """A word at the gate, a child who asks, a teacher's question, a group of parents.

    Most of what the service did looked like this, and "there isn't a way of reflecting it". Four
    records without a name make one afternoon visible, as attendance and as time.
    """
    it_is("2026-09-21T16:00Z")
    wendy.logs(
        "consultation_family",
        site=school.pk,
        attendance="1",
        contact_minutes="20",
        begun_by="family",
        purpose="behaviour",
        outcome="advice",
    )
    wendy.logs("consultation_child", site=school.pk, attendance="1", contact_minutes="10")
    wendy.logs(
        "consultation_professional",
        site=school.pk,
        agency=str(school.agency_id),
        profession="teacher",
        contact_minutes="15",
    )
    group = wendy.logs(
        "group_session",
        site=school.pk,
        attendance="16",
        first_time="4",
        returning="12",
        contact_minutes="90",
        preparation_minutes="30",
    )

    assert "4 new, 12 returning, 0 not known" in wendy.reads(group)
    figures = {
        code: wendy.figure(code, "2026-Q2").figure
        for code in ("VIS-01", "VIS-02", "VIS-04", "RCH-01")
    }
    # Advice to the teacher is a consultation, but no time with a child or parent. One day of a
    # quarter is in the log: counts are "at least".
    assert figures == {
        "VIS-01": "100%",
        "VIS-02": "at least 3",
        "VIS-04": "at least 3",
        "RCH-01": "at least 18",
    }
    recorded = wendy.opens("/activities/", registered="no").context["table"].data
    assert len(list(recorded)) == 4
    # The quarter ends, and the office that counted cases reads it beside them.
    it_is("2026-10-05T09:00Z")
    told = summary_of(dora.opens("/summary/", period="2026-Q2", by="none"))
    # It is told how many came; the hours of one worker are nobody's but hers and her manager's.
    assert (told["VIS-01"]["All"], told["RCH-01"]["All"]) == ("c", "20")
    assert told["LOD-05"]["All"] == "–"
