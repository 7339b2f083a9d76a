"""The attack: from what was read to what can be worked out, and what that gives away."""

from dataclasses import dataclass
from math import ceil, floor

from tests.disclosure_attack.amounts import Amounts, is_safe
from tests.disclosure_attack.counts import Counts
from tests.disclosure_attack.reading import by_place

FEWEST = 4  # values that a hidden count must leave open
WIDE = 12  # a count that was met so far apart is not asked further


@dataclass(frozen=True)
class Leak:
    name: tuple
    true: float
    low: float
    high: float
    knows: str = ""

    def __str__(self):
        what, period, by, row = self.name
        where = f"{what} {period}" + (f" by {by}: {row}" if by else "")
        also = f", known to {self.knows}" if self.knows else ""
        return f"{where} is {self.low:g} to {self.high:g} (in truth {self.true:g}){also}"


def attack_counts(counts, truth):
    """(hidden, {name: (low, high)}, leaks) of what is hidden and not nothing."""
    secrets = {name for name in counts.secrets if truth.get(name, 1)}
    ends = counts.ends(secrets, lambda name, low, high: high - low >= WIDE)
    ends = {name: (ceil(low - 1e-6), floor(high + 1e-6)) for name, (low, high) in ends.items()}
    leaks = [
        Leak(name, truth.get(name, -1), low, high)
        for name, (low, high) in sorted(ends.items(), key=str)
        if high - low + 1 < FEWEST
    ]
    return ends, leaks


def attack_amounts(amounts, hours, also=None, knows=""):
    """As `attack_counts`, of hours; `also` is what a worker knows of rows that are theirs alone."""
    secrets = {name: hours.true(name) for name in amounts.secrets if name[0] in hours.known}
    secrets = {name: true for name, true in secrets.items() if true and name not in (also or {})}

    def safe(name, low, high):
        line = hours.true((name[0], name[1], "", ""))
        return is_safe(secrets[name], low, high, line)

    ends = amounts.ends(set(secrets), safe, also)
    leaks = [
        Leak(name, round(secrets[name], 2), round(low, 2), round(high, 2), knows)
        for name, (low, high) in sorted(ends.items(), key=str)
        if not safe(name, low, high)
    ]
    return ends, leaks


def attack_as_each_sole_contributor(amounts, hours):
    """Leaks to somebody who knows the rows that are made of their own hours alone."""
    found = []
    for worker, rows in sorted(hours.sole().items()):
        own = {name: true for name, true in rows.items() if name in amounts.boxes}
        own = {name: true for name, true in own.items() if _is_open(amounts.boxes[name])}
        if own:
            found += attack_amounts(amounts, hours, own, f"worker {worker}")[1]
    return found


def _is_open(box):
    return box[0] < box[1]


def read_counts(reading, hints):
    return Counts(by_place(reading.facts), reading.words, hints)


def read_amounts(reading, streams):
    return Amounts(by_place(reading.facts), reading.words, streams)


def report(ends, leaks, class_of):
    """Lines of a table: period and class, how many are hidden, the smallest width, leaks."""
    lines = {}
    for name, (low, high) in ends.items():
        lines.setdefault((name[1], class_of(name)), []).append(high - low)
    of = [(leak.name[1], class_of(leak.name)) for leak in leaks]
    return [
        "| Period | Class | Hidden | Smallest width | Leaks |",
        "| --- | --- | ---: | ---: | ---: |",
        *(
            f"| {period} | {its_class} | {len(widths)} | {min(widths):.1f} | "
            f"{of.count((period, its_class))} |"
            for (period, its_class), widths in sorted(lines.items())
        ),
    ]
