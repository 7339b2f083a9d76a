"""The rows of a sheet: those on the page, habits, and other entries of the week."""

import re
from collections import defaultdict
from dataclasses import dataclass

from eitrack.activities import kinds
from eitrack.activities.kinds.by_post import kinds_of
from eitrack.activities.models import Activity, Series, TimeEntry
from eitrack.cases.models import Case
from eitrack.daybook.own_log import LEARNED_DAYS
from eitrack.daybook.presets import FEWEST
from eitrack.daybook.week_sheet import Row
from eitrack.daybook.week_sheet_desk import identity_of
from eitrack.partnerships.choices import Topic

MOST_HABITS = 8
MOST_ROWS = 20
GROUP_ORDER = list(kinds.Group)


def rows_of(desk, asked, refused):
    """Rows already on the page in their order, then habits, then other entries of the week."""
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
    """Activities whose values new entries take, and the cases and series in reach."""

    entries: dict
    cases: set
    series: set


def patterns_of(desk, activity_ids, asked):
    """The worker's own entries on these activities, with all values a new entry takes."""
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
            Series.objects.in_reach_on(desk.user, desk.week.monday, desk.week.sunday)
            .filter(pk__in=series)
            .values_list("pk", flat=True)
        ),
    )


def asked_row(desk, key, patterns, refused):
    """The row with a key sent by the page; None if unknown or out of reach."""
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
    """Whether everything a new entry needs can still be chosen."""
    needs_agency, agency = "agency" in activity.spine.requires, activity.agency
    return (
        activity.activity_type_id in desk.types
        and activity.site_id in desk.sites
        and (not activity.case_id or activity.case_id in patterns.cases)
        and (not activity.series_id or activity.series_id in patterns.series)
        and (not needs_agency or (agency is not None and agency.is_in_use_on(desk.week.monday)))
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
    """The usual kinds of the post at the base site, for a log with few habits."""
    hat = next((hat for hat in desk.hats if hat.base_site_id), None)
    if most <= 0 or hat is None:
        return []
    by_kind = {}
    for type_ in desk.types.values():
        by_kind.setdefault(type_.kind, type_)
    usual = [kind.code.value for kind in kinds_of(hat.post)]
    types = [by_kind[code] for code in usual if code in by_kind]
    rows = [
        new_row(desk, type_.pk, hat.base_site_id, []) for type_ in types if type_.kind not in used
    ]
    return [row for row in rows if row][:most]
