"""What is recorded: one table for each kind of record, with a line for each field.

The forms, the page, the exported list and the tidy rows of a record read its table, so a new field
is one more line.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core import checks
from django.db import models

from eitrack.common.words import day_and_year, listed, yes_or_no


@dataclass(frozen=True)
class RecordedField:
    """One field, and where it is asked and shown. What is left empty is not there."""

    name: str
    # What it is called on the forms, else by the model.
    label: str = ""
    # On the page of the record: what it is called there, and its value in words of the record,
    # else as its type says it. Another line shows it, or there is a reason to show it not.
    fact: str = ""
    words: Callable[..., Any] | None = None
    shown_with: str = ""
    not_shown: str = ""
    # In the list and its files: the head of its column.
    export: str = ""
    # In the tidy rows: what its column means, "" as the model says; None where there is none.
    tidy: str | None = None
    unit: str = ""
    # Where it is read, if it is not a field of the record itself.
    source: Any = ""

    @property
    def is_asked(self) -> bool:
        raise NotImplementedError

    @property
    def is_shown(self) -> bool:
        return bool(self.fact)

    def in_words(self, record: Any, *known: Any) -> Any:
        """Its value as the line says it, else as its type does; what nobody said is left empty."""
        if self.words:
            return self.words(record, *known)
        stored, value = record._meta.get_field(self.name), getattr(record, self.name)
        if stored.many_to_many:
            return listed(value.all()) or "None"
        if isinstance(stored, models.BooleanField):
            return yes_or_no(value)
        if isinstance(stored, models.DateField):
            return value and day_and_year(value)
        if isinstance(stored, models.TimeField):
            return value and f"{value:%H:%M}"
        if stored.choices:
            return getattr(record, f"get_{self.name}_display")() or None
        return value


Recorded = TypeVar("Recorded", bound=RecordedField)


def in_order(
    fields: Iterable[Recorded], *first: str, last: Sequence[str] = ()
) -> tuple[Recorded, ...]:
    """Some fields first and some last, in these orders; the others as they stand in the table."""
    rank = {name: number - len(first) for number, name in enumerate(first)}
    rank |= {name: number for number, name in enumerate(last, start=1)}
    return tuple(sorted(fields, key=lambda field: rank.get(field.name, 0)))


def errors_of(
    model: type[models.Model], fields: Sequence[RecordedField], table: str
) -> list[checks.CheckMessage]:
    """Errors for fields of the model without a line, and for what is asked and never shown."""
    names = {field.name for field in fields} | {str(field.source) for field in fields}
    stored = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    shown = {field.name for field in fields if field.is_shown}
    room, record = model._meta.app_label, model.__name__
    assert model._meta.pk
    return [
        *(
            checks.Error(
                f"{name} is a field of {record} without a line in {table}.",
                hint="Say there where it is asked and shown, or why it is not shown.",
                id=f"{room}.E001",
            )
            for name in sorted(stored - names - {model._meta.pk.name})
        ),
        *(
            checks.Error(
                f"{field.name} is asked on a form of {record}, and its page does not show it.",
                hint=f"Give its line in {table} a fact, or say why it has none.",
                id=f"{room}.E002",
            )
            for field in fields
            if field.is_asked and not field.not_shown and not {field.name, field.shown_with} & shown
        ),
    ]


def check_at_start(model: type[models.Model], fields: Sequence[RecordedField], table: str) -> None:
    """A field that would be lost on its way to the page stops the start."""

    def check(**kwargs: Any) -> list[checks.CheckMessage]:
        return errors_of(model, fields, table)

    checks.register(check)
