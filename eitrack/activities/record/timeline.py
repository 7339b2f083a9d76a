"""The history of an activity in words: who, when, what changed; never the text of a note."""

import itertools
from dataclasses import dataclass
from datetime import datetime

from eitrack.activities.choices import ChangeReason, Status, VoidReason
from eitrack.activities.lists.rows import own_or_managed
from eitrack.activities.models import Activity
from eitrack.activities.record.agreed import TAKEN_OUT
from eitrack.common.versioned import SENT_AGAIN
from eitrack.common.words import NOTHING, day_and_year, duration
from eitrack.directory.merging import MERGED, UNMERGED

SOMEBODY_ELSE = "Somebody of another team"
REASONS = {
    **dict(ChangeReason.choices),
    **dict(VoidReason.choices),
    TAKEN_OUT: "Not agreed with the agency of the site",
    SENT_AGAIN: "Corrected on the form it was logged with",
    MERGED: "Two places became one",
    UNMERGED: "One place became two again",
}
# Internal fields, and fields that are told in other words.
LEFT_OUT = {
    "version",
    "kind",
    "status",
    "void_reason",
    "form_token",
    "recorded_by",
    "has_unagreed_fields",
}
PLACES = {"site", "agency"}
PARTS = {
    "contact_minutes": "Minutes",
    "preparation_minutes": "Preparation",
    "travel_minutes": "Travel",
}


@dataclass
class Event:
    at: datetime
    who: str
    what: str
    changes: list
    reason: str = ""


def timeline(activity, user, known):
    """Newest first; `known` are the ids of people this user may see by name."""

    def name(person):
        if person is None:
            return "The system"
        return str(person) if person.pk in known else SOMEBODY_ELSE

    first = Event(activity.recorded_at, name(activity.recorded_by), "recorded it", [])
    in_order = activity.history.order_by("history_date", "history_id")
    versions = list(in_order.select_related("history_user"))
    if versions and versions[0].history_type != "+":
        # Imported in bulk: what it was before its first version is not known.
        versions.insert(0, None)
    events = [
        Event(
            at=new.history_date,
            who=name(new.history_user),
            what="voided it" if was_voided(old, new) else "changed it",
            changes=differences(old, new, activity.has_open_site) if old else [],
            reason=REASONS.get(new.history_change_reason, ""),
        )
        for old, new in itertools.pairwise(versions)
    ]
    events += minute_events(activity, user, name)
    return [*sorted(events, key=lambda event: event.at, reverse=True), first]


def was_voided(old, new):
    return new.status == Status.VOID and not (old and old.status == Status.VOID)


def differences(old, new, has_open_site):
    """`Site: A, now B` for each visible field that changed."""
    changes = []
    for field in Activity.history.model.tracked_fields:
        if field.name in LEFT_OUT:
            continue
        before, after = getattr(old, field.attname), getattr(new, field.attname)
        if before == after:
            continue
        label = str(field.verbose_name)
        hidden = field.name in PLACES and not has_open_site
        words = "changed" if hidden else f"{said(old, field)}, now {said(new, field)}"
        changes.append(f"{label[0].upper()}{label[1:]}: {words}")
    return changes


def said(version, field):
    value = getattr(version, field.attname)
    if value in (None, ""):
        return NOTHING
    if field.name == "case":
        return f"Case {value}"
    if field.name == "date":
        return day_and_year(value)
    if field.choices:
        return getattr(version, f"get_{field.name}_display")()
    return str(getattr(version, field.name))


def minute_events(activity, user, name):
    """Changes of the minutes this user may see."""
    events = []
    for entry in own_or_managed(user).filter(activity=activity).select_related("worker"):
        versions = list(entry.history.select_related("history_user").order_by("history_date"))
        for old, new in itertools.pairwise(versions):
            changes = [
                f"{label} of {entry.worker}: {duration(getattr(old, part))}, "
                f"now {duration(getattr(new, part))}"
                for part, label in PARTS.items()
                if getattr(old, part) != getattr(new, part)
            ]
            if changes:
                who = name(new.history_user)
                events.append(Event(new.history_date, who, "changed the time", changes))
    return events
