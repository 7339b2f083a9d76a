"""The pages of users: who there is, somebody new, and one of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.audit.clashes import form_to_change
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.mail import sends_mail
from eitrack.common.typed import typed
from eitrack.directory.people import EmailTakenError, add_user, change_user
from eitrack.stewardship.clashes import locks
from eitrack.stewardship.users.details import details_of
from eitrack.stewardship.users.forms import NewUserForm, UserForm
from eitrack.stewardship.users.inviting import answer_with_link
from eitrack.stewardship.users.lists import UserFilter, UserTable, never_invited, user_rows


@requires(Permission.MANAGE_USERS)
def user_list(request):
    users = user_rows(timezone.now(), timezone.localdate())
    filterset, table = filtered_table(request, users, UserFilter, UserTable)
    kind = export_of(request)
    if kind and (not filterset.is_bound or filterset.is_valid()):
        record_export(by=request.user, kind=f"users.{kind}")
        return export_response(kind, table.as_values(), "users")
    context = {
        "filter": filterset,
        "table": table,
        "never_invited": never_invited(timezone.localdate()).count(),
        **export_urls(request),
    }
    return render(request, "stewardship/user_list.html", context)


@requires(Permission.MANAGE_USERS)
def user_add(request):
    """Whoever is added gets a link at once; the same form sent again gives them another."""
    form = NewUserForm(typed(request), today=timezone.localdate())
    if request.method == "POST":
        before = form.sent_before()
        if before and before.email == form.data.get("email", "").strip().lower():
            return answer_again(request, before)
        if before and form.is_valid():
            form.say_saved_before(before)
        elif form.is_valid():
            roles = form.cleaned_data["roles"]
            try:
                add_user(by=request.user, user=form.instance, roles=roles, **form.belongings)
            except EmailTakenError:
                form.say_taken()
            else:
                messages.success(request, f"{form.instance} is added.")
                return answer_with_link(request, form.instance)
    return render(request, "stewardship/user_add.html", {"form": form})


def answer_again(request, before):
    """The first answer did not arrive: what was mailed is mailed, a shown link is shown anew."""
    messages.success(request, f"{before} is added.")
    if sends_mail() or before.has_usable_password():
        return redirect("stewardship:user_detail", before.pk)
    return answer_with_link(request, before)


@requires(Permission.MANAGE_USERS)
def user_detail(request, pk):
    user = get_object_or_404(user_rows(timezone.now(), timezone.localdate()), pk=pk)
    context = {"person": user, **details_of(user, by=request.user, today=timezone.localdate())}
    return render(request, "stewardship/user_detail.html", context)


@requires(Permission.MANAGE_USERS)
@locks(User)
def user_edit(request, pk):
    user = get_object_or_404(User, pk=pk)
    form, clash = form_to_change(request, UserForm, user)
    if request.method == "POST" and not clash and form.is_valid():
        try:
            change_user(by=request.user, user=form.instance, now=timezone.now())
        except EmailTakenError:
            form.say_taken()
        else:
            messages.success(request, f"Saved: {form.instance}, {form.instance.email}.")
            return redirect("stewardship:user_detail", pk)
    context = {"form": form, "person": User.objects.get(pk=pk), "clash": clash}
    return render(request, "stewardship/user_edit.html", context)
