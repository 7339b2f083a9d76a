"""The survey of a workbook of Excel 97 to 2003: records of a stream in a compound file."""

import struct
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import olefile

from eitrack.intake.reading.files.refusal import DAMAGED, LOCKED, NotReadable
from eitrack.intake.reading.files.survey import ERRORS, PERCENT, Survey, error, is_percent

BEGIN, END = 0x0809, 0x000A
PASSWORD, SHEET, FORMAT, STYLE, SIZE = 0x002F, 0x0085, 0x041E, 0x00E0, 0x0200
NUMBER, COMPACT, SEVERAL, TRUTH_OR_ERROR, FORMULA_OF = 0x0203, 0x027E, 0x00BD, 0x0205, 0x0006
TEXTS = {0x00FD, 0x0204, 0x00D6}
ERROR_CODES = dict(zip((0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A), ERRORS, strict=True))
BUILT_IN_PERCENT = {9, 10}
# An Excel of that age has no more.
ROWS, COLUMNS = 65_536, 256

Record = tuple[int, bytes]


def surveys_of(path: Path) -> list[Survey]:
    """One for each sheet, in the order of the workbook; raises NotReadable."""
    refuse_false_header(path)
    with olefile.OleFileIO(path) as file:
        name = "Workbook" if file.exists("Workbook") else "Book"
        stream = file.openstream(name).read()
    formats, styles, sheets = set(BUILT_IN_PERCENT), [], []
    for code, data in takewhile(lambda record: record[0] != END, records(stream, 0)):
        if code == PASSWORD:
            raise NotReadable(LOCKED)
        if code == FORMAT and is_percent(data[2:].replace(b"\0", b"").decode("latin-1")):
            formats.add(struct.unpack_from("<H", data)[0])
        elif code == STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        elif code == SHEET:
            start, kind = struct.unpack_from("<IxB", data)
            if kind == 0:
                sheets.append(start)
    of_percent = {number for number, style in enumerate(styles) if style in formats}
    return [Sheet(of_percent).survey(stream, start) for start in sheets]


def refuse_false_header(path: Path) -> None:
    """The library takes memory for as many sectors as the file states to have."""
    header = path.read_bytes()[:76]
    sectors = struct.unpack_from("<I", header, 44)[0] + struct.unpack_from("<I", header, 72)[0]
    if sectors * 512 > path.stat().st_size:
        raise NotReadable(DAMAGED)


def records(stream: bytes, start: int) -> Iterator[Record]:
    while start + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, start)
        yield code, stream[start + 4 : start + 4 + length]
        start += 4 + length


class Sheet:
    def __init__(self, of_percent: set[int]) -> None:
        self.found = Survey()
        self.of_percent = of_percent

    def survey(self, stream: bytes, start: int) -> Survey:
        depth = 0
        for code, data in records(stream, start):
            if depth == 0 and code != BEGIN:
                raise NotReadable(DAMAGED)
            depth += (code == BEGIN) - (code == END)
            if depth == 0:
                break
            # Below stand charts, which have cells of their own.
            if depth == 1:
                self._look_at(code, data)
        return self.found

    def _look_at(self, code: int, data: bytes) -> None:
        if code == SIZE:
            shape = "<IIHH" if len(data) == 14 else "<HHHH"
            top, rows, left, columns = struct.unpack_from(shape, data)
            if not (top <= rows <= ROWS and left <= columns <= COLUMNS):
                raise NotReadable(DAMAGED)
        elif code in (NUMBER, COMPACT, TRUTH_OR_ERROR, FORMULA_OF) or code in TEXTS:
            row, column, style = struct.unpack_from("<HHH", data)
            self.found.reach(row, column)
            if mark := self._mark_of(code, style, data):
                self.found.mark(row, column, mark)
        elif code == SEVERAL:
            row, first = struct.unpack_from("<HH", data)
            for place in range((len(data) - 6) // 6):
                (style,) = struct.unpack_from("<H", data, 4 + 6 * place)
                self.found.reach(row, first + place)
                if style in self.of_percent:
                    self.found.mark(row, first + place, PERCENT)

    def _mark_of(self, code: int, style: int, data: bytes) -> int:
        if code == TRUTH_OR_ERROR and data[7] == 1:
            return error(ERROR_CODES.get(data[6], ""))
        if code == FORMULA_OF and data[12:14] == b"\xff\xff":
            # Not a number: the first byte says whether a text, an error or nothing.
            if data[6] == 2:
                return error(ERROR_CODES.get(data[8], ""))
            return 0
        is_number = code in (NUMBER, COMPACT, FORMULA_OF)
        return PERCENT if is_number and style in self.of_percent else 0
