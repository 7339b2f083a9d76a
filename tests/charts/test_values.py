import pytest

from eitrack.charts.values import in_words, listed, share_in_words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (120, "2 h"),
        (125, "2 h 05"),
        (135, "2 h 15"),
        (74_070, "1,234 h 30"),
        (None, "–"),
    ],
)
def test_minutes(minutes, words):
    assert in_words(minutes, "minutes") == words


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (1204, "1,204"), (2.5, "2.5"), (2.0, "2"), (None, "–")]
)
def test_counts(value, words):
    assert in_words(value, "count") == words


def test_percentages_are_whole():
    assert in_words(51.4, "percent") == "51%"


def test_a_share_of_nothing_is_not_zero():
    assert share_in_words(0, 0) == "–"
    assert share_in_words(0, 4) == "0%"


def test_listed():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
