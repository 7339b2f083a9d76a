"""Taking back what a file has brought: what nobody changed or used since goes, the rest stays."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.versioned import signature
from eitrack.intake.choices import BatchState
from eitrack.intake.models import Batch, BroughtRecord


class NotNowError(Exception):
    """The batch cannot be taken back now; the message says why."""


@dataclass(frozen=True)
class Staying:
    """A record that is left as it is, and why."""

    record: models.Model
    why: str


def note_new(batch, one):
    """Remember that the import has made this record, as it stands now."""
    BroughtRecord.objects.create(
        batch=batch,
        record_kind=one._meta.label,
        record_id=one.pk,
        signature=signature(type(one)._base_manager.get(pk=one.pk)),
    )


def note_changed(batch, one, before):
    """Remember what this saved record was; `before` is {name of a field: value as JSON has it}."""
    BroughtRecord.objects.create(
        batch=batch,
        record_kind=one._meta.label,
        record_id=one.pk,
        is_new=False,
        before=before,
        signature=signature(type(one)._base_manager.get(pk=one.pk)),
    )


def note_again(batch, one, before):
    """As `note_changed`, for a record that the same import may have brought or changed already."""
    brought = batch.brought.filter(record_kind=one._meta.label, record_id=one.pk).first()
    if brought is None:
        note_changed(batch, one, before)
        return
    brought.signature = signature(type(one)._base_manager.get(pk=one.pk))
    if not brought.is_new:
        brought.before = {**before, **brought.before}
    brought.save(update_fields=["signature", "before"])


def note_all_new(batch, made):
    """As `note_new`, for many records of one model."""
    note_all(batch, [(one, {}) for one in made], is_new=True)


def note_all_changed(batch, changed):
    """As `note_changed`, for many; `changed` are pairs of a record and what it was."""
    note_all(batch, changed, is_new=False)


def note_all(batch, pairs, *, is_new):
    standing = {}
    for model in {type(one) for one, _ in pairs}:
        pks = [one.pk for one, _ in pairs if type(one) is model]
        stored = model._base_manager.in_bulk(pks)
        standing |= {(model, pk): signature(one) for pk, one in stored.items()}
    notes = [
        BroughtRecord(
            batch=batch,
            record_kind=one._meta.label,
            record_id=one.pk,
            is_new=is_new,
            before=before,
            signature=standing[type(one), one.pk],
        )
        for one, before in pairs
    ]
    BroughtRecord.objects.bulk_create(notes, batch_size=500)


@transaction.atomic
def take_back(batch, *, by, now):
    """Undo an import within its day; returns the records that stay, with the reason.

    The last that came goes first, so that what refers to a record goes before the record.
    """
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if not locked.can_be_taken_back(now):
        raise NotNowError(f"This cannot be taken back: {locked.get_state_display().lower()}.")
    staying = [
        found for brought in locked.brought.order_by("-pk") if (found := undone(brought, by=by))
    ]
    locked.state, locked.taken_back_at = BatchState.TAKEN_BACK, now
    locked.save(update_fields=["state", "taken_back_at"])
    record(Action.TAKEN_BACK, by=by, about=locked)
    return staying


def would_stay(batch, *, by, now):
    """What `take_back` would leave; nothing is changed."""
    with transaction.atomic():
        staying = take_back(batch, by=by, now=now)
        transaction.set_rollback(True)
    return staying


def undone(brought, *, by):
    """Undo one record; returns None, or why it stays."""
    model = apps.get_model(brought.record_kind)
    one = model._base_manager.select_for_update().filter(pk=brought.record_id).first()
    if one is None:
        return None
    if signature(one) != brought.signature:
        return Staying(one, "Somebody changed it since.")
    if not brought.is_new:
        for name, value in brought.before.items():
            setattr(one, name, one._meta.get_field(name).to_python(value))
        one.save()
        return None
    pk = one.pk
    try:
        with transaction.atomic():
            if is_listed(one):
                return Staying(one, "It is in use.")
            if hasattr(one, "changed_by"):
                one.changed_by = by
            one.delete()
    except models.ProtectedError:
        one.pk = pk
        return Staying(one, "It is in use.")
    return None


def is_listed(one):
    """Whether another record has it on a list, which would lose it without a word."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: one.pk}).exists()
        for relation in one._meta.related_objects
        if relation.many_to_many
    )
