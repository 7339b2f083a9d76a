"""Adding, changing, archiving and removing what lists offer, each with its line in the trail."""

from django.db import transaction
from django.db.models import ProtectedError

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.slugs import free_slug
from eitrack.directory.archiving import IN_USE_AGAIN
from eitrack.directory.teams import save_unless_taken


@transaction.atomic
def add_item(*, by, item):
    """Save a new one, with its word for addresses if it has one; NameTakenError if it is known."""
    if hasattr(item, "slug"):
        item.slug = free_slug(type(item), item.name)
    save_unless_taken(item)
    record(Action.CREATED, by=by, about=item)


@transaction.atomic
def change_item(*, by, item):
    save_unless_taken(item)
    record(Action.CHANGED, by=by, about=item)


@transaction.atomic
def archive_item(*, by, item, is_archived):
    """Offer it no more, or again; the second of two who do so changes nothing."""
    rows = type(item).objects.filter(pk=item.pk, is_archived=not is_archived)
    if not rows.update(is_archived=is_archived):
        return
    if is_archived:
        record(Action.ARCHIVED, by=by, about=item)
    else:
        record(Action.CHANGED, by=by, about=item, reason=IN_USE_AGAIN)


def remove_item(*, by, item):
    """Take out one that nothing uses; returns whether it could be."""
    try:
        with transaction.atomic():
            record(Action.VOIDED, by=by, about=item)
            item.delete()
    except ProtectedError:
        return False
    return True
