"""The panel after a save: one sentence, undo, same again."""

from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.urls import reverse

from eitrack.activities.choices import EntryState, Status
from eitrack.activities.kinds import SAYING_STEPS, WITH_CO_WORKERS
from eitrack.activities.models import Activity, Thread
from eitrack.activities.time.approval import waiting_sentence
from eitrack.activities.time.proposals import may_be_removed
from eitrack.activities.words import saved_sentence, when
from eitrack.common.compiled_query import compiled_for
from eitrack.common.words import duration, listed


def saved(request, now):
    """What `?saved=<pk>` saved or `?joined=<pk>` joined; else None."""
    if found := standing(request, "saved"):
        return own(found, request.user, now) if found.recorded_by_id == request.user.pk else None
    found = standing(request, "joined")
    return joined(found, request.user, now) if found else None


def logged(request, now):
    """What `?logged=<pk>` logged from the calendar, or joined; else None."""
    found = standing(request, "logged")
    if found is None:
        return None
    is_own = found.recorded_by_id == request.user.pk
    return own(found, request.user, now) if is_own else joined(found, request.user, now)


def standing(request, name):
    pk = request.GET.get(name, "")
    if not pk.isdecimal():
        return None
    found = next(iter(not_void(int(pk[:18]))), None)
    if found:
        prefetch_related_objects([found], "time_entries")
    # Who has time on it sees it, which is cheaper to know than who else does.
    if found is None or own_entry(found, request.user):
        return found
    return found if Activity.objects.visible_to(request.user).filter(pk=found.pk).exists() else None


@compiled_for("pk")
def not_void(pk):
    return Activity.objects.exclude(status=Status.VOID).filter(pk=pk).with_list_details()


def own_entry(activity, user):
    """The user's time on it, or None; reads the prefetched entries."""
    entries = activity.time_entries.all()
    return next((entry for entry in entries if entry.worker_id == user.pk), None)


def own(activity, user, now):
    entry = own_entry(activity, user)
    sentence = saved_sentence(activity, entry and entry.total_minutes, now.date())
    if names := proposed_to(activity):
        sentence = f"{sentence} With {listed(names)}, who will be asked to confirm their time."
    if activity.status == Status.AWAITING:
        sentence = f"{sentence} {waiting_sentence(activity)}"
    if activity.thread_id:
        threads = Thread.objects.visible_to(user).filter(pk=activity.thread_id)
        sentence = " ".join([sentence, *(f"Kept together as “{thread}”." for thread in threads)])
    return panel(
        sentence,
        activity,
        "activities:activity_undo" if activity.may_be_undone_by(user, now) else "",
        now.date(),
    )


def proposed_to(activity):
    """Names of the colleagues its author just chose, who confirm their own time."""
    if activity.kind not in WITH_CO_WORKERS:
        return []
    if not any(entry.state == EntryState.PROPOSED for entry in activity.time_entries.all()):
        return []
    entries = activity.time_entries.filter(state=EntryState.PROPOSED)
    return list(entries.order_by("worker__name").values_list("worker__name", flat=True))


def joined(activity, user, now):
    entry = activity.time_entries.filter(worker=user, is_lead=False).first()
    if entry is None or entry.state == EntryState.PROPOSED:
        return None
    lead = activity.recorded_by
    sentence = (
        f"Your {duration(entry.total_minutes)} joined {lead}’s {activity.activity_type} at "
        f"{activity.site}, {when(activity.date, now.date())}. It stays one session."
    )
    if entry.state == EntryState.AWAITING:
        sentence = f"{sentence} {waiting_sentence(activity)}"
    undo = "activities:time_remove" if may_be_removed(entry, now) else ""
    return panel(sentence, activity, undo, now.date())


def panel(sentence, activity, undo, today):
    has_steps = activity.kind in SAYING_STEPS
    again = reverse("daybook:log", args=[activity.kind])
    # When catching up on a day, continue with that day.
    day = {} if activity.date >= today else {"date": f"{activity.date:%Y-%m-%d}"}
    return {
        "activity": activity,
        "sentence": sentence,
        "steps": activity.protocol_steps.select_related("protocol__agency") if has_steps else (),
        "again_url": f"{again}?{urlencode({'like': activity.pk} | day)}",
        "undo_url": reverse(undo, args=[activity.pk]) if undo else "",
    }
