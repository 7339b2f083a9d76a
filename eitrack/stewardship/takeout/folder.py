"""Everything out: a folder of CSV files, with a data dictionary, released files and papers."""

import csv
import hashlib
from contextlib import contextmanager
from pathlib import PurePath

from django.db import connection

from eitrack.stewardship.takeout import records

ABOUT = """Everything that EITrack held, taken out on {day}.

records/     a CSV file for each table, in UTF-8; moments carry their zone, an empty cell is nothing
dictionary.csv   what each column means, which table it refers to, and the words behind its codes
releases/    the files of each released return, byte for byte, by the number of the return
papers/      the papers of protocols, by their number
contents.csv     each file with its rows and its SHA-256

Left out: passwords, keys and sessions, uploads that were not imported, and sums that were worked
out from the records. The folder holds case references and names: keep it as you keep case files.
"""


class TakeOutError(Exception):
    """Why nothing was taken out."""


def take_out(folder, *, day, tell):
    """Write all into this folder, which must not be there yet; returns {file: rows}."""
    try:
        folder.mkdir(mode=0o700)
    except OSError as problem:
        raise TakeOutError(f"{folder} cannot be made: {problem.strerror}.") from problem
    (folder / "records").mkdir()
    rows = {}
    with _of_one_moment():
        taken = records.tables()
        for model in taken:
            name = f"records/{model._meta.db_table}.csv"
            tell(name)
            every = model._base_manager.all()
            rows[name] = _write(folder / name, records.head(model), records.lines(every))
        for label, (content, pattern) in records.FILES.items():
            model = next(each for each in taken if each._meta.label == label)
            for pk in list(model._base_manager.order_by("pk").values_list("pk", flat=True)):
                row = model._base_manager.get(pk=pk)  # one at a time: each may have 10 MB
                path = _inside(folder, pattern.format(row=row))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(bytes(getattr(row, content)))
                rows[str(path.relative_to(folder))] = 1
    meanings = records.dictionary(taken)
    rows["dictionary.csv"] = _write(folder / "dictionary.csv", records.HEAD, meanings)
    (folder / "README.txt").write_text(ABOUT.format(day=day))
    contents = ([name, number, _sha256(folder / name)] for name, number in rows.items())
    _write(folder / "contents.csv", ["file", "rows", "sha256"], contents)
    return rows


@contextmanager
def _of_one_moment():
    """One snapshot for all tables, in which nobody who saves has to wait."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN"
    if connection.vendor == "postgresql":
        begin += " ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write(path, head, lines):
    written = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for line in lines:
            writer.writerow(line)
            written += 1
    return written


def _inside(folder, name):
    """A path below the folder, whatever somebody called a file."""
    parts = [part for part in PurePath(name).parts if part not in ("/", "..", ".")]
    return folder.joinpath(*parts)


def _sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
