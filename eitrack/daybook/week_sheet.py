"""The sheet of a week: a row for each usual combination, a cell for each day."""

from dataclasses import dataclass, field
from datetime import date as Date

from django.urls import reverse

from eitrack.activities import kinds
from eitrack.activities.models import Activity
from eitrack.common.words import day as day_in_words
from eitrack.daybook.iso_week import IsoWeek

COUNT_WORDS = {
    kinds.Counts.PEOPLE: "people",
    kinds.Counts.CONVERSATIONS: "conversations",
    kinds.Counts.BOTH: "conversations",
    kinds.Counts.FAMILY_MEMBERS: "family members",
    kinds.Counts.PROFESSIONALS: "professionals",
}
# The same in one short word.
SHORT_COUNT_WORDS = {"conversations": "talks", "family members": "family", "professionals": "staff"}


@dataclass
class WeekCell:
    """One day of one row: what is logged, and what was typed."""

    row: "Row"
    date: Date
    records: list = field(default_factory=list)
    closed: str = ""
    minutes_text: str = ""
    count_text: str = ""
    # {"minutes" or "count": message}
    errors: dict = field(default_factory=dict)
    minutes: int | None = None
    count: int | None = None
    was_saved_before: bool = False  # saved by this very page, which was sent again
    was_told: bool = False  # whether the page has shown what is logged in this cell
    # What the page saved before and now corrects, with the own time on it.
    corrects: tuple = ()

    @property
    def id(self):
        return f"{self.row.key}-{self.date:%Y%m%d}"

    @property
    def minutes_name(self):
        return f"minutes-{self.id}"

    @property
    def count_name(self):
        return f"count-{self.id}"

    @property
    def is_open(self):
        return not self.closed and self.row.pattern is not None

    @property
    def is_typed(self):
        return bool(self.minutes_text or self.count_text)

    @property
    def told_name(self):
        return f"told-{self.id}"

    @property
    def new_minutes(self):
        """Minutes that a save would add to the day."""
        if self.corrects:
            return (self.minutes or 0) - self.corrects[1].contact_minutes
        return 0 if self.was_saved_before else self.minutes or 0

    @property
    def label(self):
        return f"{self.row.full_name}, {day_in_words(self.date)}"

    @property
    def saved_minutes(self):
        return sum(record.minutes for record in self.records if record.counts)

    @property
    def log_url(self):
        return f"{self.row.form_url}?date={self.date:%Y-%m-%d}"


@dataclass
class Row:
    """One combination. New entries take their values from the activity `pattern`.

    Without a pattern nothing can be typed, and the log form is offered instead.
    """

    key: str
    identity: tuple
    kind: kinds.Kind
    name: str
    place: str
    pattern: Activity | None = None
    placement_id: int | None = None
    cells: list = field(default_factory=list)

    @property
    def group(self):
        return kinds.group_of(self.kind.code.value, self.identity[4] is not None)

    @property
    def full_name(self):
        return ", ".join(part for part in (self.name, self.place) if part)

    @property
    def count_words(self):
        return COUNT_WORDS.get(self.kind.counts, "")

    @property
    def short_count_words(self):
        return SHORT_COUNT_WORDS.get(self.count_words, self.count_words)

    @property
    def form_url(self):
        return reverse("daybook:log", args=[self.kind.code.value])

    @property
    def saved_minutes(self):
        return sum(cell.saved_minutes for cell in self.cells)

    @property
    def minutes(self):
        return self.saved_minutes + sum(cell.new_minutes for cell in self.cells)


@dataclass
class SheetDay:
    """A day: its totals, its status, its leave."""

    date: Date
    is_today: bool
    is_ahead: bool
    hats: list
    logged_minutes: int  # all logged minutes, which the limit of a day counts
    saved_minutes: int  # minutes that count
    is_gap: bool
    mark: str = ""
    leave: str = ""
    kept_mark: str = ""
    kept_leave: str = ""
    cells: list = field(default_factory=list)
    asks_long_day: bool = False
    has_confirmed_long_day: bool = False
    errors: dict = field(default_factory=dict)

    @property
    def id(self):
        return f"{self.date:%Y%m%d}"

    @property
    def typed_minutes(self):
        return sum(cell.new_minutes for cell in self.cells)

    @property
    def minutes(self):
        return self.saved_minutes + self.typed_minutes

    @property
    def has_errors(self):
        return bool(self.errors) or any(cell.errors for cell in self.cells)


@dataclass
class WeekSheet:
    week: IsoWeek
    user: object
    today: Date
    rows: list
    days: list
    desk: object = None
    clash: bool = False  # somebody else saved first; the page has to be sent again
    refused: list = field(default_factory=list)  # kinds for which no row could be added

    @property
    def cells(self):
        return [cell for row in self.rows for cell in row.cells]

    @property
    def days_marked(self):
        return [day for day in self.days if day.mark != day.kept_mark]

    @property
    def days_of_leave(self):
        """Days whose leave was changed."""
        return [day for day in self.days if day.leave != day.kept_leave]

    @property
    def has_hat(self):
        return any(day.hats for day in self.days)

    @property
    def saved_minutes(self):
        return sum(day.saved_minutes for day in self.days)

    @property
    def minutes(self):
        return sum(day.minutes for day in self.days)

    @property
    def first_day(self):
        """The day a small screen opens: one with an error, else today, else the first gap."""
        wanted = (
            [day for day in self.days if day.has_errors]
            or [day for day in self.days if day.is_today]
            or [day for day in self.days if day.is_gap]
        )
        return (wanted or self.days)[0]

    @property
    def errors(self):
        """(id of the field, its label, message) for every error, in the order of the page."""
        found = []
        for cell in self.cells:
            for part, message in cell.errors.items():
                found.append((f"{part}-{cell.id}", cell.label, message))
        for day in self.days:
            for part, message in day.errors.items():
                found.append((f"{part}-{day.id}", day_in_words(day.date), message))
        return found
