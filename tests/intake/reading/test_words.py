"""A worker's words beside known names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.intake.reading.words import LEAST, MOST, ranked, readings

SITES = [
    (1, "Bells Lane Primary School"),
    (2, "Bells Lane Children's Centre"),
    (3, "Mill Lane Primary School"),
    (4, "Rowan Sure Start Centre"),
    (5, "Hillside Secondary School"),
]
KINDS = [
    (1, "Drop-in session"),
    (2, "Home visit"),
    (3, "Playground spell"),
    (4, "Meeting about a child or family"),
    (5, "Supervision"),
]


def best(word, known):
    return [match.name for match in ranked(word, known)][:1]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Bells Lane CC", "Bells Lane Children's Centre"),
        ("bells lane ps", "Bells Lane Primary School"),
        ("Rowan SS", "Rowan Sure Start Centre"),
        ("hillside sec sch", "Hillside Secondary School"),
    ],
)
def test_what_is_written_short_for_a_place_is_understood(word, name):
    assert best(word, SITES) == [name]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("d/in Bells Lane", "Drop-in session"),
        ("HV", "Home visit"),
        ("p/ground", "Playground spell"),
        ("mtg re family", "Meeting about a child or family"),
        ("sup", "Supervision"),
    ],
)
def test_what_is_written_short_for_a_kind_is_understood(word, name):
    assert best(word, KINDS) == [name]


def test_several_that_may_be_meant_are_all_offered():
    names = [match.name for match in ranked("Bells Lane", SITES)]

    assert names[:2] == ["Bells Lane Children's Centre", "Bells Lane Primary School"]


def test_a_word_like_nothing_has_no_suggestion():
    assert ranked("xyzzy", SITES) == []
    assert ranked("", SITES) == []


def test_every_reading_of_what_is_short_is_tried():
    assert readings("HV (Rowan CC)") == [
        "HV (Rowan CC)",
        "home visit (rowan children's centre",
        "home visit (rowan community centre",
        "health visitor (rowan children's centre",
        "health visitor (rowan community centre",
    ]


@given(st.text(max_size=60))
def test_any_word_has_at_most_a_few_suggestions(word):
    found = ranked(word, SITES)

    assert len(found) <= MOST
    assert all(LEAST <= match.likeness <= 100 for match in found)
    assert found == sorted(found, key=lambda match: (-match.likeness, match.name))
