"""Presets: buttons to start from, for what a worker usually does."""

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from eitrack.activities import kinds
from eitrack.activities.choices import Status
from eitrack.common.cached_lists import cached_list
from eitrack.daybook.habits import usual_minutes, weight
from eitrack.daybook.models import PresetChoice

FEWEST, MOST = 5, 7


@dataclass
class Preset:
    """A combination to start from; `values` go into the address of the log form.

    `combination` is (type, site, series) if it was learned or chosen, else None.
    """

    kind: kinds.Kind
    own_name: str
    site_name: str
    minutes: int
    values: dict = field(default_factory=dict)
    combination: tuple = ()
    choice: PresetChoice | None = None

    @property
    def group(self):
        return self.kind.group

    @property
    def name(self):
        return self.given_name or self.own_name

    @property
    def given_name(self):
        return self.choice.name if self.choice else ""

    @property
    def facts(self):
        """Where it is, and, if it was renamed, what it is."""
        facts = (self.own_name, self.site_name) if self.given_name else (self.site_name,)
        return ", ".join(fact for fact in facts if fact)

    @property
    def is_pinned(self):
        return bool(self.choice and self.choice.is_pinned)

    @property
    def is_hidden(self):
        return bool(self.choice and self.choice.is_hidden)

    @property
    def key(self):
        return "-".join(str(pk or 0) for pk in self.combination)

    @property
    def url(self):
        form = reverse("daybook:log", args=[self.kind.code.value])
        return f"{form}?{urlencode(self.values)}" if self.values else form


@cached_list(
    *("daybook.PresetChoice", "activities.ActivityType", "activities.Series", "directory.Site"),
    copied=True,
)
def choices_of(user):
    """{(type, site, series): what the worker decided of it}."""
    return PresetChoice.objects.visible_to(user).by_combination()


def presets(known, starting=()):
    """Pinned ones, then others up to seven, those of this weekday and hour first.

    If fewer than five are known, they are completed from `starting` with other kinds.
    """
    shown = [preset for preset in known if not preset.is_hidden]
    shown = shown[: most_shown(known)]
    used = {preset.kind.code for preset in known}
    missing = [preset for preset in starting if preset.kind.code not in used]
    return shown + missing[: max(0, FEWEST - len(shown))]


def most_shown(known):
    """Seven, or all pinned ones."""
    return max(MOST, sum(preset.is_pinned for preset in known))


def is_young(known):
    """Whether the log has too few combinations to fill the page."""
    return sum(not preset.is_hidden for preset in known) < FEWEST


def known_presets(log, now, choices):
    """All learned or chosen ones: pinned first, then by habit, including hidden ones.

    `choices` maps (type, site, series) to the worker's choice, which stays even if the log no
    longer has the combination.
    """
    in_use = [logged for logged in log if logged.has_site_in_use_on(now.date())]
    learned = learned_presets(in_use, now, choices)
    found = {preset.combination for preset in learned}
    forgotten = [
        preset_of_choice(choice)
        for combination, choice in choices.items()
        if combination not in found and choice.is_open_on(now.date())
    ]
    return sorted([*learned, *forgotten], key=lambda preset: not preset.is_pinned)


def learned_presets(log, now, choices):
    habits = defaultdict(list)
    for logged in log:
        if logged.site_id and logged.status == Status.HELD and not logged.is_proposed:
            habits[logged.combination].append(logged)
    ranked = sorted(
        habits.values(),
        key=lambda rows: (-sum(weight(row, now) for row in rows), rows[0].combination[:3]),
    )
    return [preset_of(rows, choices) for rows in ranked]


def preset_of(rows, choices):
    """The habit with its usual length, started from the newest entry of that length."""
    minutes = usual_minutes(rows)[0]
    newest = next(row for row in rows if row.contact_minutes == minutes)
    combination = newest.combination[1:]
    return Preset(
        kind=kinds.BY_CODE[newest.kind],
        own_name=newest.series_name or newest.type_name,
        site_name=newest.site_name,
        minutes=minutes,
        values={"like": newest.activity_id},
        combination=combination,
        choice=choices.get(combination),
    )


def preset_of_choice(choice):
    """A chosen combination without a habit, with the usual length of its kind."""
    type_, site, series = choice.activity_type, choice.site, choice.series
    minutes = (series and series.usual_minutes) or type_.spine.usual_minutes
    values = {"activity_type": type_.pk, "site": site.pk, "contact_minutes": minutes}
    return Preset(
        kind=type_.spine,
        own_name=series.name if series else type_.name,
        site_name=site.name,
        minutes=minutes,
        values=values | ({"series": series.pk} if series else {}),
        combination=choice.combination,
        choice=choice,
    )
