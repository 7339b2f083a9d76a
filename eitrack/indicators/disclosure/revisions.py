"""A revision beside the releases it replaces (D16.12)."""

from collections.abc import Iterable, Mapping, Sequence

from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.sheets import Amount, Form, Sheet

# {table: {row: what is printed}}
Tables = Mapping[str, Mapping[str, str]]


def follow(
    sheets: Sequence[Sheet],
    released: Sequence[Sheet],
    all_released: Iterable[Sequence[Sheet]],
    rules: Rules,
) -> None:
    """Have sheets repeat the last release of their period where little moved.

    A line whose true total moved by 7 or less, up or down, repeats the released line, counts and
    all: two roundings of nearly the same number would tell them apart. A cell hidden in any
    earlier release of the period stays hidden, and a breakdown that printed `x` prints it again.
    """
    last = {(sheet.code, sheet.by): sheet for sheet in released}
    totals = {}
    for sheet in sheets:
        before = last.get((sheet.code, sheet.by)) or next(
            (each for each in released if each.code == sheet.code), None
        )
        if before is None:
            continue
        moved = _moved(sheet.total.amount, before.total.amount)
        if moved <= rules.threshold and sheet.code not in totals:
            totals[sheet.code] = before.total.amount
        same = last.get((sheet.code, sheet.by))
        if moved <= rules.threshold and same is not None:
            _repeat(sheet, same)
    for sheet in sheets:
        if sheet.code in totals:
            sheet.total.amount = totals[sheet.code]
    for sheet in sheets:
        for release in all_released:
            for old in release:
                if (old.code, old.by) == (sheet.code, sheet.by):
                    _stay_hidden(sheet, old, rules)


def _repeat(sheet: Sheet, same: Sheet) -> None:
    """The released rows. Of a row that it lacked nothing is said; where one is gone, of none."""
    released = dict(zip(same.keys, same.amounts, strict=True))
    if set(released) - set(sheet.keys):
        sheet.is_crossed = True
        return
    empty = Amount(0, numerator=0 if sheet.form == Form.SHARE else None)
    sheet.amounts = tuple(released.get(key, empty) for key in sheet.keys)
    sheet.absent = {place for place, key in enumerate(sheet.keys) if key not in released}


def _moved(amount: Amount, before: Amount) -> int:
    return max(
        abs(amount.count - before.count),
        abs(amount.part - before.part),
    )


def _stay_hidden(sheet: Sheet, old: Sheet, rules: Rules) -> None:
    sheet.is_crossed |= old.is_crossed
    sheet.total.is_crossed |= old.total.is_crossed
    sheet.total.is_forced |= old.total.is_forced
    rows = dict(zip(old.keys, old.printed(rules), strict=True))
    for position, key in enumerate(sheet.keys):
        row = rows.get(key)
        if row is None:
            continue
        if row.count == "c":
            sheet.forced.add(position)
        elif row.figure == "c":
            sheet.closed.add(position)


def differences(before: Tables, now: Tables) -> tuple[str, ...]:
    """What moved since the last release of the period, in printed figures only."""
    said = []
    for table in sorted({*before, *now}):
        old, new = before.get(table, {}), now.get(table, {})
        for name in dict.fromkeys((*old, *new)):
            was, is_now = old.get(name), new.get(name)
            if was != is_now:
                by = f" (by {table.lower()})" if table else ""
                said.append(
                    f"{name}{by}: {was or 'not printed'} before, {is_now or 'not printed'} now"
                )
    return tuple(said)
