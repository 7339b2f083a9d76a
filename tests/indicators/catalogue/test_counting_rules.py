"""The counting rules C1 to C21 (INDICATORS.md part 3): each is a test that is named for it."""

import ast
import datetime
import re
from pathlib import Path

import pytest
from django.db import IntegrityError, models

from eitrack.activities.choices import Band
from eitrack.activities.joint.merging import merge_activities, unmerge
from eitrack.activities.models import Activity, Join, TimeEntry
from eitrack.audit.models import Entry
from eitrack.indicators.terms.words import counted
from tests.factories.activities import SeriesFactory
from tests.factories.directory import FundingStreamFactory, SiteFactory
from tests.indicators.conftest import A_DAY

pytestmark = pytest.mark.django_db
RULES = range(1, 22)


def named_for_a_rule():
    """{number of the rule: tests whose name says it}, of all tests there are."""
    found = {}
    for path in Path(__file__).parents[2].rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in re.findall(r"(?<=_)c(\d+)(?=_)", node.name):
                    found.setdefault(int(number), []).append(f"{path.name}::{node.name}")
    return found


def test_every_counting_rule_has_a_test_named_for_it():
    named = named_for_a_rule()

    assert [rule for rule in RULES if rule not in named] == []
    assert sorted(named) == list(RULES)


def test_c1_date_site_kind_and_attendance_are_the_activitys(service, figures_of, held, joined):
    """Ann and Cem at a school, 16 came; Ann at a hospital, 5. Kinds of site: 16 and 5, 21 in all,
    1 and 1 session of 2; the time of three entries is at their sites, 60 + 45 and 30 minutes.
    """
    school, hospital = SiteFactory(kind="primary_school"), SiteFactory(kind="hospital")
    joined(held(site=school, attendance=16), service.cem, 45)
    held(site=hospital, attendance=5, minutes=30)

    heads, by_site = figures_of("RCH-01", by="site_kind")
    sessions, session_rows = figures_of("VIS-02", by="site_kind")
    _, minutes = figures_of("VIS-01", by="site_kind")

    assert heads.value == 21
    assert {key: row.value for key, row in by_site.items()} == {"primary_school": 16, "hospital": 5}
    assert (sessions.value, [row.value for row in session_rows.values()]) == (2, [1, 1])
    assert minutes["primary_school"].denominator == 105
    assert minutes["hospital"].denominator == 30
    assert not {"attendance", "adults", "children", "site"} & {
        field.name for field in TimeEntry._meta.get_fields()
    }


def test_c2_an_entry_keeps_worker_minutes_hat_and_stream_of_its_day(
    service, figures_of, held, joined
):
    """Ann 60 contact + 15 preparation + 10 travel on her hat's stream, Ben 40 on the same session:
    125 minutes, 85 and 40; contact 100. Then Ann's hat gets another stream: nothing moves.
    """
    session = held(attendance=9)
    session.time_entries.update(preparation_minutes=15, travel_minutes=10)
    joined(session, service.ben, 40)
    before = figures_of("FND-01", by="funding_stream")

    service.ann.funding_stream = FundingStreamFactory()
    service.ann.save()

    total, rows = figures_of("FND-01", by="funding_stream")
    assert (total, rows) == before
    assert total.value == 125
    assert {key: row.value for key, row in rows.items()} == {
        session.time_entries.get(is_lead=True).funding_stream_id: 85,
        service.ben.funding_stream_id: 40,
    }
    assert figures_of("VIS-01")[0].denominator == 100


def test_c4_joined_records_keep_the_leads_attendance_and_all_minutes(service, figures_of, held):
    """Ann's record says 14 came, Cem's 11, 60 and 90 minutes: as two records 25 attendances, 2
    sessions, 150 minutes. Joined it is one of 14, and 150 minutes; taken apart all is as it was.
    """
    codes = ("RCH-01", "VIS-02", "FND-01")
    kept = held(attendance=14)
    other = held(service.cem, attendance=11, minutes=90, site=kept.site)
    before = [figures_of(code)[0] for code in codes]

    merge_activities(by=service.cem.worker, kept=kept, joined=other)

    assert [parts.value for parts in before] == [25, 2, 150]
    assert [figures_of(code)[0].value for code in codes] == [14, 1, 150]
    assert Entry.objects.about(kept).filter(action="joined").exists()
    unmerge(by=service.cem.worker, join=Join.objects.get())
    assert [figures_of(code)[0] for code in codes] == before


def test_c6_adults_and_children_add_up_or_are_not_split(figures_of, held):
    """16 as 9 + 7, 5 not split, nobody (0): 21 attendances, 9 adults, 7 children, 5 not split. All
    three are sessions; 9 + 8 of 16 is refused.
    """
    held(attendance=16, adults=9, children=7)
    held(attendance=5)
    held(attendance=0)

    total, rows = figures_of("RCH-01", by="age_group")

    assert total.value == 21
    assert {key: row.value for key, row in rows.items()} == {
        "adults": 9,
        "children": 7,
        "not_split": 5,
    }
    assert figures_of("VIS-02")[0].value == 3
    with pytest.raises(IntegrityError):
        held(attendance=16, adults=9, children=8)


@pytest.mark.parametrize(
    ("exact", "estimate", "printed"),
    [(61, 15, "76"), (60, 15, "75 e"), (31, 30, "61 e"), (30, 30, "60 e"), (12, 15, "30 e")],
)
def test_c7_a_fifth_estimates_carries_e_and_half_is_shown_to_the_nearest_ten(
    figures_of, held, exact, estimate, printed
):
    """15 of 76 are 19.7%, 15 of 75 are 20%; 30 of 61 are 49%, 30 of 60 are half; 15 of 27 are more
    than half, and 27 is shown as 30. One session is not counted at all and is not zero.
    """
    band = {15: "11-20", 30: "21-40"}[estimate]
    held(attendance=exact)
    held(attendance=estimate, method="estimate", band=band)
    held(attendance=None)

    total, rows = figures_of("RCH-01", by="method")

    assert counted(total) == printed
    assert (rows["exact"].value, rows["estimate"].value) == (exact, estimate)
    assert (total.known, total.asked) == (2, 3)


def test_c7_bands_are_kept_as_lower_upper_and_point():
    assert [(*band.bounds, band.point) for band in Band] == [
        (1, 5, 3),
        (6, 10, 8),
        (11, 20, 15),
        (21, 40, 30),
        (41, 80, 60),
        (81, None, 100),
    ]


def test_c12_a_spell_at_the_gate_is_one_record_with_a_tally_of_talks(figures_of, held):
    """40 minutes with 9 conversations (5 begun by families, 2 by us), 20 minutes of greetings only
    (0): 2 sessions, 60 minutes, 9 contacts; 5 of 7 begun by families. They are talks, not people.
    """
    talks = {"conversations": 9, "begun_by_family": 5, "begun_by_worker": 2}
    held(kind="playground", minutes=40, **talks)
    held(kind="playground", minutes=20, conversations=0)

    contacts, sessions, time = (figures_of(code)[0] for code in ("RCH-01", "VIS-02", "VIS-01"))
    begun, people = figures_of("ERL-02")[0], figures_of("RCH-03")[0]

    assert (contacts.value, sessions.value, time.denominator) == (9, 2, 60)
    assert (begun.numerator, begun.denominator) == (5, 7)
    assert (people.low, people.numerator) == (0, 0)


def test_c14_what_happens_once_reaches_no_people(service, figures_of, held):
    """A series of 12; a fun day of 40 and a talk that ended with a signpost count as attendances,
    12 + 40 + 1 = 53, and as nobody reached.
    """
    held(series=SeriesFactory(team=service.north), attendance=12)
    held(attendance=40)
    held(kind="consultation_family", attendance=1, outcome="signposted")

    people, _ = figures_of("RCH-03")

    assert figures_of("RCH-01")[0].value == 53
    assert (people.low, people.numerator) == (12, 12)


def test_c15_a_case_family_at_an_open_session_is_counted_like_anyone(figures_of, held, case):
    """16 at a drop-in of 120 minutes, two of them of a family with a case: no family is met by it.
    A word with them there, 15 minutes, is a contact of its own: 16 + 2 attendances, 120 of 135
    minutes unregistered, one family met.
    """
    held(attendance=16, minutes=120)
    assert figures_of("RCH-04")[0].value == 0

    held(kind="case_contact", case=case, attendance=2, minutes=15)

    time, _ = figures_of("VIS-01")
    assert figures_of("RCH-01")[0].value == 18
    assert (time.numerator, time.denominator) == (120, 135)
    assert set(figures_of("RCH-04")[0].behind) == {case.pk}


@pytest.mark.parametrize(
    "kind", ["drop_in", "playground", "group_session", "open_evening", "outreach"]
)
def test_c15_an_open_session_is_never_on_a_case(held, case, kind):
    with pytest.raises(IntegrityError):
        held(kind=kind, case=case)


def test_c17_calls_and_messages_of_one_day_are_one_record(figures_of, held, case):
    """Four calls with a parent on one day, 35 minutes together, are one contact by phone; those of
    the next day another: 2 attendances, 50 minutes, one family.
    """
    held(kind="case_contact", case=case, mode="phone", attendance=1, minutes=35)
    next_day = A_DAY + datetime.timedelta(days=1)
    held(kind="case_contact", case=case, mode="phone", attendance=1, minutes=15, date=next_day)

    assert figures_of("RCH-01")[0].value == 2
    assert figures_of("VIS-01")[0].denominator == 50
    assert figures_of("RCH-04")[0].value == 1


def test_c18_interpreters_and_staff_are_no_attendance(service, figures_of, held, joined):
    """Two parents with an interpreter, and three of us there: 2. One without: 1. 3 in all. Of an
    interpreter there is a yes or no, and no number to add.
    """
    with_help = held(kind="consultation_family", attendance=2, has_interpreter=True)
    joined(with_help, service.ben, 60)
    joined(with_help, service.cem, 60)
    held(kind="consultation_family", attendance=1)

    assert figures_of("RCH-01")[0].value == 3
    field = Activity._meta.get_field("has_interpreter")
    assert isinstance(field, models.BooleanField)


def test_c20_a_row_of_what_is_not_known_stands_in_no_denominator(figures_of, held):
    """60 minutes at level 1, 40 at level 3, 100 without one: 60 of 100, known of 100 in 200."""
    held(minutes=60, need_level=1)
    held(minutes=40, need_level=3)
    held(minutes=100)

    total, _ = figures_of("ERL-01")

    assert (total.numerator, total.denominator, total.known_share) == (60, 100, 0.5)
