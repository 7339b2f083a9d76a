"""A revision beside the releases it replaces (D16.12)."""

from collections.abc import Iterable, Mapping, Sequence

from eitrack.indicators.disclosure.released import hidden_in, keep_hidden
from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form

# {table: {row: what is printed}}
Tables = Mapping[str, Mapping[str, str]]


def follow(
    tables: Sequence[CountTable],
    released: Sequence[CountTable],
    all_released: Iterable[Sequence[CountTable]],
    rules: Rules,
) -> None:
    """Make tables repeat the last release of their period if little changed.

    A line whose true total changed by 7 or less repeats the released line, including its counts, as
    two roundings of nearly the same number would reveal them. A cell hidden in any earlier release
    of the period stays hidden, and a breakdown that printed `x` prints it again.
    """
    last = {(table.code, table.by): table for table in released}
    totals = {}
    for table in tables:
        before = last.get((table.code, table.by)) or next(
            (each for each in released if each.code == table.code), None
        )
        if before is None:
            continue
        moved = _moved(table.total.amount, before.total.amount)
        if moved <= rules.threshold and table.code not in totals:
            totals[table.code] = before.total.amount
        same = last.get((table.code, table.by))
        if moved <= rules.threshold and same is not None:
            _repeat(table, same)
    for table in tables:
        if table.code in totals:
            table.total.amount = totals[table.code]
    for table in tables:
        for release in all_released:
            for old in release:
                if (old.code, old.by) == (table.code, table.by):
                    keep_hidden(table, hidden_in(old, rules))


def _repeat(table: CountTable, same: CountTable) -> None:
    """Copy the released rows. A row new since then prints nothing; if one is gone, none does."""
    released = dict(zip(same.keys, same.amounts, strict=True))
    if set(released) - set(table.keys):
        table.is_crossed = True
        return
    empty = Amount(0, numerator=0 if table.form == Form.SHARE else None)
    table.amounts = tuple(released.get(key, empty) for key in table.keys)
    table.absent = {place for place, key in enumerate(table.keys) if key not in released}


def _moved(amount: Amount, before: Amount) -> int:
    return max(
        abs(amount.count - before.count),
        abs(amount.part - before.part),
    )


def differences(before: Tables, now: Tables) -> tuple[str, ...]:
    """What changed since the last release of the period, in printed figures only."""
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
