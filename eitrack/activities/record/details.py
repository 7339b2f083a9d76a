"""What the page of one activity shows, as far as this user may see it (rules 11 and 14)."""

from django.db.models import Q

from eitrack.accounts.models import User
from eitrack.activities.choices import EntryState, ThresholdResult
from eitrack.activities.kinds import Counts
from eitrack.activities.lists.rows import of_own_teams, own_or_managed
from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.record.timeline import SOMEBODY_ELSE, timeline
from eitrack.activities.time.approval import time_awaiting_approval_of
from eitrack.common.words import day_and_year, duration
from eitrack.directory.models import Team

NOT_SHOWN = "not shown"
UNSETTLED = {
    EntryState.PROPOSED: "not confirmed yet",
    EntryState.AWAITING: "waiting for approval",
}
# Fields in the order of the page; choices are shown by their labels.
FACTS = (
    "begun_by",
    "purpose",
    "outcome",
    "why_not_registered",
    "need_level",
    "mode",
    "formality",
    "tier",
    "profession",
    "evening_format",
    "asked_for_help",
    "overhead_kind",
    "supervisor",
    "topic",
    "session_number",
    "not_run_reason",
    "obstacle",
    "contribution",
    "outcome_tag",
    "funding_stream",
    "void_reason",
)
LABELS = {
    "attendance": "Attendance",
    "void_reason": "Why void",
    "not_run_reason": "Why not run",
    "obstacle": "In the way",
    "contribution": "Contributed",
    "outcome_tag": "Towards",
}
RESULT_WORDS = {
    ThresholdResult.HELD_LOWER: "held at a lower level",
    ThresholdResult.FAST_TRACKED: "fast-tracked",
    ThresholdResult.REFERRED: "referred",
    ThresholdResult.NO_ACTION: "no further action",
}
WITH_LEVEL = {
    "": "now level {}",
    ThresholdResult.HELD_LOWER: "held at level {}",
    ThresholdResult.FAST_TRACKED: "fast-tracked at level {}",
    ThresholdResult.REFERRED: "referred at level {}",
    ThresholdResult.NO_ACTION: "level {}, no further action",
}


def details_for(activity, user, joins):
    """`joins` are those this user may undo."""
    entries = list(activity.time_entries.select_related("worker", "team"))
    known = known_people(activity, user)
    return {
        "facts": [*facts(activity), *note(activity, user)],
        "entries": shown_entries(activity, entries, user),
        "timeline": timeline(activity, user, known),
        "joins": [
            {
                "pk": join.pk,
                "on": join.made_at,
                "who": join.made_by if join.made_by_id in known else SOMEBODY_ELSE.lower(),
            }
            for join in joins
        ],
    }


def facts(activity):
    rows = [
        ("Date", day_and_year(activity.date)),
        ("Start", activity.starts_at and f"{activity.starts_at:%H:%M}"),
        ("Site", activity.site if activity.has_open_site else NOT_SHOWN),
        ("Agency", (activity.open_agency or None) if activity.has_open_site else NOT_SHOWN),
        ("Series", activity.series),
        ("Request", activity.request_id and f"Request {activity.request_id}"),
        ("Referral", activity.referral_id and f"Referral {activity.referral_id}"),
        ("Case", f"Case {activity.case_id}" if activity.case_id else None),
        *counted(activity),
        ("Threshold advice", threshold_advice(activity)),
        ("Interpreter", {True: "yes", False: "no"}.get(activity.has_interpreter)),
        *((label_of(name), shown(activity, name)) for name in FACTS),
        ("Seats", seats_taken(activity)),
        ("Took part", took_part(activity)),
    ]
    return [(label, value) for label, value in rows if value not in (None, "")]


def threshold_advice(activity):
    """`thought to be level 3, held at level 2`; "" if there was none."""
    if not activity.has_threshold_advice:
        return None if activity.has_threshold_advice is None else "none given"
    words = RESULT_WORDS.get(activity.threshold_result, "")
    if after := activity.level_after:
        words = WITH_LEVEL[activity.threshold_result].format(after)
    before = activity.level_before and f"thought to be level {activity.level_before}"
    return ", ".join(part for part in (before, words) if part) or "given"


def note(activity, user):
    """Hidden from other teams, and where it could reveal a sensitive place (rules 11, 14)."""
    if activity.note and activity.has_open_site and activity.note_is_open_to(user):
        yield "Note", activity.note


def counted(activity):
    """Headcount and its parts, in words, including how many were not split."""
    kind = activity.spine
    if kind.counts in (Counts.CONVERSATIONS, Counts.BOTH):
        yield "Conversations", activity.conversations
        if activity.begun_by_family is not None:
            yield "Begun by a family", activity.begun_by_family
            yield "Begun by the worker", activity.begun_by_worker
    if kind.counts not in (Counts.CONVERSATIONS, Counts.NOTHING):
        estimate = f" ({activity.get_band_display().lower()})" if activity.band else ""
        if activity.attendance is not None:
            yield "Attendance", f"{activity.attendance}{estimate}"
        if activity.children is not None:
            yield "Of whom", f"{activity.adults} adults, {activity.children} children"
        if activity.first_time is not None:
            yield (
                "New or returning",
                f"{activity.first_time} new, {activity.returning} returning, "
                f"{activity.first_time_not_known} not known",
            )


def label_of(name):
    words = LABELS.get(name) or str(Activity._meta.get_field(name).verbose_name)
    return words[0].upper() + words[1:]


def shown(activity, name):
    display = getattr(activity, f"get_{name}_display", None)
    return display() if display else getattr(activity, name)


def seats_taken(activity):
    """`1, 4 (making up session 2)`: numbers, never names."""
    if not (activity.series and activity.series.seats):
        return None
    return ", ".join(
        f"{mark.seat} (making up session {mark.makes_up_for})"
        if mark.makes_up_for
        else f"{mark.seat}"
        for mark in activity.seat_marks.filter(is_present=True)
    )


def took_part(activity):
    if not activity.has_open_site:
        return None
    return ", ".join(str(delivery) for delivery in activity.co_deliveries.select_related("agency"))


def shown_entries(activity, entries, user):
    """One line per worker: names for own teams, minutes for oneself and managers."""
    named = set(of_own_teams(user).filter(activity=activity).values_list("pk", flat=True))
    timed = set(own_or_managed(user).filter(activity=activity).values_list("pk", flat=True))
    approvable = set(of_activity(time_awaiting_approval_of(user), activity))
    removable = set(of_activity(TimeEntry.objects.removable_by(user), activity))
    return [
        {
            "who": entry.worker if entry.pk in named else entry.team,
            "is_lead": entry.is_lead,
            "time": duration(entry.total_minutes) if entry.pk in timed else None,
            "parts": parts(entry) if entry.pk in timed else "",
            "is_late": entry.is_late and entry.pk in timed,
            "unsettled": UNSETTLED.get(entry.state, ""),
            "approve_pk": entry.pk if entry.pk in approvable else None,
            "remove_pk": entry.pk if entry.pk in removable else None,
        }
        for entry in entries
    ]


def of_activity(entries, activity):
    return entries.filter(activity=activity).values_list("pk", flat=True)


def parts(entry):
    if not (entry.preparation_minutes or entry.travel_minutes):
        return ""
    return (
        f"{duration(entry.contact_minutes)} contact, "
        f"{duration(entry.preparation_minutes)} preparation, "
        f"{duration(entry.travel_minutes)} travel"
    )


def known_people(activity, user):
    """Ids of people the history may name: workers and managers of own teams."""
    workers = of_own_teams(user).filter(activity=activity).values("worker")
    managers = Q(managed_teams__in=Team.objects.worn_by(user, activity.date))
    people = User.objects.filter(Q(pk=user.pk) | Q(pk__in=workers) | managers)
    return set(people.values_list("pk", flat=True))
