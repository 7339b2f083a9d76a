"""The link workers of agencies, to whom referrals go."""

from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import LinkWorker

ENDED = "ended"


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
