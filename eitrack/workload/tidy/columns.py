"""A column of a file of tidy rows: its source, its meaning, how its cells are written."""

from dataclasses import dataclass
from datetime import UTC
from enum import Enum

from django.db import models
from django.utils import timezone

from eitrack.common.files import safe_cell

LOCAL = timezone.get_default_timezone()


class Type(Enum):
    """The type of the cells in a column, and how they are written."""

    ID = ("id", "412")
    NUMBER = ("number", "14")
    CODE = ("code", "a code of the list")
    DATE = ("date", "2026-07-01")
    TIME = ("time", "14:30:00")
    MOMENT = ("moment", "2026-07-01T14:30:00+01:00")
    BOOLEAN = ("boolean", "true or false")
    NAME = ("name", "text")

    def __init__(self, word, example):
        self.word = word
        self.example = example


OF_FIELDS = (
    (models.BooleanField, Type.BOOLEAN),
    (models.DateTimeField, Type.MOMENT),
    (models.DateField, Type.DATE),
    (models.TimeField, Type.TIME),
    (models.IntegerField, Type.NUMBER),
    (models.CharField, Type.NAME),
)


@dataclass(frozen=True)
class Column:
    """One fact. `source` is a lookup from the record or an expression; without one, the name.

    `words` say what it means, without them the field's own do. `unit` stands with every number
    that counts something. `of` is the lookup whose type and codes an expression shares; a column
    of no record says its `type` and `codes` itself.
    """

    name: str
    words: str = ""
    source: object = None
    unit: str = ""
    of: str = ""
    codes: type[models.Choices] | None = None
    type: Type | None = None

    @property
    def lookup(self):
        return self.source or self.name


def column_of(field):
    """The column of a line of a table of what is recorded (`common.recorded`)."""
    of = getattr(field, "of", "")
    return Column(field.name, field.tidy, field.source or None, unit=field.unit, of=of)


@dataclass(frozen=True)
class Known:
    """What the models say of a column: its type, meaning, codes, and the model it points to."""

    type: Type
    meaning: str
    codes: tuple = ()
    points_to: type[models.Model] | None = None


def known_of(column, model):
    """What is known of a column of the records of `model`; None for a file of no records."""
    field = field_of(column, model)
    codes = tuple(column.codes.choices if column.codes else getattr(field, "choices", None) or ())
    points_to = model if column.lookup == "pk" else getattr(field, "related_model", None)
    return Known(
        type=column.type or type_of(field, has_codes=bool(codes)),
        meaning=column.words or meaning_of(field),
        codes=codes,
        points_to=points_to,
    )


def field_of(column, model):
    """The field at the end of the lookup, or what an expression gives."""
    if model is None:
        return None
    path = column.of or column.lookup
    if not isinstance(path, str):
        return path.output_field
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        model = field.related_model
    return field


def type_of(field, *, has_codes):
    if field.primary_key or field.is_relation:
        return Type.ID
    if has_codes:
        return Type.CODE
    return next(found for kind, found in OF_FIELDS if isinstance(field, kind))


def meaning_of(field):
    """The field's help text, else its verbose name, as a sentence."""
    words = str(field.help_text or field.verbose_name)
    return f"{words[0].upper()}{words[1:].rstrip('.')}."


def local_moment(moment):
    """A moment to the second, in local time with UTC offset."""
    if moment is None:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(LOCAL).isoformat("T", "seconds")


# How a cell is made, by type. What is not here is written by the csv module as it is: numbers,
# ISO dates, codes (none begins as a formula does), and nothing for None.
CELLS = {
    Type.BOOLEAN: {True: "true", False: "false"}.get,
    Type.MOMENT: local_moment,
    Type.NAME: safe_cell,
}
