"""Hours in a table of two ways, so that none that rests on few workers can be told (D10).

No Django here. A funder return is one column of such a table; a reader may hold all columns and
the hours of the service, so hours are hidden in both ways.
"""

from dataclasses import dataclass, field

LEAST_WORKERS = 5


@dataclass
class Cell:
    """An amount and the workers it rests on."""

    amount: int = 0
    workers: set = field(default_factory=set)

    def add(self, amount, workers):
        self.amount += amount
        self.workers |= workers


def hidden_cells(cells):
    """Keys (row, column) of cells that may not be printed; None is the total of a row or column.

    Hidden is what rests on fewer than five workers. In every line whose total is printed two are
    hidden or more, and five workers stand behind them together: the smallest visible cell (of
    equals the first) is hidden with them until it is so. Where none is left the total is hidden,
    and a hidden total hides its smallest cell.
    """
    hidden = {key for key, cell in cells.items() if 0 < len(cell.workers) < LEAST_WORKERS}
    lines = _lines(cells)
    found = -1
    while found != len(hidden):
        found = len(hidden)
        for total, parts in lines:
            _hide_more(hidden, cells, total, parts)
    return hidden


def _lines(cells):
    """(key of the total, keys of its parts), of the margins first."""
    rows = list(dict.fromkeys(row for row, _ in cells if row is not None))
    columns = list(dict.fromkeys(column for _, column in cells if column is not None))
    lines = [
        ((None, None), [(None, column) for column in columns]),
        ((None, None), [(row, None) for row in rows]),
        *(((None, column), [(row, column) for row in rows]) for column in columns),
        *(((row, None), [(row, column) for column in columns]) for row in rows),
    ]
    return [(total, [key for key in parts if key in cells]) for total, parts in lines]


def _hide_more(hidden, cells, total, parts):
    visible = [key for key in parts if key not in hidden]
    visible.sort(key=lambda key: cells[key].amount)
    while visible and not _are_safe(hidden, cells, total, parts):
        hidden.add(visible.pop(0))
    if not _are_safe(hidden, cells, total, parts):
        # Nothing is left to hide with it, so the total would say what it is.
        hidden.add(total)


def _are_safe(hidden, cells, total, parts):
    here = [key for key in parts if key in hidden]
    if total in hidden:
        return bool(here)
    workers = set().union(*(cells[key].workers for key in here))
    return not here or (len(here) > 1 and len(workers) >= LEAST_WORKERS)
