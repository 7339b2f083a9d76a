"""Own time on a colleague's record: confirm it, change it, or say "not me"."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.choices import EntryState
from eitrack.activities.models import TimeEntry
from eitrack.activities.models.activity import UNDO_MINUTES
from eitrack.activities.record.clashes import clash_of
from eitrack.activities.record.details import known_people
from eitrack.activities.time.approval import waiting_sentence
from eitrack.activities.time.form import TimeForm, time_values
from eitrack.activities.time.proposals import confirm_time, may_be_removed, remove_time
from eitrack.common.clash import TAKE, with_theirs
from eitrack.common.typed import typed
from eitrack.common.words import duration


@requires(Permission.RECORD_ACTIVITY)
def time_edit(request, pk):
    if request.method != "POST":
        return time_page(request, pk)
    with transaction.atomic():
        # Two at once wait for each other: the second one then sees what the first has saved.
        list(TimeEntry.objects.select_for_update().filter(activity=pk, worker=request.user))
        return time_page(request, pk)


def time_page(request, pk):
    sent = typed(request)
    entry = own_entry(request, pk, is_sent=sent is not None)
    form = TimeForm(sent, entry=entry)
    clash = None
    if sent is not None and TAKE in sent:
        form = TimeForm(with_theirs(form, sent[TAKE]), entry=entry)
    if form.is_behind or TAKE in form.data:
        known = known_people(entry.activity, request.user)
        changed = entry.activity if form.was_voided else entry
        clash = clash_of(form, changed, request.user, known, is_final=form.was_voided)
    elif request.method == "POST" and form.is_valid():
        return saved(request, form)
    context = {"form": form, "entry": entry, "clash": clash}
    return render(request, "activities/time_edit.html", context)


@require_POST
@requires(Permission.RECORD_ACTIVITY)
def time_confirm(request, pk):
    """Confirm the time as proposed; a day that becomes too long needs confirmation."""
    entry = own_entry(request, pk)
    form = TimeForm(time_values(entry), entry=entry)
    if form.is_valid():
        return saved(request, form)
    return render(request, "activities/time_edit.html", {"form": form, "entry": entry})


@require_POST
@requires(Permission.RECORD_ACTIVITY)
def time_remove(request, pk):
    entry = own_entry(request, pk)
    if not may_be_removed(entry, timezone.now()):
        messages.warning(
            request,
            f"Your time there can be taken back for {UNDO_MINUTES} minutes. "
            "You can still change its minutes.",
        )
        return redirect("activities:time_edit", pk)
    was_counted = entry.state == EntryState.CONFIRMED
    remove_time(by=request.user, entry=entry)
    messages.success(
        request, "Undone. Your time is off it." if was_counted else "Removed: you were not there."
    )
    return redirect("daybook:today")


def own_entry(request, pk, *, is_sent=False):
    """`is_sent`: also the one a form was opened for whose activity is void by now."""
    entries = TimeEntry.objects.changeable_by(request.user, timezone.localdate())
    if not is_sent:
        entries = TimeEntry.objects.editable_by(request.user, timezone.localdate())
    related = entries.select_related("activity__activity_type", "activity__site", "worker", "team")
    return get_object_or_404(related, activity=pk)


def saved(request, form):
    entry = form.entry
    confirm_time(
        by=request.user,
        entry=entry,
        placement=form.cleaned_data["placement"],
        minutes=form.minutes,
    )
    length = duration(entry.total_minutes)
    sentence = f"Confirmed: {length} on {entry.activity.activity_type}."
    if entry.state == EntryState.AWAITING:
        sentence = f"{sentence} {waiting_sentence(entry.activity)}"
    messages.success(request, sentence)
    return redirect("daybook:today")
