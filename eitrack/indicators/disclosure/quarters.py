"""A year beside its quarters (D8)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from eitrack.indicators.disclosure.relations import APART, DISTINCT
from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.sheets import Sheet
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL


def hide_years(
    sheets: Sequence[Sheet], quarters: Mapping[str, tuple[Rules, Sequence[Sheet]]], rules: Rules
) -> None:
    """Hide each annual count that would give a hidden quarter away.

    `quarters` is {code: (rules, sheets)} as they were or would be printed. If the four quarters of
    a cell hide counts that number one or sum to 7 or less, the annual cell is hidden too; the line
    then hides another where it must. Of shares that goes for the denominator: what numerators
    give away is for the auditor to find.
    """
    # Each quarter once: a total stands in every table that has no rows of its measure.
    hidden: defaultdict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for quarter, (its_rules, of_quarter) in quarters.items():
        for sheet in of_quarter:
            rows = sheet.printed(its_rules)
            for key, amount, row in zip(sheet.keys, sheet.amounts, rows, strict=True):
                if row.count == CONFIDENTIAL:
                    hidden[sheet.code, sheet.by, key][quarter] = amount.count
            if not sheet.by and sheet.total.printed(its_rules).count == CONFIDENTIAL:
                hidden[sheet.code, "", ""][quarter] = sheet.total.amount.count
    for sheet in sheets:
        if sheet.code in (*APART, *DISTINCT):
            continue
        if _gives_away(hidden[sheet.code, "", ""].values(), rules):
            sheet.total.is_forced = True
        for position, key in enumerate(sheet.keys):
            if _gives_away(hidden[sheet.code, sheet.by, key].values(), rules):
                sheet.forced.add(position)


def _gives_away(counts: Collection[int], rules: Rules) -> bool:
    return bool(counts) and (len(counts) == 1 or sum(counts) <= rules.threshold)
