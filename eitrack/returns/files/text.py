"""A return as CSV: first what it is, then every figure on a line of its own, all text."""

from eitrack.common.files import csv_lines
from eitrack.returns.datasets import FIGURES
from eitrack.returns.files.shared import head_of, lines_of, notes_of

# What Excel needs to see that the file is UTF-8.
MARK = "\ufeff"


def csv_file(document, standing):
    """For people: the head with the key to symbols, a blank line, the figures under their header.

    What is not to be had by a breakdown is said in the head, not row by row. Programs read the
    tidy file, which has nothing before its header.
    """
    lines = [
        *head_of(document, standing),
        *(("Note", note) for note in notes_of(document)),
        *((f"Symbol {symbol}", meaning) for symbol, meaning in document.symbols),
        (),
        [column.name for column in FIGURES],
        *(
            [column.value(line) for column in FIGURES]
            for line in lines_of(document)
            if line.is_total or not line.column.is_unavailable
        ),
    ]
    return (MARK + "".join(csv_lines(lines))).encode()
