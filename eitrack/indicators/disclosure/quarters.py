"""A year beside its quarters (D8)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from eitrack.indicators.disclosure.relations import APART, DISTINCT
from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL
from eitrack.indicators.disclosure.tables import CountTable


def hide_years(
    tables: Sequence[CountTable],
    quarters: Mapping[str, tuple[Rules, Sequence[CountTable]]],
    rules: Rules,
) -> None:
    """Hide each annual count that would reveal a hidden quarter.

    `quarters` is {code: (rules, tables)} as printed, or as they would be. If the four quarters of a
    cell hide one count, or counts that sum to 7 or less, the annual cell is hidden too; the line
    then hides another if it must. For shares this applies to the denominator; what numerators
    reveal is found by the auditor.
    """
    # Each quarter once: a total is in every table without rows of its measure.
    hidden: defaultdict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for quarter, (its_rules, of_quarter) in quarters.items():
        for table in of_quarter:
            rows = table.printed(its_rules)
            for key, amount, row in zip(table.keys, table.amounts, rows, strict=True):
                if row.count == CONFIDENTIAL:
                    hidden[table.code, table.by, key][quarter] = amount.count
            if not table.by and table.total.printed(its_rules).count == CONFIDENTIAL:
                hidden[table.code, "", ""][quarter] = table.total.amount.count
    for table in tables:
        if table.code in (*APART, *DISTINCT):
            continue
        if _gives_away(hidden[table.code, "", ""].values(), rules):
            table.total.is_forced = True
        for position, key in enumerate(table.keys):
            if _gives_away(hidden[table.code, table.by, key].values(), rules):
                table.forced.add(position)


def _gives_away(counts: Collection[int], rules: Rules) -> bool:
    return bool(counts) and (len(counts) == 1 or sum(counts) <= rules.threshold)
