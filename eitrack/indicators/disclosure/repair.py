"""Hiding more of a release until nothing hidden can be worked out (D16.9)."""

from collections.abc import Iterable, Sequence

from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.sheets import Form, Sheet, Total
from eitrack.indicators.disclosure.variables import Name


def repair(leaks: Iterable[Name], sheets: Sequence[Sheet], rules: Rules) -> list[str]:
    """One step for each line that holds leaks: what was done, in words without numbers.

    In the finest line that holds the leak the smallest visible cell above zero is hidden (of
    equals, the first in display order); where none is left the breakdown prints `x`; where the
    line does already, the measure prints `x` altogether: of it only the year will be printed.
    Nothing is answered when there is nothing left to hide.
    """
    done, touched = [], set()
    for leak in leaks:
        for sheet in _lines_of(leak, sheets):
            if id(sheet) in touched:
                break
            if step := _hide_more(sheet, leak, rules):
                touched.add(id(sheet))
                done.append(step)
                break
        else:
            for total in _totals_of(leak, sheets):
                if not total.is_crossed:
                    total.is_crossed = True
                    done.append(f"{total.code}: of this period no figure is printed")
                    break
    return done


def _lines_of(leak: Name, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Lines that can be mended: that of the leak first, then the finest of the same measure.

    A leak in an earlier release, or between measures, is mended in the same way by what this
    release prints beside it.
    """
    finest = sorted(
        (sheet for sheet in sheets if sheet.keys and not sheet.total.is_crossed),
        key=lambda sheet: -len(sheet.keys),
    )
    own = [sheet for sheet in finest if sheet.code == leak.code]
    in_line = [sheet for sheet in own if sheet.by == leak.by]
    if in_line and leak.period.split("#")[0] == in_line[0].period:
        # Its own line to the end before any other.
        return in_line
    if in_line:
        return in_line + [sheet for sheet in own if sheet.by != leak.by]
    beside = [sheet for sheet in finest if sheet.code in _beside(leak.code, sheets)]
    return own or beside


def _totals_of(leak: Name, sheets: Sequence[Sheet]) -> list[Total]:
    found: dict[int, Total] = {}
    for code in (leak.code, *_beside(leak.code, sheets)):
        found |= {id(sheet.total): sheet.total for sheet in sheets if sheet.code == code}
    return list(found.values())


def _beside(code: str, sheets: Sequence[Sheet]) -> list[str]:
    """Measures that it is a part of, or that are part of it."""
    pairs = {(sheet.code, other): None for sheet in sheets for other in sheet.total.among}
    return [other for pair in pairs if code in pair for other in pair if other != code]


def _hide_more(sheet: Sheet, leak: Name, rules: Rules) -> str:
    if sheet.is_crossed:
        return ""
    where = f"{sheet.code} by {sheet.by}"
    rows = sheet.printed(rules)
    if sheet.form == Form.SHARE and leak.measure.endswith(("/N", "/M")):
        shown = [n for n, row in enumerate(rows) if row.numerator and row.figure not in ("0", "–")]
        if shown:
            sheet.closed.add(min(shown, key=lambda n: (_size(sheet, n, leak), n)))
            return f"{where}: one more share hidden"
    visible = [n for n, row in enumerate(rows) if row.count.isdigit() and row.count != "0"]
    if visible:
        sheet.forced.add(min(visible, key=lambda n: (sheet.counts[n], n)))
        return f"{where}: one more row hidden"
    sheet.is_crossed = True
    return f"{where}: not broken down"


def _size(sheet: Sheet, position: int, leak: Name) -> int:
    amount = sheet.amounts[position]
    return amount.count - amount.part if leak.measure.endswith("/M") else amount.part
