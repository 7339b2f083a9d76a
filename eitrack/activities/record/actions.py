"""Recording, changing and voiding an activity with everything that belongs to it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from eitrack.activities.choices import Status
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import Activity, ActivityType, CoDelivery, TimeEntry
from eitrack.activities.record.agreed import (
    TAKEN_OUT,
    agreement_at,
    settle_agreed,
    take_out,
    unagreed,
)
from eitrack.activities.threads.life import hold_thread, save_contact
from eitrack.activities.time.approval import settle_status
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common import versioned
from eitrack.common.versioned import insert_once, take_version
from eitrack.directory.models import Site


@transaction.atomic(savepoint=False)
def record_activity(*, by, activity, worker, placement, minutes, co_agencies=(), recorded_at=None):
    """Save a new activity with the worker's time on it; returns the activity.

    `minutes` maps the three parts of `TimeEntry` to minutes. `recorded_at` is the time on the
    device, if the record waited for a signal. A form that was sent before returns the activity it
    saved then (rule 9).
    """
    activity.recorded_by = by
    activity.activity_type = settled_type(activity.activity_type)
    activity.site = settled_site(activity.site)
    today = timezone.localdate(activity.recorded_at)
    settle_status(activity, team_id=placement.team_id, today=today, by=by)
    settle_agreed(activity, district_id=placement.team.district_id, is_new=True)
    if before := insert_once(activity, own=still_recorded_by(by), by=by):
        return before
    entry = TimeEntry(activity=activity, worker=worker, is_lead=True, **minutes)
    if recorded_at:
        entry.recorded_at = recorded_at
    entry.freeze_context(placement)
    entry.save()
    set_co_deliveries(activity, co_agencies, is_new=True)
    record(Action.CREATED, by=by, about=activity)
    return activity


@transaction.atomic
def change_activity(*, by, activity, version, entry, placement, minutes, co_agencies=(), reason=""):
    """Save changes to an activity and to one worker's time entry.

    Raises ClashError unless `version`, with which the form was opened, is the newest. All entries
    follow the date; their context stays unless the hat was changed.
    """
    hold_thread(activity)
    standing = Activity.objects.exclude(status=Status.VOID)
    newest = standing.filter(pk=activity.pk, version=version)
    *before, stream = newest.values_list("date", "status", "funding_stream").first() or (None,) * 3
    take_version(activity, version, among=standing)
    activity.site = settled_site(activity.site)
    activity._change_reason = reason or None
    today = timezone.localdate()
    settle_status(activity, team_id=entry.team_id, today=today, by=by, before=before)
    settle_agreed(activity, district_id=entry.team.district_id, is_new=False)
    save_contact(activity, today)
    change_entry(entry, activity, placement, minutes)
    if activity.funding_stream_id != stream:
        settle_stream(activity)
    for other in activity.time_entries.exclude(pk=entry.pk).exclude(date=activity.date):
        other.date = activity.date
        other.save()
    set_co_deliveries(activity, co_agencies)
    record(Action.CHANGED, by=by, about=activity, reason=reason)
    return activity


@transaction.atomic
def take_out_unagreed(*, by, activity, version):
    """Empty the fields not agreed for its site; returns whether there were any.

    Raises ClashError unless `version` is the newest.
    """
    take_version(activity, version, among=Activity.objects.exclude(status=Status.VOID))
    activity = Activity.objects.select_related("site__agency").get(pk=activity.pk)
    fields = unagreed(activity, agreement_at(activity, activity.district_id))
    take_out(activity, fields)
    activity.has_unagreed_fields = False
    activity._change_reason = TAKEN_OUT
    activity.save()
    record(Action.CHANGED, by=by, about=activity, reason=TAKEN_OUT)
    return bool(fields)


@transaction.atomic
def void_activity(*, by, activity, reason):
    """Void an activity: it is kept with its reason and no longer counted (rule 7).

    Returns whether it was voided now; a repetition changes nothing.
    """
    hold_thread(activity)
    standing = Activity.objects.filter(pk=activity.pk).exclude(status=Status.VOID)
    # Decides who is first; the save below is the one that the history records.
    if not standing.update(version=F("version") + 1):
        return False
    activity.refresh_from_db()
    activity.status = Status.VOID
    activity.void_reason = reason
    activity._change_reason = reason
    save_contact(activity, timezone.localdate())
    record(Action.VOIDED, by=by, about=activity, reason=reason)
    return True


def saved_before(token, user):
    """The activity saved from the form with this token, unless undone since."""
    return versioned.saved_before(still_recorded_by(user), token)


def still_recorded_by(user):
    return Activity.objects.filter(recorded_by=user).exclude(status=Status.VOID)


def settled_type(activity_type):
    """The chosen type; if the kind has no local name yet, a new type with the name of the kind."""
    if activity_type.pk:
        return activity_type
    return ActivityType.objects.get_or_create(
        name=activity_type.name, defaults={"kind": activity_type.kind}
    )[0]


def settled_site(site):
    """The chosen site; "somewhere else" becomes a provisional site of that kind and agency."""
    if site.pk:
        return site
    return Site.objects.unmerged().get_or_create(
        name=site.name, kind=site.kind, agency=site.agency, defaults={"is_provisional": True}
    )[0]


def change_entry(entry, activity, placement, minutes):
    before = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    entry.set_minutes(minutes)
    entry.activity = activity
    entry.date = activity.date
    if entry.placement_id != placement.pk:
        entry.freeze_context(placement)
    if any(getattr(entry, name) != value for name, value in before.items()):
        entry.save()


def settle_stream(activity):
    """Time on it is paid by the activity's own stream, else by that of each hat."""
    for entry in activity.time_entries.select_related("placement"):
        entry.funding_stream_id = activity.funding_stream_id or entry.placement.funding_stream_id
        entry.save()


def set_co_deliveries(activity, agencies, is_new=False):
    """Set the agencies that delivered it with us, including the partner of a joint visit (C5)."""
    wanted = {agency.pk: agency for agency in agencies}
    if activity.kind == KindCode.JOINT_VISIT and activity.agency_id:
        wanted[activity.agency_id] = activity.agency
    for delivery in () if is_new else activity.co_deliveries.all():
        if delivery.agency_id not in wanted:
            delivery.delete()
        wanted.pop(delivery.agency_id, None)
    for agency in wanted.values():
        CoDelivery.objects.create(activity=activity, agency=agency)
