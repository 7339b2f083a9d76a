"""Whether a session is recorded already (SPEC.md rule 8)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from eitrack.activities import kinds
from eitrack.activities.choices import EntryState, Status
from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.words import headcount_in_words
from eitrack.directory.models import Team

# Drop-ins, playground, groups, open evenings, outreach, meetings, training and away days: no work
# with one family, and no desk work.
SHARED_KINDS = kinds.codes(
    lambda kind: (
        not kind.is_one_family
        and kind.code.value not in ("partner_liaison", "protocol_work", "overhead")
    )
)
COUNTED = (
    *("attendance", "adults", "children", "first_time", "returning"),
    *("conversations", "begun_by_family", "begun_by_worker"),
)
APART = timedelta(minutes=30)
# Sessions that overlap are one; one that follows another is not.
NOT_APART = timedelta(0)


def same_session(activity, *, kind, minutes, worker):
    """The first record of this session, the worker's own before others'; or None."""
    own, others = records_alike(activity, kind=kind, minutes=minutes, worker=worker)
    return next(iter([*own, *others]), None)


def records_alike(activity, *, kind, minutes, worker):
    """Records that look like this activity, which is not saved yet: (the worker's own, others').

    They are of the same kind and date, at the same site or of the same series. Others' records were
    held, and overlap within half an hour or have no start; records on which this worker's time is
    only proposed are included, as joining confirms it. The worker's own overlap, whatever their
    status.
    """
    if kind.code.value not in SHARED_KINDS:
        return [], []
    place = Q()
    if activity.site is not None and activity.site.pk:
        place |= Q(site=activity.site)
    if activity.series_id:
        place |= Q(series=activity.series_id)
    if not place:
        return [], []
    there = Activity.objects.filter(place, date=activity.date, kind=kind.code.value)
    # A form sent twice at once finds the record made by the first.
    there = there.exclude(Q(status=Status.VOID) | Q(form_token=activity.form_token))
    # There is hardly ever one, and their keys cost less than records of the service.
    keys = list(there.order_by().values_list("pk", flat=True))
    if not keys:
        return [], []
    found = of_the_service(worker, activity.date).filter(pk__in=keys)
    found = found.select_related("activity_type", "site", "series", "recorded_by").order_by("pk")
    own, others = [], []
    for other in found.prefetch_related("time_entries__worker"):
        if is_on(worker, other):
            if is_own_again(activity, minutes, other):
                own.append(other)
        elif other.status == Status.HELD and looks_like(activity, minutes, other):
            others.append(other)
    return own, others


def of_the_service(worker, day):
    """Activities of the day in the districts where this worker wears a hat that day."""
    districts = Team.objects.worn_by(worker, day).values("district")
    of_theirs = TimeEntry.objects.filter(team__district__in=districts, activity=OuterRef("pk"))
    return Activity.objects.filter(Exists(of_theirs), date=day)


def is_on(worker, other):
    return any(
        entry.worker_id == worker.pk and entry.state != EntryState.PROPOSED
        for entry in other.time_entries.all()
    )


def is_own_again(activity, minutes, other):
    """Two series of a worker at one site are different sessions, unless their hours overlap."""
    has_no_start = activity.starts_at is None or other.starts_at is None
    if has_no_start and activity.series_id and other.series_id:
        return activity.series_id == other.series_id
    return overlap(activity, minutes, other, NOT_APART)


def looks_like(activity, minutes, other):
    """A planned session of the activity's own series always is, whatever start either has."""
    if other.planned_on and other.series_id == activity.series_id:
        return True
    return other.site_id == activity.site_id and overlap(activity, minutes, other, APART)


def overlap(activity, minutes, other, apart):
    if activity.starts_at is None or other.starts_at is None:
        return True
    if activity.starts_at == other.starts_at:
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
    if apart:
        return starts <= others_end + apart and others <= ends + apart
    return starts < others_end and others < ends


def counted_alike(activity, other):
    """Whether all that was counted here was counted there too, as joining keeps those numbers."""
    return all(getattr(activity, name) in (None, getattr(other, name)) for name in COUNTED)


def different_numbers(other, typed):
    """`Ann Lee recorded this session with 10 attended; you typed 5 attended.`"""
    there = headcount_in_words(other.kind, other.headcount) or "no number"
    if typed == there:
        return f"{lead_of(other)} recorded {there} too, but not the same parts of them as you."
    return f"{lead_of(other)} recorded this session with {there}; you typed {typed}."


def lead_of(other):
    lead = next((entry.worker for entry in other.time_entries.all() if entry.is_lead), None)
    return lead or other.recorded_by
