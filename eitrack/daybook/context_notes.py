"""A worker's own notes about stretches of time."""

from dataclasses import dataclass

from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.words import day_and_year
from eitrack.daybook.models import ContextNote
from eitrack.daybook.stretches import Days, query_of


@dataclass
class Notes:
    """The note of exactly these days, if any, and notes of days within them."""

    own: ContextNote | None
    others: list

    @property
    def own_text(self):
        return self.own.text if self.own else ""

    @property
    def all(self):
        return [NoteLine(note) for note in ([self.own] if self.own else []) + self.others]

    @property
    def lines(self):
        return [NoteLine(note) for note in self.others]


@dataclass
class NoteLine:
    """A note in words, with the address of the page where it can be changed."""

    note: ContextNote

    @property
    def dates(self):
        return f"{day_and_year(self.note.from_on)} to {day_and_year(self.note.until_on)}"

    @property
    def query(self):
        return query_of(Days(self.note.from_on, self.note.until_on, ""))


def notes_about(worker, period):
    """This worker's own Notes, in one query."""
    found = list(ContextNote.objects.visible_to(worker).about(period))
    own = [note for note in found if (note.from_on, note.until_on) == (period.start, period.end)]
    return Notes(own[0] if own else None, [note for note in found if note not in own])


@transaction.atomic
def save_note(worker, period, text):
    """Save the worker's note of the period, or delete an empty one; returns what was done.

    The trail records that there was a note, never its text.
    """
    notes = ContextNote.objects.visible_to(worker)
    days = {"from_on": period.start, "until_on": period.end}
    if not text:
        if note := notes.filter(**days).first():
            record(Action.VOIDED, by=worker, about=note)
            note.delete()
        return "Your note is gone."
    note, is_new = notes.update_or_create(worker=worker, **days, defaults={"text": text})
    record(Action.CREATED if is_new else Action.CHANGED, by=worker, about=note)
    return "Your note is saved. Only you see it."
