"""The sheet of a week: a row for each usual combination, a cell for each of its seven days."""

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
# The same, where there is room for one short word.
SHORT_COUNT_WORDS = {"conversations": "talks", "family members": "family", "professionals": "staff"}


@dataclass
class WeekCell:
    """One day of one row: what is logged already, and what was typed."""

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
    was_saved_before: bool = False  # by this very page, sent a second time
    was_told: bool = False  # the page has shown what is logged on this day of this row
    # What the page saved before and now says otherwise, with the own time on it.
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
        """What a save would add to the day."""
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
    """One combination. `pattern` is the activity a new entry is made like; without one nothing
    can be typed, and the log form is offered in its place."""

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
    """A day as a whole: its totals, its mark, and leave."""

    date: Date
    is_today: bool
    is_ahead: bool
    hats: list
    logged_minutes: int  # all that stands in the log, as the limit of a day counts it
    saved_minutes: int  # what counts
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
    clash: bool = False  # somebody was faster; the page is to be sent again
    refused: list = field(default_factory=list)  # kinds a row could not be added of

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
        """The day a small screen opens on: one to mend, else today, else the first gap."""
        wanted = (
            [day for day in self.days if day.has_errors]
            or [day for day in self.days if day.is_today]
            or [day for day in self.days if day.is_gap]
        )
        return (wanted or self.days)[0]

    @property
    def errors(self):
        """(id of the field, what it is, message) of everything to mend, as the page shows it."""
        found = []
        for cell in self.cells:
            for part, message in cell.errors.items():
                found.append((f"{part}-{cell.id}", cell.label, message))
        for day in self.days:
            for part, message in day.errors.items():
                found.append((f"{part}-{day.id}", day_in_words(day.date), message))
        return found
