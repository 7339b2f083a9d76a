"""The manager's pages for records and time in a closed quarter."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.forms.reasons import ApprovalForm, TakeOffForm
from eitrack.activities.lists.rows import activity_rows, with_names
from eitrack.activities.models import TimeEntry
from eitrack.activities.pages.join_views import page_of
from eitrack.activities.time.approval import (
    approve_activity,
    approve_time,
    awaiting_approval_of,
    time_awaiting_approval_of,
)
from eitrack.activities.time.proposals import remove_time
from eitrack.common.typed import typed

MOST_SHOWN = 100


@requires(Permission.CHANGE_LATE)
def approval_list(request):
    waiting = awaiting_approval_of(request.user).values("pk")
    rows = with_names(activity_rows(request.user), request.user)
    rows = rows.filter(pk__in=waiting).order_by("date", "pk")[:MOST_SHOWN]
    times = time_awaiting_approval_of(request.user).select_related(
        "activity__activity_type", "activity__series", "worker"
    )[:MOST_SHOWN]
    return render(request, "activities/approval_list.html", {"rows": rows, "times": times})


@requires(Permission.CHANGE_LATE)
def activity_approve(request, pk):
    waiting = awaiting_approval_of(request.user).select_related(
        "activity_type", "site", "looks_like"
    )
    activity = get_object_or_404(waiting, pk=pk)
    approve = partial(approve_activity, activity=activity)
    return approval_page(request, approve, "activities/activity_approve.html", activity=activity)


@requires(Permission.CHANGE_LATE)
def time_approve(request, pk):
    """Approve time on a session that counts already; `pk` is the time entry."""
    entry = get_object_or_404(with_session(time_awaiting_approval_of(request.user)), pk=pk)
    approve = partial(approve_time, entry=entry)
    return approval_page(request, approve, "activities/time_approve.html", entry=entry)


def approval_page(request, approve, template, **context):
    form = ApprovalForm(typed(request))
    if request.method == "POST" and form.is_valid():
        approve(by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Approved. It counts in the next revision.")
        return redirect("activities:approval_list")
    return render(request, template, {"form": form, **context})


@requires(Permission.CHANGE_LATE)
def time_take_off(request, pk):
    """Take time of the manager's own team off a session; the session stays."""
    entry = get_object_or_404(with_session(TimeEntry.objects.removable_by(request.user)), pk=pk)
    form = TakeOffForm(typed(request))
    if request.method == "POST" and form.is_valid():
        activity = entry.activity
        remove_time(by=request.user, entry=entry, reason=form.cleaned_data["reason"])
        messages.success(request, "Taken off. The history keeps that it was there.")
        return redirect(page_of(activity, request.user))
    return render(request, "activities/time_take_off.html", {"form": form, "entry": entry})


def with_session(entries):
    return entries.select_related("activity__activity_type", "worker", "team")
