"""Counts as people write them: exact, about, in parts."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.activities.choices import Band
from eitrack.intake.reading.cells import Flaw, Reading
from eitrack.intake.reading.values.count_parts import Count
from eitrack.intake.reading.values.counts import band_of, read_count
from tests.intake.reading.values.test_days import ANYTHING


@pytest.mark.parametrize("written", [8, 8.0, "8", "8,0", "8.0", "8 people", "8 attended", " 8 "])
def test_a_number_is_exact_and_read_without_a_word(written):
    assert read_count(written) == Reading(Count(8))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("c. 20", 20), ("c20", 20), ("20ish", 20), ("approx 15", 15), ("~20", 20), ("about 20", 20),
        ("20+", 20), ("over 12", 12), ("10-12", 11), ("10 to 14", 12), ("15?", 15),
        ("20 or so", 20), ("c. 20 people", 20),
    ],
)  # fmt: skip
def test_about_so_many_is_an_estimate_with_its_band(written, number):
    assert read_count(written) == Reading(
        Count(number, Band.UP_TO_20),
        f"“{written.strip()}” read as an estimate: about 11 to 20.",
    )


@pytest.mark.parametrize(
    ("number", "band"),
    [
        (1, Band.UP_TO_5),
        (6, Band.UP_TO_10),
        (40, Band.UP_TO_40),
        (81, Band.OVER_80),
        (999, Band.OVER_80),
    ],
)
def test_the_band_is_the_one_with_the_number_in_it(number, band):
    assert band_of(number) is band


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("8 mums + 11", Count(19)),
        ("8 mums and 11 kids", Count(19, adults=8, children=11)),
        ("3 mums, 2 dads, 4 babies", Count(9, adults=5, children=4)),
        ("8mums+11kids", Count(19, adults=8, children=11)),
        ("14 (8 mums, 6 kids)", Count(14, adults=8, children=6)),
        ("14 (8 mums)", Count(14)),
        ("14 (3 new)", Count(14, new=3)),
        ("14 of whom 3 new", Count(14, new=3)),
        ("3 new, 11 returning", Count(14, new=3, returning=11)),
        ("6 adults + 9 children (3 new)", Count(15, adults=6, children=9, new=3)),
    ],
)
def test_parts_are_added_up_and_that_is_said(written, count):
    assert read_count(written) == Reading(count, f"“{written}” read as {count.number} in all.")


def test_families_are_no_people():
    assert read_count("8 families") == Reading(Count(8, of_families=True))
    assert read_count("8 families, 12 kids").reason == (
        "“8 families, 12 kids” counts families and people. Type how many people."
    )


@pytest.mark.parametrize(
    ("written", "number"), [("nil", 0), ("None", 0), ("eight", 8), ("a dozen", 12)]
)
def test_a_number_in_words_is_said(written, number):
    assert read_count(written) == Reading(Count(number), f"“{written}” read as {number}.")


@pytest.mark.parametrize("written", ["cancelled", "Did not run", "DNR", "Closed."])
def test_what_did_not_run_has_no_count(written):
    assert read_count(written) == Reading(
        Count(did_not_run=True), f"“{written}” read as a session that did not run."
    )


@pytest.mark.parametrize("written", ["-", "n/a", "?", "TBC", "not known"])
def test_what_nobody_knows_is_no_nought(written):
    assert read_count(written) == Reading(note=f"“{written}” read as not known.")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("lots", "“lots” is no count. Type the number alone."),
        ("8/11", "“8/11” is no count. Type the number alone."),
        ("8 11", "“8 11” is no count. Type the number alone."),
        ("8 + 2 staff", "“staff” in “8 + 2 staff” may not count. Type the number alone."),
        ("14 (20 new)", "“14 (20 new)” does not add up. Type the number alone."),
        ("14 (8 mums, 9 kids)", "“14 (8 mums, 9 kids)” does not add up. Type the number alone."),
        ("~0", "“~0” may be nobody or a few. Type the number."),
        (8.5, "8.5 is no count of people."),
        (-1, "-1 is no count of people."),
        (1000, "1,000 is more than the 999 that fit."),
        ("1,200", "1,200 is more than the 999 that fit."),
        (True, "“Yes” is no count of people."),
        (time(8), "“08:00” is no count of people."),
        (Flaw("50%", "A percentage."), "A percentage."),
    ],
)
def test_what_is_no_count_says_why(written, reason):
    assert read_count(written) == Reading(reason=reason)


def test_a_date_may_have_been_a_count():
    assert read_count(date(2026, 12, 10)).reason == (
        "“10/12/2026” is a date: a spreadsheet makes one of a count such as 10-12. Type it again "
        "as 10 to 12."
    )


def test_an_empty_cell_is_nothing_at_all():
    assert read_count("") == Reading()


@given(st.integers(0, 999), st.integers(0, 999))
def test_two_parts_come_back(adults, children):
    reading = read_count(f"{adults} adults and {children} children")

    if adults + children <= 999:
        assert reading.value == Count(adults + children, adults=adults, children=children)
    else:
        assert reading.reason


@given(ANYTHING | st.text("0123456789 +&,()mumskidnewof-~?", max_size=40))
def test_any_cell_is_a_count_or_has_a_reason(cell):
    reading = read_count(cell)

    assert reading.value is None or not reading.reason
    assert reading.value is None or 0 <= reading.value.number <= 999
