"""A sheet is a form, a row is what somebody has filled in: how rows become records."""

from django import forms
from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.forms import WholeModelForm
from eitrack.intake.choices import RowState
from eitrack.intake.undo import note_changed, note_new
from eitrack.intake.workbook.fields import as_json

# A row that begins so is an example of the template.
EXAMPLE = "e.g."


class RefusedRowError(Exception):
    """The row cannot be brought in; the message says why."""


class RowForm(WholeModelForm):
    """One row of a sheet. `key` names the fields by which a record is found again.

    An empty cell says nothing: a record that stands keeps what it has. `example` fills a row of the
    template, in the order of the fields.
    """

    sheet = ""
    key: tuple[str, ...] = ()
    example: tuple[str, ...] = ()
    # Whether what saves the record writes the trail itself.
    is_in_trail = False
    use_required_attribute = False

    @classmethod
    def headings(cls):
        """{heading: name of the field}, in order."""
        return {str(field.label): name for name, field in cls.base_fields.items()}

    @classmethod
    def columns(cls):
        """{heading: field}, in order."""
        return {str(field.label): field for field in cls.base_fields.values()}

    @classmethod
    def of(cls, cells):
        """The form of a row, given as {name of a field: text}; bound to the record it means."""
        found = cls.standing(cells)
        form = cls(cells, instance=found)
        form.before = form.values_now() if found else {}
        if found:
            for name in form.said_nothing():
                form.fields.pop(name)
        return form

    @classmethod
    def standing(cls, cells):
        """The record that a row means, if there is one."""
        try:
            values = {name: cls.base_fields[name].clean(cells.get(name, "")) for name in cls.key}
        except forms.ValidationError:
            return None
        return cls.find(values)

    @classmethod
    def find(cls, values):
        asked = {}
        for name, value in values.items():
            if value is None:
                asked[f"{name}__isnull"] = True
            elif isinstance(value, str):
                asked[f"{name}__iexact"] = value
            else:
                asked[name] = value
        return cls._meta.model.objects.filter(**asked).first()

    def said_nothing(self):
        return [name for name in self.fields if not self.data.get(name, "").strip()]

    def values_now(self):
        """Of the record as it stands in the database."""
        one = type(self.instance)._base_manager.get(pk=self.instance.pk)
        names = [name for name in self._meta.fields if name not in self.several()]
        fields = [one._meta.get_field(name) for name in names]
        return {field.attname: as_json(getattr(one, field.attname)) for field in fields}

    def several(self):
        return {field.name for field in self._meta.model._meta.many_to_many}

    def related_changed(self):
        """Whether what belongs to a standing record differs from the row."""
        return False

    def save_related(self, *, by, note):
        """Bring in what belongs to the record; `note` remembers a new record for undo."""

    def keep(self, *, by):
        """Save the record; a new one and a changed one alike."""
        self.instance.save()

    def bring(self, batch, *, by):
        """Save what the row says; returns the state of the row. Raises RefusedRowError."""
        if not self.is_valid():
            raise RefusedRowError(self.said_wrong())
        is_new = self.instance.pk is None
        if not is_new:
            changed = {
                name: value
                for name, value in self.before.items()
                if as_json(getattr(self.instance, name)) != value
            }
            if not changed and not self.related_changed():
                return RowState.SAME
        with transaction.atomic():
            self.keep(by=by)
            if is_new:
                note_new(batch, self.instance)
            else:
                note_changed(batch, self.instance, changed)
            if not self.is_in_trail:
                record(Action.CREATED if is_new else Action.CHANGED, by=by, about=self.instance)
            self.save_related(by=by, note=lambda one: note_new(batch, one))
        return RowState.NEW if is_new else RowState.CHANGED

    def said_wrong(self):
        """All errors in one sentence each, with the heading they belong to."""
        told = []
        for name, errors in self.errors.items():
            label = self.fields[name].label if name in self.fields else ""
            told += [f"{label}: {error}" if label else str(error) for error in errors]
        return " ".join(told)
