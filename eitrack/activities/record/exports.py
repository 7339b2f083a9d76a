"""The list of activities as a file: same rows, same order, streamed without model instances."""

from array import array

from django.db.models import BooleanField

from eitrack.activities import kinds
from eitrack.activities.lists.rows import with_agency
from eitrack.activities.models import Activity
from eitrack.activities.record.fields import EXPORTED
from eitrack.directory.choices import SiteKind

# Columns of the file: header and the name of a value of `activity_rows` with names. There is no
# note, no case, no purpose, and nobody's name but those of the user's own teams.
COLUMNS = tuple((field.export, field.column or field.name) for field in EXPORTED)
WORKED_OUT = ("group", "site_kind", "is_registered", "is_counted")
READ = (
    *(name for _, name in COLUMNS if name not in WORKED_OUT),
    "site__kind",
    "case_id",
    "has_open_site",
)


def words_of(field):
    """{value: how the file says it}; other values stand as they are."""
    if isinstance(field, BooleanField):
        return {True: "yes", False: "no"}
    return {value: str(label) for value, label in field.flatchoices}


WORDS = {field.name: words_of(field) for field in Activity._meta.fields}
WORDS["site_kind"] = dict(SiteKind.choices)
CHUNK = 2000


def export_rows(rows, more=()):
    """The header, then a list of cells for each row of `rows`, the table's filtered and sorted
    queryset.

    `more` are further columns: header and annotation.

    The order is read first, as keys alone, then a query for each CHUNK of them. No cursor stays
    open while the file is sent: no pooler breaks it off, and a save of one of these rows meanwhile
    moves no other row.
    """
    columns = (*COLUMNS, *more)
    yield [header for header, _ in columns]
    read = ("pk", *READ, *(name for _, name in more))
    keys = array("q", rows.values_list("pk", flat=True))
    found = with_agency(rows).order_by().values(*read)
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        by_key = {values["pk"]: values for values in found.filter(pk__in=some)}
        yield from (cells(by_key[key], columns) for key in some if key in by_key)


def cells(values, columns):
    is_registered = values["case_id"] is not None
    values["group"] = kinds.group_of(values["kind"], is_registered).label
    values["is_registered"] = "yes" if is_registered else "no"
    values["is_counted"] = counted_in_words(values["shown_minutes"], values["uncounted_minutes"])
    values["site_kind"] = values["site__kind"] if values["has_open_site"] else ""
    return [WORDS.get(name, {}).get(values[name], values[name]) for _, name in columns]


def counted_in_words(counted, uncounted):
    """Whether the time of this row is in figures; "" for a row without visible time."""
    if uncounted is None:
        return "" if counted is None else "yes"
    return "no" if counted is None else "in part"
