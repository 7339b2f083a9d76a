"""Family hubs, and the centre each may be."""

from eitrack.intake.places.hubs import Hub, authorities_in, hubs_of, suggestions
from eitrack.intake.places.lines import csv_file
from eitrack.intake.places.listed import Authority
from tests.intake.places.made import hubs_bytes, opener

PLACES = [
    (1, "Elm Green Children's Centre", "ZZ1 1AA"),
    (2, "Ivy Bank Sure Start Centre", "ZZ1 2BB"),
    (3, "Jay Wood Primary School", "ZZ1 1AA"),
]


def read(*hubs):
    return csv_file(opener(hubs_bytes(*hubs)))


def test_hubs_of_an_authority_are_read_each_once():
    file = read(
        ("Brindley", "Elm  Green Family Hub", "zz1 1aa"),
        ("Brindley", "Elm Green Family Hub", "ZZ11AA"),
        ("Corley", "Far Away Hub", "ZZ9 9ZZ"),
        ("Brindley", "", "ZZ1 1AA"),
    )

    assert hubs_of(file, "Brindley") == [Hub("Elm Green Family Hub", "ZZ1 1AA")]
    assert authorities_in(file) == [
        Authority("Brindley", "Brindley", 2),
        Authority("Corley", "Corley", 1),
    ]


def test_the_likeliest_place_comes_first_with_the_reason():
    found = suggestions(Hub("Elm Green Family Hub", "ZZ1 1AA"), PLACES)

    assert [(one.key, one.reason) for one in found] == [
        (1, "the same postcode and a similar name"),
        (3, "the same postcode, another name"),
    ]


def test_a_similar_name_elsewhere_is_suggested_with_its_postcode():
    found = suggestions(Hub("Ivy Bank Family Hub", "ZZ1 9XX"), PLACES)

    assert [(one.key, one.reason) for one in found] == [(2, "a similar name, but postcode ZZ1 2BB")]


def test_words_that_all_of_them_have_make_no_name_similar():
    assert suggestions(Hub("Family Hub and Children’s Centre", ""), PLACES) == []


def test_places_without_a_postcode_are_not_of_one_postcode():
    assert suggestions(Hub("Alder Hub", ""), [(1, "Birch Centre", "")]) == []
