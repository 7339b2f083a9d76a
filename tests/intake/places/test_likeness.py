"""Names that may mean the same place."""

import pytest

from eitrack.intake.places.likeness import Names, telling

PLACES = Names(
    [
        ("1", "Elm Green Children's Centre", "ZZ1 1AA"),
        ("2", "Ivy Bank Sure Start Centre", "ZZ1 2BB"),
        ("3", "Jay Wood Primary School", "ZZ1 1AA"),
        ("4", "St Brigid’s Catholic Primary School", ""),
    ]
)


def said(*name_and_postcode):
    return [(one.key, one.reason) for one in PLACES.suggestions(*name_and_postcode)]


def test_the_likeliest_place_comes_first_with_the_reason():
    assert said("Elm Green Family Hub", "ZZ1 1AA") == [
        ("1", "same postcode, similar name"),
        ("3", "same postcode, another name"),
    ]


def test_a_similar_name_elsewhere_is_suggested_with_its_postcode():
    assert said("Ivy Bank Family Hub", "ZZ1 9XX") == [("2", "similar name, ZZ1 2BB")]


@pytest.mark.parametrize("name", ["St. Brigids RC School", "Saint Brigid", "st brigid's"])
def test_signs_and_common_words_make_no_difference(name):
    assert said(name) == [("4", "similar name")]


def test_words_that_all_of_them_have_make_no_name_similar():
    assert said("Family Hub and Children’s Centre") == []


def test_places_without_a_postcode_are_not_of_one_postcode():
    assert said("Alder Hub", "") == []


def test_a_name_of_common_words_only_keeps_them():
    assert telling("The Nursery School") == "the nursery school"
