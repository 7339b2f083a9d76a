import uuid

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.choices import Status, VoidReason
from eitrack.activities.forms.reasons import VoidForm
from eitrack.activities.joint.form import said
from eitrack.activities.joint.merging import joined_with_time_of
from eitrack.activities.joint.same_session import SHARED_KINDS
from eitrack.activities.kinds import SAYING_STEPS, WITH_THREAD
from eitrack.activities.lists.filters import ActivityFilter
from eitrack.activities.lists.rows import (
    activity_rows,
    newest_rows,
    own_or_managed,
    with_agency,
    with_names,
)
from eitrack.activities.lists.tables import SHOWN, ActivityTable
from eitrack.activities.models import Activity, Thread
from eitrack.activities.models.activity import UNDO_MINUTES
from eitrack.activities.pages.join_views import partable
from eitrack.activities.record.actions import take_out_unagreed, void_activity
from eitrack.activities.record.agreed import unagreed_sentence
from eitrack.activities.record.clashes import clash_of
from eitrack.activities.record.details import details_for, known_people
from eitrack.activities.record.exports import export_rows
from eitrack.activities.record.form.seats import form_to_change
from eitrack.activities.record.form.stored import stored_values
from eitrack.activities.record.protocol_work import record_steps
from eitrack.activities.series.sessions import change_session
from eitrack.activities.threads.life import contacts_to_keep
from eitrack.activities.time.approval import waiting_for, waiting_sentence
from eitrack.audit.trail import record_export
from eitrack.common.clash import TAKE, with_theirs
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.common.versioned import ClashError


@requires(Permission.SEE_ACTIVITIES)
def activity_list(request):
    sees_names, kind = request.user.may(Permission.SEE_TEAMS), export_of(request)
    rows = newest_rows(request.user).only(*SHOWN)
    if sees_names or kind:
        rows = with_names(rows, request.user)
    filterset, table = filtered_table(
        request,
        rows,
        ActivityFilter,
        ActivityTable,
        exclude=() if sees_names else ("names",),
    )
    if kind and filterset.is_valid():
        record_export(by=request.user, kind=f"activities.{kind}")
        return export_response(kind, export_rows(table.data.data), "activities")
    waiting = waiting_for(request.user) if sees_names else 0
    context = {"filter": filterset, "table": table, "waiting": waiting, **export_urls(request)}
    return render(request, "activities/activity_list.html", context)


@requires(Permission.SEE_ACTIVITIES)
def activity_detail(request, pk):
    activity = with_agency(activity_rows(request.user)).filter(pk=pk).first()
    if activity is None:
        # If it was joined with another record, show that one.
        return redirect(get_object_or_404(joined_with_time_of(request.user), joined=pk).kept)
    user = request.user
    editable = Activity.objects.editable_by(user, timezone.localdate())
    context = {
        "activity": activity,
        "can_change": user.may(Permission.CHANGE_ACTIVITY)
        and editable.filter(pk=activity.pk).exists(),
        "can_undo": activity.may_be_undone_by(user, timezone.now()),
        "waits": waiting_sentence(activity) if activity.status == Status.AWAITING else "",
        "can_join": activity.kind in SHARED_KINDS and activity.status == Status.HELD,
        "alike": said(activity.looks_like)
        if activity.looks_like and activity.looks_like.status == activity.status == Status.HELD
        else "",
        "steps": steps_of(activity),
        "is_void": activity.status == Status.VOID,
        "unagreed": unagreed_sentence(activity),
        **thread_of(activity, user),
        **details_for(activity, user, partable(activity, user).values()),
    }
    return render(request, "activities/activity_detail.html", context)


def steps_of(activity):
    if activity.kind not in SAYING_STEPS:
        return []
    return list(activity.protocol_steps.select_related("protocol__agency"))


def thread_of(activity, user):
    """Its thread, and whether another may be chosen; for the owner of the thread only (rule 1)."""
    threads = Thread.objects.visible_to(user).filter(pk=activity.thread_id)
    can_keep = (
        activity.kind in WITH_THREAD
        and user.may(Permission.KEEP_THREADS)
        and contacts_to_keep(user, timezone.localdate()).filter(pk=activity.pk).exists()
    )
    return {"thread": threads.first() if activity.thread_id else None, "can_keep": can_keep}


@requires(Permission.CHANGE_ACTIVITY)
def activity_edit(request, pk):
    sent = typed(request)
    form = form_of(request.user, pk, sent)
    if sent is not None and TAKE in sent:
        form = form_of(request.user, pk, with_theirs(form, sent[TAKE]))
    elif request.method == "POST" and not form.is_behind and form.is_valid():
        try:
            save_change(form, request.user, form.entry)
        except ClashError:
            form = form_of(request.user, pk, sent)
        else:
            messages.success(request, "Changed. Its history shows what it was before.")
            return redirect(form.instance)
    clash = clash_to_show(form, request.user) if sent is not None else None
    return edit_page(request, form, clash)


def edit_page(request, form, clash):
    context = {
        "form": form,
        "activity": form.instance,
        "entry": form.entry,
        "kind": form.kind,
        "clash": clash,
        "new_token": uuid.uuid4(),
    }
    return render(request, "activities/activity_edit.html", context)


def side_by_side(request, activity, sent, why):
    """The typed data beside the record as it is now."""
    sent = sent.copy()
    sent["version"] = str(activity.version)
    form = form_of(request.user, activity.pk, sent)
    form.add_error(None, why)
    newest = Activity.objects.get(pk=activity.pk)
    clash = clash_of(form, newest, request.user, known_people(newest, request.user))
    return edit_page(request, form, clash)


def form_of(user, pk, sent):
    """The form of the current activity, filled with the typed data (rule 9).

    For a void activity it still shows what was typed, but it cannot be opened anew.
    """
    today = timezone.localdate()
    activity = get_object_or_404(to_change(user, sent), pk=pk)
    entry = entry_to_change(activity, user)
    own = Activity.objects.open_to_author(user, today)
    return form_to_change(activity)(
        sent,
        instance=activity,
        initial=stored_values(activity, entry),
        kind=activity.spine,
        user=user,
        worker=entry.worker,
        entry=entry,
        today=today,
        asks_reason=not own.filter(pk=pk).exists(),
    )


def to_change(user, sent):
    """Those whose form may be opened; one that was sent may be about a void one."""
    activities, today = Activity.objects.all(), timezone.localdate()
    if sent is None:
        return activities.editable_by(user, today)
    return activities.changeable_by(user, today)


def clash_to_show(form, user):
    """Both versions, if somebody else changed it or a value of theirs was taken over."""
    if not form.is_behind and TAKE not in form.data:
        return None
    newest = Activity.objects.get(pk=form.instance.pk)
    return clash_of(form, newest, user, known_people(newest, user), is_final=form.was_voided)


def entry_to_change(activity, user):
    """The user's own time on it, else that of a worker of a managed team; never another team's.

    If the record was joined with another, the time that moved there.
    """
    of_it = Q(activity=activity)
    if activity.status == Status.VOID:
        of_it |= Q(activity__joins__joined=activity, activity__joins__undone_at=None)
    entries = own_or_managed(user).filter(of_it).select_related("worker").distinct()
    own = [entry for entry in entries if entry.worker_id == user.pk]
    if not entries:
        raise Http404
    return own[0] if own else entries[0]


@transaction.atomic
def save_change(form, user, entry, version=None, reason=""):
    activity = change_session(
        by=user,
        activity=form.instance,
        version=version or form.cleaned_data["version"],
        entry=entry,
        placement=form.cleaned_data["placement"],
        minutes=form.minutes,
        co_agencies=form.cleaned_data.get("co_agencies", ()),
        reason=reason or form.cleaned_data.get("change_reason", ""),
        seats=getattr(form, "seats", None),
    )
    if form.kind.code.value in SAYING_STEPS:
        district_id = entry.team.district_id
        record_steps(
            by=user, activity=activity, steps=form.steps, district_id=district_id, replaces=True
        )
    return activity


@requires(Permission.CHANGE_ACTIVITY)
def activity_void(request, pk):
    """Asks for a reason, then voids it."""
    sent = typed(request)
    activity = get_object_or_404(to_change(request.user, sent).with_list_details(), pk=pk)
    if activity.status == Status.VOID:
        messages.info(request, "It has been voided meanwhile. Nothing is left to do.")
        return redirect(activity)
    form = VoidForm(sent)
    if request.method == "POST" and form.is_valid():
        void_activity(by=request.user, activity=activity, reason=form.cleaned_data["reason"])
        messages.success(request, "Voided. It has left every count and stays in the history.")
        return redirect(activity)
    return render(request, "activities/activity_void.html", {"form": form, "activity": activity})


@require_POST
@requires(Permission.CHANGE_ACTIVITY)
def activity_take_out(request, pk):
    """Empties the fields that the agreement at the site does not allow, as shown on the page."""
    editable = Activity.objects.editable_by(request.user, timezone.localdate())
    activity = get_object_or_404(editable, pk=pk)
    version = request.POST.get("version", "")
    try:
        is_done = take_out_unagreed(
            by=request.user,
            activity=activity,
            version=int(version) if version.isdecimal() else activity.version,
        )
    except ClashError:
        messages.warning(request, "Somebody changed it meanwhile. Look at it again first.")
    else:
        words = "Taken out." if is_done else "All that it holds is agreed by now."
        messages.success(request, words)
    return redirect(activity)


@require_POST
@requires(Permission.CHANGE_ACTIVITY)
def activity_undo(request, pk):
    """The author takes back what was saved, within ten minutes."""
    own = Activity.objects.visible_to(request.user).filter(recorded_by=request.user)
    activity = get_object_or_404(own, pk=pk)
    if activity.status != Status.VOID and not activity.may_be_undone_by(
        request.user, timezone.now()
    ):
        messages.warning(
            request,
            f"Undo is open for {UNDO_MINUTES} minutes. You can still void it, with a reason.",
        )
        return redirect(activity)
    void_activity(by=request.user, activity=activity, reason=VoidReason.UNDONE)
    messages.success(request, "Undone. It counts nowhere.")
    return redirect("daybook:today")
