"""The list of family hub sites, which has no identifier.

A hub is often a children's centre that has been renamed: which one, its postcode and its name
suggest, and a person decides.
"""

from dataclasses import dataclass

from eitrack.intake.places.listed import Authority, plain_name, plain_postcode, plain_words

COLUMNS = ("Local_Authority", "Family_Hub", "Postcode", "Region")
NEEDED = COLUMNS[:3]


@dataclass(frozen=True, slots=True)
class Hub:
    name: str
    postcode: str


def authorities_in(file):
    """The authorities of the list, which it names without a code."""
    counted = {}
    for authority, _ in hubs_in(file):
        counted[authority] = counted.get(authority, 0) + 1
    return [Authority(name, name, number) for name, number in sorted(counted.items())]


def hubs_of(file, authority):
    """The hubs of the authority with this name, each once."""
    return list(dict.fromkeys(hub for name, hub in hubs_in(file) if name == authority))


def hubs_in(file):
    columns = file.columns(*NEEDED)
    for _, cells in file.lines():
        authority, name, postcode = (
            cells[column] if column is not None and column < len(cells) else ""
            for column in columns
        )
        if plain_words(authority) and plain_words(name):
            yield plain_name(authority), Hub(plain_name(name), plain_postcode(postcode))
