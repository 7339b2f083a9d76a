"""Counts as they may be printed: alone, in a line with its total, as shares, as ranges (D1-D7)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from eitrack.indicators.disclosure.rules import (
    MIN_POSSIBLE_VALUES,
    MIN_SHARE_DENOMINATOR,
    RULES,
    Rules,
    require_count,
)
from eitrack.indicators.disclosure.symbols import (
    CONFIDENTIAL,
    LOW_RELIABILITY,
    NOT_AVAILABLE,
    NOTHING_TO_DIVIDE,
    ROUNDS_TO_ZERO,
)


def publish_cell(n: int, rules: Rules = RULES) -> str:
    """One count as it may be printed (D1).

    0 prints as it is, 1 to 7 print `c`, and 8 or more is rounded to the nearest 5: 8 to 12 print
    10, 13 to 17 print 15.
    """
    require_count(n)
    return CONFIDENTIAL if rules.is_small(n) else str(rules.rounded(n))


def publish_line(cells: Sequence[int], total: int, rules: Rules = RULES) -> tuple[list[str], str]:
    """A list of counts and the total printed with it: the cells in their order, and the total.

    D1   Each cell and the total pass through `publish_cell`.
    D2   While any cell is hidden, but only one or ones that sum to 7 or less, the smallest
         visible cell above zero is hidden too (of equals, the first). Zeros stay.
    D2c  If the hidden cells must hold nearly as much as they can, every cell above zero is hidden.
    D2b  If the hidden cells share so little that one could be worked out, every cell, zeros too,
         prints `x`. The total stays.
    D3   The total is rounded from the true total, so it need not equal the sum of the cells.

    D2c is not in the design. Without it 12, 7, 7, 7 (total 33) prints `10, c, c, c | 35`: at
    most 12 are visible of at least 33, so three hidden cells hold 21, and each is exactly 7.

    Cells that sum to more than the total overlap, as teams do when they share a session: what is
    visible takes nothing away from what is hidden, so D2b does not apply. Cells that sum to less
    leave out a group, say "not known", which a reader can find by subtraction: the line is
    published as if the group were its last cell, which is dropped afterwards. Teams and their
    service are such a line, so one small team hides both of two (D9).
    """
    found = hide(cells, total, rules)
    return [found.text_of(position, n, rules) for position, n in enumerate(cells)], publish_cell(
        total, rules
    )


@dataclass(frozen=True)
class HiddenCells:
    """Positions of a line that print `c`; if it `is_crowded` every cell prints `x` instead."""

    positions: frozenset[int]
    is_crowded: bool = False

    def text_of(self, position: int, n: int, rules: Rules) -> str:
        if self.is_crowded:
            return NOT_AVAILABLE
        return CONFIDENTIAL if position in self.positions else publish_cell(n, rules)


def hide(
    cells: Sequence[int], total: int, rules: Rules = RULES, forced: Iterable[int] = ()
) -> HiddenCells:
    """What `publish_line` hides; `forced` positions are hidden whatever they hold.

    The position after the last cell stands for what the cells leave out of the total.
    """
    for n in (*cells, total):
        require_count(n)
    left_out = total - sum(cells)
    if left_out > 0:
        cells = (*cells, left_out)
    hidden = _hidden_cells(cells, total, rules, forced)
    is_partition = left_out >= 0
    is_crowded = is_partition and hidden and _is_crowded(cells, total, hidden, rules)
    return HiddenCells(frozenset(hidden), bool(is_crowded))


def _hidden_cells(
    cells: Sequence[int], total: int, rules: Rules, forced: Iterable[int]
) -> set[int]:
    """Positions of the cells that D1, D2 and D2c hide, and those that were hidden before."""
    hidden = {p for p, n in enumerate(cells) if rules.is_small(n)} | set(forced)
    # Sorting is stable: of equal cells the first in display order is hidden first.
    visible = sorted(
        (p for p, n in enumerate(cells) if n > rules.threshold and p not in hidden),
        key=cells.__getitem__,
    )
    while hidden and visible and not _protect_each_other([cells[p] for p in hidden], rules):
        hidden.add(visible.pop(0))
    if hidden and visible and _is_full(len(hidden), [cells[p] for p in visible], total, rules):
        # Hiding only the next smallest is not enough: 17, 7, 12, 12 would print c for 7, 12, 12
        # and a reader who knows the code would find them, though not which is which.
        hidden.update(visible)
    return hidden


def _protect_each_other(hidden: Sequence[int], rules: Rules) -> bool:
    """D2: more between them than one confidential cell may hold, so they are two or more."""
    return sum(hidden) > rules.threshold and len(hidden) > 1


def _is_full(hidden_count: int, visible: Sequence[int], total: int, rules: Rules) -> bool:
    """D2c: the hidden cells hold, for all a reader can tell, almost as much as they can.

    They are either all small, or one of them is D2's: no larger than the smallest visible cell,
    and beside cells that sum to 7 or less.
    """
    at_least = rules.bounds(total)[0] - sum(rules.bounds(n)[1] for n in visible)
    small = rules.threshold
    at_most = small + max(small * (hidden_count - 1), rules.bounds(min(visible))[1])
    return at_most - at_least < MIN_POSSIBLE_VALUES


def _is_crowded(cells: Sequence[int], total: int, hidden: Collection[int], rules: Rules) -> bool:
    """D2b: the hidden cells hold, for all a reader can tell, hardly more than one each.

    Below 2 would do for the `c`, but then the `x` itself would give six cells away as 1 or 2.
    """
    visible = [n for position, n in enumerate(cells) if position not in hidden]
    at_most = rules.bounds(total)[1] - sum(rules.bounds(n)[0] for n in visible)
    return at_most - len(hidden) < MIN_POSSIBLE_VALUES


# --- Shares -----------------------------------------------------------------------------------


def publish_share(numerator: int, denominator: int, rules: Rules = RULES) -> str:
    """A share in whole percent, without the sign, for indicators of class P and E (D5).

    The first of these that holds is printed:

    `–`  the denominator is 0;
    `c`  numerator, denominator or the difference between them is 1 to 7;
    `u`  the true denominator is below 20;
    `k`  the share is above 0 but below half a percent;
    else the share of the *rounded* numerator in the *rounded* denominator, halves upwards.

    `c` comes before `u`, so a share is confidential wherever its numerator is. Both counts stand
    beside a printed share.
    """
    require_count(numerator)
    require_count(denominator)
    if numerator > denominator:
        raise ValueError(f"{numerator} of {denominator} is not a share.")
    if denominator == 0:
        return NOTHING_TO_DIVIDE
    if any(map(rules.is_small, (numerator, denominator, denominator - numerator))):
        return CONFIDENTIAL
    if denominator < MIN_SHARE_DENOMINATOR:
        return LOW_RELIABILITY
    part, whole = rules.rounded(numerator), rules.rounded(denominator)
    if 0 < 200 * part < whole:
        return ROUNDS_TO_ZERO
    return str((200 * part + whole) // (2 * whole))


def percent(text: str) -> str:
    """A share as a page prints it: with a percent sign if it is a number."""
    return f"{text}%" if text.isdigit() else text


def is_all_or_none(numerator: int, denominator: int) -> bool:
    """0 or 100 % of fewer than 20: it says something about everybody in the group (D7)."""
    return 0 < denominator < MIN_SHARE_DENOMINATOR and numerator in (0, denominator)


# --- Ranges of people -------------------------------------------------------------------------


def publish_range(low: int, high: int, rules: Rules = RULES, is_open_ended: bool = False) -> str:
    """Both ends rounded to 5 outward, a low below 10 as 0; `c` when the high is 1 to 7."""
    if high <= rules.threshold:
        return CONFIDENTIAL if high else "0"
    low = 0 if low < 2 * rules.base else rules.base * (low // rules.base)
    return f"{low:,} to {upwards(high, rules):,}" + (" or more" if is_open_ended else "")


def upwards(high: int, rules: Rules = RULES) -> int:
    return rules.base * -(-high // rules.base)


def bounds_of_high(
    high: int, rules: Rules = RULES, is_open_ended: bool = False
) -> tuple[int, int | None]:
    """The counts that print as this high does; an open end (None) has no bounds."""
    if high <= rules.threshold:
        return rules.bounds(high)
    top = upwards(high, rules)
    return max(top - rules.base + 1, rules.threshold + 1), None if is_open_ended else top
