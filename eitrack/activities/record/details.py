"""What the page of one activity shows, as far as this user may see it (rules 11 and 14)."""

from django.db.models import Q

from eitrack.accounts.models import User
from eitrack.activities.choices import EntryState
from eitrack.activities.lists.rows import of_own_teams, own_or_managed
from eitrack.activities.models import TimeEntry
from eitrack.activities.record.fields import FACTS
from eitrack.activities.record.timeline import SOMEBODY_ELSE, timeline
from eitrack.activities.time.approval import time_awaiting_approval_of
from eitrack.common.words import duration
from eitrack.directory.models import Team

UNSETTLED = {
    EntryState.PROPOSED: "not confirmed yet",
    EntryState.AWAITING: "waiting for approval",
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
    """Pairs of label and value."""
    rows = [(field.fact, field.in_words(activity)) for field in FACTS]
    return [(label, value) for label, value in rows if value not in (None, "")]


def note(activity, user):
    """Hidden from other teams, and where it could reveal a sensitive place (rules 11, 14)."""
    if activity.note and activity.has_open_site and activity.note_is_open_to(user):
        yield "Note", activity.note


def shown_entries(activity, entries, user):
    """One line per worker: names for own teams, minutes for oneself and managers."""
    named, timed, approvable, removable = (
        set(some.filter(activity=activity).values_list("pk", flat=True))
        for some in (
            of_own_teams(user),
            own_or_managed(user),
            time_awaiting_approval_of(user),
            TimeEntry.objects.removable_by(user),
        )
    )
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
