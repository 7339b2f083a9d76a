"""The decision on a referral, and the link workers of agencies."""

from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.cases.models import Referral
from eitrack.cases.saving import save_changed
from eitrack.common.versioned import ClashError
from eitrack.directory.models import LinkWorker

DECIDED, ENDED = "decided", "ended"


@transaction.atomic
def decide_referral(*, by, pk, at, outcome):
    """Record when and how the agency decided; raises ClashError if already recorded."""
    referral = Referral.objects.select_for_update().get(pk=pk)
    if referral.decided_at:
        raise ClashError
    referral.decided_at, referral.outcome = at, outcome
    save_changed(referral, by=by, version=referral.version, reason=DECIDED)
    return referral


@transaction.atomic
def add_link_worker(link_worker, *, by):
    """Save a new link worker; the same one, sent twice, is added once."""
    same = LinkWorker.objects.filter(
        agency=link_worker.agency,
        district=link_worker.district,
        name=link_worker.name,
        job=link_worker.job,
    )
    if before := same.filter(until_on__isnull=True).first():
        return before
    link_worker.save()
    record(Action.CREATED, by=by, about=link_worker)
    return link_worker


@transaction.atomic
def end_link_worker(*, by, pk, on):
    """From the next day they get no referrals; earlier ones keep their name."""
    link_worker = LinkWorker.objects.select_for_update().get(pk=pk)
    link_worker.until_on = on
    link_worker.save()
    record(Action.CHANGED, by=by, about=link_worker, reason=ENDED)
    return link_worker
