"""What a worker usually does, learned from their own log."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, time, timedelta

from django.db.models import F
from django.urls import reverse

from eitrack.activities import kinds
from eitrack.activities.choices import SENSITIVE_PURPOSES, EntryState, Status
from eitrack.activities.models import TimeEntry

LEARNED_DAYS = 90
MOST_ROWS = 400
FEWEST, MOST = 5, 7
# What a newcomer starts with, at the base site.
FIRST_KINDS = (
    kinds.KindCode.DROP_IN,
    kinds.KindCode.CONSULTATION_FAMILY,
    kinds.KindCode.CONSULTATION_PROFESSIONAL,
    kinds.KindCode.PARTNER_LIAISON,
    kinds.KindCode.OVERHEAD,
)
OF_ACTIVITY = (
    "kind",
    "status",
    "starts_at",
    "purpose",
    "attendance",
    "conversations",
    "recorded_by_id",
    "activity_type_id",
    "site_id",
    "series_id",
    "case_id",
    "agency_id",
    "topic",
    "overhead_kind",
)


@dataclass
class Logged:
    """One line of a worker's own log."""

    activity_id: int
    date: Date
    state: str
    contact_minutes: int
    preparation_minutes: int
    travel_minutes: int
    kind: str
    status: str
    starts_at: time | None
    purpose: str
    attendance: int | None
    conversations: int | None
    recorded_by_id: int
    activity_type_id: int
    recorder_name: str
    type_name: str
    site_id: int | None
    site_name: str
    series_id: int | None
    series_name: str | None
    case_id: int | None
    agency_id: int | None = None
    topic: str = ""
    overhead_kind: str = ""

    @property
    def minutes(self):
        return self.contact_minutes + self.preparation_minutes + self.travel_minutes

    @property
    def is_proposed(self):
        return self.state == EntryState.PROPOSED

    @property
    def counts(self):
        return self.state == EntryState.CONFIRMED and self.status == Status.HELD

    @property
    def group(self):
        return kinds.group_of(self.kind, self.case_id is not None)

    @property
    def headcount(self):
        counted = self.kind in kinds.COUNTED_BY_CONVERSATION
        return self.conversations if counted else self.attendance

    @property
    def combination(self):
        """What makes two entries the same habit."""
        return self.kind, self.activity_type_id, self.site_id, self.series_id


@dataclass
class Preset:
    """A combination that somebody really uses; `like` is an activity to start from, if any."""

    kind: kinds.Kind
    name: str
    site_name: str
    minutes: int
    like: int | None = None

    @property
    def group(self):
        return self.kind.group

    @property
    def url(self):
        form = reverse("daybook:log", args=[self.kind.code.value])
        return f"{form}?like={self.like}" if self.like else form


def recent_log(user, today):
    """The worker's own log of the last 90 days, newest first: one query, bounded in rows."""
    return log_between(user, today - timedelta(days=LEARNED_DAYS), today)


def log_between(user, start, end):
    """The worker's own log from `start` to `end`, both included, newest first."""
    rows = (
        TimeEntry.objects.filter(worker=user, date__gte=start, date__lte=end)
        .exclude(activity__status=Status.VOID)
        .order_by("-date", "-pk")
        .values(
            "activity_id",
            "date",
            "state",
            "contact_minutes",
            "preparation_minutes",
            "travel_minutes",
            **{name: F(f"activity__{name}") for name in OF_ACTIVITY},
            recorder_name=F("activity__recorded_by__name"),
            type_name=F("activity__activity_type__name"),
            site_name=F("activity__site__name"),
            series_name=F("activity__series__name"),
        )[:MOST_ROWS]
    )
    return [without_closed_site(Logged(**row), user) for row in rows]


def without_closed_site(logged, user):
    """A colleague's entry on one family's sensitive matter carries no site (rule 11)."""
    if (
        logged.recorded_by_id != user.pk
        and logged.kind in kinds.ONE_FAMILY
        and logged.purpose in SENSITIVE_PURPOSES
    ):
        logged.site_id, logged.site_name, logged.agency_id = None, "", None
    return logged


def presets(log, now, base_site=None):
    """Five to seven combinations, those of this weekday and hour first.

    A log that is too young is filled up with a few kinds at the base site.
    """
    learned = learned_presets(log, now)[:MOST]
    used = {preset.kind.code for preset in learned}
    missing = [code for code in FIRST_KINDS if code not in used]
    place = base_site.name if base_site else ""
    for code in missing[: max(0, FEWEST - len(learned))]:
        kind = kinds.BY_CODE[code.value]
        learned.append(Preset(kind, kind.label, place, kind.usual_minutes))
    return learned


def learned_presets(log, now):
    habits = defaultdict(list)
    for logged in log:
        if logged.site_id and logged.status == Status.HELD and not logged.is_proposed:
            habits[logged.combination].append(logged)
    ranked = sorted(
        habits.values(),
        key=lambda rows: (-sum(weight(row, now) for row in rows), rows[0].combination[:3]),
    )
    return [preset_of(rows) for rows in ranked]


def weight(logged, now: datetime):
    """How much one entry speaks for its habit now: fresh, on this weekday, near this hour."""
    fresh = 1 - (now.date() - logged.date).days / (2 * LEARNED_DAYS)
    weekday = 2 if logged.date.weekday() == now.weekday() else 0
    return fresh * (1 + weekday + nearness(logged.starts_at, now))


def nearness(starts_at, now):
    """2 at the same time of day, fading to 0 three hours away."""
    if starts_at is None:
        return 0
    apart = abs(starts_at.hour * 60 + starts_at.minute - now.hour * 60 - now.minute)
    return 2 * max(0, 1 - apart / 180)


def preset_of(rows):
    """The habit at its usual length, to be started from the newest entry of that length."""
    minutes = usual_minutes(rows)[0]
    newest = next(row for row in rows if row.contact_minutes == minutes)
    return Preset(
        kind=kinds.BY_CODE[newest.kind],
        name=newest.series_name or newest.type_name,
        site_name=newest.site_name,
        minutes=minutes,
        like=newest.activity_id,
    )


def usual_minutes(rows, most=4):
    """Contact minutes from the most usual down; of two equally usual the newer first."""
    counted = Counter(row.contact_minutes for row in rows)
    return [minutes for minutes, _ in counted.most_common(most)]


def usual_sites(log, most=8):
    """Sites from the most used down."""
    counted = Counter(row.site_id for row in log if row.site_id)
    return [site for site, _ in counted.most_common(most)]
