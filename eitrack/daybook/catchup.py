"""The week as a sheet: a row for each usual combination, a cell for each of its seven days."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from functools import cached_property

from django.urls import reverse

from eitrack.activities import kinds
from eitrack.activities.models import Activity, ActivityType, DayStatus, Series, TimeEntry
from eitrack.cases.models import Case
from eitrack.common.words import day as day_in_words
from eitrack.common.words import day_and_year
from eitrack.daybook.habits import usual_sites
from eitrack.daybook.models import PresetChoice
from eitrack.daybook.own_log import LEARNED_DAYS, log_between, recent_log
from eitrack.daybook.presets import FEWEST, FIRST_KINDS
from eitrack.directory.calendars import is_working_day
from eitrack.directory.models import Absence, Contract, Placement, Site
from eitrack.partnerships.choices import Topic

MOST_HABITS = 8
MOST_ROWS = 20
COUNT_WORDS = {
    kinds.Counts.PEOPLE: "people",
    kinds.Counts.CONVERSATIONS: "conversations",
    kinds.Counts.BOTH: "conversations",
    kinds.Counts.FAMILY_MEMBERS: "family members",
    kinds.Counts.PROFESSIONALS: "professionals",
}
# The same, where there is room for one short word.
SHORT_COUNT_WORDS = {"conversations": "talks", "family members": "family", "professionals": "staff"}
GROUP_ORDER = list(kinds.Group)


@dataclass(frozen=True)
class IsoWeek:
    """Monday to Sunday, with the code that stands in addresses: `2026-W47`."""

    monday: Date

    @classmethod
    def parse(cls, code):
        """ValueError when it is no week."""
        found = re.fullmatch(r"(2[0-9]{3})-W([0-9]{2})", code)
        if not found or found[1] == "2999":
            raise ValueError(f"“{code}” is no week. Write one as 2026-W47.")
        return cls(Date.fromisocalendar(int(found[1]), int(found[2]), 1))

    @classmethod
    def of(cls, day):
        return cls(day - timedelta(days=day.weekday()))

    @property
    def code(self):
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def sunday(self):
        return self.monday + timedelta(days=6)

    @property
    def dates(self):
        return [self.monday + timedelta(days=offset) for offset in range(7)]

    @property
    def name(self):
        return f"Week {self.monday.isocalendar().week}"

    @property
    def words(self):
        return f"{day_in_words(self.monday)} to {day_and_year(self.sunday)}"

    @property
    def url(self):
        return reverse("daybook:week", args=[self.code])

    def beside(self, weeks):
        return IsoWeek(self.monday + timedelta(weeks=weeks))


@dataclass
class Cell:
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
    def new_minutes(self):
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
class Sheet:
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


def identity_of(logged):
    """What makes two entries one row: the habit, and what its kind cannot do without."""
    requires = kinds.BY_CODE[logged.kind].requires
    return (
        logged.kind,
        logged.activity_type_id,
        logged.site_id,
        logged.series_id,
        logged.case_id,
        logged.agency_id if "agency" in requires else None,
        logged.topic if "topic" in requires else "",
        logged.overhead_kind,
    )


class Desk:
    """What the rows of one sheet are made from: every list is read once."""

    def __init__(self, user, week, today):
        self.user, self.week, self.today = user, week, today
        self.logged = log_between(user, week.monday, week.sunday)
        # Habits of now; of a week long ago, those of then.
        is_recent = week.monday >= today - timedelta(days=LEARNED_DAYS)
        self.habit_log = recent_log(user, today if is_recent else week.sunday)
        hats = Placement.objects.filter(worker=user).overlapping(week.monday, week.sunday)
        self.hats = list(hats.with_context())

    @cached_property
    def types(self):
        return {type_.pk: type_ for type_ in ActivityType.objects.in_use()}

    @cached_property
    def sites(self):
        return {site.pk: site for site in Site.objects.visible_to(self.user).with_agency()}

    @cached_property
    def choices(self):
        """What the worker decided of a combination: {(type, site, series): PresetChoice}."""
        return {
            (choice.activity_type_id, choice.site_id, choice.series_id): choice
            for choice in PresetChoice.objects.visible_to(self.user)
        }

    @property
    def addable_types(self):
        """Kinds that a row can be made of from a type and a site alone."""
        return [type_ for type_ in self.types.values() if set(type_.spine.requires) <= {"agency"}]

    @property
    def usual_sites(self):
        usual = [self.sites[pk] for pk in usual_sites(self.habit_log) if pk in self.sites]
        others = [
            site for site in self.sites.values() if site not in usual and not site.is_provisional
        ]
        return usual, others


def open_sheet(user, week, today, asked=()):
    """The worker's sheet of this week; `asked` are keys of rows that the page has already."""
    desk = Desk(user, week, today)
    refused = []
    rows = rows_of(desk, [key for key in dict.fromkeys(asked)][:MOST_ROWS], refused)
    by_identity = {row.identity: row for row in rows}
    days = days_of(desk)
    for row in rows:
        row.cells = [Cell(row, day.date, closed=closed_on(day, row)) for day in days]
    for logged in desk.logged:
        offset = (logged.date - week.monday).days
        by_identity[identity_of(logged)].cells[offset].records.append(logged)
    for offset, day in enumerate(days):
        day.cells = [row.cells[offset] for row in rows]
    return Sheet(week, user, today, rows, days, desk, refused=refused)


# Rows


def rows_of(desk, asked, refused):
    """Rows asked for in their order, then habits, then whatever else is logged that week."""
    newest = {}
    counts = defaultdict(float)
    for logged in desk.habit_log:
        newest.setdefault(identity_of(logged), logged)
        counts[identity_of(logged)] += weight(logged, desk.today)
    for logged in desk.logged:
        newest.setdefault(identity_of(logged), logged)
    habits = sorted(
        (identity for identity in newest if identity in counts and is_habit(newest[identity])),
        key=lambda identity: (not is_pinned(desk, identity), -counts[identity], identity[:3]),
    )
    habits = [identity for identity in habits if not is_hidden(desk, identity)][:MOST_HABITS]
    of_week = list(dict.fromkeys(identity_of(logged) for logged in desk.logged))
    wanted = list(dict.fromkeys([*habits, *of_week]))
    patterns = patterns_of(desk, [newest[identity].activity_id for identity in wanted], asked)

    rows = {}
    for key in asked:
        if row := asked_row(desk, key, patterns, refused):
            rows.setdefault(row.identity, row)
    learned = {}
    for identity in wanted:
        if identity not in rows:
            row = habit_row(desk, newest[identity], patterns)
            if row.pattern or identity in of_week:
                learned[identity] = row
    if not asked:
        for row in first_rows(desk, FEWEST - len(learned), {key[0] for key in learned}):
            learned.setdefault(row.identity, row)
    order = sorted(learned.values(), key=lambda row: (GROUP_ORDER.index(row.group), row.full_name))
    return [*rows.values(), *order]


def weight(logged, today):
    return 1 - (today - logged.date).days / (2 * LEARNED_DAYS)


def is_habit(logged):
    return logged.site_id is not None and logged.counts


def is_pinned(desk, identity):
    choice = desk.choices.get(identity[1:4])
    return bool(choice and choice.is_pinned)


def is_hidden(desk, identity):
    choice = desk.choices.get(identity[1:4])
    return bool(choice and choice.is_hidden)


@dataclass
class Patterns:
    """Activities that new entries are made like, and which cases and series are in reach."""

    entries: dict
    cases: set
    series: set


def patterns_of(desk, activity_ids, asked):
    """The worker's own entries on these activities, with all that a new entry would take over."""
    asked_ids = [int(found[1]) for key in asked if (found := re.fullmatch(r"l([0-9]{1,18})", key))]
    entries = {
        entry.activity_id: entry
        for entry in TimeEntry.objects.filter(
            worker=desk.user, activity__in={*activity_ids, *asked_ids}
        ).select_related(
            "activity__activity_type",
            "activity__site",
            "activity__series",
            "activity__agency",
            "activity__case",
        )
    }
    activities = [entry.activity for entry in entries.values()]
    cases = {activity.case_id for activity in activities if activity.case_id}
    series = {activity.series_id for activity in activities if activity.series_id}
    return Patterns(
        entries,
        set(Case.objects.visible_to(desk.user).filter(pk__in=cases).values_list("pk", flat=True)),
        set(
            Series.objects.visible_to(desk.user).filter(pk__in=series).values_list("pk", flat=True)
        ),
    )


def asked_row(desk, key, patterns, refused):
    """The row of a key that the page has sent; None when it is none or no longer in reach."""
    if found := re.fullmatch(r"l([0-9]{1,18})", key):
        entry = patterns.entries.get(int(found[1]))
        return entry and row_like(desk, entry, patterns)
    if found := re.fullmatch(r"n([0-9]{1,18})-([0-9]{1,18})", key):
        return new_row(desk, int(found[1]), int(found[2]), refused)
    return None


def habit_row(desk, logged, patterns):
    entry = patterns.entries[logged.activity_id]
    return row_like(desk, entry, patterns)


def row_like(desk, entry, patterns):
    activity = entry.activity
    has_open_site = activity.recorded_by_id == desk.user.pk or not activity.has_sensitive_site
    identity = identity_of(activity)
    if not has_open_site:
        identity = (*identity[:2], None, *identity[3:])
    choice = desk.choices.get(identity[1:4])
    details = (
        activity.site.name if has_open_site else "",
        str(activity.agency) if identity[5] not in (None, activity.site.agency_id) else "",
        str(activity.case) if identity[4] else "",
        Topic(identity[6]).label if identity[6] else "",
    )
    overhead = activity.get_overhead_kind_display() if activity.overhead_kind else ""
    name = (choice and choice.name) or (
        activity.series.name if activity.series_id else overhead or activity.activity_type.name
    )
    return Row(
        key=f"l{activity.pk}",
        identity=identity,
        kind=activity.spine,
        name=name,
        place=", ".join(detail for detail in details if detail),
        pattern=activity if has_open_site and is_repeatable(desk, activity, patterns) else None,
        placement_id=entry.placement_id,
    )


def is_repeatable(desk, activity, patterns):
    """Whether all that a new entry needs is still there to be chosen."""
    needs_agency = "agency" in activity.spine.requires
    return (
        activity.activity_type_id in desk.types
        and activity.site_id in desk.sites
        and (not activity.case_id or activity.case_id in patterns.cases)
        and (not activity.series_id or activity.series_id in patterns.series)
        and not (needs_agency and (activity.agency is None or activity.agency.is_archived))
    )


def new_row(desk, type_id, site_id, refused):
    type_, site = desk.types.get(type_id), desk.sites.get(site_id)
    if type_ is None or site is None:
        return None
    kind = type_.spine
    agency = site.agency or next((hat.host for hat in desk.hats if hat.host), None)
    activity = Activity(activity_type=type_, kind=type_.kind, site=site)
    if "agency" in kind.requires:
        activity.agency = agency
    if set(kind.requires) - {"agency"} or ("agency" in kind.requires and agency is None):
        refused.append(kind)
        return None
    return Row(
        key=f"n{type_.pk}-{site.pk}",
        identity=identity_of(activity),
        kind=kind,
        name=type_.name,
        place=site.name if activity.agency_id in (None, site.agency_id) else f"{site}, {agency}",
        pattern=activity,
    )


def first_rows(desk, most, used):
    """A young log is filled up with a few kinds at the base site."""
    base = next((hat.base_site_id for hat in desk.hats if hat.base_site_id), None)
    if most <= 0 or base is None:
        return []
    by_kind = {}
    for type_ in desk.types.values():
        by_kind.setdefault(type_.kind, type_)
    types = [by_kind[code.value] for code in FIRST_KINDS if code.value in by_kind]
    rows = [new_row(desk, type_.pk, base, []) for type_ in types if type_.kind not in used]
    return [row for row in rows if row][:most]


# Days


def days_of(desk):
    user, week = desk.user, desk.week
    marks = dict(
        DayStatus.objects.filter(worker=user, date__range=(week.monday, week.sunday)).values_list(
            "date", "mark"
        )
    )
    absences = list(Absence.objects.filter(worker=user).overlapping(week.monday, week.sunday))
    contracts = list(Contract.objects.filter(worker=user).overlapping(week.monday, week.sunday))
    return [
        day_of(desk, date, marks.get(date, ""), leave_on(absences, date), contracts)
        for date in week.dates
    ]


def leave_on(absences, date):
    """ "whole", "half" or nothing."""
    on_day = [absence for absence in absences if absence.from_on <= date <= absence.until_on]
    if any(not absence.is_half_day for absence in on_day):
        return "whole"
    return "half" if on_day else ""


def day_of(desk, date, mark, leave, contracts):
    own = [logged for logged in desk.logged if logged.date == date]
    contract = next((one for one in contracts if is_current(one, date)), None)
    works = contract is None or contract.weekday_minutes[date.weekday()] > 0
    is_free = mark or leave == "whole" or not works or not is_working_day(date)
    return SheetDay(
        date=date,
        is_today=date == desk.today,
        is_ahead=date > desk.today,
        hats=[hat for hat in desk.hats if is_current(hat, date)],
        logged_minutes=sum(logged.minutes for logged in own),
        saved_minutes=sum(logged.minutes for logged in own if logged.counts),
        is_gap=not own and date < desk.today and not is_free,
        mark=mark,
        leave=leave,
        kept_mark=mark,
        kept_leave=leave,
    )


def is_current(dated, date):
    return dated.from_on <= date and (dated.until_on is None or dated.until_on >= date)


def closed_on(day, row):
    """Why nothing can be typed here, or nothing."""
    if day.is_ahead:
        return "to come"
    if not day.hats:
        return "no hat"
    if row.pattern is None:
        return ""
    case, series = row.pattern.case, row.pattern.series
    if case and not (
        case.opened_on <= day.date and (case.closed_on is None or case.closed_on >= day.date)
    ):
        return "case not open"
    if series and not is_current(series, day.date):
        return "not running"
    return ""


# Last week


def copy_last_week(sheet):
    """Fill the empty cells with last week's minutes of the same row and weekday; answers how many.

    No headcounts, and nothing is saved. Days of leave and days that were not worked stay empty.
    """
    before = sheet.week.beside(-1)
    pattern = defaultdict(int)
    for logged in log_between(sheet.user, before.monday, before.sunday):
        if logged.counts:
            pattern[identity_of(logged), logged.date.weekday()] += logged.contact_minutes
    filled = 0
    for row in sheet.rows:
        for day, cell in zip(sheet.days, row.cells, strict=True):
            minutes = pattern.get((row.identity, day.date.weekday()), 0)
            is_free = day.leave == "whole" or day.mark in ("not_worked", "nothing_to_log")
            is_empty = cell.is_open and not cell.records and not cell.is_typed
            if minutes and is_empty and not is_free:
                cell.minutes_text, cell.minutes = str(minutes), minutes
                filled += 1
    return filled
