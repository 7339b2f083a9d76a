"""The list of family hub sites."""

from eitrack.intake.places.hubs import Hub, authorities_in, hubs_of
from eitrack.intake.places.lines import csv_file
from eitrack.intake.places.listed import Authority
from tests.intake.places.made import hubs_bytes, opener


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
