"""Actions on a request: first contact, decision."""

from django.db import transaction

from eitrack.cases.models import Request
from eitrack.cases.saving import save_changed
from eitrack.common.versioned import ClashError

FIRST_CONTACT, DECIDED = "first_contact", "decided"


@transaction.atomic
def note_first_contact(*, by, pk, on):
    """The day somebody first met the family; raises ClashError if already recorded."""
    help_request = Request.objects.select_for_update().get(pk=pk)
    if help_request.first_contact_on:
        raise ClashError
    help_request.first_contact_on = on
    save_changed(help_request, by=by, version=help_request.version, reason=FIRST_CONTACT)
    return help_request


@transaction.atomic
def decide_request(*, by, pk, decision, on):
    """Record the outcome; raises ClashError if already decided."""
    help_request = Request.objects.select_for_update().get(pk=pk)
    if help_request.decision:
        raise ClashError
    help_request.decision, help_request.decided_on = decision, on
    save_changed(help_request, by=by, version=help_request.version, reason=DECIDED)
    return help_request
