"""The matrix agency × topic on one day, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from eitrack.common.cached_lists import cached_list
from eitrack.common.words import day_and_year, plural
from eitrack.directory.models import Agency
from eitrack.partnerships.choices import IN_FORCE, Status, Topic
from eitrack.partnerships.models import Protocol

OVERDUE = "overdue"
# Short enough for a cell; the full label is shown on focus and in the key.
SHORT = {
    Status.NOT_NEEDED: "Not needed",
    Status.NONE: "None",
    Status.DRAFT: "Draft",
    Status.NEGOTIATING: "Talks",
    Status.AGREED: "Agreed",
    Status.UNDER_REVIEW: "Review",
    Status.RETIRED: "Ended",
    OVERDUE: "Overdue",
}
MEANING = {
    Status.AGREED: "agreed by both sides, and its review is not due yet",
    Status.UNDER_REVIEW: "agreed and in force, while it is reviewed or a new version negotiated",
    OVERDUE: "agreed and in force, but the day of its review has passed",
    Status.NEGOTIATING: "negotiating: both sides are talking about it",
    Status.DRAFT: "we have written a draft",
    Status.NONE: "nothing has been begun",
    Status.RETIRED: "retired: it was agreed once and has ended",
    Status.NOT_NEEDED: "this agency and we do not need an agreement on this",
}


@dataclass
class MatrixCell:
    """The status of a topic with an agency."""

    topic: Topic
    status: str
    is_overdue: bool
    url: str
    review_due_on: object = None
    is_match: bool = True

    @property
    def code(self):
        return OVERDUE if self.is_overdue else str(self.status)

    @property
    def short(self):
        return SHORT[self.code]

    @property
    def word(self):
        """The full label, with the day of the review if there is one."""
        label = Status(self.status).label
        if self.is_overdue:
            return f"{label}, review overdue since {day_and_year(self.review_due_on)}"
        if self.review_due_on:
            return f"{label}, review due {day_and_year(self.review_due_on)}"
        return label

    @property
    def export_word(self):
        label = Status(self.status).label
        return f"{label}, review overdue" if self.is_overdue else label


@dataclass
class MatrixRow:
    agency: Agency
    cells: list


@dataclass
class Matrix:
    day: object
    lines: list
    counts: Counter

    topics = tuple(Topic)

    @property
    def needed(self):
        return self.counts.total() - self.counts[Status.NOT_NEEDED]

    @property
    def in_words(self):
        """For instance "104 of 142 needed cells agreed and in date, 14 overdue"."""
        in_date = self.counts[Status.AGREED] + self.counts[Status.UNDER_REVIEW]
        rest = [
            (OVERDUE, "overdue"),
            (Status.NEGOTIATING, "negotiating"),
            (Status.DRAFT, "in draft"),
            (Status.RETIRED, "retired"),
            (Status.NONE, "with nothing begun"),
        ]
        others = [f"{self.counts[code]} {word}" for code, word in rest if self.counts[code]]
        cells = plural(self.needed, "needed cell", "needed cells")
        return ", ".join([f"{in_date} of {cells} agreed and in date", *others])

    @cached_property
    def table(self):
        """As HTML: written once for a matrix, and asked for more often than that."""
        return render_to_string("partnerships/_matrix.html", {"matrix": self})

    @property
    def key(self):
        return [(SHORT[code], meaning, str(code)) for code, meaning in MEANING.items()]

    def rows(self):
        """For a file: a header, then one row for each agency."""
        yield ["Agency", "Kind", *(topic.label for topic in self.topics)]
        for line in self.lines:
            words = [cell.export_word for cell in line.cells]
            yield [line.agency.name, line.agency.get_kind_display(), *words]


def matrix_of(*, user, district, day, kind="", code="", query=""):
    """All partner agencies, or those of a kind; with `code`, those with such a cell.

    Counts cover every agency of the kind; `query` is appended to addresses.
    """
    return _matrix_of(user, timezone.localdate(), district, day, kind, code, query)


@cached_list(
    *("partnerships.Protocol", "partnerships.ProtocolVersion", "directory.Agency"),
    *("directory.District", "directory.Team", "directory.Placement", "accounts.RoleTerm"),
    most=32,
)
def _matrix_of(user, today, district, day, kind, code, query):
    """Whose districts they are changes with `today`."""
    agencies = Agency.objects.visible_to(user).partners().in_use(day)
    if kind:
        agencies = agencies.filter(kind=kind)
    protocols = {
        (protocol.agency_id, protocol.topic): protocol
        for protocol in Protocol.objects.visible_to(user).filter(district=district).with_versions()
    }
    lines, counts = [], Counter()
    for agency in agencies:
        cells = [cell_of(agency, topic, protocols, day, query) for topic in Topic]
        counts.update(cell.code for cell in cells)
        for cell in cells:
            cell.is_match = not code or cell.code == code
        if any(cell.is_match for cell in cells):
            lines.append(MatrixRow(agency, cells))
    return Matrix(day, lines, counts)


def cells_of(user, district, agency, day, query=""):
    """A cell for each topic of one agency."""
    protocols = Protocol.objects.visible_to(user).filter(district=district, agency=agency)
    found = {(agency.pk, protocol.topic): protocol for protocol in protocols.with_versions()}
    return [cell_of(agency, topic, found, day, query) for topic in Topic]


def cell_of(agency, topic, protocols, day, query):
    protocol = protocols.get((agency.pk, topic.value))
    if protocol is None:
        url = reverse("partnerships:protocol_cell", args=[agency.pk, topic.value])
        return MatrixCell(topic, Status.NONE, False, f"{url}{query}")
    status = protocol.status_on(day)
    version = protocol.in_force_on(day) if status in IN_FORCE else None
    return MatrixCell(
        topic,
        status,
        bool(version and version.is_overdue_on(day)),
        protocol.get_absolute_url(),
        version and version.review_due_on,
    )
