"""Counts of several parts: 8 mums + 11, 14 (3 new), 6 adults and 9 children."""

import re
from dataclasses import dataclass

from eitrack.activities.choices import Band
from eitrack.intake.reading.cells import Unclear, quoted
from eitrack.intake.reading.values import count_words as words

JOINT = r"[+&,;()\s]|\band\s|\bplus\s|\bof\swhom\s|\bincl?(?:uding|\.)?\s|\bwith\s"
NEXT = r"\s*(?:$|[+&,;()]|and\s|plus\s|of\swhom\s|incl?\b|including\s|with\s)"
PART = re.compile(
    rf"(?:{JOINT})*(?P<number>\d+)(?:(?={NEXT})|\s?(?P<label>[a-z][a-z’'/ ]*?)(?={NEXT}|\s*\d))"
)
# What is said so of a part makes it one of those who were counted before.
OPENS, CLOSES = re.compile(r"\(|of\swhom|inc"), ")"


@dataclass(frozen=True)
class Count:
    """How many attended; a band where it is an estimate; parts where the cell names them.

    `of_families` is whether it counts families instead of people.
    """

    number: int = 0
    band: Band | None = None
    adults: int | None = None
    children: int | None = None
    new: int | None = None
    returning: int | None = None
    of_families: bool = False
    did_not_run: bool = False


@dataclass(frozen=True)
class _Part:
    number: int
    kind: str
    is_inside: bool


def added_up(cell: str, text: str) -> tuple[Count, str]:
    """The Count of a text of parts, and how it was added up; raises Unclear."""
    parts = _parts(cell, text)
    people = [part for part in parts if part.kind not in ("new", "returning")]
    whole = people or parts
    outside = [part for part in whole if not part.is_inside]
    number = sum(part.number for part in outside)
    adults, children = _sum_of(parts, "adults"), _sum_of(parts, "children")
    new, returning = _sum_of(parts, "new"), _sum_of(parts, "returning")
    of_families = {part.kind == "families" for part in whole}
    if len(of_families) > 1:
        raise Unclear(f"{quoted(cell)} counts families and people. Type how many people.")
    if not outside or (adults or 0) + (children or 0) > number:
        raise Unclear(f"{quoted(cell)} does not add up. Type the number alone.")
    if (new or 0) + (returning or 0) > number:
        raise Unclear(f"{quoted(cell)} does not add up. Type the number alone.")
    if (adults or 0) + (children or 0) != number:
        # Who the others are is not said.
        adults = children = None
    count = Count(number, None, adults, children, new, returning, True in of_families)
    return count, f"{quoted(cell)} read as {number} in all." if len(parts) > 1 else ""


def _parts(cell: str, text: str) -> list[_Part]:
    parts, place, is_inside = [], 0, False
    while place < len(text.rstrip(" )")):
        found = PART.match(text, place)
        if not found:
            raise Unclear(f"{quoted(cell)} is no count. Type the number alone.")
        joint = text[place : found.start("number")]
        is_inside = bool(OPENS.search(joint)) or (is_inside and CLOSES not in joint)
        kind = _kind_of((found["label"] or "").strip(), cell)
        parts.append(_Part(int(found["number"]), kind, is_inside))
        place = found.end()
    if not parts:
        raise Unclear(f"{quoted(cell)} is no count. Type the number alone.")
    return parts


def _kind_of(label: str, cell: str) -> str:
    for kind, known in (
        ("", words.PEOPLE | {""}),
        ("adults", words.ADULTS),
        ("children", words.CHILDREN),
        ("new", words.NEW),
        ("returning", words.RETURNING),
        ("families", words.FAMILIES),
    ):
        if label in known:
            return kind
    raise Unclear(f"“{label}” in {quoted(cell)} may not count. Type the number alone.")


def _sum_of(parts: list[_Part], kind: str) -> int | None:
    numbers = [part.number for part in parts if part.kind == kind]
    return sum(numbers) if numbers else None
