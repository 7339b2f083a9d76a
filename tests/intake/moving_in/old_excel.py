"""A workbook of Excel 97 to 2003 with bare cells: records of a stream in a compound file."""

import struct

SECTOR = 512
END, FAT, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
# A shorter stream would lie elsewhere.
SHORTEST_STREAM = 4096


def xls_bytes(tables):
    """[(name, rows of texts and numbers)] as a file."""
    sheets = [sheet_records(rows) for _, rows in tables]
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1996, 0, 6))
    start += record(0x0042, struct.pack("<H", 1200))
    names = [name.encode("utf-16-le") for name, _ in tables]
    offset = len(start) + sum(4 + 8 + len(name) for name in names) + 4
    for name, sheet in zip(names, sheets, strict=True):
        start += record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name) // 2, 1) + name)
        offset += len(sheet)
    return compound_file(start + record(0x000A) + b"".join(sheets))


def sheet_records(rows):
    width = max(map(len, rows))
    found = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1996, 0, 6))
    found += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell == "":
                continue
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                found += record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
            else:
                found += record(0x0203, place + struct.pack("<d", cell))
    return found + record(0x000A)


def record(code, data=b""):
    return struct.pack("<HH", code, len(data)) + data


def compound_file(stream):
    stream = stream.ljust(SHORTEST_STREAM, b"\0")
    sectors = -(-len(stream) // SECTOR)
    fats = 1
    while fats * SECTOR // 4 < fats + 1 + sectors:
        fats += 1
    first = fats + 1
    chain = [FAT] * fats + [END] + list(range(first + 1, first + sectors)) + [END]
    chain += [FREE] * (fats * SECTOR // 4 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, fats, 0,
                          SHORTEST_STREAM, END, 0, END, 0)  # fmt: skip
    header += struct.pack("<109I", *range(fats), *[FREE] * (109 - fats))
    entries = entry("Root Entry", 5, END, 0, child=1) + entry("Workbook", 2, first, len(stream))
    return (
        header
        + struct.pack(f"<{len(chain)}I", *chain)
        + entries.ljust(SECTOR, b"\0")
        + stream.ljust(sectors * SECTOR, b"\0")
    )


def entry(name, kind, start, size, child=FREE):
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
        + bytes(16 + 4 + 8 + 8)
        + struct.pack("<IQ", start, size)
    )
