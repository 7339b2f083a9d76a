"""What a release has hidden stays hidden, and a revision repeats what hardly moved (D16.12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form


@dataclass(frozen=True)
class Hidden:
    """What a released table hides: keys of rows, of rows whose share alone is hidden, or all."""

    rows: frozenset[str] = field(default_factory=frozenset)
    shares: frozenset[str] = field(default_factory=frozenset)
    is_crossed: bool = False
    is_total_hidden: bool = False
    is_total_crossed: bool = False

    def __or__(self, other: "Hidden") -> "Hidden":
        """What either hides."""
        return Hidden(*(getattr(self, name) | getattr(other, name) for name in vars(self)))

    def as_dict(self) -> dict[str, Any]:
        """To be stored; what is not hidden takes no room."""
        return {
            name: value if isinstance(value, bool) else sorted(value)
            for name, value in vars(self).items()
            if value
        }

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Hidden":
        keys = {name: frozenset(kept.get(name, ())) for name in ("rows", "shares")}
        return cls(**kept | keys)


NOTHING = Hidden()


def hidden_in(table: CountTable, rules: Rules) -> Hidden:
    """What a table hides as it was released."""
    printed = list(zip(table.keys, table.printed(rules), strict=True))
    return Hidden(
        frozenset(key for key, text in printed if text.count == CONFIDENTIAL),
        frozenset(
            key
            for key, text in printed
            if text.figure == CONFIDENTIAL and text.count != CONFIDENTIAL
        ),
        table.is_crossed,
        table.total.is_forced,
        table.total.is_crossed,
    )


def keep_hidden(table: CountTable, hidden: Hidden) -> None:
    """Have a table of the same period hide it too."""
    table.is_crossed |= hidden.is_crossed
    table.total.is_forced |= hidden.is_total_hidden
    table.total.is_crossed |= hidden.is_total_crossed
    for position, key in enumerate(table.keys):
        if key in hidden.rows:
            table.forced.add(position)
        elif key in hidden.shares:
            table.closed.add(position)


# --- Of a whole release -----------------------------------------------------------------------


def name_of(table: CountTable) -> str:
    """What a table is called among those of its period."""
    return f"{table.code} {table.by}".strip()


def all_hidden(tables: Iterable[CountTable], rules: Rules) -> dict[str, dict[str, Any]]:
    """{name of a table: what it hides, to be stored} of a release."""
    found = {name_of(table): hidden_in(table, rules).as_dict() for table in tables}
    return {name: hidden for name, hidden in found.items() if hidden}


def both_hidden(
    one: Mapping[str, dict[str, Any]], other: Mapping[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What either of two releases hides, as `all_hidden` has it."""
    return {
        name: (
            Hidden.from_dict(one.get(name, {})) | Hidden.from_dict(other.get(name, {}))
        ).as_dict()
        for name in {**one, **other}
    }


def keep_all_hidden(tables: Sequence[CountTable], hidden: Mapping[str, dict[str, Any]]) -> None:
    """Have the tables of a page hide what releases of the period have hidden."""
    for table in tables:
        if kept := hidden.get(name_of(table)):
            keep_hidden(table, Hidden.from_dict(kept))


# --- Of a revision ----------------------------------------------------------------------------

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
    return max(abs(amount.count - before.count), abs(amount.part - before.part))


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
