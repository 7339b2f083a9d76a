"""Second factors of somebody who has lost their phone, taken off by two people."""

import contextlib

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.factors.required import has_factor
from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.common.mail import send, sends_mail
from eitrack.directory.factor_resets import (
    NotByThemError,
    ask_reset,
    confirm_reset,
    confirmable_by,
    managers_who_may,
)

OWN = "It is your own account: another administrator asks for it."
NONE = "{} has no second factor. They set one up when they next sign in."
WAITS = (
    "Their second factors come off once a second person has confirmed it within a day: another "
    "administrator under Users, or a manager of theirs under Hats and contracts."
)


@require_POST
@requires(Permission.MANAGE_USERS)
def factor_reset_ask(request, pk):
    user = get_object_or_404(User, pk=pk)
    if user == request.user:
        messages.warning(request, OWN)
    elif not has_factor(user):
        messages.info(request, NONE.format(user))
    else:
        reset, is_new = ask_reset(by=request.user, user=user, now=timezone.now())
        if is_new and sends_mail():
            ask_by_mail(reset)
        messages.success(request, WAITS)
    return redirect("stewardship:user_detail", pk)


def ask_by_mail(reset):
    """The managers; other administrators, and whom no mail reaches, read it on pages."""
    path = reverse("stewardship:factor_reset_confirm", args=[reset.pk])
    text = (
        f"{reset.user} has lost their second factor, says {reset.asked_by}. Speak with"
        f" {reset.user} yourself, then confirm it here:\n"
    )
    for manager in managers_who_may(reset, timezone.localdate()):
        with contextlib.suppress(OSError):
            send(f"Confirm a reset for {reset.user}", text, manager.email, path)


@requires(Permission.MANAGE_USERS, Permission.MANAGE_PLACEMENTS)
def factor_reset_confirm(request, pk):
    resets = confirmable_by(request.user, timezone.now())
    reset = get_object_or_404(resets.select_related("user", "asked_by"), pk=pk)
    if request.method == "POST":
        try:
            confirm_reset(by=request.user, reset=reset, now=timezone.now())
        except NotByThemError:
            messages.warning(request, "Somebody has confirmed it already, or it is too old.")
        else:
            said = (
                f"{reset.user} is signed out, and sets up a new second factor at the next sign-in."
            )
            messages.success(request, said)
        may_see_users = request.user.may(Permission.MANAGE_USERS)
        page = "user_detail" if may_see_users else "person_detail"
        return redirect(f"stewardship:{page}", reset.user_id)
    return render(request, "stewardship/factor_reset_confirm.html", {"reset": reset})
