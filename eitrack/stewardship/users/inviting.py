"""The link by which somebody chooses a password: mailed, or shown once to whoever invites."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from eitrack.accounts.invitations import VALID_FOR, invite, mail_invitation
from eitrack.common.mail import at_site, sends_mail
from eitrack.common.words import day


def answer_with_link(request, user):
    """Make a link, which withdraws the older one, and go on to the user's page.

    Without mail the answer is the page that shows the link; nothing keeps it, so a reload makes
    another.
    """
    now = timezone.now()
    path = invite(user, now=now, by=request.user)
    until, problem = until_in_words(now), ""
    if sends_mail():
        try:
            mail_invitation(user, link=at_site(path), until=until)
        except OSError as error:  # What SMTP and the network raise.
            problem = type(error).__name__
        else:
            messages.success(
                request, f"The link was mailed to {user.email}; it works until {until}."
            )
            return redirect("stewardship:user_detail", user.pk)
    context = {
        "person": user,
        "link": request.build_absolute_uri(path),
        "until": until,
        "problem": problem,
    }
    response = render(request, "stewardship/user_invite.html", context)
    add_never_cache_headers(response)
    return response


def until_in_words(now):
    """Until when a link works that is made now."""
    local = timezone.localtime(now + VALID_FOR)
    return f"{day(local)}, {local:%H:%M}"
