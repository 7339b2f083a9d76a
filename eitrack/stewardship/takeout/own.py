"""What is held about one person, as one file."""

import csv
import io
import zipfile

from eitrack.stewardship.takeout import records

ABOUT = """What EITrack holds about {name}, {day}.

A CSV file for each table with records that refer to you, by yourself or by others, and
dictionary.csv, which says what each column means. Left out: your password and the keys of your
account, which nobody can read.

Records of your work carry no name of a family. A case stands there by its number, without its
reference.
"""


def own_file(user, *, day):
    """The bytes of a zip file of CSV files."""
    packed, taken = io.BytesIO(), []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in records.tables():
            found = records.about(model, user)
            if lines := list(records.lines(found)):
                taken.append(model)
                table = f"{model._meta.db_table}.csv"
                archive.writestr(table, as_csv(records.head(model), lines))
        meanings = records.dictionary(taken)
        archive.writestr("dictionary.csv", as_csv(records.HEAD, meanings))
        archive.writestr("README.txt", ABOUT.format(name=user.name, day=day))
    return packed.getvalue()


def as_csv(head, lines):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *lines])
    return text.getvalue()
