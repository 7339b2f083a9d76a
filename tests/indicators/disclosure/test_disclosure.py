"""D1 to D3, D2b, D2c and D5, held to the test vectors of the design and to properties.

That nothing hidden can be worked out again is searched exhaustively in
`test_disclosure_inversion.py`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.indicators.disclosure import SYMBOLS, publish_cell, publish_line, publish_share

NOT_COUNTS = [-1, 1.0, "3", None, True]

# Small counts are drawn as often as large ones: the rules live there.
counts = st.one_of(st.integers(0, 20), st.integers(0, 3000))
lines = st.lists(counts, min_size=1, max_size=12)


@st.composite
def overlapping_lines(draw):
    cells = draw(lines)
    return cells, draw(st.integers(max(cells), sum(cells)))


@st.composite
def incomplete_lines(draw):
    cells = draw(lines)
    return cells, sum(cells) + draw(st.integers(1, 60))


@st.composite
def shares(draw):
    denominator = draw(counts)
    return draw(st.integers(0, denominator)), denominator


class TestPublishCell:
    @pytest.mark.parametrize(
        ("n", "printed"),
        [
            (0, "0"),
            (1, "c"),
            (7, "c"),
            (8, "10"),
            (12, "10"),
            (13, "15"),
            (17, "15"),
            (18, "20"),
            (2998, "3000"),
        ],
    )
    def test_boundaries(self, n, printed):
        assert publish_cell(n) == printed

    @pytest.mark.parametrize("n", NOT_COUNTS)
    def test_refuses_what_is_not_a_count(self, n):
        with pytest.raises(ValueError, match="count"):
            publish_cell(n)

    @given(counts)
    def test_never_prints_a_number_from_1_to_9(self, n):
        assert publish_cell(n) not in set("123456789")

    @given(st.integers(8, 10**9))
    def test_moves_a_count_by_two_at_most(self, n):
        assert abs(int(publish_cell(n)) - n) <= 2


class TestPublishLineVectors:
    @pytest.mark.parametrize(
        ("cells", "printed", "printed_total"),
        [
            pytest.param([64, 128, 13], "65 130 15", "205", id="nothing small"),
            pytest.param([3, 41], "c c", "45", id="one small: the other is hidden"),
            pytest.param([1, 8, 8], "c c 10", "15", id="leak of the plain scheme closed"),
            pytest.param([12, 46, 4, 0], "c 45 c 0", "60", id="smallest non-zero, zero stays"),
            pytest.param([2, 2, 31, 58], "c c c 60", "95", id="two hidden sum to 4"),
            pytest.param(
                [6, 9, 23, 112, 0, 1], "c c 25 110 0 c", "150", id="6 and 1 are 7, so 9 too"
            ),
            pytest.param([1, 1, 1, 8], "c c c c", "10", id="every non-zero cell hidden"),
            pytest.param([1] * 7, "x x x x x x x", "c", id="D2b: each could only be 1"),
            pytest.param([2, 2, 2, 1], "x x x x", "c", id="D2b: four in seven"),
            pytest.param([1] * 12, " ".join("x" * 12), "10", id="D2b: twelve of 1"),
        ],
    )
    def test_design_vector(self, cells, printed, printed_total):
        assert publish_line(cells, sum(cells)) == (printed.split(), printed_total)

    @pytest.mark.parametrize(
        ("cells", "printed", "printed_total"),
        [
            pytest.param([], "", "0", id="no cells"),
            pytest.param([0, 0, 0], "0 0 0", "0", id="zeros only"),
            pytest.param([5], "c", "c", id="a single small cell"),
            pytest.param([12], "10", "10", id="a single large cell"),
            pytest.param([0, 5, 0], "0 c 0", "c", id="one small among zeros"),
            pytest.param([4, 4, 50], "c c 50", "60", id="4 and 4 are 8: enough"),
            pytest.param([3, 4, 50], "c c c", "55", id="3 and 4 are 7: not enough"),
            pytest.param([20, 3, 20, 30], "c c 20 30", "75", id="of equals the first is hidden"),
            pytest.param([1, 1, 1], "c c c", "c", id="three in seven leave four each"),
            pytest.param([1, 1, 1, 1, 0], "x x x x x", "c", id="D2b takes the zeros too"),
        ],
    )
    def test_boundary(self, cells, printed, printed_total):
        assert publish_line(cells, sum(cells)) == (printed.split(), printed_total)

    @pytest.mark.parametrize(
        ("cells", "printed", "printed_total"),
        [
            pytest.param([12, 7, 7, 7], "c c c c", "35", id="each could only be 7"),
            pytest.param([12, 7, 7, 7, 5], "c c c c c", "40", id="two below full at most"),
            pytest.param([12, 7, 7, 7, 7, 7], "10 c c c c c", "45", id="four below: room enough"),
            pytest.param([7, 42, 42, 42], "c c c c", "135", id="7 beside the smallest visible"),
            pytest.param([17, 7, 12, 12, 0], "c c c c 0", "50", id="all hidden but zeros"),
        ],
    )
    def test_cells_that_must_be_full_hide_the_whole_line(self, cells, printed, printed_total):
        assert publish_line(cells, sum(cells)) == (printed.split(), printed_total)


class TestPublishLine:
    def test_total_is_rounded_from_the_true_total(self):
        assert publish_line([12, 12, 12], 36) == (["10", "10", "10"], "35")

    @pytest.mark.parametrize("n", NOT_COUNTS)
    def test_refuses_what_is_not_a_count(self, n):
        with pytest.raises(ValueError, match="count"):
            publish_line([10, n], 40)
        with pytest.raises(ValueError, match="count"):
            publish_line([10, 20], n)

    @given(st.one_of(lines.map(lambda c: (c, sum(c))), overlapping_lines(), incomplete_lines()))
    def test_prints_one_text_per_cell_and_no_number_from_1_to_9(self, line):
        cells, total = line

        printed, printed_total = publish_line(cells, total)

        assert len(printed) == len(cells)
        assert printed_total == publish_cell(total)
        for text in [*printed, printed_total]:
            assert text in {"c", "x"} or (int(text) % 5 == 0 and text != "5")

    @given(st.one_of(lines.map(lambda c: (c, sum(c))), overlapping_lines()))
    def test_one_hidden_cell_never_stands_alone_beside_a_visible_one(self, line):
        printed, _ = publish_line(*line)

        if any(text not in {"c", "x", "0"} for text in printed):
            assert printed.count("c") != 1

    @given(st.one_of(lines.map(lambda c: (c, sum(c))), overlapping_lines(), incomplete_lines()))
    def test_zeros_print_0_unless_the_whole_line_prints_x(self, line):
        cells, _ = line

        printed, _ = publish_line(*line)

        if "x" in printed:
            assert set(printed) == {"x"}
        else:
            assert all((text == "0") == (n == 0) for n, text in zip(cells, printed, strict=True))

    @given(st.one_of(lines.map(lambda c: (c, sum(c))), overlapping_lines(), incomplete_lines()))
    def test_small_cells_are_always_hidden_and_others_rounded_or_hidden(self, line):
        cells, _ = line

        printed, _ = publish_line(*line)

        assert all(
            text in {"c", "x"} or text == publish_cell(n) != "c"
            for n, text in zip(cells, printed, strict=True)
        )

    @given(st.data(), lines)
    def test_order_matters_only_to_which_of_equal_cells_is_hidden(self, data, cells):
        shuffled = data.draw(st.permutations(cells))

        printed, total = publish_line(cells, sum(cells))
        printed_shuffled, total_shuffled = publish_line(shuffled, sum(cells))

        assert total == total_shuffled
        assert sorted(zip(cells, printed, strict=True)) == sorted(
            zip(shuffled, printed_shuffled, strict=True)
        )

    @given(overlapping_lines())
    def test_is_deterministic_and_leaves_its_input_alone(self, line):
        cells, total = line
        before = list(cells)

        first = publish_line(cells, total)

        assert publish_line(tuple(cells), total) == first
        assert cells == before


class TestOverlappingLine:
    """Teams with joint sessions: each counts the session, the service counts it once."""

    def test_cells_may_add_to_more_than_the_total(self):
        assert publish_line([40, 30], 52) == (["40", "30"], "50")

    def test_a_small_team_hides_the_next_smallest(self):
        assert publish_line([41, 3, 30], 60) == (["40", "c", "c"], "60")

    def test_visible_cells_above_the_total_do_not_make_the_line_x(self):
        assert publish_line([40, 40, 4, 5], 42) == (["40", "40", "c", "c"], "40")

    def test_every_team_at_the_same_one_session(self):
        assert publish_line([1] * 7, 1) == (["c"] * 7, "c")


class TestIncompleteLine:
    """A total that counts a group no cell shows is protected against subtraction."""

    def test_a_small_group_left_out_hides_the_smallest_cell(self):
        assert publish_line([40, 60], 103) == (["c", "60"], "105")

    def test_a_large_group_left_out_changes_nothing(self):
        assert publish_line([40, 60], 130) == (["40", "60"], "130")

    def test_no_cell_at_all(self):
        assert publish_line([], 30) == ([], "30")


class TestPublishShare:
    @pytest.mark.parametrize(
        ("numerator", "denominator", "printed"),
        [
            pytest.param(38, 40, "c", id="design vector: complement is 2"),
            pytest.param(9, 19, "u", id="design vector: denominator below 20"),
            pytest.param(0, 0, "–", id="a share of nothing"),
            pytest.param(0, 7, "c", id="small denominator"),
            pytest.param(7, 40, "c", id="small numerator"),
            pytest.param(8, 40, "25", id="8 of 40 is 10 of 40"),
            pytest.param(33, 40, "c", id="complement is 7"),
            pytest.param(32, 40, "75", id="complement is 8"),
            pytest.param(3, 15, "c", id="confidential before unreliable"),
            pytest.param(0, 19, "u", id="nobody of 19"),
            pytest.param(0, 20, "0", id="nobody of 20"),
            pytest.param(19, 19, "u", id="all of 19"),
            pytest.param(20, 20, "100", id="all of 20"),
            pytest.param(10, 2000, "1", id="half a percent rounds up"),
            pytest.param(10, 2003, "k", id="just below half a percent"),
            pytest.param(0, 2003, "0", id="zero is not k"),
        ],
    )
    def test_share(self, numerator, denominator, printed):
        assert publish_share(numerator, denominator) == printed

    @pytest.mark.parametrize("n", NOT_COUNTS)
    def test_refuses_what_is_not_a_count(self, n):
        with pytest.raises(ValueError, match="count"):
            publish_share(n, 40)
        with pytest.raises(ValueError, match="count"):
            publish_share(0, n)

    def test_refuses_a_numerator_above_its_denominator(self):
        with pytest.raises(ValueError, match="41 of 40"):
            publish_share(41, 40)

    @given(shares())
    def test_prints_a_symbol_or_a_whole_percentage(self, share):
        printed = publish_share(*share)

        assert printed in {"c", "u", "k", "–"} or 0 <= int(printed) <= 100

    @given(shares())
    def test_follows_from_the_rounded_counts_once_it_is_a_number(self, share):
        """Whoever knows the two printed counts learns nothing more from the percentage."""
        printed = publish_share(*share)

        if printed.isdecimal():
            part, whole = (int(publish_cell(n)) for n in share)
            assert abs(int(printed) - 100 * part / whole) <= 0.5

    @given(shares())
    def test_hides_what_the_counts_hide(self, share):
        numerator, denominator = share

        if "c" in map(publish_cell, (numerator, denominator, denominator - numerator)):
            assert publish_share(numerator, denominator) == "c"


def test_every_symbol_has_a_meaning():
    assert list(SYMBOLS) == ["c", "x", "u", "k", "z", "–", "e"]
    assert all(SYMBOLS.values())
