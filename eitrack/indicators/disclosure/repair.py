"""Hiding more of a release until nothing hidden can be worked out (D16.9)."""

from collections.abc import Iterable, Sequence

from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.tables import CountTable, Form, Total
from eitrack.indicators.disclosure.variables import Name


def repair(leaks: Iterable[Name], tables: Sequence[CountTable], rules: Rules) -> list[str]:
    """One step for each line with leaks; returns what was done, in words without numbers.

    In the finest line with the leak the smallest visible cell above zero is hidden (of equals, the
    first in display order); if there is none, the breakdown prints `x`; if it already does, the
    measure prints `x` and only its year is printed. Returns nothing if nothing is left to hide.
    """
    done, touched = [], set()
    for leak in leaks:
        for table in _lines_of(leak, tables):
            if id(table) in touched:
                break
            if step := _hide_more(table, leak, rules):
                touched.add(id(table))
                done.append(step)
                break
        else:
            for total in _totals_of(leak, tables):
                if not total.is_crossed:
                    total.is_crossed = True
                    done.append(f"{total.code}: of this period no figure is printed")
                    break
    return done


def _lines_of(leak: Name, tables: Sequence[CountTable]) -> list[CountTable]:
    """Lines that can be repaired: that of the leak first, then the finest of the same measure.

    A leak in an earlier release, or between measures, is repaired by what this release prints
    beside it.
    """
    finest = sorted(
        (table for table in tables if table.keys and not table.total.is_crossed),
        key=lambda table: -len(table.keys),
    )
    own = [table for table in finest if table.code == leak.code]
    in_line = [table for table in own if table.by == leak.by]
    if in_line and leak.period.split("#")[0] == in_line[0].period:
        # Its own line completely before any other.
        return in_line
    if in_line:
        return in_line + [table for table in own if table.by != leak.by]
    beside = [table for table in finest if table.code in _beside(leak.code, tables)]
    return own or beside


def _totals_of(leak: Name, tables: Sequence[CountTable]) -> list[Total]:
    found: dict[int, Total] = {}
    for code in (leak.code, *_beside(leak.code, tables)):
        found |= {id(table.total): table.total for table in tables if table.code == code}
    return list(found.values())


def _beside(code: str, tables: Sequence[CountTable]) -> list[str]:
    """Measures that contain it or are part of it."""
    pairs = {(table.code, other): None for table in tables for other in table.total.among}
    return [other for pair in pairs if code in pair for other in pair if other != code]


def _hide_more(table: CountTable, leak: Name, rules: Rules) -> str:
    if table.is_crossed:
        return ""
    where = f"{table.code} by {table.by}"
    rows = table.printed(rules)
    if table.form == Form.SHARE and leak.measure.endswith(("/N", "/M")):
        shown = [n for n, row in enumerate(rows) if row.numerator and row.figure not in ("0", "–")]
        if shown:
            table.closed.add(min(shown, key=lambda n: (_size(table, n, leak), n)))
            return f"{where}: one more share hidden"
    visible = [n for n, row in enumerate(rows) if row.count.isdigit() and row.count != "0"]
    if visible:
        table.forced.add(min(visible, key=lambda n: (table.counts[n], n)))
        return f"{where}: one more row hidden"
    table.is_crossed = True
    return f"{where}: not broken down"


def _size(table: CountTable, position: int, leak: Name) -> int:
    amount = table.amounts[position]
    return amount.count - amount.part if leak.measure.endswith("/M") else amount.part
