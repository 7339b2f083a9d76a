"""Points out what looks as if it could identify somebody (SPEC.md part 4, rules 1 and 10).

It warns and never blocks: it errs towards silence on the words of the work, and it misses names
written in small letters. Reading a text takes time in proportion to its length, whatever it holds.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from eitrack.common.identifying_names import Names
from eitrack.common.identifying_patterns import Found, Kind, patterns_in

# Dates from last year on are taken for meetings unless "born" or the like stands before them.
FIRST_YEAR = 2026

RANK = {kind: rank for rank, kind in enumerate(Kind)}
INSTEAD = {
    Kind.EMAIL: "an e-mail address. Leave it out; keep it where you keep your contacts.",
    Kind.DATE_OF_BIRTH: "a date of birth. Write a school year or an age band instead.",
    Kind.PHONE: "a phone number. Leave it out; keep it where you keep your contacts.",
    Kind.LONG_NUMBER: "a number that could be traced to a person. Leave it out.",
    Kind.POSTCODE: "a postcode. Choose the site instead, or leave it out.",
    Kind.ADDRESS: "an address. Write “home visit” or choose the site instead.",
    Kind.NAME: "a person’s name or initials. Write who they are instead, such as "
    "“a parent” or “the teacher”.",
}


@dataclass(frozen=True)
class Finding:
    """Part of a text that looks as if it could identify somebody: `text[start:end]`."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def message(self) -> str:
        """What it looks like and what to do instead, in a sentence or two."""
        shown = self.text if len(self.text) <= 40 else f"{self.text[:39]}…"
        return f"“{shown}” looks like {INSTEAD[self.kind]}"


def find_identifying_text(text: str, *, this_year: int = FIRST_YEAR) -> list[Finding]:
    """All that looks identifying, in the order of the text and without overlaps.

    A date without the word "born" or the like is a finding if it lies before last year.
    """
    read, places = _composed(text)
    names = ((start, end, Kind.NAME) for start, end in Names(read).spans())
    found = [*names, *patterns_in(read, this_year)]
    return [
        Finding(kind, places[start], places[end], text[places[start] : places[end]])
        for start, end, kind in _without_overlaps(found)
    ]


def _composed(text: str) -> tuple[str, list[int]]:
    """The text with each accent in one sign with its letter, and where each sign stood before."""
    read, places, start = [], [], 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        signs = unicodedata.normalize("NFC", text[start:end])
        read.append(signs)
        places += [start] * len(signs)
        start = end
    return "".join(read), [*places, len(text)]


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """What overlaps becomes one stretch, so that nothing found is left out."""
    merged: list[Found] = []
    for start, end, kind in sorted(found):
        if merged and start < merged[-1][1]:
            before_start, before_end, before = merged[-1]
            merged[-1] = before_start, max(before_end, end), min(before, kind, key=RANK.__getitem__)
        else:
            merged.append((start, end, kind))
    return merged
