"""A reader of releases, written from INDICATORS.md part 4 afresh: no code shared with the auditor.

It reads printed text, builds its own constraints and asks scipy. Tables serve as paper only: what
is printed of them, and the true counts, which decide two things: whether a hidden number is a
secret (a 0 is none), and whether something that readers take for granted is false: it is dropped.

Numbers are named (measure, period, breakdown, row); of a share "/D" is the denominator, "/N" the
numerator and "/M" the rest. A period whose numbers changed since carries "#1" and so on.
"""

from itertools import product
from math import ceil, floor

import numpy
from scipy.optimize import linprog

from eitrack.indicators.disclosure import RULES

NO_END = 10**5  # further than any number here
# Every member of the first is one of each of the others (the catalogue of INDICATORS.md, part 2).
ALL_AMONG = {
    "ERL-03/D": ("CASES-02",),
    "ERL-04/D": ("VIS-02", "VIS-04"),
    "ERL-05/D": ("CASES-03",),
    "RCH-02/D": ("RCH-01",),
    "RCH-04": ("RCH-03",),
    "RCH-05/D": ("RCH-04",),
    "RSP-04": ("VIS-04",),
    "VIS-02": ("PTN-04/D",),
}


def recovered(releases):
    """Hidden numbers above 0 that a reader of all releases narrows to three values or fewer."""
    reader = Reader(releases)
    return {name for name, (low, high) in reader.ends_of_secrets().items() if high - low + 1 <= 3}


class Reader:
    """What is known: `bounds` of each number, and `sums` (terms, low, high) of several."""

    def __init__(self, releases):
        self.true, self.secrets, self.bounds, self.sums = {}, set(), {}, []
        self.tables = {}  # (measure, period, by): {row: name}
        for table, period in _with_vintages(releases):
            self._read(table, period)
        self._relate_sites_to_kinds()
        self._relate_measures()
        self._relate_quarters_to_years()
        self._relate_vintages()

    # --- One line ---

    def _read(self, table, period):
        total, rows = table.total.printed(RULES), table.printed(RULES)
        cells = [("", "", table.total.amount, total)]
        cells += [
            (table.by, key, amount, text)
            for key, amount, text in zip(table.keys, table.amounts, rows, strict=True)
        ]
        is_share = table.form == "share"
        for part in ("/D", "/N", "/M") if is_share else ("",):
            for by, key, amount, text in cells:
                name = (table.code + part, period, by, key)
                rest = amount.count - (amount.numerator or 0)
                self.true[name] = {"/N": amount.numerator, "/M": rest}.get(part, amount.count)
                self.tables.setdefault(name[:3], {})[key] = name
                if table.form == "range" and text.count.isdigit():
                    self.know({name: 1}, max(8, int(text.count) - 4), int(text.count))
                elif part in ("", "/D"):
                    self._read_count(name, text.count)
            if table.keys:
                self._relate_line(table, table.code + part, period, rows)
        if is_share:
            for by, key, _, text in cells:
                self._read_share(table.code, (period, by, key), text)

    def _read_count(self, name, text):
        """D16.3: the reader's box."""
        is_total = not name[2]
        if text in ("c", "x") and self.true[name]:
            self.secrets.add(name)
        if text == "0":
            self.know({name: 1}, 0, 0)
        elif text == "c":
            self.know({name: 1}, 1, NO_END)
            if is_total:
                self.know({name: 1}, 1, 7)
        elif text != "x":
            self.know({name: 1}, max(8, int(text) - 2), int(text) + 2)

    def _read_share(self, code, where, text):
        """D5, D16.3: no part of a printed share is 1 to 7; of a `c` one is, over a printed D."""
        whole, part, rest = ((code + each, *where) for each in ("/D", "/N", "/M"))
        self.know({whole: 1, part: -1, rest: -1}, 0, 0)
        if text.figure in ("c", "x"):
            self.secrets |= {name for name in (part, rest) if self.true[name]}
            if text.figure == "c" and text.count.isdigit():
                self._read_small_share(part, rest)
        elif text.figure == "–":
            self.know({part: 1}, 0, 0)
        elif text.figure == "k":
            most = max(n for n in range(0, 10**4, 5) if 200 * n < int(text.count))
            self.know({part: 1}, 8, most + 2)
        elif text.figure != "u":
            self._read_count(part, text.numerator)
            low = self.bounds[whole][0] - self.bounds[part][1]
            high = self.bounds[whole][1] - self.bounds[part][0]
            if high <= 7:
                self.know({rest: 1}, 0, 0)
            elif low >= 1:
                self.know({rest: 1}, 8, NO_END)

    def _read_small_share(self, part, rest):
        """One of the two is 1 to 7, and the reader may know which; or a repair closed the share."""
        smaller = min(part, rest, key=self.true.get)
        if self.know({smaller: 1}, 1, 7):
            self.know({part: 1}, 1, NO_END)
            self.know({rest: 1}, 1, NO_END)

    def _relate_line(self, table, measure, period, rows):
        total = (measure, period, "", "")
        names = [(measure, period, table.by, key) for key in table.keys]
        shares_out = table.is_partition and self.know({total: 1, **dict.fromkeys(names, -1)}, 0, 0)
        if not shares_out:  # D16.6
            for name in names:
                self.know({total: 1, name: -1}, 0, NO_END)
            self.know({total: -1, **dict.fromkeys(names, 1)}, 0, NO_END)
        hidden = [name for name, row in zip(names, rows, strict=True) if row.count == "c"]
        is_count = not measure.endswith(("/N", "/M"))
        if is_count and hidden and any(row.count.isdigit() and row.count != "0" for row in rows):
            self.know(dict.fromkeys(hidden, 1), 8, NO_END)  # D16.4

    # --- Between lines (D16.5, D16.6) ---

    def _relate_sites_to_kinds(self):
        """Of each kind it is common knowledge whether a site of it stands in "other"."""
        for (measure, period, by), kinds in list(self.tables.items()):
            sites = self.tables.get((measure, period, "site"))
            if by != "site_kind" or not sites:
                continue
            others = []
            for kind, name in kinds.items():
                parts = [each for row, each in sites.items() if row.startswith(f"{kind}/")]
                rest = self.true[name] - sum(self.true[each] for each in parts)
                if rest:
                    other = (measure, period, "site", f"{kind}/other")
                    self.true[other] = rest
                    others.append(other)
                    parts.append(other)
                self.know({name: 1, **dict.fromkeys(parts, -1)}, 0, 0)
            if others:
                self.know({sites["other"]: 1, **dict.fromkeys(others, -1)}, 0, 0)

    def _relate_measures(self):
        for (measure, *where), table in list(self.tables.items()):
            for whole in ALL_AMONG.get(measure, ()):
                larger = self.tables.get((whole, *where), {})
                for row in set(table) & set(larger):
                    self.know({larger[row]: 1, table[row]: -1}, 0, NO_END)

    def _relate_quarters_to_years(self):
        for (measure, period, by), year in list(self.tables.items()):
            if "-" in period:
                continue
            quarters = [
                [
                    table
                    for (one, when, its), table in self.tables.items()
                    if (one, its) == (measure, by) and when.split("#")[0] == f"{period}-Q{number}"
                ]
                for number in range(1, 5)
            ]
            released = [vintages for vintages in quarters if vintages]
            for tables, (row, name) in product(product(*released), year.items()):
                parts = [table[row] for table in tables if row in table]
                most = 0 if len(parts) == 4 else NO_END
                self.know({name: 1, **dict.fromkeys(parts, -1)}, 0, most)

    def _relate_vintages(self):
        """D16.12: a total is printed anew only if it moved by 8 or more (of a share, any part)."""
        for measure, period, by in list(self.tables):
            if by or "#" not in period or measure.endswith("/M"):
                continue
            quarter, number = period.split("#")
            before = f"{quarter}#{int(number) - 1}" if int(number) > 1 else quarter
            terms = {(measure, period, "", ""): 1, (measure, before, "", ""): -1}
            self.know(terms, 8, NO_END)
            self.know(terms, -NO_END, -8)

    # --- Solving ---

    def know(self, terms, low, high):
        """Believe low <= sum of the terms <= high if it is true; answer whether it is."""
        for name in terms:
            self.bounds.setdefault(name, (0, NO_END))
        value = sum(factor * self.true[name] for name, factor in terms.items())
        if not low <= value <= high:
            return False
        if list(terms.values()) == [1]:
            (name,) = terms
            least, most = self.bounds[name]
            self.bounds[name] = max(low, least), min(high, most)
        else:
            self.sums.append((terms, low, high))
        return True

    def ends_of_secrets(self):
        """{name: (lowest, highest)} whole number that each secret can be (D16.7).

        What the answers to earlier questions show to be possible need not be asked again: a
        secret that was met as 3 and as 6 has more than three values.
        """
        names = list(self.bounds)
        place = {name: position for position, name in enumerate(names)}
        rows = numpy.zeros((len(self.sums), len(names)))
        for number, (terms, _, _) in enumerate(self.sums):
            for name, factor in terms.items():
                rows[number, place[name]] = factor
        low, high = (numpy.array([each[n] for each in self.sums], dtype=float) for n in (1, 2))
        same = low == high
        above, most = numpy.vstack([rows[~same], -rows[~same]]), [*high[~same], *-low[~same]]
        lowest, highest = numpy.full(len(names), numpy.inf), numpy.full(len(names), -numpy.inf)
        for name in sorted(self.secrets):
            cell = place[name]
            for sign in (1, -1):
                if highest[cell] - lowest[cell] >= 3:
                    continue
                cost = numpy.zeros(len(names))
                cost[cell] = sign
                answer = linprog(
                    cost, above, most, rows[same], low[same], list(self.bounds.values())
                )
                assert answer.status == 0, answer.message
                lowest = numpy.minimum(lowest, answer.x)
                highest = numpy.maximum(highest, answer.x)
        return {
            name: (ceil(lowest[place[name]] - 1e-6), floor(highest[place[name]] + 1e-6))
            for name in self.secrets
        }


def _with_vintages(releases):
    """(table, period) of all releases, the period with the vintage of its numbers.

    Numbers of a measure and period that are all as before are the same numbers.
    """
    vintages = {}
    for tables in releases:
        found = {}
        for table in tables:
            numbers = found.setdefault((table.code, table.period), {})
            numbers["", ""] = table.total.amount
            for key, amount in zip(table.keys, table.amounts, strict=True):
                numbers[table.by, key] = amount
        number_of = {}
        for where, numbers in found.items():
            known = vintages.setdefault(where, [])
            same = [old for old in known if all(old.get(k, v) == v for k, v in numbers.items())]
            if same:
                same[0].update(numbers)
            else:
                known.append(numbers)
            number_of[where] = known.index(same[0]) if same else len(known) - 1
        for table in tables:
            number = number_of[table.code, table.period]
            yield table, f"{table.period}#{number}" if number else table.period
