from django.conf import settings
from django.utils import timezone

from eitrack.accounts.identity.provider import provider_name
from eitrack.accounts.middleware import mark_of
from eitrack.accounts.roles import Permission
from eitrack.common.logs import number_now, page_of
from eitrack.common.mail import sends_mail


class May:
    """`{% if may.record_activity %}` in the frame: permissions by their code."""

    def __init__(self, user):
        self.user = user

    def __getitem__(self, code):
        return self.user.is_authenticated and self.user.may(Permission(code))


def may(request):
    return {"may": May(request.user)} if hasattr(request, "user") else {}


def mail(request):
    return {"sends_mail": sends_mail()}


def signed_in(request):
    """For a page of a signed-in user the mark of the session, and the seconds it has; else "".

    The page itself is a use of the session.
    """
    mark = mark_of(request) if hasattr(request, "user") else ""
    if not mark:
        return {"signed_in_mark": ""}
    now = timezone.now()
    left = request.session.ends_at(now) - now
    return {"signed_in_mark": mark, "signed_in_seconds": int(left.total_seconds())}


def identity(request):
    """The council's identity provider, by name; "" without one."""
    return {"identity_name": provider_name(), "has_passwords": settings.PASSWORDS}


def numbered(request):
    """For whoever reports a fault: the number of this request, and the name of its page."""
    return {"request_number": number_now(), "request_page": page_of(request)}
