"""Get Information About Schools: places of an authority, and what succeeded what.

Its files have about 140 columns, which come and go: those needed are found by name. The columns
with the name of a head teacher or manager are not among them.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from eitrack.intake.places.choices import Status
from eitrack.intake.places.kinds import LINKED_SITE, is_centre, kinds_of, type_code
from eitrack.intake.places.listed import (
    Authority,
    ListedPlace,
    british_day,
    plain_name,
    plain_number,
    plain_postcode,
    plain_words,
)

NEEDED = ("URN", "LA (code)", "EstablishmentName")
COLUMNS = (
    *NEEDED,
    "LA (name)",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (code)",
    "EstablishmentStatus (name)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "OpenDate",
    "CloseDate",
    "Town",
    "Postcode",
    "UPRN",
)
LINK_COLUMNS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
STATUS_BY_CODE = {"1": Status.OPEN, "2": Status.CLOSED, "3": Status.CLOSING, "4": Status.PROPOSED}
STATUS_BY_NAME = {
    "open": Status.OPEN,
    "closed": Status.CLOSED,
    "open but proposed to close": Status.CLOSING,
    "proposed to open": Status.PROPOSED,
}
MOST_BROKEN_SHOWN = 20
ROWS_LOOKED_AT = 50


@dataclass
class PlacesRead:
    """Places of one authority, by number; `broken` are the first lines that could not be read."""

    authority: Authority | None = None
    places: dict[str, ListedPlace] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)


class Row:
    """The needed cells of a line, by name; one that is missing is empty."""

    __slots__ = ("cells", "columns")

    def __init__(self, columns, cells):
        self.columns, self.cells = columns, cells

    def __getitem__(self, name):
        column = self.columns[name]
        return "" if column is None or column >= len(self.cells) else self.cells[column]


def rows_of(file):
    """(number of the line, Row) of each line."""
    columns = dict(zip(COLUMNS, file.columns(*COLUMNS), strict=True))
    for number, cells in file.lines():
        yield number, Row(columns, cells)


def authorities_in(file):
    """The authorities of a file, by name."""
    names, in_use = {}, Counter()
    for _, row in rows_of(file):
        code = plain_number(row["LA (code)"])
        if not code:
            continue
        names[code] = plain_words(row["LA (name)"]) or code
        in_use[code] += status_of(row) in (Status.OPEN, Status.CLOSING)
    found = [Authority(code, name, in_use[code]) for code, name in names.items()]
    return sorted(found, key=lambda one: one.name)


def begins_with_centres(file):
    """Whether it is the list of children's centres: that of schools has none."""
    types = [type_of(row) for _, row in islice(rows_of(file), ROWS_LOOKED_AT)]
    return bool(types) and all(map(is_centre, types))


def places_of(file, code):
    """The PlacesRead of the authority with this code."""
    found = PlacesRead()
    name = code
    for number, row in rows_of(file):
        if plain_number(row["LA (code)"]) != code:
            continue
        place = place_in(row)
        if place is None:
            found.broken.append(number)
            continue
        name = plain_words(row["LA (name)"]) or name
        found.places.setdefault(place.number, place)
    in_use = sum(place.is_in_use for place in found.places.values())
    found.authority = Authority(code, name, in_use)
    found.broken = found.broken[:MOST_BROKEN_SHOWN]
    return found


def place_in(row):
    """The place of a line; None without a number, a name or a known status."""
    number = plain_number(row["URN"])
    name = plain_name(row["EstablishmentName"])
    status = status_of(row)
    if not number or not name or status is None:
        return None
    ages = row["StatutoryLowAge"], row["StatutoryHighAge"]
    site_kind, agency_kind, is_usual = kinds_of(type_of(row), row["PhaseOfEducation (name)"], ages)
    return ListedPlace(
        number=number,
        name=name,
        status=status,
        site_kind=site_kind,
        agency_kind=agency_kind,
        is_usual=is_usual,
        is_linked_site=type_of(row) == LINKED_SITE,
        type_name=plain_words(row["TypeOfEstablishment (name)"]),
        town=plain_words(row["Town"]),
        postcode=plain_postcode(row["Postcode"]),
        uprn=plain_number(row["UPRN"]),
        opened_on=british_day(row["OpenDate"]),
        closed_on=british_day(row["CloseDate"]),
    )


def type_of(row):
    return type_code(row["TypeOfEstablishment (code)"], row["TypeOfEstablishment (name)"])


def status_of(row):
    """By its code, else by its words, which are written with and without a comma."""
    words = " ".join(row["EstablishmentStatus (name)"].replace(",", " ").split()).casefold()
    code = row["EstablishmentStatus (code)"].strip()
    return STATUS_BY_CODE.get(code) or STATUS_BY_NAME.get(words)
