"""Where a table begins under its titles, and what its columns are called."""

from datetime import date

import pytest

from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.files.survey import NOT_CALCULATED
from eitrack.intake.reading.header import NO_HEADER, Head, find_head, letters_of, unique_names

HEADER = ["Date", "Activity", "Where", "Hours", "Came"]
RECORDS = [
    ["3/11/26", "Drop-in", "Bells Lane", "1.5", "8"],
    ["4/11/26", "Home visit", "Home", "1", ""],
    [date(2026, 11, 5), "Drop-in", "Mill Road", 2.0, 11.0],
]


def rows(*found, start=1):
    """Rows as a sheet gives them: None is a blank one."""
    return [(number, list(row)) for number, row in enumerate(found, start) if row is not None]


class TestOneRow:
    def test_it_may_be_the_first(self):
        assert find_head(rows(HEADER, *RECORDS)) == Head(1, tuple(HEADER))

    def test_it_stands_under_titles_and_blank_lines(self):
        titles = [["Activity log 2026/27"], None, ["Worker: J. Day", "", "Team: North"], None]

        head = find_head(rows(*titles, HEADER, *RECORDS))

        assert head == Head(
            5, tuple(HEADER), titles=("Worker: J. Day", "Team: North", "Activity log 2026/27")
        )

    def test_unknown_words_over_values_are_a_header(self):
        head = find_head(rows(["Log of mine"], ["Wann", "Was", "Wo", "Std"], *RECORDS))

        assert (head.row, head.names[:4]) == (2, ("Wann", "Was", "Wo", "Std"))

    def test_a_line_break_in_a_name_is_a_space(self):
        head = find_head(rows(["Date", "What", "Number\nof  adults", "Hours"], *RECORDS))

        assert head.names[2] == "Number of adults"

    def test_a_second_of_one_name_ends_in_a_number(self):
        assert unique_names(["Total", "Total", "", "total"]) == (
            "Total",
            "Total.1",
            "Column C",
            "total.2",
        )

    def test_a_column_without_a_name_goes_by_its_letter_if_something_stands_in_it(self):
        head = find_head(rows(["", "Activity", "Where", "Hours", "", ""], *RECORDS))

        assert head.names == ("Column A", "Activity", "Where", "Hours", "Column E")

    def test_letters_go_on_after_z(self):
        assert [letters_of(column) for column in (0, 25, 26, 51, 52, 199)] == [
            *("A", "Z", "AA", "AZ", "BA", "GR"),
        ]

    def test_one_column_under_a_known_name_is_a_table(self):
        assert find_head(rows(["Date"], ["3/11/26"], ["4/11/26"])) == Head(1, ("Date",))


class TestTwoRows:
    def test_groups_over_names_that_would_be_missing(self):
        head = find_head(
            rows(
                ["Date", "Activity", "Where", "Who came", "", "Hours"],
                ["", "", "", "Adults", "Children", ""],
                ["3/11/26", "Drop-in", "Bells Lane", "8", "11", "1.5"],
            )
        )

        assert head == Head(2, ("Date", "Activity", "Where", "Adults", "Children", "Hours"))

    def test_groups_over_names_that_would_be_double(self):
        head = find_head(
            rows(
                ["Log of 2026"],
                ["", "", "Morning", "", "Afternoon", ""],
                ["Date", "Where", "Adults", "Children", "Adults", "Children"],
                ["3/11/26", "Bells Lane", "8", "11", "3", "4"],
            )
        )

        assert (head.row, head.titles) == (3, ("Log of 2026",))
        assert head.names[2:] == (
            *("Morning Adults", "Morning Children", "Afternoon Adults", "Afternoon Children"),
        )

    def test_a_title_right_above_is_no_group(self):
        head = find_head(rows(["Log of 2026"], HEADER, *RECORDS))

        assert head == Head(2, tuple(HEADER), titles=("Log of 2026",))


class TestNone:
    def test_without_a_header_columns_go_by_their_letters(self):
        assert find_head(rows(*RECORDS)) == Head(
            0, tuple(f"Column {letter}" for letter in "ABCDE"), said=NO_HEADER
        )

    def test_a_sheet_without_rows_is_refused(self):
        with pytest.raises(NotReadable, match="no table in this sheet"):
            find_head([])

    def test_a_sheet_of_formulas_that_were_never_calculated_is_refused(self):
        with pytest.raises(NotReadable, match="Most cells of this sheet are formulas"):
            find_head(rows(HEADER, [NOT_CALCULATED] * 5, [NOT_CALCULATED] * 5))
