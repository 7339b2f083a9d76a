"""How many came: counted, or said to be about so many."""

import re
from datetime import date

from eitrack.activities.choices import Band
from eitrack.activities.forms.fields import MOST_PEOPLE
from eitrack.intake.reading.cells import Cell, Reading, Unclear, quoted, text_of, unread
from eitrack.intake.reading.values import count_words as words
from eitrack.intake.reading.values.count_parts import Count, added_up

ABOUT = re.compile(
    r"(?:about|approx\.?|approximately|around|roughly|circa|ca\.?|c\.?|est\.?|estimated|~|≈)\s?(?=\d)"
)
ABOUT_AFTER = re.compile(r"(?<=\d)\s?(?:ish|[?~]|or so|approx\.?|\(?est\.?\)?)$")
AT_LEAST = re.compile(r"(\d+)\s?\+|(?:over|at least|more than|>)\s?(\d+)")
RANGE = re.compile(r"(\d+)\s?(?:-|–|—|to)\s?(\d+)")
WHOLE = re.compile(r"\d+(?:[.,]0+)?")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
LABEL_AFTER = re.compile(r"(?<=\d)\s?([a-z]+)$")


def read_count(cell: Cell) -> Reading[Count]:
    """How many a cell says; nothing where it says that nobody knows."""
    if (nothing := unread(cell)) is not None:
        return nothing
    try:
        count, note = _count_of(cell)
    except Unclear as unclear:
        return Reading(reason=str(unclear))
    if count and count.number > MOST_PEOPLE:
        return Reading(reason=f"{count.number:,} is more than the {MOST_PEOPLE} that fit.")
    return Reading(count, note)


def band_of(number: int) -> Band:
    """The band of an estimate in which this number lies."""
    return next(band for band in Band if number <= (band.bounds[1] or number))


def _count_of(cell: Cell) -> tuple[Count | None, str]:
    if isinstance(cell, date):
        raise Unclear(
            f"{quoted(cell)} is a date: a spreadsheet makes one of a count such as "
            f"{cell.day}-{cell.month}. Type it again as {cell.day} to {cell.month}."
        )
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_number(cell)
    if isinstance(cell, str):
        plain = " ".join(cell.casefold().split()).strip(" .'’\"")
        return _of_text(cell, THOUSANDS.sub("", plain))
    raise Unclear(f"{quoted(cell)} is no count of people.")


def _of_number(number: float) -> tuple[Count, str]:
    if number < 0 or not float(number).is_integer():
        raise Unclear(f"{text_of(number)} is no count of people.")
    return Count(int(number)), ""


def _of_text(cell: str, text: str) -> tuple[Count | None, str]:
    if not text or text in words.NOT_KNOWN:
        return None, f"{quoted(cell)} read as not known."
    if text in words.DID_NOT_RUN:
        return Count(did_not_run=True), f"{quoted(cell)} read as a session that did not run."
    if text in words.NUMBERS:
        return Count(words.NUMBERS[text]), f"{quoted(cell)} read as {words.NUMBERS[text]}."
    if WHOLE.fullmatch(text):
        return Count(int(re.split("[.,]", text)[0])), ""
    return _estimate(cell, text) or added_up(cell, text)


def _estimate(cell: str, text: str) -> tuple[Count, str] | None:
    """About so many, at least so many, between so many and so many."""
    label = LABEL_AFTER.search(text)
    known = label and label[1] in words.PEOPLE | words.FAMILIES
    bare = text[: label.start()] if label and known else text
    of_families = bool(label and label[1] in words.FAMILIES)
    plain = ABOUT_AFTER.sub("", ABOUT.sub("", bare, count=1))
    if (found := RANGE.fullmatch(plain)) and int(found[1]) < int(found[2]):
        return _about((int(found[1]) + int(found[2])) // 2, cell, of_families)
    if found := AT_LEAST.fullmatch(plain):
        return _about(int(found[1] or found[2]), cell, of_families)
    if plain != bare and plain.isdecimal():
        return _about(int(plain), cell, of_families)
    return None


def _about(number: int, cell: str, of_families: bool) -> tuple[Count, str]:
    if number == 0:
        raise Unclear(f"{quoted(cell)} may be nobody or a few. Type the number.")
    band = band_of(number)
    note = f"{quoted(cell)} read as an estimate: {band.label.lower()}."
    return Count(number, band, of_families=of_families), note
