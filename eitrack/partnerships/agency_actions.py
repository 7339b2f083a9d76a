"""Adding, changing and settling agencies and sites, each with an entry in the trail."""

from django.db import transaction

from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.versioned import ClashError, signature


@transaction.atomic
def add_partner(*, by, partner):
    """Save a new agency or site; a worker's is provisional until a manager settles it."""
    settles = (Permission.EDIT_PARTNERS, Permission.MANAGE_LISTS)
    partner.is_provisional = not any(by.may(permission) for permission in settles)
    partner.save()
    record(Action.CREATED, by=by, about=partner)
    return partner


@transaction.atomic
def change_partner(*, by, partner, seen):
    """Save changes; ClashError if it has changed since the form was opened."""
    stored = type(partner).objects.select_for_update().get(pk=partner.pk)
    if signature(stored) != seen:
        raise ClashError
    partner.save()
    record(Action.CHANGED, by=by, about=partner)
    return partner


@transaction.atomic
def settle_partner(*, by, partner):
    """Confirm it as a partner of its own. Returns whether it was provisional."""
    rows = type(partner).objects.filter(pk=partner.pk, is_provisional=True)
    is_news = bool(rows.update(is_provisional=False))
    if is_news:
        record(Action.APPROVED, by=by, about=partner)
    return is_news
