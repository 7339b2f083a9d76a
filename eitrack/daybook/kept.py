"""A form sent after its session ended: stored encrypted and given back to its user (rule 9).

Every form carries its signed owner (`templatetags/kept.py`), so nobody else can have a form stored,
and only the owner gets it back. No trail records its content.
"""

import base64
import uuid
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac

from eitrack.accounts.models import User
from eitrack.daybook.models import KEPT_MINUTES, KeptForm

OWNER = "form_owner"
KEY = "kept_form"
SALT = "eitrack.daybook.kept"
# How long a form may have been open, how much one may hold, and how many a user may have waiting.
OPEN_DAYS = 14
MOST_BYTES = 64 * 1024
MOST_FORMS = 20
LONGEST_PATH = KeptForm._meta.get_field("path").max_length


class GivenBack(QueryDict):
    """The typed data, for a page to show; remembers whether the page has read it."""

    is_read = False

    def __getitem__(self, name):
        self.is_read = True
        return super().__getitem__(name)

    def getlist(self, name, default=None):
        self.is_read = True
        return super().getlist(name, default)


def signed_owner(user):
    return TimestampSigner(salt=SALT).sign(str(user.pk))


def owner_in(request):
    """The owner of the form; None if the signature is missing, wrong or too old."""
    signer = TimestampSigner(salt=SALT)
    try:
        pk = signer.unsign(request.POST.get(OWNER, ""), max_age=timedelta(days=OPEN_DAYS))
    except BadSignature:
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def keep(request):
    """Store for its owner what was sent to one of our pages; None if it must not be stored."""
    owner = owner_in(request) if is_ours(request.resolver_match) else None
    text = without_secrets(request.POST).urlencode()
    if owner is None or len(text) > MOST_BYTES or len(request.path) > LONGEST_PATH:
        return None
    throw_away_stale()
    own = KeptForm.objects.visible_to(owner)
    too_many = list(own.values_list("pk", flat=True)[MOST_FORMS - 1 :])
    own.filter(pk__in=too_many).delete()
    sealed = cipher_of(owner).encrypt(text.encode())
    return KeptForm.objects.create(worker=owner, path=request.path, sealed=sealed)


def is_ours(match):
    """Whether it is a page of a room, and asks for no password."""
    return match is not None and match.func.__module__.startswith("eitrack.")


def without_secrets(values):
    """Without passwords and case references, which are never stored (rule 12)."""
    values = values.copy()
    for name in list(values):
        is_secret = "password" in name.lower() or "reference" in name.lower()
        if name in ("csrfmiddlewaretoken", OWNER, KEY) or is_secret:
            del values[name]
    return values


def cipher_of(user):
    """A key per user, so that a form cannot be decrypted as another user's."""
    # Imported here, as below, since few requests find their session ended.
    from cryptography.fernet import Fernet

    key = salted_hmac(SALT, str(user.pk), algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def address_of(kept, request):
    """The page it was sent to, which will show it."""
    query = request.GET.copy()
    query[KEY] = kept.key
    return f"{kept.path}?{query.urlencode()}"


def kept_form(key, request):
    """The signed-in user's own stored form of this page, if there is one."""
    try:
        key = uuid.UUID(key)
    except ValueError:
        return None
    own = KeptForm.objects.visible_to(request.user).fresh(timezone.now())
    return own.filter(key=key, path=request.path).first()


def opened(kept):
    """The typed data; None after 30 minutes or if it cannot be decrypted."""
    from cryptography.fernet import InvalidToken

    try:
        text = cipher_of(kept.worker).decrypt(bytes(kept.sealed), ttl=KEPT_MINUTES * 60)
    except InvalidToken:
        return None
    return GivenBack(text)


def throw_away_stale():
    """Delete forms stored for more than 30 minutes; returns how many."""
    return KeptForm.objects.stale(timezone.now()).delete()[0]
