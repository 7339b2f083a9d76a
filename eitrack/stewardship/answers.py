"""What `manage.py setup` is told, as options or on a terminal: read, or refused with a reason."""

from datetime import date, time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host

from eitrack.directory.choices import Nation


class AnswerError(ValueError):
    """What was typed cannot be taken, and why."""


def name_of(text, most=80):
    name = " ".join(text.split())
    if not name:
        raise AnswerError("A name is needed.")
    if len(name) > most:
        raise AnswerError(f"A name has at most {most} letters.")
    if not name.isprintable():
        raise AnswerError("A name is made of letters that can be printed.")
    return name


def nation(text):
    found = text.strip().lower().replace(" ", "-")
    if found not in Nation.values:
        raise AnswerError(f"“{text}” is none of {', '.join(Nation.values)}.")
    return Nation(found)


def email(text):
    found = text.strip().lower()
    try:
        validate_email(found)
    except ValidationError:
        raise AnswerError(f"“{text}” is not an e-mail address.") from None
    return found


def hour(text):
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        raise AnswerError(f"“{text}” is not a time, as 09:00.") from None


def term(words):
    """(name, first, last day) of NAME FROM UNTIL."""
    *name, first, last = words if len(words) > 2 else (*words, "", "")
    try:
        first, last = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise AnswerError(
            "A term is a name and two days, as Autumn 2026-09-02 2026-10-23."
        ) from None
    if last < first:
        raise AnswerError(f"The term {' '.join(name)} ends on {last}, before it begins.")
    return name_of(" ".join(name), most=40), first, last


def site_url(text):
    """The address of this site as links begin with it: that of EITRACK_SITE_URL where it is set."""
    found = text.strip().rstrip("/")
    try:
        parts = urlsplit(found)
        host, _port = parts.hostname, parts.port
    except ValueError:
        parts = host = None
    if not host or parts.scheme not in ("http", "https") or found.split("//", 1)[1] != parts.netloc:
        raise AnswerError(f"“{text}” is not the address of a site, as https://eitrack.example.org.")
    if parts.username is not None:
        raise AnswerError("The address of a site holds no user and no password.")
    if settings.SITE_URL and found != settings.SITE_URL:
        raise AnswerError(
            f"{found} is not the address that EITRACK_SITE_URL says: {settings.SITE_URL}. "
            "Correct whichever is wrong."
        )
    if settings.HTTPS and parts.scheme != "https":
        raise AnswerError("With EITRACK_HTTPS=on the address of the site begins with https://.")
    if not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        raise AnswerError(
            f"{host} is not served: set EITRACK_ALLOWED_HOSTS to it, here and for the server."
        )
    return found
