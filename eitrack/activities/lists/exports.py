"""The list of activities as a file: same rows, same order, streamed without model instances."""

from eitrack.activities import kinds
from eitrack.activities.choices import Band, Contribution, Method, Obstacle, OutcomeTag, Status
from eitrack.activities.lists.rows import with_agency
from eitrack.common.choices import NeedLevel
from eitrack.directory.choices import SiteKind

# Columns of the file: header and the name of a value of `activity_rows` with names. There is no
# note, no case, no purpose, and nobody's name but those of the user's own teams.
COLUMNS = (
    ("Date", "date"),
    ("Type", "activity_type__name"),
    ("Kind", "kind"),
    ("Group", "group"),
    ("Status", "status"),
    ("Site", "open_site"),
    ("Kind of site", "site_kind"),
    ("Agency", "open_agency"),
    ("Attendance", "attendance"),
    ("Adults", "adults"),
    ("Children", "children"),
    ("New", "first_time"),
    ("Returning", "returning"),
    ("New or returning not known", "first_time_not_known"),
    ("Conversations", "conversations"),
    ("Begun by family", "begun_by_family"),
    ("Begun by worker", "begun_by_worker"),
    ("Counted or estimated", "method"),
    ("Estimate band", "band"),
    ("Need level", "need_level"),
    ("On a formal case", "is_registered"),
    ("Obstacle", "obstacle"),
    ("Interpreter", "has_interpreter"),
    ("Contribution", "contribution"),
    ("Outcome tag", "outcome_tag"),
    ("Minutes", "shown_minutes"),
    ("Counted", "is_counted"),
    ("Minutes not counted", "uncounted_minutes"),
    ("Workers of own teams", "names"),
)
WORKED_OUT = ("group", "site_kind", "is_registered", "is_counted")
READ = (
    *(name for _, name in COLUMNS if name not in WORKED_OUT),
    "site__kind",
    "case_id",
    "has_open_site",
)
LABELS = {
    "kind": kinds.KindCode,
    "status": Status,
    "method": Method,
    "band": Band,
    "need_level": NeedLevel,
    "obstacle": Obstacle,
    "contribution": Contribution,
    "outcome_tag": OutcomeTag,
    "site_kind": SiteKind,
}
CHUNK = 2000


def export_rows(rows, more=()):
    """The header, then a list of cells for each row of `rows`, the table's filtered and sorted
    queryset.

    `more` are further columns: header and annotation.
    """
    columns = (*COLUMNS, *more)
    yield [header for header, _ in columns]
    read = (*READ, *(name for _, name in more))
    for values in with_agency(rows).values(*read).iterator(chunk_size=CHUNK):
        yield cells(values, columns)


def cells(values, columns):
    is_registered = values["case_id"] is not None
    values["group"] = kinds.group_of(values["kind"], is_registered).label
    values["is_registered"] = "yes" if is_registered else "no"
    values["has_interpreter"] = {True: "yes", False: "no"}.get(values["has_interpreter"])
    values["is_counted"] = counted_in_words(values["shown_minutes"], values["uncounted_minutes"])
    values["site_kind"] = values["site__kind"] if values["has_open_site"] else ""
    return [worded(name, values[name]) for _, name in columns]


def counted_in_words(counted, uncounted):
    """Whether the time of this row is in figures; "" for a row without visible time."""
    if uncounted is None:
        return "" if counted is None else "yes"
    return "no" if counted is None else "in part"


def worded(name, value):
    if name in LABELS and value not in ("", None):
        return str(LABELS[name](value).label)
    return value
