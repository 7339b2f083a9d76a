"""What has expired, and how it goes: in pieces, each a transaction, so that a killed run goes on.

Nothing here is in a figure, so no figure changes.
"""

import secrets

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from eitrack.accounts.models import User
from eitrack.activities.models import Activity, TimeEntry
from eitrack.cases.models import Allocation, Case
from eitrack.directory.models import Placement

PIECE = 500
FORMER = "Former worker"
# A name ending in .invalid is nobody's for ever (RFC 2606).
NO_ADDRESS = "former-worker-{}@eitrack.invalid"
NUMBERS = 900_000
# Where addresses, second factors and accounts of other providers are kept.
SIGNING_IN = ("account", "mfa", "socialaccount")


def references(limits):
    """Cases that closed so long ago and have their reference still."""
    held = Allocation.objects.filter(case=OuterRef("pk"), worker__in=limits.held)
    closed = Case.objects.filter(closed_on__lte=limits.references)
    return closed.with_a_reference().exclude(Exists(held))


def notes(limits):
    """Activities so old that have a note."""
    held = TimeEntry.objects.filter(activity=OuterRef("pk"), worker__in=limits.held)
    return (
        Activity.objects.filter(date__lte=limits.notes)
        .exclude(note="")
        .exclude(Exists(held) | Q(recorded_by__in=limits.held))
    )


def context_notes(limits):
    """What workers noted for themselves beside their figures of days so long ago."""
    own = User._meta.get_field("context_notes").related_model  # of a room beside this one
    return own.objects.filter(until_on__lte=limits.notes).exclude(worker__in=limits.held)


def leavers(limits):
    """Workers whose last day was so long ago, and who still have a name here.

    Whoever logged time or wore a hat since, or has a role today, has not left.
    """
    since = limits.leavers
    logged = TimeEntry.objects.filter(worker=OuterRef("pk"))
    hats = Placement.objects.filter(worker=OuterRef("pk"))
    running = Q(until_on__isnull=True) | Q(until_on__gt=since)
    return (
        User.objects.filter(is_active=False, last_day_on__lte=since)
        .filter(Exists(logged) | Exists(hats))
        .exclude(Exists(logged.filter(date__gt=since)) | Exists(hats.filter(running)))
        .exclude(pk__in=limits.held)
        .exclude(email__endswith="@eitrack.invalid")
    )


def remove_references(limits):
    return _in_pieces(references(limits), lambda piece: piece.forget_references())


def remove_notes(limits):
    """The text goes; version and history stay, which never had it."""
    removed = _in_pieces(notes(limits), lambda piece: piece.update(note=""))
    return removed + _in_pieces(context_notes(limits), lambda piece: piece.delete())


def replace_leavers(limits):
    """Each gets a random number in place of name and address; no key is kept.

    The rows of their work stay theirs, so every figure is what it was.
    """
    users = list(leavers(limits).values_list("pk", flat=True))
    for pk in users:
        with transaction.atomic():
            user = leavers(limits).select_for_update().filter(pk=pk).first()
            if user is not None:
                _replace(user)
    return len(users)


def _replace(user):
    while True:
        number = NUMBERS // 9 + secrets.randbelow(NUMBERS)
        address = NO_ADDRESS.format(number)
        if not User.objects.filter(email=address).exists():
            break
    user.name, user.email = f"{FORMER} {number}", address
    user.last_login = user.form_token = None
    user.set_unusable_password()
    user.save()
    for related in user._meta.related_objects:
        if related.related_model._meta.app_label in SIGNING_IN:
            related.related_model._base_manager.filter(**{related.field.name: user}).delete()


def _in_pieces(records, go):
    """How many went; each piece is found anew, as another run may have been there."""
    gone = 0
    while keys := list(records.order_by("pk").values_list("pk", flat=True)[:PIECE]):
        with transaction.atomic():
            go(records.model.objects.filter(pk__in=keys))
        gone += len(keys)
    return gone
