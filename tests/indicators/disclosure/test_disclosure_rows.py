"""Rows that rest on too little (D10, D11) and rows that say the same of everybody (D7)."""

import pytest

from eitrack.common.periods import Period
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.disclosure import publish
from eitrack.indicators.disclosure.decided import UNDECIDED, Decided
from eitrack.indicators.disclosure.quantities import keys_of
from eitrack.indicators.disclosure.rows import merged
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.figures import Coverage, ExactFigures, Parts, Row

BY_CODE = {each.code: each for each in INDICATORS}


def figures_by(by, rows, cells, **others):
    """Exact figures of a quarter; totals are the sums of their rows."""
    totals = {}
    for code, its in cells.items():
        denominators = [parts.denominator for parts in its.values()]
        totals[code] = Parts(
            sum(parts.numerator for parts in its.values()),
            None if None in denominators else sum(denominators),
            workers=9,
        )
    return ExactFigures(
        scope=None,
        period=Period.parse("2026-Q2"),
        by=BREAKDOWNS[by],
        indicators=tuple(BY_CODE[code] for code in cells),
        rows=tuple(rows),
        totals=totals,
        cells=cells,
        coverage=Coverage(0, 0),
        **others,
    )


def printed_rows(figures, code, decided=UNDECIDED):
    """{label: figure} as it is published."""
    published = publish(figures, decided=decided)
    (shown,) = [each for each in published.shown if each.indicator.code == code]
    return {cell.label: cell.figure for cell in shown.rows}


class TestSites:
    """D11: 30 attendances or 10 activities with children or parents, else "Other sites"."""

    ROWS = (
        Row(1, "High School", "school"),
        Row(2, "Low School", "school"),
        Row(3, "Clinic", "clinic"),
        Row(4, "Library", "library"),
        Row(None, "No site shown"),
    )

    def by_site(self, attendances, activities):
        """Sites in their order: attendances, and direct activities that PTN-04 counts."""
        cells = {"RCH-01": {}, "PTN-04": {}}
        for row, people, number in zip(self.ROWS, attendances, activities, strict=True):
            cells["RCH-01"][row.key] = Parts(people)
            cells["PTN-04"][row.key] = Parts(0, number)
        return figures_by("site", self.ROWS, cells)

    def test_a_site_at_the_floor_of_either_stands_alone(self):
        figures, hidden = merged(self.by_site([30, 29, 0, 29, 0], [0, 9, 10, 9, 0]))

        assert [row.label for row in figures.rows] == ["High School", "Clinic", "Other sites"]
        assert figures.cells["RCH-01"]["other"].numerator == 58
        assert figures.cells["PTN-04"]["other"].denominator == 18
        assert not hidden

    def test_what_carries_no_site_is_among_the_others_whatever_its_size(self):
        figures, _ = merged(self.by_site([30, 29, 40, 29, 500], [0] * 5))

        assert figures.cells["RCH-01"]["other"].numerator == 558

    def test_a_single_small_site_is_hidden_and_another_with_it(self):
        """20 would print; alone among the others it is the library's, so `c`, and 41 with it."""
        figures = self.by_site([60, 50, 41, 20, 0], [0] * 5)

        assert printed_rows(figures, "RCH-01") == {
            "High School": "60",
            "Low School": "50",
            "Clinic": "c",
            "Other sites": "c",
        }

    def test_a_single_small_site_is_hidden_although_some_carry_no_site(self):
        figures = self.by_site([60, 50, 41, 20, 30], [0] * 5)

        assert printed_rows(figures, "RCH-01")["Other sites"] == "c"

    def test_two_small_sites_are_printed_together(self):
        figures = self.by_site([60, 50, 20, 20, 0], [0] * 5)

        assert printed_rows(figures, "RCH-01")["Other sites"] == "40"

    def test_rows_of_a_released_table_are_kept_as_they_were(self):
        """A revision: the clinic has fallen below the floor, the library has passed it."""
        figures = self.by_site([60, 50, 20, 40, 0], [0] * 5)

        figures, hidden = merged(figures, as_before=frozenset({"school/1", "clinic/3", "other"}))

        assert [row.label for row in figures.rows] == ["High School", "Clinic", "Other sites"]
        assert figures.cells["RCH-01"]["other"].numerator == 90
        assert not hidden


class TestPosts:
    """D10: a post of fewer than five workers joins "Other roles"; are they still fewer, no rows."""

    def by_post(self, **workers_of):
        rows = [Row(post, post.title()) for post in workers_of]
        return figures_by(
            "post",
            rows,
            {"RCH-01": {row.key: Parts(100, workers=len(workers_of[row.key])) for row in rows}},
            workers_of_rows={post: frozenset(workers) for post, workers in workers_of.items()},
        )

    def test_posts_below_five_workers_are_merged(self):
        figures = self.by_post(lead="abcde", play="abcd", health="fg")

        assert printed_rows(figures, "RCH-01") == {"Lead": "100", "Other roles": "200"}

    def test_the_merged_row_rests_on_different_people(self):
        """Ann in both small posts is one worker: four together, so nothing is broken down."""
        assert printed_rows(self.by_post(lead="abcde", play="fgh", health="hi"), "RCH-01") == {}

    def test_posts_of_five_are_left_alone(self):
        figures = self.by_post(lead="abcde", play="abcde")

        assert printed_rows(figures, "RCH-01") == {"Lead": "100", "Play": "100"}


class TestResources:
    """D10: class R by site or agency is published by kind of site or agency only."""

    @pytest.mark.parametrize(
        ("by", "rows"), [("site", {}), ("agency", {}), ("site_kind", {"School": "50%"})]
    )
    def test_are_not_broken_down_by_one_place(self, by, rows):
        place = Row("school", "School") if by == "site_kind" else Row(1, "Hill", "school")
        cells = {
            "RCH-01": {place.key: Parts(100, workers=9)},
            "VIS-01": {place.key: Parts(600, 1200, workers=9)},
        }

        decided = Decided(printed=frozenset(keys_of("VIS-01", by, str(place.key))))
        assert printed_rows(figures_by(by, [place], cells), "VIS-01", decided) == rows


class TestAllOrNone:
    """D7: 0 or 100 % of fewer than 20 says something of everybody in the group."""

    @pytest.mark.parametrize(
        ("numerator", "denominator", "printed"),
        [
            pytest.param(0, 19, ("c", "c"), id="nobody of 19"),
            pytest.param(19, 19, ("c", "c"), id="all of 19"),
            pytest.param(9, 19, ("u", "20"), id="some of 19"),
            pytest.param(0, 20, ("0%", "20"), id="nobody of 20"),
            pytest.param(20, 20, ("100%", "20"), id="all of 20"),
        ],
    )
    @pytest.mark.parametrize(
        ("by", "key"),
        [
            ("need_level", "universal"),
            ("need_level", "specialist"),
            ("purpose", "domestic_abuse"),
            ("purpose", "substance_use"),
        ],
    )
    def test_hides_the_whole_row_of_a_sensitive_group(
        self, by, key, numerator, denominator, printed
    ):
        assert self.row(by, key, numerator, denominator) == printed

    @pytest.mark.parametrize(("by", "key"), [("purpose", "attendance"), ("site_kind", "school")])
    def test_of_other_groups_is_of_low_reliability_only(self, by, key):
        assert self.row(by, key, 0, 19) == ("u", "20")

    def row(self, by, key, numerator, denominator):
        rows = [Row(key, "It"), Row("b", "B"), Row("d", "D")]
        cells = {
            "RCH-02": {
                key: Parts(numerator, denominator),
                "b": Parts(30, 60),
                "d": Parts(40, 80),
            }
        }
        (shown,) = publish(figures_by(by, rows, cells)).shown
        return shown.rows[0].figure, shown.rows[0].denominator
