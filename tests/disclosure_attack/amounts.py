"""What a reader makes of printed amounts of time (class R), in hours.

Written from INDICATORS.md, part 2 and D17. A quantity is named (what, period, breakdown, row),
whichever figure prints it: "service" time is the numerator of VIS-03 and the hours of FND-01, and
the protocol work of a stream is a row of PTN-03 and a line of the funder's return. The hours of a
stream's kind of work are named ("service", year, "kind of", (kind, stream)).
"""

import re

from tests.disclosure_attack.knowledge import FAR, Knowledge
from tests.disclosure_attack.reading import FUNDER

HIDDEN = ("c", "x")
# What a figure is made of: (the whole figure, numerator, denominator).
MADE_OF = {
    "FND-01": ("service", None, None),
    "PTN-03": ("protocol", None, None),
    "VIS-01": (None, "unregistered", "direct"),
    "VIS-03": (None, "service", "on cases"),
    "ERL-01": (None, "early", "level known"),
    "LOD-02": (None, "direct of contracts", "contracted"),
}
PROTOCOL = "Protocol work"
# Each of the first lies in the sum of the second, by every breakdown that prints them.
WITHIN = (
    (["on cases", "protocol"], "service"),  # protocols have no case
    (["direct", "protocol"], "service"),
    (["unregistered", "on cases"], "service"),  # contact time without a case, time with one
    (["unregistered"], "direct"),
    (["level known"], "direct"),
    (["early"], "level known"),
    (["direct of contracts"], "direct"),
)
# What of a year is the sum of its quarters.
ADDS_UP = ("service", "on cases", "direct", "unregistered", "level known", "early", "protocol")
MERGED = {"post": "Other roles"}
DIRECT_KINDS = (
    "Case contact",
    "Talk with a parent or carer",
    "Talk with a child",
    "Drop-in",
    "Playground",
    "Group or programme session",
    "Open evening or fun day",
    "Outreach",
    "Joint visit, unregistered family",
)


class Amounts(Knowledge):
    """`secrets` are the quantities that stand somewhere as c or x, and nowhere as a number."""

    def __init__(self, places, words, streams):
        super().__init__()
        self.words, self.streams = words, streams
        self.secrets, self.printed, self.read = set(), set(), {}
        self.rows = {}  # {(what, period, by): [row]} of every table that was printed
        for (code, period, by, row), texts in sorted(places.items()):
            stream, own = self._stream_of(code)
            if own in MADE_OF:
                self._note_row(own, period, by, row, stream)
                for text in texts.get("figure", {}):
                    self._read(own, self._where(period, by, row, stream), text, texts)
        self._relate_lines()
        self._relate_streams()
        self._relate_parts()
        self._relate_years()
        self.secrets -= self.printed

    def _stream_of(self, code):
        if not code.startswith(FUNDER):
            return "", code
        _, stream, own = code.split(":")
        return stream, own

    def _where(self, period, by, row, stream):
        if not stream:
            return period, by, row
        if by == "kind":
            return period, "kind of", (row, stream)
        return period, "funding_stream", stream

    def _note_row(self, code, period, by, row, stream):
        for what in MADE_OF[code]:
            if what and by and not stream:
                rows = self.rows.setdefault((what, period, by), [])
                if row not in rows:
                    rows.append(row)

    # --- Boxes (D17.3) ---

    def _read(self, code, where, text, texts):
        whole, numerator, denominator = MADE_OF[code]
        if whole:
            self._amount((whole, *where), text)
            # Of all service time: of a stream on its own page, of nothing in the summary.
            for share in texts.get("share of all service hours", {}):
                if share.endswith("%") and where[1] == "funding_stream":
                    self._share((whole, *where), ("service", where[0], "", ""), int(share[:-1]))
            return
        part, all_of_it = (numerator, *where), (denominator, *where)
        for name, kind in ((part, "numerator"), (all_of_it, "denominator")):
            self.number(name)
            for printed in texts.get(kind, {}):
                self._amount(name, printed)
        if text in HIDDEN:
            self.secrets |= {part, all_of_it}
        elif text.endswith("%"):
            self._share(part, all_of_it, int(text[:-1]))
        elif re.fullmatch(r"\d+\.\d", text):
            ratio = float(text)
            self.relate({part: 1, all_of_it: -(ratio - 0.05)}, 0, FAR, "a printed ratio")
            self.relate({part: 1, all_of_it: -(ratio + 0.05)}, -FAR, 0, "a printed ratio")
        if code == "ERL-01":
            for known in texts.get("known", {}):
                if known.endswith("%"):
                    self._share(all_of_it, ("direct", *where), int(known[:-1]))

    def _amount(self, name, text):
        self.number(name)
        if found := re.fullmatch(r"(?:at least )?([\d,]+)(?: h)?", text):
            hours = int(found[1].replace(",", ""))
            self.within(name, max(0, hours - 0.5), hours + 0.5)
            self.printed.add(name)
        elif text in HIDDEN:
            self.secrets.add(name)

    def _share(self, part, whole, percent):
        self.relate({part: 1, whole: -(percent - 0.5) / 100}, 0, FAR, "a printed share")
        self.relate({part: 1, whole: -(percent + 0.5) / 100}, -FAR, 0, "a printed share")

    # --- Lines ---

    def _relate_lines(self):
        """Every minute has one team, post, stream, kind of work, place and level."""
        for (what, period, by), rows in self.rows.items():
            total = self.number((what, period, "", ""))
            names = [self.number((what, period, by, row)) for row in rows]
            self.equal(total, names, f"{by} shares out {what}")

    def _relate_streams(self):
        """A stream is its kinds of work; each kind is shared out by the streams."""
        kinds = {}
        for _, year, by, row in list(self.boxes):
            if by == "kind of":
                kinds.setdefault(year, {}).setdefault(row[0], set()).add(row[1])
        for year, of_kind in kinds.items():
            streams = set().union(*of_kind.values())
            for stream in streams:
                names = [
                    ("service", year, "kind of", (kind, stream))
                    for kind, its in of_kind.items()
                    if stream in its
                ]
                whole = self.number(("service", year, "funding_stream", stream))
                self.equal(whole, names, "a stream is its kinds of work")
                protocol = ("service", year, "kind of", (PROTOCOL, stream))
                if protocol in self.boxes:
                    self.equal(
                        self.number(("protocol", year, "funding_stream", stream)),
                        [protocol],
                        "the stream's work on protocols",
                    )
            for kind, its in of_kind.items():
                names = [("service", year, "kind of", (kind, stream)) for stream in its]
                whole = self.number(("service", year, "kind", kind))
                if streams >= set(self.streams):
                    self.equal(whole, names, "streams share out a kind of work")
                else:
                    self.at_most(names, [whole], "streams share out a kind of work")

    def _relate_parts(self):
        for smaller, larger in WITHIN:
            for name in [each for each in self.boxes if each[0] == larger]:
                parts = [(what, *name[1:]) for what in smaller]
                parts = [each for each in parts if each in self.boxes]
                if parts:
                    self.at_most(parts, [name], f"{smaller} in {larger}")
        for what, period, by, row in list(self.boxes):
            if (what, by, row) == ("protocol", "", ""):
                kind = ("service", period, "kind", PROTOCOL)
                if kind in self.boxes:
                    self.equal((what, period, by, row), [kind], "work on protocols is a kind")
            if (what, by) == ("direct", "kind") and row not in DIRECT_KINDS:
                self.within((what, period, by, row), 0, 0)

    def _relate_years(self):
        for (what, year, by), rows in list(self.rows.items()):
            if "-" not in year and what in ADDS_UP:
                for row in rows:
                    self._relate_year(what, year, by, row)
        for name in [each for each in self.boxes if not each[2] and "-" not in each[1]]:
            if name[0] in ADDS_UP:
                self._relate_year(*name)

    def _relate_year(self, what, year, by, row):
        quarters = [f"{year}-Q{n}" for n in (1, 2, 3, 4)]
        parts = []
        for quarter in quarters:
            name = (what, quarter, by, row)
            if name in self.boxes:
                parts.append(name)
            elif (what, quarter, by) in self.rows and by not in MERGED:
                self.within(name, 0, 0)
                parts.append(name)
        if row == MERGED.get(by):
            return
        if len(parts) == 4:
            self.equal((what, year, by, row), parts, "a year is its quarters")
        else:
            self.at_most(parts, [(what, year, by, row)], "quarters of a year")


def is_safe(true, low, high, line):
    """D17.4, of hours; `line` is the total of the line it stands in."""
    return low <= 0.8 * true and high >= 1.2 * true and high - low >= min(8, line)
