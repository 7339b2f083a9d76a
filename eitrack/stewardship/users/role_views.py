"""Giving a role, and ending one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Permission
from eitrack.audit.clashes import form_to_change
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year
from eitrack.directory.people import LastAdministratorError, end_role, give_role
from eitrack.stewardship.clashes import locks
from eitrack.stewardship.users.forms import EndRoleForm, RoleForm
from eitrack.stewardship.words import dates_in_words

LAST = (
    "Somebody has to be left who lets people in: an administrator without a last day, with a "
    "password. Make somebody else one first."
)


@requires(Permission.MANAGE_USERS)
@locks(User)
def role_give(request, pk):
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(typed(request), user=user, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("role", "from_on", "until_on")}
        term = give_role(by=request.user, user=user, **said, **form.belongings)
        role = term.get_role_display().lower()
        messages.success(request, f"{user} has the role {role}{dates_in_words(term)}.")
        return redirect("stewardship:user_detail", pk)
    return render(request, "stewardship/role_give.html", {"form": form, "person": user})


@requires(Permission.MANAGE_USERS)
@locks(RoleTerm)
def role_end(request, pk):
    term = get_object_or_404(RoleTerm.objects.select_related("user"), pk=pk)
    today, user = timezone.localdate(), term.user
    initial = {} if term.until_on else {"until_on": today}
    form, clash = form_to_change(
        request, EndRoleForm, term, about=user, by=request.user, initial=initial
    )
    if request.method == "POST" and not clash and form.is_valid():
        last = form.cleaned_data["until_on"]
        try:
            end_role(by=request.user, term=term, on=last, today=today)
        except LastAdministratorError:
            form.add_error(None, LAST)
        else:
            said = f"{user} has the role {term.get_role_display().lower()} until"
            messages.success(request, f"{said} {day_and_year(last)}.")
            return redirect("stewardship:user_detail", user.pk)
    context = {"form": form, "term": term, "person": user, "clash": clash}
    return render(request, "stewardship/role_end.html", context)
