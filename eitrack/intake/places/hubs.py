"""The list of family hub sites, which has no identifier.

A hub is often a children's centre that has been renamed. Which one, its postcode and its name
suggest; a person decides.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from eitrack.intake.places.listed import (
    Authority,
    plain_name,
    plain_postcode,
)

COLUMNS = ("Local_Authority", "Family_Hub", "Postcode", "Region")
NEEDED = COLUMNS[:3]
ALIKE = 86
MOST_SUGGESTED = 3
# What every hub and centre is called.
COMMON_WORDS = {
    "and", "center", "centre", "child", "children", "childrens", "community", "family", "families",
    "hub", "hubs", "of", "site", "start", "sure", "the",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hub:
    name: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that a hub may be, by its key, and why."""

    key: object
    reason: str
    score: float


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
        if authority.strip() and name.strip():
            yield " ".join(authority.split()), Hub(plain_name(name), plain_postcode(postcode))


def suggestions(hub, places):
    """Places that this hub may be, likeliest first; `places` are (key, name, postcode).

    Of one postcode, or with a name that is alike but for words that all of them have.
    """
    found = []
    for key, name, postcode in places:
        alike = likeness(hub.name, name)
        is_same_postcode = bool(hub.postcode) and hub.postcode == postcode
        if is_same_postcode and alike >= ALIKE:
            found.append(Suggestion(key, "the same postcode and a similar name", alike + 200))
        elif is_same_postcode:
            found.append(Suggestion(key, "the same postcode, another name", alike + 100))
        elif alike >= ALIKE:
            other = f", but postcode {postcode}" if postcode and hub.postcode else ""
            found.append(Suggestion(key, f"a similar name{other}", alike))
    return sorted(found, key=lambda one: -one.score)[:MOST_SUGGESTED]


def likeness(one, other):
    """From 0 to 100, of the words that tell places apart."""
    return fuzz.token_sort_ratio(telling(one), telling(other))


def telling(name):
    plain = default_process(re.sub(r"['’]", "", name))
    return " ".join(word for word in plain.split() if word not in COMMON_WORDS) or plain
