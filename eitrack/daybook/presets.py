"""Presets: what a worker usually does, as buttons to start from."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from eitrack.activities import kinds
from eitrack.activities.choices import Status
from eitrack.daybook.habits import usual_minutes, weight

FEWEST, MOST = 5, 7
# What a newcomer starts with, at the base site.
FIRST_KINDS = (
    kinds.KindCode.DROP_IN,
    kinds.KindCode.CONSULTATION_FAMILY,
    kinds.KindCode.CONSULTATION_PROFESSIONAL,
    kinds.KindCode.PARTNER_LIAISON,
    kinds.KindCode.OVERHEAD,
)


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
