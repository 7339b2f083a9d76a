"""Joining two records of one session afterwards, and separating them."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.joint.form import said
from eitrack.activities.joint.merging import (
    JoinError,
    joinable_with,
    may_be_parted_by,
    merge_activities,
    unmerge,
)
from eitrack.activities.models import Activity, Join
from eitrack.common.typed import typed


class JoinForm(forms.Form):
    """Which record this one joins."""

    kept = forms.ChoiceField(
        label="Which one is it the same as?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the record to keep."},
    )

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [(one.pk, said(one)) for one in candidates]


@requires(Permission.CHANGE_ACTIVITY)
def activity_join(request, pk):
    """Lists the records of that day, site and kind; the chosen one is kept."""
    editable = Activity.objects.editable_by(request.user, timezone.localdate())
    activity = get_object_or_404(editable.with_list_details(), pk=pk)
    candidates = list(
        joinable_with(activity, request.user).prefetch_related("time_entries__worker")
    )
    looks_like = activity.looks_like_id
    form = JoinForm(
        typed(request),
        candidates=candidates,
        initial={"kept": looks_like or (candidates[0].pk if len(candidates) == 1 else None)},
    )
    if request.method == "POST" and form.is_valid():
        kept = next(one for one in candidates if str(one.pk) == form.cleaned_data["kept"])
        try:
            merge_activities(by=request.user, kept=kept, joined=activity)
        except JoinError:
            form.add_error("kept", "One of the two was changed meanwhile. Look again.")
        else:
            messages.success(request, "Joined: one session now. It can be taken apart again.")
            return redirect(page_of(kept, request.user))
    context = {"form": form, "activity": activity, "candidates": candidates}
    return render(request, "activities/activity_join.html", context)


@require_POST
@requires(Permission.CHANGE_ACTIVITY)
def activity_unjoin(request, pk):
    """`pk` is the record that was kept; `join` the one that is separated from it."""
    kept = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    join = partable(kept, request.user).get(request.POST.get("join", ""))
    if join is None:
        raise Http404
    try:
        joined = unmerge(by=request.user, join=join)
    except JoinError:
        messages.warning(request, "They were taken apart already.")
        return redirect(kept)
    messages.success(request, "Taken apart: both records are as they were.")
    return redirect(joined)


def page_of(activity, user):
    """The page of a record, or the list if this user may not see it (any more)."""
    seen = Activity.objects.visible_to(user).filter(pk=activity.pk).exists()
    return activity if seen else "activities:activity_list"


def partable(kept, user):
    """{number: join} that this user may undo."""
    editable = Activity.objects.editable_by(user, timezone.localdate())
    joins = Join.objects.standing().filter(kept=kept).select_related("joined", "made_by")
    return {str(join.pk): join for join in joins if may_be_parted_by(user, join, editable)}
