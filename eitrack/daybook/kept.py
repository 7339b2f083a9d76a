"""A form sent after its session had ended: kept encrypted, given back to its own user (rule 9).

Every form carries its owner, signed (`templatetags/kept.py`), so that nobody else can have
anything kept, and nobody but the owner gets it back. No trail holds what was in it.
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
    """What was typed, for a page to show; remembers whether the page has read it."""

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
    """Whose form was sent; None where the signature is missing, false or too old."""
    signer = TimestampSigner(salt=SALT)
    try:
        pk = signer.unsign(request.POST.get(OWNER, ""), max_age=timedelta(days=OPEN_DAYS))
    except BadSignature:
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def keep(request):
    """Keep what was sent to one of our pages for its owner; None where nothing may be kept."""
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
    """A page of a room; never one that asks for a password."""
    return match is not None and match.func.__module__.startswith("eitrack.")


def without_secrets(values):
    """Neither a password nor a case reference is ever kept (rule 12)."""
    values = values.copy()
    for name in list(values):
        is_secret = "password" in name.lower() or "reference" in name.lower()
        if name in ("csrfmiddlewaretoken", OWNER, KEY) or is_secret:
            del values[name]
    return values


def cipher_of(user):
    """A key for each user, so that one user's form cannot be opened as another's."""
    # Loaded here, as below: few requests find their session ended.
    from cryptography.fernet import Fernet

    key = salted_hmac(SALT, str(user.pk), algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def address_of(kept, request):
    """The page it was sent to, which then shows it."""
    query = request.GET.copy()
    query[KEY] = kept.key
    return f"{kept.path}?{query.urlencode()}"


def kept_form(key, request):
    """The signed-in user's own form of this page, if it is still kept."""
    try:
        key = uuid.UUID(key)
    except ValueError:
        return None
    own = KeptForm.objects.visible_to(request.user).fresh(timezone.now())
    return own.filter(key=key, path=request.path).first()


def opened(kept):
    """What was typed; None once its 30 minutes have passed or it cannot be read."""
    from cryptography.fernet import InvalidToken

    try:
        text = cipher_of(kept.worker).decrypt(bytes(kept.sealed), ttl=KEPT_MINUTES * 60)
    except InvalidToken:
        return None
    return GivenBack(text)


def throw_away_stale():
    """Delete what was kept for 30 minutes; how many there were. For every run of retention too."""
    return KeptForm.objects.stale(timezone.now()).delete()[0]
