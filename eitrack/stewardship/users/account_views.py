"""A new link, and the account switched off and on."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.directory.people import LastAdministratorError, switch_off, switch_on
from eitrack.stewardship.users.inviting import answer_with_link
from eitrack.stewardship.users.role_views import LAST

OWN = "It is your own account: another administrator switches it off."


@require_POST
@requires(Permission.MANAGE_USERS)
def user_invite(request, pk):
    """A link for somebody who has none, or who has forgotten their password."""
    user = get_object_or_404(User, pk=pk)
    if not user.works_on(timezone.localdate()):
        messages.warning(request, f"Switch the account of {user} on first.")
        return redirect("stewardship:user_detail", pk)
    return answer_with_link(request, user)


@require_POST
@requires(Permission.MANAGE_USERS)
def user_switch_off(request, pk):
    user = get_object_or_404(User, pk=pk)
    if user == request.user:
        messages.warning(request, OWN)
        return redirect("stewardship:user_detail", pk)
    try:
        switch_off(by=request.user, user=user, now=timezone.now())
    except LastAdministratorError:
        messages.warning(request, LAST)
    else:
        messages.success(request, f"{user} is signed out and cannot sign in. Nothing else changed.")
    return redirect("stewardship:user_detail", pk)


@require_POST
@requires(Permission.MANAGE_USERS)
def user_switch_on(request, pk):
    user = get_object_or_404(User, pk=pk)
    switch_on(by=request.user, user=user)
    messages.success(
        request, f"{user} can sign in again. Roles and hats that ended are given by hand."
    )
    return redirect("stewardship:user_detail", pk)
