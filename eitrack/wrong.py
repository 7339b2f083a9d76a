"""*Something is wrong*: a few words to whoever looks after the service, with page and number."""

import re

from django import forms
from django.conf import settings
from django.utils import timezone

from eitrack.accounts.sessions import browser_in_words
from eitrack.common.free_text import FreeTextField
from eitrack.common.layout import Layout, helper_with
from eitrack.common.mail import send_plain, sends_mail
from eitrack.directory.people import lasting_administrators

# What a link of ours carries; anything else is left out.
PAGE, NUMBER = re.compile(r"[a-z_]+(?::[a-z_]+)?"), re.compile(r"[0-9a-f]{8}")


class WrongForm(forms.Form):
    """Nothing but what is typed here, the name of the page and the number of the request."""

    words = FreeTextField(
        label="What happened?",
        max_length=1000,
        rows=5,
        help_text="What you did, what you expected, what came instead. No names of families.",
    )
    may_answer = forms.BooleanField(
        label="Send my e-mail address along, so that I can be answered", required=False
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if not user.is_authenticated:
            del self.fields["may_answer"]
        self.helper = helper_with(Layout(*self.fields))


def carried(given, form):
    """The page or number of a link, if it looks like one."""
    return given if form.fullmatch(given) else ""


def can_be_mailed():
    return sends_mail() and bool(settings.SUPPORT_EMAIL)


def mail_report(*, words, page, number, agent, sender=""):
    """Raises OSError when the server does not take it."""
    lines = [
        words,
        "",
        f"Page: {page or 'not known'}",
        f"Request: {number or 'not known'}",
        f"Sent: {timezone.localtime():%Y-%m-%d %H:%M}",
        f"Browser: {browser_in_words(agent)}",
        *([f"Answer to: {sender}"] if sender else []),
    ]
    send_plain("something is wrong", "\n".join(lines), settings.SUPPORT_EMAIL)


def whom_to_tell(user):
    """Names of administrators, for somebody who is signed in."""
    if not user.is_authenticated:
        return []
    terms = lasting_administrators(timezone.localdate()).select_related("user")
    return sorted({term.user.name for term in terms})
