"""Everybody who was never invited gets a link: mailed, or on a sheet that is shown once."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from eitrack.accounts.access import requires
from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.common.fields import SeveralField
from eitrack.common.layout import Layout, helper_with
from eitrack.common.mail import sends_mail
from eitrack.common.typed import typed
from eitrack.common.words import plural
from eitrack.stewardship.users.inviting import until_in_words
from eitrack.stewardship.users.inviting_all import invited_just_now, mail_all, sheet_of
from eitrack.stewardship.users.lists import (
    never_invited,
    roles_in_words,
    teams_in_words,
    user_rows,
)


class PeopleField(SeveralField):
    """Who was invited meanwhile is left out: the form was sent twice, or by two."""

    def clean(self, value):
        offered = {str(pk) for pk in self.queryset.values_list("pk", flat=True)}
        left = [one for one in value or () if one in offered]
        return self.queryset.none() if value and not left else super().clean(left)

    def label_from_instance(self, user):
        said = (str(user), roles_in_words(user) or "no role yet", teams_in_words(user))
        return ", ".join(filter(None, said))


class InviteAllForm(forms.Form):
    people = PeopleField(
        User.objects.none(),
        label="Who gets a link",
        required=True,
        error_messages={"required": "Tick at least one of them."},
    )

    def __init__(self, *args, people, ticked, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].initial = ticked
        self.helper = helper_with(Layout("people"))


@requires(Permission.MANAGE_USERS)
def user_invite_all(request):
    """The preview, with everybody ticked; sent, it answers with a sheet where no mail is set up."""
    now, today, sent = timezone.now(), timezone.localdate(), typed(request)
    offered = Q(pk__in=never_invited(today).order_by().values("pk"))
    if sent is not None and not sends_mail():
        # The first answer may not have arrived: a sheet that was never seen is made anew.
        offered |= Q(pk__in=invited_just_now(request.user, now).order_by().values("user"))
    people = user_rows(now, today).filter(offered)
    form = InviteAllForm(sent, people=people, ticked=[user.pk for user in people])
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["people"])
        if not chosen:
            messages.info(request, "They have been invited meanwhile.")
            return redirect("stewardship:user_list")
        if sends_mail():
            return answer_mailed(request, mail_all(chosen, by=request.user, now=now), now)
        return answer_sheet(request, sheet_of(chosen, request=request, now=now), now)
    context = {"form": form, "number": len(people), "is_mailed": sends_mail()}
    return render(request, "stewardship/user_invite_all.html", context)


def answer_mailed(request, outcome, now):
    """To the list when all went out, else back to those who are left."""
    if outcome.mailed:
        said = plural(len(outcome.mailed), "link was mailed", "links were mailed")
        messages.success(request, f"{said}; they work until {until_in_words(now)}.")
    for user, problem in outcome.refused:
        messages.warning(request, f"Not mailed to {user}, {user.email} ({problem}).")
    if outcome.problem:
        messages.warning(
            request,
            f"The mail server stopped answering ({outcome.problem}). Who is left stands below and "
            "has no link; tell whoever keeps this site.",
        )
    is_done = not outcome.refused and not outcome.problem
    return redirect("stewardship:user_list" if is_done else "stewardship:user_invite_all")


def answer_sheet(request, lines, now):
    context = {"lines": lines, "until": until_in_words(now)}
    response = render(request, "stewardship/user_links.html", context)
    add_never_cache_headers(response)
    return response
