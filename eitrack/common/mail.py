"""Sending e-mail, if a server is set."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail

NO_MAIL = "This site sends no e-mail: EITRACK_EMAIL_URL is not set."


def sends_mail() -> bool:
    return bool(settings.EMAIL_URL)


def at_site(path: str) -> str:
    """The full address of a page, for links in e-mail."""
    return f"{settings.SITE_URL}{path}"


def send(subject: str, text: str, to: str, path: str) -> None:
    """Send one e-mail that ends with a link to its page; raises OSError on failure."""
    send_link(subject, text, to, at_site(path))


def send_link(subject: str, text: str, to: str, link: str, connection: Any = None) -> None:
    """As `send`, with the full address of the page; over a connection that is open, if given."""
    send_mail(f"EITrack: {subject}", f"{text}\n{link}\n", None, [to], connection=connection)


def send_plain(subject: str, text: str, to: str) -> None:
    """As `send`, without a link."""
    send_mail(f"EITrack: {subject}", f"{text}\n", None, [to])
