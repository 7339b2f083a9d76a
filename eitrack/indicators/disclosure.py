"""What may be printed about people, families and activities: the rules of the publish view.

Small counts can point at a family, so the publish view hides them, hides enough beside them that
they cannot be worked out again, and rounds the rest. The rules D1 to D16 are those of the design
of the indicators (INDICATORS.md, part 4), which takes threshold and base from the NHS secondary
care statistics. D2c was added here; `publish_line` says why it is needed.

Everything here takes whole numbers and returns text. It reads no records and keeps no state: the
same counts always print the same, to the byte.
"""

from collections.abc import Sequence
from dataclasses import replace

from eitrack.indicators.figure_words import (
    SOME_ESTIMATES,
    beside_text,
    exact_cell,
    figure_text,
)
from eitrack.indicators.figures import (
    ALL_ROWS,
    Parts,
    PublishedFigures,
    ShownCell,
    ShownIndicator,
)
from eitrack.indicators.indicator import Disclosure, Theme, Unit

# These become settings, which may be raised but never go below the values written here (D15).
THRESHOLD = 7  # counts from 1 to this are confidential
BASE = 5  # everything larger is rounded to a multiple of this, which is odd
MIN_POSSIBLE_VALUES = 4  # how many values a hidden cell must at least leave open
MIN_SHARE_DENOMINATOR = 20  # a percentage of fewer than this is unreliable

CONFIDENTIAL = "c"
NOT_AVAILABLE = "x"
LOW_RELIABILITY = "u"
ROUNDS_TO_ZERO = "k"
NOT_APPLICABLE = "z"
NOTHING_TO_DIVIDE = "–"
ESTIMATE = "e"

SYMBOLS = {
    CONFIDENTIAL: "confidential",
    NOT_AVAILABLE: "not available: too few to break down",
    LOW_RELIABILITY: "low reliability",
    ROUNDS_TO_ZERO: "rounds to zero but is not",
    NOT_APPLICABLE: "not applicable",
    NOTHING_TO_DIVIDE: "nothing to divide",
    ESTIMATE: "estimate",
}


def publish_cell(n: int) -> str:
    """One count as it may be printed (D1).

    0 prints as it is, 1 to 7 print `c`, and 8 or more is rounded to the nearest 5: 8 to 12 print
    10, 13 to 17 print 15. No count prints as a number from 1 to 9.

    Raises ValueError if `n` is negative or not an `int`.
    """
    _require_count(n)
    return CONFIDENTIAL if _is_small(n) else str(_rounded(n))


def publish_line(cells: Sequence[int], total: int) -> tuple[list[str], str]:
    """A list of counts and the total printed with it: the cells in their order, and the total.

    D1   Each cell and the total pass through `publish_cell`.
    D2   While any cell is hidden, but only one or ones that sum to 7 or less, the smallest
         visible cell above zero is hidden too (of equals, the first). Zeros stay.
    D2c  If the hidden cells must hold nearly as much as they can, every cell above zero is hidden.
    D2b  If the hidden cells share so little that one could be worked out, every cell, zeros too,
         prints `x`. The total stays.
    D3   The total is rounded from the true total, so it need not equal the sum of the cells.

    D2c is not in the design. Without it 12, 7, 7, 7 (total 33) prints `10, c, c, c | 35`: at
    most 12 are visible of at least 33, so three hidden cells hold 21, and each is exactly 7. No
    such line has a total below 33, so the design's search, which stopped earlier, met none.

    Cells that sum to more than the total overlap, as teams do when they share a session. What is
    visible then takes nothing away from what is hidden, so D2b has nothing to guard and is left
    out; the rest applies as it stands. Such a line may print cells that add to more than its total.

    Cells that sum to less than the total leave out a group, say "not known". A reader can find it
    by subtraction, so the line is published as if the group were its last cell, which is dropped
    afterwards. It may then be the second hidden cell. Better is to print it.

    Raises ValueError if any count is negative or not an `int`.
    """
    for n in (*cells, total):
        _require_count(n)
    left_out = total - sum(cells)
    if left_out > 0:
        published, published_total = publish_line([*cells, left_out], total)
        return published[:-1], published_total

    published_total = publish_cell(total)
    hidden = _hidden_cells(cells, total)
    is_partition = left_out == 0
    if is_partition and hidden and _is_crowded(cells, total, hidden):
        return [NOT_AVAILABLE for _ in cells], published_total
    published = [
        CONFIDENTIAL if position in hidden else publish_cell(n) for position, n in enumerate(cells)
    ]
    return published, published_total


def publish_share(numerator: int, denominator: int) -> str:
    """A share in whole percent, without the sign, for indicators of class P and E (D5).

    The first of these that holds is printed:

    `–`  the denominator is 0;
    `c`  numerator, denominator or the difference between them is 1 to 7;
    `u`  the true denominator is below 20;
    `k`  the share is above 0 but below half a percent;
    else the share of the *rounded* numerator in the *rounded* denominator, halves upwards.

    `c` comes before `u`, so a share is confidential wherever its numerator is. The rounded
    numerator never exceeds the rounded denominator, as rounding keeps the order of counts.

    Where the numerator is printed beside a share, publish it with
    `publish_line([numerator, denominator - numerator], denominator)`: a plain 40 of 40 would say
    that at most four are missing.

    Raises ValueError if a count is negative or not an `int`, or the numerator exceeds the
    denominator: that is not a share.
    """
    _require_count(numerator)
    _require_count(denominator)
    if numerator > denominator:
        raise ValueError(f"{numerator} of {denominator} is not a share.")
    if denominator == 0:
        return NOTHING_TO_DIVIDE
    if any(map(_is_small, (numerator, denominator, denominator - numerator))):
        return CONFIDENTIAL
    if denominator < MIN_SHARE_DENOMINATOR:
        return LOW_RELIABILITY
    part, whole = _rounded(numerator), _rounded(denominator)
    if 0 < 200 * part < whole:
        return ROUNDS_TO_ZERO
    return str((200 * part + whole) // (2 * whole))


def _require_count(n):
    # True and False are ints to Python, but a count that is one of them is a mistake.
    if type(n) is not int or n < 0:
        raise ValueError(f"A count is a whole number from 0 upwards, not {n!r}.")


def _is_small(n):
    return 1 <= n <= THRESHOLD


def _rounded(n):
    return BASE * ((n + BASE // 2) // BASE)


def _bounds(n):
    """The smallest and the largest count that print as `n` does: what a reader knows of it."""
    if n == 0:
        return 0, 0
    if _is_small(n):
        return 1, THRESHOLD
    return max(_rounded(n) - BASE // 2, THRESHOLD + 1), _rounded(n) + BASE // 2


def _hidden_cells(cells, total):
    """Positions of the cells that D1, D2 and D2c hide."""
    hidden = {position for position, n in enumerate(cells) if _is_small(n)}
    # Sorting is stable: of equal cells the first in display order is hidden first.
    visible = sorted(
        (position for position, n in enumerate(cells) if n > THRESHOLD), key=cells.__getitem__
    )
    while hidden and visible and not _protect_each_other([cells[p] for p in hidden]):
        hidden.add(visible.pop(0))
    if hidden and visible and _is_full(len(hidden), [cells[p] for p in visible], total):
        # Hiding only the next smallest is not enough: 17, 7, 12, 12 would print c for 7, 12, 12
        # and a reader who knows the code would find them, though not which is which.
        hidden.update(visible)
    return hidden


def _protect_each_other(hidden):
    """D2: more between them than one confidential cell may hold, so they are two or more."""
    return sum(hidden) > THRESHOLD


def _is_full(hidden_count, visible, total):
    """D2c: the hidden cells hold, for all a reader can tell, almost as much as they can.

    They are either all small, or one of them is D2's: no larger than the smallest visible cell,
    and beside cells that sum to 7 or less.
    """
    at_least = _bounds(total)[0] - sum(_bounds(n)[1] for n in visible)
    at_most = THRESHOLD + max(THRESHOLD * (hidden_count - 1), _bounds(min(visible))[1])
    return at_most - at_least < MIN_POSSIBLE_VALUES


def _is_crowded(cells, total, hidden):
    """D2b: the hidden cells hold, for all a reader can tell, hardly more than one each.

    Below 2 would do for the `c`, but then the `x` itself would give six cells away as 1 or 2.
    """
    visible = [n for position, n in enumerate(cells) if position not in hidden]
    at_most = _bounds(total)[1] - sum(_bounds(n)[0] for n in visible)
    return at_most - len(hidden) < MIN_POSSIBLE_VALUES


# --- A whole page or file ---------------------------------------------------------------------

LEAST_WORKERS = 5  # no published cell rests on the work of fewer (D10)


def publish(figures):
    """Exact figures as the district office may have them: the only maker of PublishedFigures.

    Class P and E go through the rules above, for every breakdown; of a period that has not ended
    they print `x` (D8: two looks at a growing count would tell them apart). Class R is exempt,
    but for rows that rest on fewer than five workers, which print `c` (D10).
    """
    return PublishedFigures(
        scope=figures.scope,
        period=figures.period,
        by=figures.by,
        shown=tuple(_publish_indicator(figures, indicator) for indicator in figures.indicators),
        coverage=figures.coverage,
        waterline=figures.waterline,
        is_provisional=figures.is_provisional,
    )


def _publish_indicator(figures, indicator):
    total, rows = figures.totals[indicator.code], figures.rows_of(indicator)
    if indicator.disclosure == Disclosure.RESOURCES:
        return ShownIndicator(
            indicator, _resource_total(indicator, total), _resource_rows(indicator, rows)
        )
    if indicator.measure is None:
        return ShownIndicator(indicator, exact_cell(indicator, ALL_ROWS, total))
    if figures.is_provisional:
        texts, total_text = [NOT_AVAILABLE] * len(rows), NOT_AVAILABLE
    elif indicator.unit == Unit.RANGE:
        texts = [_range(parts) for _, parts in rows]
        total_text = _range(total)
    elif indicator.unit == Unit.COUNT:
        counts = [int(parts.numerator) for _, parts in rows]
        texts, total_text = publish_line(counts, int(total.numerator))
    else:
        texts = [_share(indicator, parts) for _, parts in rows]
        total_text = _share(indicator, total)
    return ShownIndicator(
        indicator,
        ShownCell(
            ALL_ROWS,
            _marked(total_text, total),
            known=_known(total, figures),
            beside=_beside(figures, indicator, total),
        ),
        tuple(
            ShownCell(row.label, _marked(text, parts))
            for (row, parts), text in zip(rows, texts, strict=True)
        ),
    )


def _resource_total(indicator, parts):
    """The load of fewer than five workers is their own, in the whole service too (D10)."""
    if indicator.theme == Theme.LOAD and _is_of_few(parts):
        return ShownCell(ALL_ROWS, CONFIDENTIAL)
    return exact_cell(indicator, ALL_ROWS, parts)


def _resource_rows(indicator, rows):
    """Rows of class R: `c` where they rest on fewer than five workers (D10).

    Hours add up to a total that is printed, so the smallest rows are hidden with them until those
    that are hidden rest on five workers, and one alone could not be told by subtraction.
    """
    hidden = [(row, parts) for row, parts in rows if _is_of_few(parts)]
    keys = {row.key for row, _ in hidden}
    if indicator.unit == Unit.HOURS and hidden:
        workers = sum(parts.workers for _, parts in hidden)
        visible = [(row, parts) for row, parts in rows if parts.numerator and row.key not in keys]
        for row, parts in sorted(visible, key=lambda each: each[1].numerator):
            if len(keys) > 1 and workers >= LEAST_WORKERS:
                break
            keys.add(row.key)
            workers += parts.workers
    return tuple(
        ShownCell(
            row.label,
            CONFIDENTIAL if row.key in keys else figure_text(indicator.unit, parts),
        )
        for row, parts in rows
    )


def _is_of_few(parts):
    return 0 < parts.workers < LEAST_WORKERS


def _beside(figures, indicator, parts):
    """The second figure: a share as shares are, any other of 1 to 7 contributors hidden (D5).

    A count is a count of them, or of those in their families; without any it is a public number
    (the local population), which is printed as it is.
    """

    def write(unit, parts):
        if figures.is_provisional:
            return NOT_AVAILABLE
        if unit == Unit.PERCENT:
            return _percent(parts)
        if unit == Unit.COUNT and parts.asked > THRESHOLD:
            return publish_cell(int(parts.numerator))
        if unit == Unit.RATIO:
            return _rate(parts)
        return CONFIDENTIAL if _is_small(parts.asked) else figure_text(unit, parts)

    return beside_text(indicator, parts, write)


def _rate(parts):
    """A count for each worker, from the rounded count: else the exact one could be worked out."""
    if _is_small(int(parts.numerator)):
        return CONFIDENTIAL
    rounded = replace(parts, numerator=_rounded(int(parts.numerator)))
    return figure_text(Unit.RATIO, rounded)


def _range(parts):
    """Both ends rounded to 5 outward, a low below 10 as 0; hidden when the high is small (D6)."""
    if parts.grade == "D":
        return NOT_AVAILABLE
    if parts.numerator <= THRESHOLD:
        return CONFIDENTIAL if parts.numerator else "0"
    low, high = int(parts.low), int(parts.numerator)
    low = 0 if low < 10 else BASE * (low // BASE)
    high = BASE * -(-high // BASE)
    return f"{low:,} to {high:,}" + (" or more" if parts.is_open_ended else "")


def _known(parts, figures):
    """In how many records the figure is known: a share of activities, so D5 and D8 hold too."""
    if not parts.asked:
        return ""
    if figures.is_provisional:
        return NOT_AVAILABLE
    return _percent(Parts(numerator=parts.known, denominator=parts.asked))


def _share(indicator, parts):
    """A share, unless it is known of too few of its records to say anything."""
    if parts.known_share is not None and parts.known_share < indicator.least_known:
        return LOW_RELIABILITY
    return _percent(parts)


def _percent(parts):
    text = publish_share(int(parts.numerator), int(parts.denominator or 0))
    return f"{text}%" if text.isdigit() else text


def _marked(text, parts):
    """A printed count that is a fifth or more estimates carries `e` (C7)."""
    if not text.isdigit():
        return text
    return f"{int(text):,}" + (f" {ESTIMATE}" if parts.estimated_share >= SOME_ESTIMATES else "")
