"""A return as CSV: the head, then every figure on a line, all text."""

from eitrack.common.files import csv_lines
from eitrack.returns.datasets import FIGURES
from eitrack.returns.files.shared import head_of, lines_of, notes_of

# Excel recognises UTF-8 by this.
MARK = "\ufeff"


def csv_file(document, standing):
    """For people: the head with the key to symbols, a blank line, the figures with a header.

    Unavailable breakdowns are stated in the head, not per row. Programs read the tidy file, whose
    first line is its header.
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
