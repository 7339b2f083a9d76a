"""A place as a public list has it."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.intake.places.choices import IN_USE, Status

# As long as the name of an agency or site may be.
LONGEST_NAME = 120


class PlacesFileError(ValueError):
    """The file cannot be used; the message says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority that a list names, with the number of its places in use."""

    code: str
    name: str
    places: int


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A school or centre. A school that becomes an academy gets another `number` (its URN).

    `is_usual`: of a kind that early help goes to; a college or a school abroad is not. A linked
    site is another building of a children's centre.
    """

    number: str
    name: str
    status: Status
    site_kind: SiteKind
    agency_kind: AgencyKind
    is_usual: bool = True
    is_linked_site: bool = False
    type_name: str = ""
    town: str = ""
    postcode: str = ""
    uprn: str = ""
    opened_on: date | None = None
    closed_on: date | None = None

    @property
    def is_in_use(self):
        return self.status in IN_USE


def plain_words(text):
    """Without double spaces, and without signs that no text has and no database takes."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]", "", text).split())


def plain_name(text):
    """As `plain_words`, cut to the length a name may have."""
    name = plain_words(text)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def plain_postcode(text):
    """ "b29 6ab" and "B296AB" as "B29 6AB"; what is no postcode is ""."""
    letters = re.sub(r"\s+", "", text).upper()
    if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", letters):
        return ""
    return f"{letters[:-3]} {letters[-3:]}"


def plain_number(text):
    """Digits of an identifier without leading zeros and the ".0" of a spreadsheet; else ""."""
    found = re.fullmatch(r"0*(\d{1,12})(?:\.0+)?", text.strip())
    return found[1] if found and found[1].strip("0") else ""


def british_day(text):
    """A day written as 31-08-2026 or 31/08/2026; None if it is none."""
    try:
        return datetime.strptime(text.strip().replace("/", "-"), "%d-%m-%Y").date()
    except ValueError:
        return None
