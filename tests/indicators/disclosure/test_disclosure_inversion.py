"""Can a reader who knows the code work out what a published line hides?

The reader has one printed line and this repository. For every true line in a range we publish it,
group the lines by what is printed, and look at each hidden cell (`c` or `x`): over the lines of
its group it must have four different values or more. The reader cannot tell those lines apart, so
these values are what the reader is left with.

A group counts only if it is complete: the upper bound of its printed total lies in the range.
"""

from itertools import product

import pytest

from eitrack.indicators.disclosure import publish_line

pytestmark = pytest.mark.exhaustive


def partitions(size, limit):
    """Every line of `size` cells that sum to `limit` or less, with its total."""

    def cells(left, room):
        if left == 0:
            yield ()
            return
        for first in range(room + 1):
            for rest in cells(left - 1, room - first):
                yield (first, *rest)

    for line in cells(size, limit):
        yield line, sum(line)


def overlaps(size, limit):
    """Every line with every total up to `limit` that lies between its largest cell and its sum."""
    for line in product(range(limit + 1), repeat=size):
        for total in range(max(line), min(sum(line), limit) + 1):
            yield line, total


def incompletes(size, limit):
    """Every line with every total up to `limit` that is its sum or more."""
    for line, least in partitions(size, limit):
        for total in range(least, limit + 1):
            yield line, total


def possible_values(true_lines, limit):
    """Map each complete printed line to the set of values of each of its cells."""
    values = {}
    for line, total in true_lines:
        printed, printed_total = publish_line(line, total)
        upper = 7 if printed_total == "c" else int(printed_total) + 2
        if upper > limit:
            continue
        cells = values.setdefault((*printed, printed_total), [set() for _ in line])
        for seen, n in zip(cells, line, strict=True):
            seen.add(n)
    return values


def leaks(values, need=4):
    """The hidden cells that have fewer than `need` possible values, with these values."""
    return [
        (" ".join(printed[:-1]) + " | " + printed[-1], position, sorted(seen))
        for printed, cells in values.items()
        for position, seen in enumerate(cells)
        if printed[position] in {"c", "x"} and len(seen) < need
    ]


def test_the_search_finds_the_leak_of_a_scheme_that_leaks(monkeypatch):
    """With D1 alone the line 1, 8, 8 prints c, 10, 10 | 15, which only 1, 8, 8 does."""
    monkeypatch.setattr(
        "eitrack.indicators.disclosure.counts._protect_each_other", lambda *hidden: True
    )
    monkeypatch.setattr("eitrack.indicators.disclosure.counts._is_full", lambda *line: False)
    monkeypatch.setattr("eitrack.indicators.disclosure.counts._is_crowded", lambda *line: False)

    assert ("c 10 10 | 15", 0, [1]) in leaks(possible_values(partitions(3, 20), 20))


def test_the_search_finds_the_leak_that_full_cells_make(monkeypatch):
    """Without D2c the line 12, 7, 7, 7 prints 10, c, c, c | 35, which only 12, 7, 7, 7 does."""
    monkeypatch.setattr("eitrack.indicators.disclosure.counts._is_full", lambda *line: False)

    assert ("10 c c c | 35", 1, [7]) in leaks(possible_values(partitions(4, 37), 37))


@pytest.mark.parametrize(
    ("size", "limit"), [(2, 40), (3, 27), (4, 17), (5, 12), (6, 12), (7, 12), (8, 12)]
)
def test_hidden_cells_keep_four_values_in_the_range_of_the_design(size, limit):
    values = possible_values(partitions(size, limit), limit)

    assert values
    assert leaks(values) == []


@pytest.mark.parametrize(("size", "limit"), [(2, 200), (3, 62), (4, 52), (5, 37)])
def test_hidden_cells_keep_four_values_beyond_it(size, limit):
    """The first lines that D2c protects: total 33 for one visible cell, 48 for two."""
    assert leaks(possible_values(partitions(size, limit), limit)) == []


@pytest.mark.parametrize(("size", "limit"), [(2, 40), (3, 27), (4, 17)])
def test_hidden_cells_of_overlapping_lines_keep_four_values(size, limit):
    assert leaks(possible_values(overlaps(size, limit), limit)) == []


@pytest.mark.parametrize(("size", "limit"), [(1, 40), (2, 37), (3, 22)])
def test_hidden_cells_of_incomplete_lines_keep_four_values(size, limit):
    assert leaks(possible_values(incompletes(size, limit), limit)) == []
