"""Points out text that might identify somebody (SPEC.md part 4, rules 1 and 10).

It warns and never blocks. It errs towards silence on words of the work, and misses names in lower
case. Time is linear in the length of the text.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from eitrack.common.identifying_names import Names
from eitrack.common.identifying_patterns import Found, Kind, patterns_in

# Dates from last year on are taken for meetings, unless preceded by "born" or the like.
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
    """Part of a text that might identify somebody: `text[start:end]`."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def message(self) -> str:
        """What it looks like and what to do, in a sentence or two."""
        shown = self.text if len(self.text) <= 40 else f"{self.text[:39]}…"
        return f"“{shown}” looks like {INSTEAD[self.kind]}"


def find_identifying_text(text: str, *, this_year: int = FIRST_YEAR) -> list[Finding]:
    """All findings, in order and without overlaps.

    A date without "born" or the like is a finding if it is before last year.
    """
    read, places = _composed(text)
    names = ((start, end, Kind.NAME) for start, end in Names(read).spans())
    found = [*names, *patterns_in(read, this_year)]
    return [
        Finding(kind, places[start], places[end], text[places[start] : places[end]])
        for start, end, kind in _without_overlaps(found)
    ]


def _composed(text: str) -> tuple[str, list[int]]:
    """The text in composed form, and the original position of each character."""
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
    """Overlapping findings are merged, so that nothing found is lost."""
    merged: list[Found] = []
    for start, end, kind in sorted(found):
        if merged and start < merged[-1][1]:
            before_start, before_end, before = merged[-1]
            merged[-1] = before_start, max(before_end, end), min(before, kind, key=RANK.__getitem__)
        else:
            merged.append((start, end, kind))
    return merged
