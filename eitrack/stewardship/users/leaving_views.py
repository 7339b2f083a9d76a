"""Somebody leaves: what it touches, and then the one action."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year
from eitrack.directory.people import LastAdministratorError
from eitrack.stewardship.users.farewell import LeaveForm, effects_of, first_last_day
from eitrack.stewardship.users.handing_over import left_by
from eitrack.stewardship.users.leaving import DAY, see_off
from eitrack.stewardship.users.role_views import LAST

OWN = "It is your own account: another administrator sees you off."


@requires(Permission.MANAGE_USERS)
def user_leave(request, pk):
    """`?last_day_on=` shows what leaving on that day touches; nothing is done before it is sent."""
    user = get_object_or_404(User, pk=pk)
    if user == request.user:
        messages.warning(request, OWN)
        return redirect("stewardship:user_detail", pk)
    now, today = timezone.now(), timezone.localdate()
    is_chosen = "last_day_on" in request.GET
    chosen = request.GET if is_chosen else {"last_day_on": first_last_day(user, today)}
    sent = typed(request)
    form = LeaveForm(chosen if sent is None else sent, user=user)
    context = {"form": form, "person": user}
    if form.is_valid():
        on, is_now = form.cleaned_data["last_day_on"], form.cleaned_data["is_now"]
        if request.method == "POST":
            try:
                see_off(by=request.user, user=user, on=on, is_now=is_now, now=now)
            except LastAdministratorError:
                form.add_error(None, LAST)
            else:
                messages.success(request, f"{user} leaves after {day_and_year(on)}.")
                return redirect("stewardship:user_detail", pk)
        context |= {
            "on": on,
            "is_now": is_now,
            "effects": effects_of(user, on, is_now=is_now, today=today),
            "lefts": left_by(user, after=on + DAY, by=request.user, today=today),
        }
    return render(request, "stewardship/user_leave.html", context)
