"""Dates of terms as the pages of councils have them."""

from datetime import date

import pytest

from eitrack.directory.term_dates import Stretch, read_terms

AUTUMN = [
    ("Autumn term, first half", date(2026, 9, 1), date(2026, 10, 23)),
    ("Autumn term, second half", date(2026, 11, 2), date(2026, 12, 18)),
]
SPRING = [
    ("Spring term, first half", date(2027, 1, 4), date(2027, 2, 12)),
    ("Spring term, second half", date(2027, 2, 22), date(2027, 3, 25)),
]


def found(text, year=2026):
    reading = read_terms(text, year=year)
    return [(term.name, term.from_on, term.until_on) for term in reading.terms]


@pytest.mark.parametrize(
    "text",
    [
        "Autumn term: 1 September 2026 to 18 December 2026, half term 26 to 30 October",
        "Autumn term: 1st September to 18th December (half-term: 26th–30th October)",
        "Autumn term – Tuesday 1 September 2026 to Friday 18 December 2026\n"
        "Half term – Monday 26 October 2026 to Friday 30 October 2026",
        "Autumn term 2026\nTerm starts: Tuesday 1 September\n"
        "Half-term holiday: Monday 26 October to Friday 30 October\nTerm ends: Friday 18 December",
        "Half term: 26/10/2026 - 30/10/2026\nAutumn term\t01/09/2026\t18/12/2026",
        "Autumn term 1.9.26 – 18.12.26, half-term break 26.10.26 – 30.10.26",
        "Autumn term\t1 Sept 2026\t23 Oct 2026\t2 Nov 2026\t18 Dec 2026",
        "AUTUMN TERM\nOpens on Tuesday, 1 September 2026\nMid-term: 26 - 30 October 2026\n"
        "Closes on Friday, 18 December 2026",
    ],
)
def test_a_term_with_its_half_term_is_two_stretches(text):
    assert [(name.lower(), *days) for name, *days in found(text)] == [
        (name.lower(), *days) for name, *days in AUTUMN
    ]


def test_a_page_with_all_of_a_year_is_read_whole():
    text = """
        Term dates 2026/27
        Autumn term 2026
        Term starts: Tuesday 1 September 2026
        Half-term holiday: Monday 26 October to Friday 30 October
        Term ends: Friday 18 December
        Christmas holiday: Monday 21 December 2026 to Friday 1 January 2027
        Spring term 2027
        Term starts: Monday 4 January
        Half term: 15 - 19 February
        Term ends: Thursday 25 March
        Good Friday bank holiday: 26 March 2027
        INSET day: 12 April 2027
    """

    assert found(text) == AUTUMN + SPRING
    assert read_terms(text, year=2026).left_out == [
        "Christmas holiday: Monday 21 December 2026 to Friday 1 January 2027",
        "Good Friday bank holiday: 26 March 2027",
        "INSET day: 12 April 2027",
    ]


def test_terms_that_are_numbered_stay_as_they_are():
    text = "Term 1 - 2 September 2026 to 23 October 2026\nTerm 2 - 2 November to 18 December"

    assert found(text) == [
        ("Term 1", date(2026, 9, 2), date(2026, 10, 23)),
        ("Term 2", date(2026, 11, 2), date(2026, 12, 18)),
    ]


@pytest.mark.parametrize("heading", ["2026/27", "2026-2027", "2026 to 2027", "2026 – 27"])
def test_a_date_without_a_year_is_of_the_school_year_said_above(heading):
    text = f"School year {heading}\nSummer term: 12 April to 21 July"

    assert found(text, year=2020) == [
        ("Summer term", date(2027, 4, 12), date(2027, 7, 21)),
    ]


def test_without_any_year_it_is_of_the_school_year_asked_for():
    assert found("Autumn: 1 September to 23 October", year=2027) == [
        ("Autumn", date(2027, 9, 1), date(2027, 10, 23)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Autumn term: 31 September 2026 to 18 December 2026",
        "Autumn term: 18 December 2026 to 1 September 2026",
        "Autumn term: 1 September 2026 to 18 December 2027",
        "Autumn term: 1, 2 or 3 September 2026, to 4 October 2026, or 5 November 2026",
        "Half term: 26 October 2026",
    ],
)
def test_what_cannot_be_read_is_said(line):
    reading = read_terms(line, year=2026)

    assert reading.terms == []
    assert len(reading.not_read) == 1


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Nothing here", "26 to 30 October (half term)", "9" * 99]
)
def test_where_there_is_no_term_there_is_none(text):
    assert found(text) == []


def test_a_name_is_never_longer_than_a_term_has_room_for():
    (first, second) = read_terms(
        f"Autumn term of {'x' * 60}: 1 September 2026 to 18 December 2026, half term 26 to 30 "
        "October",
        year=2026,
    ).terms

    assert isinstance(first, Stretch)
    assert max(len(first.name), len(second.name)) <= 40
    assert second.name.endswith(", second half")
