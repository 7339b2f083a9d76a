"""What a reader makes of printed counts of people, families and activities.

Written from INDICATORS.md, part 2 (what each figure counts) and part 4 (D1 to D16). A number is
named (measure, period, breakdown, row); of a share "/D" is the denominator, "/N" the numerator and
"/M" the rest; of a range "/H" is the upper end and "/L" the lower.
"""

import re

from tests.disclosure_attack.knowledge import FAR, Knowledge
from tests.disclosure_attack.reading import FUNDER

HIDDEN = ("c", "x")
# Rows of these belong to a worker's time: joint work stands under each (D16.6).
OF_ENTRIES = ("team", "funding_stream", "post", "co_located")
# What a family is only one of in a period; in any other row it may stand twice.
ONE_EACH = ("need_level", "age_of_youngest")
OF_FAMILIES = ("RCH-04", "RCH-05")
# A request, and a decision on a referral, belongs to one team.
ONE_TEAM = ("RSP-01", "RSP-03")
MERGED = {"site": "Other sites", "agency": "Other agencies", "post": "Other roles"}
# Nothing is known of a year from its quarters.
APART = ("RCH-03", "RCH-05", "RCH-06")
ON_A_DAY = ("CASES-01", "CASES-04")
# Every one of the first is one of the second, row by row.
AMONG = (
    (["VIS-02"], "PTN-04/D"),  # unregistered sessions, of all
    (["ERL-04/D"], "VIS-02"),  # talks with families, unregistered, with an outcome
    (["ERL-04/D", "RSP-04"], "VIS-04"),  # talks with families; with professionals
    (["RCH-02/D"], "RCH-01"),  # attendances marked new or returning
    (["RCH-05/D"], "RCH-04"),  # families met whose case is old enough
)
TALKS = ("Talk with a parent or carer", "Talk with a child")
TO_PROFESSIONALS = "Advice to a professional"
# Direct kinds of work that never have a case, and the one that always has.
NEVER_ON_A_CASE = (
    "Drop-in",
    "Playground",
    "Group or programme session",
    "Open evening or fun day",
    "Outreach",
)
ALWAYS_ON_A_CASE = "Case contact"


class Counts(Knowledge):
    """`secrets` are the numbers that stand somewhere as c or x and nowhere as a number.

    `hints` is what readers know besides paper: the kind of every site and agency, and of a
    confidential share which of its two parts is the small one.
    """

    def __init__(self, places, words, hints):
        super().__init__()
        self.words, self.hints = words, hints
        self.secrets, self.printed = set(), set()
        self.tables = {}  # {(code, period, by): {row: {part: {text: source}}}}
        for (code, period, by, row), texts in places.items():
            if self._is_count(code) and "not yet collected" not in texts.get("figure", ()):
                self.tables.setdefault((code, period, by), {})[row] = texts
        for key, rows in self.tables.items():
            for row, texts in rows.items():
                self._read(key, row, texts)
        self._relate_lines()
        self._relate_kinds()
        self._relate_measures()
        self._relate_years()
        self._relate_funders()
        self.secrets -= self.printed

    def _is_count(self, code):
        own = code.rsplit(":", 1)[-1]
        return self.words.classes.get(own) in ("P", "E") and self._form(code) is not None

    def _form(self, code):
        unit = self.words.units[code.rsplit(":", 1)[-1]]
        return {"count": "count", "%": "share", "range of people": "range"}.get(unit)

    def _parts(self, code):
        return {"share": ("/D", "/N", "/M"), "range": ("/H",), "count": ("",)}[self._form(code)]

    # --- Boxes (D16.3) ---

    def _read(self, key, row, texts):
        code, period, by = key
        where = (period, by, row)
        for text in texts.get("figure", {}):
            if self._form(code) == "count":
                self._count((code, *where), text)
            elif self._form(code) == "range":
                self._range(code, where, text)
            else:
                self._share(code, where, text, texts)
        for name in ("children", "adults"):
            for text in texts.get(name, {}):
                self._count((f"{code}/{name}", *where), text, is_secret=False)

    def _count(self, name, text, is_secret=True):
        text = text.removeprefix("at least ").removesuffix(" e").replace(",", "")
        self.number(name)
        is_total, is_year = not name[3], "-" not in name[1]
        if text == "c":
            # A total is hidden as it is small; of a year it may be for its quarters' sake (D8). A
            # single site that joins "Other sites" is hidden whatever it holds (D11).
            least = 0 if name[3] == MERGED.get(name[2]) else 1
            self.within(name, least, 7 if is_total and not is_year else FAR)
        elif text.isdigit():
            n = int(text)
            self.within(name, max(8, n - 2) if n else 0, n + 2 if n else 0)
            self.printed.add(name)
        if text in HIDDEN and is_secret:
            self.secrets.add(name)

    def _range(self, code, where, text):
        name = (f"{code}/H", *where)
        low_name = (f"{code}/L", *where)
        text = text.removesuffix(" e")
        found = re.fullmatch(r"([\d,]+) to ([\d,]+)( or more)?(?: e)?(?: \(grade \w\))?", text)
        if found:
            low, high = (int(found[n].replace(",", "")) for n in (1, 2))
            self.within(name, max(8, high - 4), FAR if found[3] else high)
            self.within(low_name, low, low + 4 if low else 9)
            self.at_most([low_name], [name], "a range")
            self.printed.add(name)
        elif text == "0":
            self.within(name, 0, 0)
            self.printed.add(name)
        elif text == "c":
            self.within(name, 1, 7 if not where[2] else FAR)
            self.secrets.add(name)
        elif text == "x":
            self.number(name)

    def _share(self, code, where, text, texts):
        whole, part, rest = ((code + each, *where) for each in ("/D", "/N", "/M"))
        self.equal(whole, [part, rest], "a share and its rest")
        for count in texts.get("denominator", {}):
            self._count(whole, count)
        of = next((int(t.replace(",", "")) for t in texts.get("denominator", {}) if _is_n(t)), None)
        if text in HIDDEN:
            self.secrets |= {part, rest} | ({whole} if of is None else set())
            if text == "c" and of:
                # D5: one of the two is 1 to 7, or a repair closed the share.
                self.within(part, 1)
                self.within(rest, 1)
                rows = self.tables[code, *where[:2]]
                if small := self.hints.small_part(code, where, rows):
                    self.within((code + small, *where), 1, 7)
        elif text == "–":
            self.within(whole, 0, 0)
        elif text == "k" and of:
            self.within(part, 8, (of - 1) // 200 + 2)
        elif text.endswith("%"):
            self._printed_share(whole, part, rest, int(text[:-1]), texts)

    def _printed_share(self, whole, part, rest, percent, texts):
        self.printed |= {part, rest}
        for text in texts.get("numerator", {}):
            if _is_n(text):
                self._count(part, text)
        (low, high), (least, most) = self.boxes[whole], self.boxes[part]
        if not texts.get("numerator"):
            # v of rounded numbers, each up to 2 from the true one.
            self.relate({part: 1, whole: -(percent - 0.5) / 100}, -4, FAR, "a printed share")
            self.relate({part: 1, whole: -(percent + 0.5) / 100}, -FAR, 4, "a printed share")
        if high - least <= 7:
            self.within(rest, 0, 0)
        elif low - most >= 1:
            self.within(rest, 8)

    # --- Lines (D16.4 to D16.6) ---

    def _relate_lines(self):
        for (code, period, by), rows in self.tables.items():
            if not by or (code, period, "") not in self.tables:
                continue
            for part in self._parts(code):
                total = self.number((code + part, period, "", ""))
                names = [self.number((code + part, period, by, row)) for row in rows]
                if self._is_partition(code, by):
                    self.equal(total, names, f"{by} shares out {code}")
                    continue
                # Who stayed with the service may have stayed with none of its teams.
                if (code, part) != ("RCH-05", "/M"):
                    for name in names:
                        self.at_most([name], [total], f"a row by {by} of {code}")
                if (code, part) != ("RCH-05", "/N"):
                    self.at_most([total], names, f"rows by {by} cover {code}")
            self._know_the_line_rule(code, period, by, rows)

    def _is_partition(self, code, by):
        if code in OF_FAMILIES:
            return by in ONE_EACH
        if code == "RCH-03":
            return False
        return by not in OF_ENTRIES or (by == "team" and code in ONE_TEAM)

    def _know_the_line_rule(self, code, period, by, rows):
        """D2: beside a visible cell the hidden ones hold 8 or more between them."""
        part = {"count": "", "share": "/D"}.get(self._form(code))
        if part is None:
            return
        kind = "figure" if part == "" else "denominator"
        texts = {row: set(found.get(kind, {})) for row, found in rows.items()}
        hidden = [row for row, its in texts.items() if its == {"c"}]
        if hidden and any(_is_n(t) and t != "0" for its in texts.values() for t in its):
            names = {(code + part, period, by, row): 1 for row in hidden}
            self.relate(names, 8, FAR, f"D2 of {code} by {by}")

    def _relate_kinds(self):
        """A site and an agency lie in their kind; what is merged or unnamed does as well."""
        for fine, coarse in (("site", "site_kind"), ("agency", "agency_kind")):
            for (code, period, by), rows in self.tables.items():
                kinds = self.tables.get((code, period, coarse), {})
                if by != fine or code in (*OF_FAMILIES, "RCH-03"):
                    continue
                for kind in kinds:
                    inside = [row for row in rows if self.hints.kind_of(fine, row) == kind]
                    for part in self._parts(code):
                        name = (code + part, period, coarse, kind)
                        parts = [(code + part, period, fine, row) for row in inside]
                        if self.hints.is_all_of(name, parts):
                            self.equal(name, parts, f"{kind} is its {fine}s")
                        else:
                            self.at_most(parts, [name], f"{fine}s lie in {kind}")

    # --- Between measures ---

    def _row(self, measure, period, by, row=""):
        """The name of a number, if it is read about at all; a row that is not there is 0."""
        code = re.sub(r"/\w+$", "", measure)
        table = self.tables.get((code, period, by))
        if table is None or (by in MERGED and row not in table):
            return None
        name = self.number((measure, period, by, row))
        if by and row not in table:
            self.within(name, 0, 0)
        return name

    def _relate_measures(self):
        for measures, larger in AMONG:
            code = larger.removesuffix("/D")
            for (its, period, by), rows in list(self.tables.items()):
                if its != code:
                    continue
                for row in rows:
                    smaller = [self._row(each, period, by, row) for each in measures]
                    smaller = [name for name in smaller if name and name in self.boxes]
                    if smaller:
                        whole = (larger, period, by, row)
                        self.at_most(smaller, [whole], f"{' and '.join(measures)} among {larger}")
        for period in {period for _, period, _ in self.tables}:
            self._relate_kinds_of_work(period)
            self._relate_families(period)
            self._relate_cases(period)

    def _relate_kinds_of_work(self, period):
        by_kind = {
            code: lambda kind, code=code: self._row(code, period, "kind", kind)
            for code in ("VIS-04", "PTN-04/D", "VIS-02")
        }
        if any((c.removesuffix("/D"), period, "kind") not in self.tables for c in by_kind):
            return
        advice, direct, unregistered = by_kind.values()
        for kind in TALKS:
            self.equal(advice(kind), [direct(kind)], f"every {kind} is one")
        for kind in NEVER_ON_A_CASE:
            self.equal(direct(kind), [unregistered(kind)], f"{kind} has no case")
        self.within(unregistered(ALWAYS_ON_A_CASE), 0, 0)
        if name := self._row("RSP-04", period, ""):
            self.at_most([name], [advice(TO_PROFESSIONALS)], "advice on thresholds")
        if name := self._row("ERL-04/D", period, ""):
            self.at_most([name], [unregistered(kind) for kind in TALKS], "talks with an outcome")
        if (self.tables.get(("VIS-04", period, "profession"))) is not None:
            none = self._row("VIS-04", period, "profession", "None: with parents or children")
            self.equal(none, [advice(kind) for kind in TALKS], "talks without a professional")

    def _relate_families(self, period):
        """A family was met on a case, so in a session that is on one; its people were reached."""
        for by in ("", "team", "site_kind", "agency_kind", "kind", "funding_stream", "post"):
            for row in self.tables.get(("RCH-04", period, by), {}):
                met = self._row("RCH-04", period, by, row)
                direct = self._row("PTN-04/D", period, by, row)
                unregistered = self._row("VIS-02", period, by, row)
                if direct and unregistered:
                    self.at_most([met, unregistered], [direct], "a family was met in a session")
        people = [(f"RCH-04/{each}", period, "", "") for each in ("children", "adults")]
        if all(name in self.boxes for name in people) and ("RCH-03", period, "") in self.tables:
            self.at_most(people, [("RCH-03/L", period, "", "")], "people of families are reached")

    def _relate_cases(self, period):
        """What was there and what came is what went and what is left."""
        names = [self._row(f"CASES-0{n}", period, "") for n in (1, 2, 3, 4)]
        if all(names):
            self.relate(dict(zip(names, (1, 1, -1, -1), strict=True)), 0, 0, "cases balance")
            for row in self.tables.get(("CASES-01", period, "team"), {}):
                names = [self._row(f"CASES-0{n}", period, "team", row) for n in (1, 2, 3, 4)]
                self.relate(dict(zip(names, (1, 1, -1, -1), strict=True)), 0, 0, "cases balance")

    # --- Years ---

    def _relate_years(self):
        for (code, year, by), rows in list(self.tables.items()):
            if "-" in year or code.startswith(FUNDER):
                continue
            quarters = [f"{year}-Q{n}" for n in (1, 2, 3, 4)]
            there = [each for each in quarters if (code, each, by) in self.tables]
            if code in ON_A_DAY:
                self._relate_days(code, year, by, rows)
                continue
            for part in self._parts(code):
                for row in rows:
                    self._relate_year(code, part, (year, by, row), there)

    def _relate_year(self, code, part, where, there):
        _, by, row = where
        name = (code + part, *where)
        found = [self._row(code + part, each, by, row) for each in there]
        parts = [each for each in found if each]
        if code in OF_FAMILIES:
            if by in ONE_EACH and code == "RCH-05":
                return
            if part in ("", "/D", "/N") and by not in ONE_EACH:
                for each in parts:
                    self.at_most([each], [name], "a family of a quarter is one of the year")
            if code == "RCH-04" and by not in ONE_EACH and len(found) == len(parts) == 4:
                self.at_most([name], parts, "a family of the year is one of a quarter")
        elif code in APART:
            return
        elif len(parts) == 4 and row != MERGED.get(by):
            self.equal(name, parts, "a year is its quarters")
        elif row != MERGED.get(by):
            self.at_most(parts, [name], "quarters of a year")

    def _relate_days(self, code, year, by, rows):
        """Cases of the first day, and of the last."""
        quarter = f"{year}-Q{1 if code == 'CASES-01' else 4}"
        for row in rows:
            if by != "need_level" and (name := self._row(code, quarter, by, row)):
                self.equal((code, year, by, row), [name], "the same day")
            for n in (1, 2, 3):
                last = self._row("CASES-04", f"{year}-Q{n}", by, row)
                first = self._row("CASES-01", f"{year}-Q{n + 1}", by, row)
                if last and first and by != "need_level":
                    self.equal(last, [first], "the next morning")

    # --- Funders ---

    def _relate_funders(self):
        """Streams share out the sessions and attendances of the service (C21), each part of it."""
        for kind, whole in (("FND-S", "PTN-04/D"), ("FND-A", "RCH-01")):
            own = [key for key in self.tables if key[0].endswith(f":{kind}") and not key[2]]
            for year in {period for _, period, _ in own}:
                names = {}
                for code, period, _ in own:
                    if period == year:
                        names[code.split(":")[1]] = self.number((code, year, "", ""))
                total = self._row(whole, year, "")
                if total and set(names) >= set(self.hints.streams):
                    self.equal(total, names.values(), f"streams share out {whole}")
                for stream, name in names.items():
                    if row := self._row(whole, year, "funding_stream", stream):
                        self.at_most([name], [row], "a share of joint work is at most all of it")


def _is_n(text):
    return text.removesuffix(" e").replace(",", "").isdigit()
