"""Every world that a small release leaves possible, by going through all of them.

A world is a set of whole true counts. It is possible if printing it again gives what was printed,
as far as D16 lets a reader know how that is done: D1 for what is visible, D2 for the line, D5 for
shares, but not which cells are hidden beside others.
"""

import numpy
from hypothesis import reject

from eitrack.indicators.disclosure import RULES, publish_cell
from eitrack.indicators.disclosure.tables import Form

MOST = 60  # no count here is larger
WORLDS = 1_000_000  # more take too long to go through


class Worlds:
    """All values of the free numbers, by name, and which of their combinations are possible."""

    def __init__(self, texts):
        """`texts` is {name: (text, is_total)}; a name without a text may be anything."""
        every = numpy.arange(MOST + 1)
        values = [every[fits(every, text, is_total=total)] for text, total in texts.values()]
        if numpy.prod([float(len(each)) for each in values]) > WORLDS:
            reject()
        grid = numpy.meshgrid(*values, indexing="ij", sparse=False)
        self.numbers = {name: each.ravel() for name, each in zip(texts, grid, strict=True)}

    def keep(self, mask):
        self.numbers = {name: each[mask] for name, each in self.numbers.items()}

    def add(self, name, value, text, *, is_total=False):
        """A number that follows from others, as far as it prints as it did."""
        self.numbers[name] = value
        self.keep(fits(value, text, is_total=is_total))

    def sum(self, names):
        return sum(self.numbers[name] for name in names)

    def narrow(self, secrets):
        """Those of the secrets that hold three values or fewer in all possible worlds."""
        return {name for name in secrets if len(numpy.unique(self.numbers[name])) <= 3}


def fits(values, text, *, is_total=False):
    """Which of the values print so; a cell may be hidden for the sake of others."""
    if text == "x":
        return values >= 0
    if text == "c" and not is_total:
        return values >= 1
    return _PRINTED[values] == text


_PRINTED = numpy.array([publish_cell(n) for n in range(5 * MOST)])


def names_of(table, measure=None):
    return [(measure or table.code, table.period, table.by, key) for key in table.keys]


def keep_lines(worlds, tables):
    """D16.4: beside a visible cell the hidden ones of a line sum to 8 or more."""
    for table in tables:
        measure = table.code + ("/D" if table.form == Form.SHARE else "")
        texts = [row.count for row in table.printed(RULES)]
        hidden = [n for n, text in zip(names_of(table, measure), texts, strict=True) if text == "c"]
        if hidden and any(text.isdigit() and text != "0" for text in texts):
            worlds.keep(worlds.sum(hidden) >= 8)


def secrets_of(tables):
    found = set()
    for table in tables:
        if table.total.printed(RULES).count in ("c", "x") and table.total.amount.count:
            found.add((table.code, table.period, "", ""))
        rows = zip(names_of(table), table.amounts, table.printed(RULES), strict=True)
        found |= {name for name, amount, row in rows if row.count in ("c", "x") and amount.count}
    return found
