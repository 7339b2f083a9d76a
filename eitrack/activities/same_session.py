"""Whether two workers have recorded one and the same session (SPEC.md rule 8)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from eitrack.activities import kinds
from eitrack.activities.choices import EntryState
from eitrack.activities.models import Activity, TimeEntry
from eitrack.directory.models import Team

# Drop-ins, playground, groups, open evenings, outreach, meetings, training and away days: never a
# kind of one family, and no desk work.
SHARED_KINDS = kinds.codes(
    lambda kind: (
        not kind.is_one_family
        and kind.code.value not in ("partner_liaison", "protocol_work", "overhead")
    )
)
APART = timedelta(minutes=30)


def same_session(activity, *, kind, minutes, worker):
    """The first of `same_sessions`, or None."""
    return next(iter(same_sessions(activity, kind=kind, minutes=minutes, worker=worker)), None)


def same_sessions(activity, *, kind, minutes, worker):
    """Other workers' held activities that look like this one, which is not yet saved.

    The same site, date and kind, overlapping within half an hour, or no start given. A record
    on which this worker's time is only proposed is among them: to join it is to confirm it.
    """
    if kind.code.value not in SHARED_KINDS or activity.site is None or not activity.site.pk:
        return []
    mine = TimeEntry.objects.confirmed().filter(worker=worker, activity=OuterRef("pk"))
    found = of_the_service(worker, activity.date).filter(
        ~Exists(mine), kind=kind.code.value, site=activity.site
    )
    # Hardly ever is there one, and to ask for whole records costs more than to ask whether.
    if not found.exists():
        return []
    found = found.select_related("activity_type", "site", "recorded_by").order_by("pk")
    others = found.prefetch_related("time_entries__worker")
    return [other for other in others if overlap(activity, minutes, other)]


def of_the_service(worker, day):
    """Held activities of the day, of the districts in which this worker wears a hat on it."""
    districts = Team.objects.worn_by(worker, day).values("district")
    of_theirs = TimeEntry.objects.filter(team__district__in=districts, activity=OuterRef("pk"))
    return Activity.objects.held().filter(Exists(of_theirs), date=day)


def overlap(activity, minutes, other):
    if activity.starts_at is None or other.starts_at is None:
        return True
    lengths = [
        entry.contact_minutes
        for entry in other.time_entries.all()
        if entry.state == EntryState.CONFIRMED
    ]
    starts, others = (datetime.combine(one.date, one.starts_at) for one in (activity, other))
    ends, others_end = (
        starts + timedelta(minutes=minutes),
        others + timedelta(minutes=max(lengths, default=0)),
    )
    return starts <= others_end + APART and others <= ends + APART
