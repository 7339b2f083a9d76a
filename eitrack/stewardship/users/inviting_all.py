"""Links for many at once: over one connection to the mail server, or as a sheet."""

from dataclasses import dataclass, field
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from urllib.parse import quote, urlencode

from django.core.mail import get_connection

from eitrack.accounts.invitations import SUBJECT, in_words, invite, mail_invitation, withdraw
from eitrack.accounts.models import Invitation
from eitrack.common.mail import at_site
from eitrack.stewardship.users.inviting import until_in_words

JUST_NOW = timedelta(minutes=10)


@dataclass
class Outcome:
    """Who was mailed, whose address was refused and why; what ended it before all were tried."""

    mailed: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    problem: str = ""


def mail_all(users, *, by, now):
    """One after the other. Whose mail does not go out has no link, and counts as never invited."""
    outcome, connection = Outcome(), get_connection()
    try:
        connection.open()
        for user in users:
            mail_one(user, outcome, connection, by=by, now=now)
    except OSError as problem:  # What SMTP and the network raise.
        outcome.problem = type(problem).__name__
    finally:
        connection.close()
    return outcome


def mail_one(user, outcome, connection, *, by, now):
    link = at_site(invite(user, now=now, by=by))
    try:
        mail_invitation(user, link=link, until=until_in_words(now), connection=connection)
    except SMTPRecipientsRefused as problem:
        withdraw(user, now=now)
        outcome.refused.append((user, type(problem).__name__))
    except OSError:
        withdraw(user, now=now)
        raise
    else:
        outcome.mailed.append(user)


def invited_just_now(by, now):
    """Links that this user made in the last minutes, and that nobody has used."""
    made = Invitation.objects.open(now).filter(invited_by=by, invited_at__gt=now - JUST_NOW)
    return made.filter(user__password__startswith="!")


def sheet_of(users, *, request, now):
    """A line for each of them: their link, and an address that opens a mail with it."""
    until, lines = until_in_words(now), []
    for user in users:
        link = request.build_absolute_uri(invite(user, now=now, by=request.user))
        said = {"subject": f"EITrack: {SUBJECT}", "body": f"{in_words(until)}\n\n{link}\n"}
        mail = f"mailto:{quote(user.email)}?{urlencode(said, quote_via=quote)}"
        lines.append({"person": user, "link": link, "mail": mail})
    return lines
