"""Mail that leaves the house, where a server for it is set."""

from django.conf import settings
from django.core.mail import send_mail

NO_MAIL = "This site sends no e-mail: EITRACK_EMAIL_URL is not set."


def sends_mail() -> bool:
    return bool(settings.EMAIL_URL)


def at_site(path: str) -> str:
    """The full address of a page, for a mail to link to."""
    return f"{settings.SITE_URL}{path}"


def send(subject: str, text: str, to: str, path: str) -> None:
    """Send one e-mail that ends with the page it is about; OSError when it could not be sent."""
    send_mail(f"EITrack: {subject}", f"{text}\n{at_site(path)}\n", None, [to])
