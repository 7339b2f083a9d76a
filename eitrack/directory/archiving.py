"""Taking an agency or a site out of use from a day on, and into use again."""

from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import Site

# Reasons in the trail.
IN_USE_AGAIN, OTHER_DAY = "in_use_again", "other_day"


@transaction.atomic
def archive_place(*, by, place, from_on, with_sites=False):
    """From this day on it is offered no more; `with_sites` those of an agency are not either."""
    set_archived(by, place, from_on)
    if with_sites:
        for site in Site.objects.filter(agency=place).in_use(from_on).order_by("pk"):
            set_archived(by, site, from_on)


def set_archived(by, place, from_on):
    locked = type(place).objects.select_for_update().get(pk=place.pk)
    if locked.merged_into_id or locked.archived_from_on == from_on:
        return
    reason = OTHER_DAY if locked.archived_from_on else ""
    locked.archived_from_on = from_on
    locked.save()
    record(Action.ARCHIVED, by=by, about=locked, reason=reason)


@transaction.atomic
def reopen_place(*, by, place):
    """Offer it again; one that was merged comes back by undoing that. Returns whether it did."""
    locked = type(place).objects.select_for_update().get(pk=place.pk)
    if locked.merged_into_id or locked.archived_from_on is None:
        return False
    locked.archived_from_on = None
    locked.save()
    record(Action.CHANGED, by=by, about=locked, reason=IN_USE_AGAIN)
    return True
