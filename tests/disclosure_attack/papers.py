"""What is printed, read back from the paper: JSON, CSV, workbooks and pages.

No line of the product is used: a reader has the file or the page, and nothing else.
"""

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import NamedTuple

import openpyxl

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
DETAILS = ("numerator", "denominator", "known")
# The old return stands on pages; files of releases hold it only when it was asked for.
CASES = {
    "CASES-01": "Cases open at the start",
    "CASES-02": "Cases opened",
    "CASES-03": "Cases closed",
    "CASES-04": "Cases open at the end",
}
BESIDE = re.compile(r"(?:^|, )(?P<name>[^,\d]+?) (?P<text>[\d,]*\d(?:\.\d+)?[^,]*|[cxuk–])(?=,|$)")


class Fact(NamedTuple):
    """One printed text. `by` and `row` are "" for the whole; `part` is figure, numerator,
    denominator, known, or the name of a second figure."""

    code: str
    period: str
    by: str
    row: str
    part: str
    text: str
    source: str


class Words:
    """What the words on a page stand for: learned from the files, which have both."""

    def __init__(self):
        self.codes = {name: code for code, name in CASES.items()}
        self.units, self.classes = dict.fromkeys(CASES, "count"), dict.fromkeys(CASES, "P")
        self.breakdowns = {}

    def learn(self, content):
        for each in content["definitions"]:
            self.codes[each["name"]] = each["code"]
            self.units[each["code"]] = each["unit"]
            self.classes[each["code"]] = each["disclosure"]
        for table in content["tables"]:
            if table["breakdown"] != "none":
                self.breakdowns[table["label"]] = table["breakdown"]


def period_of(name):
    """ "Quarter 2 of 2025/26" is 2025-Q2, "Year 2025/26" is 2025; None for other words."""
    if found := re.match(r"Quarter (\d) of (\d{4})/\d\d", name):
        return f"{found[2]}-Q{found[1]}"
    found = re.match(r"Year (\d{4})/\d\d", name)
    return found and found[1]


def second_figures(text):
    """{name: text}: "children 620, adults 455"."""
    return {found["name"]: found["text"] for found in BESIDE.finditer(text)}


# --- Files ------------------------------------------------------------------------------------


def from_json(text, source, words):
    content = json.loads(text)
    words.learn(content)
    for table in content["tables"]:
        by = "" if table["breakdown"] == "none" else table["breakdown"]
        for found in table["indicators"]:
            for row, cell in [("", found["total"]), *((r["label"], r) for r in found["rows"])]:
                where = (found["code"], found["period"], by if row else "", row)
                yield Fact(*where, "figure", cell["figure"]["text"], source)
                for part in DETAILS:
                    if part in cell:
                        yield Fact(*where, part, cell[part]["text"], source)
                for each in cell.get("beside", ()):
                    yield Fact(*where, each["name"], each["text"], source)


def from_csv(text, source, words):
    """The file for machines, one fact on a line, or the one for people, with its head."""
    lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    start = next(n for n, line in enumerate(lines) if {"code", "indicator_code"} & set(line))
    for line in lines[start + 1 :]:
        if line:
            yield from _from_line(dict(zip(lines[start], line, strict=False)), source, words)


def _from_line(line, source, words):
    row = "" if line["row"] == "All" else line["row"]
    by = line.get("breakdown") or words.breakdowns.get(line.get("broken down by"), "")
    where = (line.get("indicator_code") or line["code"], line["period"], by if row else "", row)
    if "fact" in line:
        yield Fact(*where, line["fact"], line["text"], source)
        return
    yield Fact(*where, "figure", line["figure"], source)
    for part in DETAILS:
        if line[part]:
            yield Fact(*where, part, line[part], source)
    for name, text in second_figures(line["beside"]).items():
        yield Fact(*where, name, text, source)


def from_workbook(content, source, words, period):
    """The sheets of a workbook with figures: their first column names what the row is."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for sheet in book:
        rows = [[_cell_text(cell) for cell in row] for row in sheet.iter_rows()]
        for number, row in enumerate(rows):
            if row and row[0] in words.breakdowns:
                yield from _from_grid(row, rows[number + 1 :], source, words, period)


def _cell_text(cell):
    if cell.value is None:
        return ""
    if isinstance(cell.value, float | int) and "%" in cell.number_format:
        return f"{100 * cell.value:.0f}%"
    return str(cell.value)


def _from_grid(heads, rows, source, words, period):
    for row in rows:
        for head, text in zip(heads[1:], row[1:], strict=False):
            heading, _, part = head.partition(": ")
            code, when = heading.split(" ")[0], heading.rpartition(", ")[2]
            if text and code in words.units and row[0] != "All" and not part:
                when = when if re.fullmatch(r"\d{4}(-Q\d)?", when) else period
                yield Fact(code, when, words.breakdowns[heads[0]], row[0], "figure", text, source)


# --- Pages ------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The tables of a page, each a list of rows of cells; a cell is a list of texts."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tables, self.open, self.texts, self.links = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag in VOID:
            return
        self.open.append((tag, given.get("class") or ""))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append([])

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        text = " ".join(data.split())
        hidden = any(
            tag in ("script", "style", "svg") or "symbol-word" in classes
            for tag, classes in self.open
        )
        if not text or hidden:
            return
        self.texts.append(text)
        in_cell = any(tag in ("td", "th") for tag, _ in self.open)
        if in_cell and self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1].append(text)


def from_page(text, source, words, period, about=""):
    """The figures in the tables of a page of a period; `about` is the indicator of its own page."""
    for table in Page(text).tables:
        rows = [row for row in table if row]
        if rows:
            yield from _from_table(rows[0], rows[1:], source, words, period, about)


def _first(cell):
    return cell[0] if cell else ""


def _from_table(head, rows, source, words, period, about):
    heads = [_first(cell) for cell in head]
    if heads[:2] == ["Figure", "What it is"]:
        yield from _explained(rows, source, words, period)
    elif heads[0] == "Figure" and len(heads) > 1 and period_of(heads[1]):
        yield from _periods_side_by_side(heads, rows, source, words)
    elif about and heads[0] == "Quarter":
        for row in rows:
            if when := period_of(_first(row[0])):
                yield Fact(about, when, "", "", "figure", _first(row[1]), source)
    elif heads[0] in words.breakdowns or heads[0] == "Cases":
        by = words.breakdowns.get(heads[0], "")
        for row in rows:
            label = "" if _first(row[0]) == "All" else _first(row[0])
            for name, cell in zip(heads[1:], row[1:], strict=False):
                code = about if name.startswith("Figure") else words.codes.get(name)
                if code and cell:
                    where = (code, period, by if label else "", label)
                    yield Fact(*where, "figure", _first(cell), source)


def _explained(rows, source, words, period):
    """The explainer says the figure first, then its name with what stands beside it."""
    for figure, named, *_ in rows:
        name, _, beside = _first(named).partition("; ")
        where = (words.codes[name], period, "", "")
        yield Fact(*where, "figure", _first(figure), source)
        for second, text in second_figures(beside).items():
            yield Fact(*where, second, text, source)


def _periods_side_by_side(heads, rows, source, words):
    kind = ""
    for row in rows:
        name = _first(row[0])
        if name == "Hours by kind of work":
            kind = "kind"
        code = "FND-01" if kind else words.codes.get(name)
        for head, cell in zip(heads[1:], row[1:], strict=False):
            when = period_of(head)
            if not (code and when and cell) or cell[0].startswith("when it"):
                continue
            where = (code, when, kind, name if kind else "")
            yield Fact(*where, "figure", cell[0], source)
            for small in cell[1:]:
                yield from _small_print(where, small, source)


def _small_print(where, text, source):
    if made := re.fullmatch(r"(\S+(?: h)?) (?:of|to) (\S+(?: h)?)", text):
        yield Fact(*where, "numerator", made[1], source)
        yield Fact(*where, "denominator", made[2], source)
    else:
        for name, figure in second_figures(text).items():
            yield Fact(*where, name, figure, source)
