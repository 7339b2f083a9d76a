"""The link by which the first administrator chooses a password."""

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from eitrack.accounts.invitations import invite, mail_invitation
from eitrack.common.mail import sends_mail
from eitrack.stewardship import answers


class FirstLink:
    """`words` say why there is none, `site_url` is what one begins with.

    A link is mailed, or where no mail is set up shown on the terminal, and stands nowhere else.
    """

    def __init__(self, *, site_url=None, words=""):
        self._site_url, self._words, self._link = site_url, words, ""

    @classmethod
    def for_administrator(cls, terminal, administrator):
        """One for somebody new, or asked for anew by somebody who has no password yet."""
        if administrator.pk and administrator.has_usable_password():
            return cls(words="A password is set; “Forgotten your password?” helps where mail is.")
        if administrator.pk and not terminal.options["new_link"]:
            still = administrator.invitations.open(timezone.now()).first()
            works = f"works until {moment_of(still)}" if still else "no longer works"
            return cls(words=f"The link that was made {works}; --new-link makes another.")
        default = settings.SITE_URL or None
        asked = "Address of this site, as https://eitrack.example.org"
        return cls(site_url=terminal.answer("site_url", answers.site_url, asked, default))

    def make(self, administrator):
        if self._site_url:
            path = invite(administrator, now=timezone.now())
            self._link = f"{self._site_url}{path}"
            self._administrator = administrator

    def hand_over(self, stdout):
        if not self._link:
            stdout.write(self._words)
            return
        invitation = self._administrator.invitations.first()
        until = moment_of(invitation)
        if not sends_mail():
            stdout.write(
                f"\nTo choose a password, {self._administrator.name} opens this link. It works "
                f"once, until {until}, for whoever has it:\n\n  {self._link}\n\n"
            )
            return
        try:
            mail_invitation(self._administrator, link=self._link, until=until)
        except OSError as problem:  # What SMTP and the network raise.
            raise CommandError(
                f"All is written, but the link could not be mailed ({type(problem).__name__}). "
                "Look at EITRACK_EMAIL_URL, then run this again with --new-link."
            ) from problem
        stdout.write(f"The link was mailed to {self._administrator.email}; it works until {until}.")


def moment_of(invitation):
    """`Thu 3 Dec, 16:05`."""
    local = timezone.localtime(invitation.expires_at)
    return f"{local:%a} {local.day} {local:%b, %H:%M}"
