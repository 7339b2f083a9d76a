"""What succeeded what."""

from datetime import date

from eitrack.intake.places.lines import csv_file
from eitrack.intake.places.links import Successor, links_in
from tests.intake.places.made import links_bytes, opener


def read(*links, numbers=("100001", "100002", "145001")):
    return links_in(csv_file(opener(links_bytes(*links))), set(numbers))


def test_a_successor_is_what_the_linked_place_is_to_the_first():
    found = read(("100001", "145001", "Elm Green Academy", "Successor", "01-09-2026"))

    assert found.after("100001") == [
        Successor("145001", "Elm Green Academy", date(2026, 9, 1), True)
    ]
    assert found.after("145001") == []
    assert found.carries_on_as("100001").number == "145001"


def test_a_predecessor_is_the_same_link_the_other_way_round():
    found = read(("145001", "100001", "Elm Green School", "Predecessor", "01-09-2026"))

    assert found.after("100001") == [Successor("145001", "", date(2026, 9, 1), True)]


def test_both_directions_are_one_link():
    found = read(
        ("145001", "100001", "Elm Green School", "Predecessor", "01-09-2026"),
        ("100001", "145001", "Elm Green Academy", "Successor", ""),
    )

    assert found.after("100001") == [
        Successor("145001", "Elm Green Academy", date(2026, 9, 1), True)
    ]


def test_what_was_merged_or_split_does_not_carry_on():
    merged = read(("100001", "145001", "Elm Green", "Successor - merged", "01-09-2026"))
    split = read(
        ("100001", "145001", "Elm Green", "Successor", "01-09-2026"),
        ("100001", "145002", "Elm Bank", "Successor", "01-09-2026"),
    )

    assert merged.after("100001")[0].is_plain is False
    assert merged.carries_on_as("100001") is None
    assert len(split.after("100001")) == 2
    assert split.carries_on_as("100001") is None


def test_two_places_that_became_one_do_not_carry_on():
    found = read(
        ("100001", "145001", "Elm Green", "Successor", "01-09-2026"),
        ("100002", "145001", "Elm Green", "Successor", "01-09-2026"),
    )

    assert found.carries_on_as("100001") is None


def test_a_link_that_says_merged_in_one_direction_is_merged():
    found = read(
        ("100001", "145001", "Elm Green", "Successor", "01-09-2026"),
        ("145001", "100001", "Elm Green", "Predecessor - amalgamated", "01-09-2026"),
    )

    assert found.carries_on_as("100001") is None


def test_only_links_of_these_places_are_kept():
    found = read(
        ("900001", "900002", "Far Away", "Successor", "01-09-2026"),
        ("900001", "145001", "Elm Green", "Successor", "01-09-2026"),
    )

    assert list(found.successors) == ["900001"]
    assert [one.number for one in found.after("900001")] == ["145001"]


def test_other_links_are_no_succession():
    found = read(
        ("100001", "100002", "Elm Sixth Form", "Sixth Form Centre Link", ""),
        ("100001", "145001", "Elm Green", "Merged - change in age range", ""),
        ("100001", "100001", "Elm Green", "Successor", ""),
        ("100001", "", "", "", ""),
    )

    assert found.successors == {}


def test_a_linked_site_knows_its_centre():
    found = read(("100001", "100002", "Elm Green Centre", "Children's Centre Link", ""))

    assert found.linked == {"100001": {"100002"}, "100002": {"100001"}}
