"""Agencies and sites: added, changed, settled, each with its line in the trail."""

from django.db import transaction

from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.versioned import ClashError, signature


@transaction.atomic
def add_partner(*, by, partner):
    """Save a new agency or site; what a worker adds is provisional until a manager settles it."""
    partner.is_provisional = not by.may(Permission.EDIT_PARTNERS)
    partner.save()
    record(Action.CREATED, by=by, about=partner)
    return partner


@transaction.atomic
def change_partner(*, by, partner, seen):
    """Save what was changed; ClashError when it is no longer what the form was opened with."""
    stored = type(partner).objects.select_for_update().get(pk=partner.pk)
    if signature(stored) != seen:
        raise ClashError
    partner.save()
    record(Action.CHANGED, by=by, about=partner)
    return partner


@transaction.atomic
def settle_partner(*, by, partner):
    """It is a partner of its own, under this name. Answers whether that was news."""
    rows = type(partner).objects.filter(pk=partner.pk, is_provisional=True)
    is_news = bool(rows.update(is_provisional=False))
    if is_news:
        record(Action.APPROVED, by=by, about=partner)
    return is_news
