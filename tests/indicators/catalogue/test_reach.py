"""New faces, families with a case and programmes, worked by hand (RCH-02, RCH-04 to RCH-06)."""

import datetime

import pytest

from eitrack.activities.models import SeatMark
from tests.factories.activities import SeriesFactory
from tests.factories.cases import CaseFactory, LevelSpellFactory
from tests.indicators.examples import worked_example

pytestmark = pytest.mark.django_db


@worked_example("RCH-02")
def test_rch_02_worked_example(service, figures_of, held, joined):
    """Seven records:

    drop-in of Ann and Cem, 10: 4 new, 6 returning        4 of 10, once
    outreach, 8: 1 new, 2 returning, 5 not known          1 of 3
    drop-in, 7, of whom nothing is known                  known of 0 in 7
    group of Cem, 5: 5 new                                5 of 5
    drop-in to which nobody came                          0 of 0
    a void one, 20: 20 new                                is none
    a talk with a parent                                  is not asked

    10 of 18, 56%; known of 18 in 10 + 8 + 7 + 5 = 30. North 5 of 13, South 9 of 15.
    """
    first = held(attendance=10, first_time=4, returning=6, first_time_not_known=0)
    joined(first, service.cem, 60)
    some = {"first_time": 1, "returning": 2, "first_time_not_known": 5}
    held(kind="outreach", attendance=8, **some)
    held(attendance=7)
    everybody = {"returning": 0, "first_time_not_known": 0}
    held(service.cem, kind="group_session", attendance=5, first_time=5, **everybody)
    held(attendance=0, first_time=0, **everybody)
    held(void=True, attendance=20, first_time=20, **everybody)
    held(kind="consultation_family", attendance=1)

    total, rows = figures_of("RCH-02", by="team")

    assert (total.numerator, total.denominator, total.known, total.asked) == (10, 18, 18, 30)
    north, south = rows[service.north.pk], rows[service.south.pk]
    assert (north.numerator, north.denominator) == (5, 13)
    assert (south.numerator, south.denominator) == (9, 15)


@worked_example("RCH-04", all_known="A contact is on a case or it is not.")
def test_rch_04_worked_example(service, figures_of, held, joined):
    """A is met three times, once by both teams; B once by South; C has only advice to a teacher;
    D closed in June and was met in July; E was met in June. A and B: 2 families, 3 and 1 children.
    """
    a, b, c, e = (
        CaseFactory(allocated_to=service.ann, children=children, adults=2, age_of_youngest=age)
        for children, age in ((3, "0-4"), (1, "5-10"), (1, ""), (1, ""))
    )
    LevelSpellFactory(case=a, level=2)
    ended = datetime.date(2026, 6, 15)
    d = CaseFactory(allocated_to=service.ann, closed_on=ended, end_reason="needs_met")
    joined(held(kind="case_contact", case=a), service.cem, 30)
    held(kind="case_contact", case=a)
    held(kind="consultation_child", case=a)
    held(service.cem, kind="case_contact", case=b)
    held(kind="consultation_professional", case=c)
    held(kind="case_contact", case=d)
    held(kind="case_contact", case=e, date=ended)

    total, rows = figures_of("RCH-04", by="team")

    assert (total.numerator, set(total.behind)) == (2, {a.pk, b.pk})
    assert (total.beside.numerator, total.beside.beside.numerator) == (4, 4)
    assert rows[service.north.pk].numerator == 1
    assert rows[service.south.pk].numerator == 2
    _, levels = figures_of("RCH-04", by="need_level")
    assert (levels[2].numerator, levels[None].numerator) == (1, 1)
    _, ages = figures_of("RCH-04", by="age_of_youngest")
    assert (ages["0-4"].numerator, ages["5-10"].numerator) == (1, 1)


@worked_example("RCH-05", all_known="A case has its day, and so has a contact.")
def test_rch_05_worked_example(service, figures_of, held, joined):
    """Contacts with families whose case is old enough, to 30 September:

    A  6 July, 3 August, 14 September (joint)           three in 10 weeks: stayed
    B  4 May, 1 June, 3 July                            three in 9 weeks, the last in July: stayed
    C  1 April, 1 July, 30 September                    91 days between each two: not
    D  two on one day and one a week later              three: stayed
    E  two                                              not
    F  three in May                                     not met in the quarter: not in it
    G  three in May and one in September                 three that ended before it: not

    3 of 6, 50%. The South, which was there at A's third contact only, has 0 of 1.
    """
    met = {
        "A": ((7, 6), (8, 3), (9, 14)),
        "B": ((5, 4), (6, 1), (7, 3)),
        "C": ((4, 1), (7, 1), (9, 30)),
        "D": ((9, 1), (9, 1), (9, 8)),
        "E": ((9, 1), (9, 8)),
        "F": ((5, 4), (5, 11), (5, 18)),
        "G": ((5, 4), (5, 11), (5, 18), (9, 1)),
    }
    families = {name: CaseFactory(allocated_to=service.ann) for name in met}
    for name, days in met.items():
        for day in days:
            on = datetime.date(2026, *day)
            contact = held(kind="case_contact", case=families[name], date=on)
            if (name, day) == ("A", (9, 14)):
                joined(contact, service.cem, 30)

    total, rows = figures_of("RCH-05", by="team")

    assert (total.numerator, total.denominator) == (3, 6)
    assert set(total.behind) == {families[name].pk for name in "ABD"}
    north, south = rows[service.north.pk], rows[service.south.pk]
    assert (north.numerator, north.denominator) == (3, 6)
    assert (south.numerator, south.denominator) == (0, 1)


@pytest.mark.parametrize(
    ("first", "stayed"), [(datetime.date(2026, 6, 17), 1), (datetime.date(2026, 6, 16), 0)]
)
def test_rch_05_thirteen_weeks_may_begin_before_the_period(figures_of, held, case, first, stayed):
    """The third contact is on 15 September: 17 June is 90 days before it, 16 June 91."""
    for day in (first, datetime.date(2026, 7, 1), datetime.date(2026, 9, 15)):
        held(kind="case_contact", case=case, date=day)

    total, _ = figures_of("RCH-05")

    assert (total.numerator, total.denominator) == (stayed, 1)


def test_rch_05_only_cases_that_are_thirteen_weeks_old(service, figures_of, held):
    """Opened 1 July: 91 days before 30 September, in; 2 July: out."""
    for day in (1, 2):
        opened_on = datetime.date(2026, 7, day)
        young = CaseFactory(allocated_to=service.ann, opened_on=opened_on, consent_on=opened_on)
        for _ in range(3):
            held(kind="case_contact", case=young)

    total, _ = figures_of("RCH-05")

    assert (total.numerator, total.denominator) == (1, 1)


@worked_example("RCH-06")
def test_rch_06_worked_example(service, figures_of, held):
    """Four sessions on Tuesdays of September. Seat 1 came to all, seat 2 to 1 to 3, seat 3 to 1
    and 4 and made up for 2, seat 4 to 1 only, seat 5 first at session 3: 3 of 4 places.
    """
    came = {1: (1, 2, 3, 4), 2: (1, 2, 3), 3: (1, 4), 4: (1,), 5: (3, 4)}
    programme = SeriesFactory(
        team=service.north, seats=8, planned_sessions=4, from_on=datetime.date(2026, 9, 1)
    )
    for number in (1, 2, 3, 4):
        day = datetime.date(2026, 9, 7 * number - 6)
        session = held(kind="group_session", series=programme, session_number=number, date=day)
        for seat, numbers in came.items():
            SeatMark.objects.create(
                activity=session,
                seat=seat,
                is_present=number in numbers,
                makes_up_for=2 if (seat, number) == (3, 4) else None,
            )

    total, rows = figures_of("RCH-06", by="programme")

    assert (total.numerator, total.denominator, total.known, total.asked) == (3, 4, 4, 4)
    assert rows[programme.pk] == total


def test_rch_06_a_programme_that_goes_on_is_not_counted(service, figures_of, held):
    programme = SeriesFactory(team=service.north, seats=8, from_on=datetime.date(2026, 9, 1))
    session = held(kind="group_session", series=programme, session_number=1)
    SeatMark.objects.create(activity=session, seat=1, is_present=True)

    assert figures_of("RCH-06")[0].denominator == 0
