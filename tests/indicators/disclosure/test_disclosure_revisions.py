"""A revision beside the releases it replaces (D16.12), and what it says has moved."""

import json

import pytest

from eitrack.indicators.disclosure import RULES
from eitrack.indicators.disclosure.released import (
    all_hidden,
    both_hidden,
    differences,
    follow,
    keep_all_hidden,
)
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form, Total


def table_of(cells, by="team", form=Form.COUNT, keys=None):
    """Cells are counts, or pairs of numerator and denominator."""
    pairs = [cell if isinstance(cell, tuple) else (None, cell) for cell in cells]
    count = sum(denominator for _, denominator in pairs)
    numerator = sum(part for part, _ in pairs) if form == Form.SHARE else None
    return CountTable(
        Total("RCH-01", "2026-Q1", form, Amount(count, numerator)),
        by=by,
        keys=tuple(keys or "abcdefg"[: len(cells)]),
        amounts=tuple(Amount(denominator, part) for part, denominator in pairs),
    )


def printed(table):
    rows = [row.count for row in table.printed(RULES)]
    return f"{' '.join(rows)} | {table.total.printed(RULES).count}"


def followed(now, *released):
    follow([now], [released[-1]], [[each] for each in released], RULES)
    return now


class TestFollow:
    @pytest.mark.parametrize(
        ("cells", "line"),
        [
            pytest.param([20, 32], "20 25 | 45", id="7 more repeat the released line"),
            pytest.param([20, 18], "20 25 | 45", id="7 fewer too"),
            pytest.param([35, 10], "20 25 | 45", id="and rows that moved within the same total"),
            pytest.param([20, 33], "20 35 | 55", id="8 more are printed"),
            pytest.param([20, 17], "20 15 | 35", id="8 fewer too"),
        ],
    )
    def test_a_line_repeats_while_its_true_total_moved_by_7_or_less(self, cells, line):
        assert printed(followed(table_of(cells), table_of([20, 25]))) == line

    def test_a_total_that_crossed_the_threshold_by_little_stays_hidden(self):
        assert printed(followed(table_of([5, 4]), table_of([3, 2]))) == "c c | c"

    def test_a_share_repeats_only_if_neither_part_moved_further(self):
        before = table_of([(20, 40), (20, 60)], form=Form.SHARE)

        little = followed(table_of([(20, 40), (27, 67)], form=Form.SHARE), before)
        much = followed(table_of([(20, 40), (28, 60)], form=Form.SHARE), before)

        assert [row.figure for row in little.printed(RULES)] == ["50", "33"]
        assert [row.figure for row in much.printed(RULES)] == ["50", "50"]

    def test_a_cell_hidden_once_stays_hidden_whatever_it_holds_now(self):
        """It was 4 in the first of two releases, and is 24; the 12 was hidden beside it."""
        released = table_of([4, 12, 60, 60]), table_of([14, 12, 60, 60])

        now = followed(table_of([24, 12, 60, 60]), *released)

        assert printed(now) == "c c 60 60 | 155"

    def test_a_share_closed_once_stays_closed(self):
        before = table_of([(4, 40), (30, 60)], form=Form.SHARE)

        now = followed(table_of([(20, 40), (30, 60)], form=Form.SHARE), before)

        assert [row.figure for row in now.printed(RULES)] == ["c", "50"]

    def test_a_breakdown_that_printed_x_prints_it_again(self):
        before = table_of([40, 30])
        before.is_crossed = True

        assert printed(followed(table_of([80, 30]), before)) == "x x | 110"

    def test_a_measure_of_which_only_the_year_was_printed_prints_nothing_again(self):
        before = table_of([40, 30])
        before.total.is_crossed = True

        assert printed(followed(table_of([80, 30]), before)) == "x x | x"

    def test_of_a_row_that_the_released_line_lacked_nothing_is_said(self):
        before = table_of([40, 30], keys="ab")

        assert printed(followed(table_of([40, 30, 4], keys="abc"), before)) == "40 30 x | 70"

    def test_a_line_that_lacks_a_released_row_says_nothing_of_any(self):
        before = table_of([40, 30, 4], keys="abc")

        assert printed(followed(table_of([40, 30], keys="ab"), before)) == "x x | 75"

    def test_a_breakdown_that_is_new_stands_under_the_released_total(self):
        now = followed(table_of([20, 33], by="kind"), table_of([20, 27], by="team"))

        assert printed(now) == "20 35 | 45"

    def test_what_was_not_released_is_left_alone(self):
        other = table_of([4, 40])
        other.total.code = "VIS-02"

        assert printed(followed(table_of([20, 25]), other)) == "20 25 | 45"


class TestKeptHidden:
    """What was released is stored, and hides the same of what a page would print."""

    def shown(self, now, *released):
        hidden = {}
        for table in released:
            found = json.loads(json.dumps(all_hidden([table], RULES)))
            hidden = both_hidden(hidden, found)
        keep_all_hidden([now], hidden)
        return now

    def test_cells_of_any_release(self):
        now = self.shown(
            table_of([24, 12, 60, 60]), table_of([4, 12, 60, 60]), table_of([14, 12, 60, 60])
        )

        assert printed(now) == "c c 60 60 | 155"

    def test_shares_alone(self):
        before = table_of([(4, 40), (30, 60)], form=Form.SHARE)

        now = self.shown(table_of([(20, 40), (30, 60)], form=Form.SHARE), before)

        assert [row.figure for row in now.printed(RULES)] == ["c", "50"]

    def test_whole_breakdowns_and_totals(self):
        crossed, total, year = table_of([40, 30]), table_of([40, 30]), table_of([40, 30])
        crossed.is_crossed = total.total.is_forced = year.total.is_crossed = True

        assert printed(self.shown(table_of([80, 30]), crossed)) == "x x | 110"
        assert printed(self.shown(table_of([80, 30]), total)) == "80 30 | c"
        assert printed(self.shown(table_of([80, 30]), year)) == "x x | x"

    def test_other_breakdowns_are_left_alone(self):
        now = self.shown(table_of([24, 12]), table_of([4, 12], by="kind"))

        assert printed(now) == "25 10 | 35"

    def test_what_hides_nothing_is_not_stored(self):
        assert all_hidden([table_of([24, 12])], RULES) == {}


class TestDifferences:
    def test_says_what_moved_in_printed_figures_and_no_more(self):
        before = {"": {"Attendances": "50", "Outreach": "c"}, "Team": {"North": "30"}}
        now = {"": {"Attendances": "60", "Outreach": "c"}, "Team": {"North": "c", "South": "30"}}

        assert differences(before, now) == (
            "Attendances: 50 before, 60 now",
            "North (by team): 30 before, c now",
            "South (by team): not printed before, 30 now",
        )

    def test_says_what_is_gone(self):
        assert differences({"Team": {"North": "30"}}, {}) == (
            "North (by team): 30 before, not printed now",
        )

    def test_of_the_same_release_says_nothing(self):
        assert differences({"": {"Attendances": "50"}}, {"": {"Attendances": "50"}}) == ()
