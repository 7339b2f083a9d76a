"""The manager's pages for records of a quarter that is closed."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.approval import approve_activity, awaiting_approval_of
from eitrack.activities.choices import ApprovalReason
from eitrack.activities.lists import activity_rows
from eitrack.common.typed import typed

MOST_SHOWN = 100


class ApprovalForm(forms.Form):
    """Why a record still enters a quarter that is closed."""

    reason = forms.ChoiceField(
        label="Why does it come now?",
        choices=ApprovalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
    )


@requires(Permission.CHANGE_LATE)
def approval_list(request):
    waiting = awaiting_approval_of(request.user).values("pk")
    rows = activity_rows(request.user).filter(pk__in=waiting).order_by("date", "pk")[:MOST_SHOWN]
    return render(request, "activities/approval_list.html", {"rows": rows})


@requires(Permission.CHANGE_LATE)
def activity_approve(request, pk):
    waiting = awaiting_approval_of(request.user).select_related(
        "activity_type", "site", "looks_like"
    )
    activity = get_object_or_404(waiting, pk=pk)
    form = ApprovalForm(typed(request))
    if request.method == "POST" and form.is_valid():
        approve_activity(by=request.user, activity=activity, reason=form.cleaned_data["reason"])
        messages.success(request, "Approved. It counts in the next revision.")
        return redirect("activities:approval_list")
    return render(request, "activities/activity_approve.html", {"form": form, "activity": activity})
