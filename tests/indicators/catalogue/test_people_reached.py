"""How many people were reached, worked by hand: C6, C8 to C11 and C14 (RCH-03)."""

import datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.common.periods import Period
from eitrack.indicators.measures.calculated.people import reach_of
from eitrack.indicators.terms.scope import Scope
from eitrack.indicators.terms.words import people as in_words
from tests.factories.activities import SeriesFactory
from tests.factories.cases import CaseFactory
from tests.indicators.examples import worked_example

pytestmark = pytest.mark.django_db

FIRST_TERM = Period.parse("2026-Q3")
YEAR = Period.parse("2026")


@pytest.fixture
def session(held):
    """A session of a series on a day of November; `new=None` where it is not known."""

    def session(series, day, attendance, new=None, **fields):
        if new is not None:
            fields |= {
                "first_time": new,
                "returning": attendance - new,
                "first_time_not_known": 0,
            }
        fields["date"] = fields.get("date") or datetime.date(2026, 11, day)
        return held(series=series, attendance=attendance, **fields)

    return session


@pytest.fixture
def four_sessions(service, session):
    """12 | 10 (3 new) | 14 (2 new) | 9 (0 new)."""
    series = SeriesFactory(team=service.north)
    third = SimpleNamespace(activity=None)
    session(series, 2, 12)
    session(series, 9, 10, 3)
    third.activity = session(series, 16, 14, 2)
    session(series, 20, 9, 0)
    return third


@worked_example("RCH-03")
def test_rch_03_worked_example(service, session, figures_of, held, joined):
    """Of November, the first term since September having begun then:

    drop-in            12, 10 with 3 new, 14 with 2 new    14 to 12 + 3 + 2 = 17
    outreach of Cem    6, 5 with 1 new (joint with Ann)     6 to 6 + 1 = 7
    a family of 2 adults and 1 child, met twice             3 to 3
    a fun day of 40, once; a void session of 99            nobody

    The service 14 to 17 + 7 + 3 = 27; North, with one session of Cem's series, 14 to 17 + 5 + 3.
    Known of all: grade A.
    """
    series = SeriesFactory(team=service.north)
    session(series, 2, 12)
    session(series, 9, 10, 3)
    session(series, 16, 14, 2)
    others = SeriesFactory(team=service.south)
    session(others, 3, 6, by=service.cem, kind="outreach")
    joined(session(others, 10, 5, 1, by=service.cem, kind="outreach"), service.ann, 30)
    family = CaseFactory(allocated_to=service.ann, adults=2, children=1)
    for day in (4, 11):
        held(kind="case_contact", case=family, date=datetime.date(2026, 11, day))
    session(None, 12, 40)
    session(series, 20, 99, void=True)

    total, rows = figures_of("RCH-03", by="team", period=FIRST_TERM)

    assert (total.low, total.numerator, total.grade) == (14, 27, "A")
    assert in_words(total) == "14 to 27 (grade A)"
    north, south = rows[service.north.pk], rows[service.south.pk]
    assert (north.low, north.numerator) == (14, 25)
    assert (south.low, south.numerator) == (6, 7)


def test_c8_worked_example(four_sessions, figures_of):
    """Attendances 45; at least 14, the largest session; at most 12 + 3 + 2 + 0 = 17."""
    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert (total.low, total.numerator, total.grade) == (14, 17, "A")
    assert in_words(total) == "14 to 17 (grade A)"


def test_c8_with_new_unknown_at_one_session_attendances_are_the_upper_end(
    four_sessions, figures_of
):
    """New is not known of the third: 14 to 45. Known of 12 + 10 + 9 of 45, 69%: grade B."""
    activity = four_sessions.activity
    activity.first_time = activity.returning = activity.first_time_not_known = None
    activity.save()

    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert (total.low, total.numerator, total.grade) == (14, 45, "B")


def test_c8_each_school_year_by_itself_and_added(service, session, figures_of):
    """July: 20 of the old school year, since its first session 20. From September: 8, then 10 with
    3 new. Upper end 20 + (8 + 3) = 31, lower end 20; the same people may have come to both.
    """
    series = SeriesFactory(team=service.north)
    session(series, 0, 20, date=datetime.date(2026, 7, 7))
    session(series, 0, 8, date=datetime.date(2026, 9, 8))
    session(series, 0, 10, 3, date=datetime.date(2026, 9, 15))

    total, _ = figures_of("RCH-03")

    assert (total.low, total.numerator) == (20, 31)


def test_c11_new_means_since_the_first_of_september(service, session, figures_of):
    """In November 10 come, 1 of them new; since the first session of September (6) 5 more were
    new. At most 6 + 4 + 1 = 11, less than attendances of November only with a second session.
    """
    series = SeriesFactory(team=service.north)
    session(series, 0, 6, date=datetime.date(2026, 9, 8))
    session(series, 0, 9, 4, date=datetime.date(2026, 9, 15))
    session(series, 3, 10, 1)
    session(series, 10, 9, 0)

    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert (total.low, total.numerator) == (10, 11)


def test_c8_estimates_enter_with_the_ends_of_their_band(service, session, figures_of):
    """About 11 to 20, then 9 of whom new is not known: 11 to 29, grade C (an estimate)."""
    series = SeriesFactory(team=service.north)
    session(series, 2, 15, method="estimate", band="11-20")
    session(series, 9, 9)

    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert (total.low, total.numerator, total.grade) == (11, 29, "C")


def test_c8_the_open_band_says_or_more(service, session, figures_of):
    session(SeriesFactory(team=service.north), 2, 100, method="estimate", band="81+")

    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert (total.low, total.is_open_ended) == (81, True)
    assert "or more" in in_words(total)


def test_c9_below_thirty_percent_known_there_is_no_range(service, session, figures_of):
    """New known of the first session's 2 of 32."""
    series = SeriesFactory(team=service.north)
    session(series, 2, 2)
    session(series, 9, 30)

    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert in_words(total) == "not known (grade D)"


def test_c10_the_service_is_the_largest_low_and_the_sum_of_highs(
    service, session, figures_of, held
):
    """Series of 12 and of 7, a family of 2 adults and 3 children met twice: 12 to 12 + 7 + 5 = 24.
    North has the first and the family, 12 to 17; South 7.
    """
    session(SeriesFactory(team=service.north), 2, 12)
    session(SeriesFactory(team=service.south), 3, 7, by=service.cem)
    family = CaseFactory(allocated_to=service.ann, adults=2, children=3)
    for day in (4, 5):
        held(kind="case_contact", case=family, date=datetime.date(2026, 11, day))

    total, rows = figures_of("RCH-03", by="team", period=FIRST_TERM)

    assert (total.low, total.numerator) == (12, 24)
    north, south = rows[service.north.pk], rows[service.south.pk]
    assert (north.low, north.numerator) == (12, 17)
    assert (south.low, south.numerator) == (7, 7)
    alone, _ = figures_of("RCH-03", scope=Scope.of(service.north), period=FIRST_TERM)
    assert (alone.low, alone.numerator) == (12, 17)


def test_c6_nobody_came_and_c14_one_off_activities_are_not_reach(service, session, figures_of):
    session(SeriesFactory(team=service.north), 2, 0)
    session(None, 3, 40)
    session(None, 4, 1, kind="consultation_family", outcome="signposted")

    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert (total.numerator, total.low) == (0, 0)


def test_a_headcount_that_is_not_known_makes_attendances_the_upper_end(
    service, session, figures_of
):
    """12, not known, 10 with 1 new: who was new at the second is not known, so 12 to 22."""
    series = SeriesFactory(team=service.north)
    session(series, 2, 12)
    session(series, 9, None)
    session(series, 16, 10, 1)

    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert (total.low, total.numerator) == (12, 22)


def test_another_team_may_have_met_them_first(service, session, figures_of):
    """South had 9 there in September, 8 of whom come to North's two sessions in November, where
    nobody is new: at most 9, not 0.
    """
    series = SeriesFactory(team=service.north)
    session(series, 0, 9, by=service.cem, date=datetime.date(2026, 9, 8))
    session(series, 3, 8, 0)
    session(series, 10, 7, 0)

    total, _ = figures_of("RCH-03", scope=Scope.of(service.north), period=FIRST_TERM)

    assert (total.low, total.numerator) == (8, 9)


def test_the_local_population_stands_beside_the_service(service, session, figures_of):
    district = service.north.district
    district.under_19_population = 12345
    district.save()

    total, _ = figures_of("RCH-03", period=FIRST_TERM)

    assert total.beside.numerator == 12345


visits = st.lists(
    st.tuples(st.booleans(), st.sets(st.integers(1, 30), min_size=1)), min_size=1, max_size=12
)


@given(visits)
def test_c8_the_true_number_of_people_lies_in_the_range(sessions):
    """Real people over sessions, before the period (False) and in it, with exact new flags."""
    sessions = [
        *((False, who) for in_period, who in sessions if not in_period),
        *((True, who) for in_period, who in sessions if in_period),
    ]
    met, since, own = set(), [], []
    for in_period, who in sessions:
        since.append((len(who), len(who - met)))
        if in_period:
            own.append(who)
        met |= who
    if not own:
        return

    found = reach_of(sums_of([(len(who), 0) for who in own]), sums_of(since))

    assert found.low <= len(set().union(*own)) <= found.high


def sums_of(sessions):
    """The sums of sessions of (attendance, new), all of them counted and known."""
    heads = [attendance for attendance, _ in sessions]
    first, first_new = sessions[0]
    return {
        "people_most": set(heads),
        "people_first": {f"2026-09-08 {first} {first} {first} {first_new}"},
        "people_highest": sum(heads),
        "people_attendances": sum(heads),
        "people_new": sum(new for _, new in sessions),
        "people_known": sum(heads),
    }
