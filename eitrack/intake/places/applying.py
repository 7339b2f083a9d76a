"""*Apply*: what was ticked becomes agencies, sites and identifiers, all of it or nothing."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import Agency, Site
from eitrack.intake.choices import BatchState
from eitrack.intake.files import forget
from eitrack.intake.jobs import one_at_a_time
from eitrack.intake.models import Batch
from eitrack.intake.places.choices import CHANGES, FileKind, Offered
from eitrack.intake.places.directory_taking import refuse_incomplete, take_directory
from eitrack.intake.places.known import holders_of
from eitrack.intake.places.offers import from_json
from eitrack.intake.places.remembering import forget_superseded, remember
from eitrack.intake.places.staging import offers_now
from eitrack.intake.places.taking import Chosen, NotAppliedError, UndecidedError, take_all
from eitrack.intake.places.writing import Writer, counted

UNDECIDED = (
    "Say of each ticked place that may be here already whether it is, and of each session what it "
    "is."
)
CHANGED_MEANWHILE = (
    "Somebody changed a place of this list after it was shown. It is compared anew below, your "
    "ticks are still here, and nothing was written. Look again, then apply."
)


class ChangedMeanwhileError(NotAppliedError):
    """What is known has changed since the list was compared with it."""


def apply(batch, *, by, now):
    """Write what was ticked, in one transaction; returns the batch as imported."""
    try:
        with transaction.atomic():
            return apply_locked(batch, by, now)
    except IntegrityError:
        raise ChangedMeanwhileError(CHANGED_MEANWHILE) from None


def apply_locked(batch, by, now):
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.READY:
        raise NotAppliedError(f"This list is not waiting any more: {locked.get_state_display()}.")
    one_at_a_time()
    today, rows = timezone.localdate(now), list(locked.staged_rows.all())
    offers = {row.pk: from_json(row.content) for row in rows}
    chosen = [
        Chosen(offers[row.pk], row.content["same_as"], row.content["activity_type"])
        for row in rows
        if row.is_chosen
    ]
    if not chosen:
        raise NotAppliedError("Tick what is to be applied.")
    refuse_undecided(chosen, locked)
    lock_known([one.offer for one in chosen])
    refuse_changed(chosen, offers_now(locked, [row.content for row in rows], today))
    writer = Writer(locked, by)
    take = take_directory if locked.source == FileKind.DIRECTORY else take_all
    take(writer, chosen, locked, today)
    writer.write()
    remember(locked, list(offers.values()), {one.offer.key for one in chosen})
    record(Action.IMPORTED, by=by, about=locked)
    locked.state, locked.imported_at, locked.counts = BatchState.IMPORTED, now, counted(writer)
    locked.save(update_fields=["state", "imported_at", "counts"])
    forget(locked)
    forget_superseded(now)
    return locked


def refuse_undecided(chosen, batch):
    if any(one.is_undecided for one in chosen):
        raise UndecidedError(UNDECIDED)
    if batch.source == FileKind.DIRECTORY:
        refuse_incomplete(chosen, batch)
    sites = [one.same_as for one in chosen if one.same_as.startswith("site-")]
    if len(sites) > len(set(sites)):
        raise UndecidedError("Two ticked places are said to be one site. Say it of one of them.")


def lock_known(offers):
    """No one changes what is about to be changed."""
    numbers = [offer.number for offer in offers if offer.what in CHANGES]
    holders = holders_of(numbers).values()
    for model, pks in (
        (Agency, [one.agency.pk for one in holders if one.agency]),
        (Site, [one.site.pk for one in holders if one.site]),
    ):
        list(model.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def refuse_changed(chosen, offers):
    now = {offer.key: offer for offer in offers}
    for one in chosen:
        current = now.get(one.offer.key)
        if current is None or standing_of(current) != standing_of(one.offer):
            raise ChangedMeanwhileError(CHANGED_MEANWHILE)


def standing_of(offer):
    keys = sorted(key for key, _, _ in offer.candidates)
    return offer.what == Offered.SAME, offer.seen, offer.own_name, offer.heir, keys
