"""A whole page, file or release: from exact to published figures."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from eitrack.indicators.disclosure.counts import (
    is_all_or_none,
    percent,
    publish_cell,
    publish_share,
)
from eitrack.indicators.disclosure.decided import UNDECIDED, Decided, in_whole_hours, shown_resource
from eitrack.indicators.disclosure.relations import DISTINCT, ONE_EACH
from eitrack.indicators.disclosure.released import keep_all_hidden
from eitrack.indicators.disclosure.rows import merged, row_key
from eitrack.indicators.disclosure.rules import RULES, Rules
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL, ESTIMATE, NOT_AVAILABLE
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form, Printed, Total
from eitrack.indicators.terms.figures import (
    ALL_ROWS,
    ExactFigures,
    Parts,
    PublishedFigures,
    Row,
    ShownCell,
    ShownIndicator,
)
from eitrack.indicators.terms.indicator import Disclosure, Indicator, Unit
from eitrack.indicators.terms.words import SOME_ESTIMATES, beside_text, exact_cell, figure_text

FORMS = {Unit.COUNT: Form.COUNT, Unit.RANGE: Form.RANGE}
# What a row by these says of the people in it (D7): every level, these purposes.
SENSITIVE = {"need_level": None, "purpose": ("domestic_abuse", "substance_use")}
# Class R is printed by kind of site or agency only (D10).
OF_ONE_PLACE = ("site", "agency")
# The indicator with the amounts of the waterline.
GAP = "VIS-03"


def publish(
    figures: ExactFigures,
    *,
    decided: Decided = UNDECIDED,
    with_open: bool = False,
    only: tuple[Indicator, ...] | None = None,
) -> PublishedFigures:
    """Exact figures as published; the only constructor of PublishedFigures.

    Class P and E follow the rules of this package in every breakdown, and hide what a release of
    the period has hidden. Class R follows the decision in `decided`; without one it says that it is
    being checked (D17).

    Class P and E are left out for an open period, as two looks at a growing count would reveal the
    difference (D8). `with_open` keeps their place with an `x`, which a line over time and a
    comparison need.
    """
    figures, alone = merged(figures)
    if only is not None:
        figures = replace(figures, indicators=only)
    tables = tables_of(figures, hidden_rows=alone)
    keep_all_hidden(tables, decided.hidden_counts)
    return printed(figures, tables, decided=decided, with_open=with_open)


def tables_of(
    figures: ExactFigures, rules: Rules = RULES, hidden_rows: Container[object] = frozenset()
) -> list[CountTable]:
    """A CountTable for each indicator of class P and E, of merged figures; none of an open period.

    `hidden_rows` are keys of rows that are hidden whatever they hold. Without a breakdown, or
    where it does not apply, the table has no rows.
    """
    if figures.is_provisional:
        return []
    return [
        _table(figures, indicator, hidden_rows)
        for indicator in figures.indicators
        if indicator.is_checked
    ]


def _table(
    figures: ExactFigures, indicator: Indicator, hidden_rows: Container[object]
) -> CountTable:
    form = FORMS.get(indicator.unit, Form.SHARE)
    total = Total(
        indicator.code,
        figures.period.code,
        form,
        _amount(indicator, form, figures.totals[indicator.code]),
        among=indicator.among or (),
    )
    rows = figures.rows_of(indicator)
    if not rows or figures.by is None:
        return CountTable(total)
    amounts = tuple(_amount(indicator, form, parts) for _, parts in rows)
    table = CountTable(
        total,
        by=figures.by.code,
        keys=tuple(row_key(row) for row, _ in rows),
        amounts=amounts,
        is_partition=not figures.by.is_of_entry
        and (indicator.code not in DISTINCT or figures.by.code in ONE_EACH),
    )
    sensitive = SENSITIVE.get(table.by, ())
    for position, ((row, _), amount) in enumerate(zip(rows, amounts, strict=True)):
        if row.key in hidden_rows:
            table.forced.add(position)
        is_sensitive = form == Form.SHARE and (sensitive is None or row.key in sensitive)
        if is_sensitive and is_all_or_none(amount.part, amount.count):
            table.forced.add(position)
    return table


def _amount(indicator: Indicator, form: Form, parts: Parts) -> Amount:
    if form == Form.COUNT:
        return Amount(int(parts.numerator))
    if form == Form.RANGE:
        return Amount(
            int(parts.numerator),
            low=int(parts.low or 0),
            is_open_ended=parts.is_open_ended,
            is_silent=parts.grade == "D",
        )
    is_silent = parts.known_share is not None and parts.known_share < indicator.least_known
    return Amount(int(parts.denominator or 0), int(parts.numerator), is_silent=is_silent)


# --- In words ---------------------------------------------------------------------------------


def printed(
    figures: ExactFigures,
    tables: Iterable[CountTable],
    rules: Rules = RULES,
    *,
    decided: Decided = UNDECIDED,
    with_open: bool = False,
) -> PublishedFigures:
    """PublishedFigures from merged figures and their tables."""
    by_code = {table.code: table for table in tables}
    found = [
        _shown(figures, each, by_code, rules, decided, with_open) for each in figures.indicators
    ]
    return PublishedFigures(
        scope=figures.scope,
        period=figures.period,
        by=figures.by,
        shown=tuple(each for each in found if each is not None),
        coverage=figures.coverage,
        waterline=(
            in_whole_hours(figures.waterline) if figures.waterline and decided.prints(GAP) else None
        ),
        is_provisional=figures.is_provisional,
        is_being_checked=decided.is_being_checked,
    )


def _shown(
    figures: ExactFigures,
    indicator: Indicator,
    tables: Mapping[str, CountTable],
    rules: Rules,
    decided: Decided,
    with_open: bool,
) -> ShownIndicator | None:
    total, rows = figures.totals[indicator.code], figures.rows_of(indicator)
    if indicator.measure is None:
        # It is not collected, of no period: that says nothing of anybody.
        return ShownIndicator(indicator, exact_cell(indicator, ALL_ROWS, total))
    if indicator.disclosure == Disclosure.RESOURCES:
        one_place = figures.by is not None and figures.by.code in OF_ONE_PLACE
        rows = [] if one_place else rows
        return shown_resource(indicator, total, rows, figures, decided)
    if figures.is_provisional:
        return _placeholder(indicator, rows) if with_open else None
    table = tables[indicator.code]
    total_printed = table.total.printed(rules)
    return ShownIndicator(
        indicator,
        replace(
            _cell(indicator, ALL_ROWS, total, total_printed, rules),
            known=_known(total, rules),
            beside=_beside(indicator, total, total_printed, rules),
        ),
        tuple(
            _cell(indicator, row.label, parts, text, rules)
            for (row, parts), text in zip(rows, table.printed(rules), strict=True)
        ),
    )


def _placeholder(indicator: Indicator, rows: Iterable[tuple[Row, Parts]]) -> ShownIndicator:
    return ShownIndicator(
        indicator,
        ShownCell(ALL_ROWS, NOT_AVAILABLE),
        tuple(ShownCell(row.label, NOT_AVAILABLE) for row, _ in rows),
    )


def _cell(indicator: Indicator, label: str, parts: Parts, text: Printed, rules: Rules) -> ShownCell:
    """A line as text; a share has its base, as far as that may be printed (D5)."""
    if FORMS.get(indicator.unit) is not None:
        return ShownCell(label, _marked(text.figure, parts))
    numerator, denominator = _grouped(text.numerator), _grouped(text.count)
    made_of = f"{numerator} of {denominator}" if numerator else ""
    return ShownCell(label, percent(text.figure), numerator, denominator, made_of=made_of)


def _grouped(text: str) -> str:
    return f"{int(text):,}" if text.isdigit() else text


def _marked(text: str, parts: Parts) -> str:
    """A printed count carries `e` if a fifth or more of it is estimated (C7)."""
    if not text.isdigit():
        return text
    return f"{int(text):,}" + (f" {ESTIMATE}" if parts.estimated_share >= SOME_ESTIMATES else "")


def _known(parts: Parts, rules: Rules) -> str:
    """In how many records the figure is known: a share of activities, so D5 applies."""
    if not parts.asked:
        return ""
    return percent(publish_share(int(parts.known), int(parts.asked), rules))


def _beside(indicator: Indicator, parts: Parts, total: Printed, rules: Rules) -> str:
    """The second figure: shares by the rules of shares, others hidden for 1 to 7 contributors (D5).

    A count is one of contributors, or of members of their families; without contributors it is a
    public number (the local population) and printed as it is. What repairs hid stays hidden.
    """

    def write(unit: Unit, parts: Parts) -> str:
        if total.count in (CONFIDENTIAL, NOT_AVAILABLE) and unit in (Unit.RATIO, Unit.PERCENT):
            return total.count
        if unit == Unit.PERCENT:
            return percent(publish_share(int(parts.numerator), int(parts.denominator or 0), rules))
        if unit == Unit.COUNT and parts.asked > rules.threshold:
            return publish_cell(int(parts.numerator), rules)
        if unit == Unit.RATIO:
            return _rate(parts, rules)
        return CONFIDENTIAL if rules.is_small(parts.asked) else figure_text(unit, parts)

    return beside_text(indicator, parts, write)


def _rate(parts: Parts, rules: Rules) -> str:
    """A count for each worker, from the rounded count, as the exact one could be worked out."""
    if rules.is_small(int(parts.numerator)):
        return CONFIDENTIAL
    rounded = replace(parts, numerator=rules.rounded(int(parts.numerator)))
    return figure_text(Unit.RATIO, rounded)
