"""Writing many places at once, in few queries: records, their trail, and how to take them back."""

from datetime import date

from eitrack.activities.models import Series
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.directory.choices import IdentifierScheme
from eitrack.directory.models import Agency, ExternalIdentifier, Site
from eitrack.intake.undo import note_all_changed, note_all_new


class Writer:
    """Collects what an import makes and changes, then writes it in one go."""

    def __init__(self, batch, by):
        self.batch, self.by = batch, by
        self.new = {Agency: [], Site: [], Series: []}
        self.changed, self.actions, self.identifiers = {}, {}, {}
        self.written = []

    def add(self, one):
        """A new record; what refers to it may be added before it is written."""
        self.new[type(one)].append(one)
        return one

    def change(self, one, action=Action.CHANGED, **values):
        """Set these values of a record that is known; those it has already are no change."""
        key = type(one), one.pk
        one, before = self.changed.setdefault(key, (one, {}))
        for name, value in values.items():
            if getattr(one, name) == value:
                continue
            column = one._meta.get_field(name).attname
            before.setdefault(column, as_json(getattr(one, column)))
            setattr(one, name, value)
            self.actions[key] = action

    def identify(self, scheme, value, **of):
        """Give an agency or a site its identifier; the first of a value keeps it."""
        if value:
            self.identifiers.setdefault(
                (scheme, value), ExternalIdentifier(scheme=scheme, value=value, **of)
            )

    def write(self):
        """In the order in which one refers to the other; taken back, the last goes first."""
        for model, made in self.new.items():
            if model is Series:
                # Each with its first line of history.
                for one in made:
                    one.save()
            else:
                model.objects.bulk_create(made, batch_size=500)
            note_all_new(self.batch, made)
        changed = [pair for key, pair in self.changed.items() if key in self.actions]
        for one, _ in changed:
            one.save()
        note_all_changed(self.batch, changed)
        self.written = self.free_identifiers()
        ExternalIdentifier.objects.bulk_create(self.written, batch_size=500)
        note_all_new(self.batch, self.written)
        self.record_all()

    def free_identifiers(self):
        """Without buildings of other places: an infant and a junior school share one.

        A number that another place has by now stays, and the database refuses it.
        """
        values = {value for _, value in self.identifiers}
        held = set(
            ExternalIdentifier.objects.filter(value__in=values).values_list("scheme", "value")
        )
        return [
            one
            for (scheme, value), one in self.identifiers.items()
            if scheme != IdentifierScheme.UPRN or (scheme, value) not in held
        ]

    def record_all(self):
        entries = [
            Entry(by=self.by, action=Action.CREATED, record_kind=one._meta.label, record_id=one.pk)
            for made in self.new.values()
            for one in made
        ] + [
            Entry(by=self.by, action=action, record_kind=model._meta.label, record_id=pk)
            for (model, pk), action in self.actions.items()
        ]
        Entry.objects.bulk_create(entries, batch_size=500)


def as_json(value):
    return value.isoformat() if isinstance(value, date) else value


def counted(writer):
    """How much was written, in words; what there was none of is left out."""
    archived = sum(action == Action.ARCHIVED for action in writer.actions.values())
    numbers = {
        "Agencies added": len(writer.new[Agency]),
        "Sites added": len(writer.new[Site]),
        "Series added": len(writer.new[Series]),
        "Identifiers added": len(writer.written),
        "Records changed": len(writer.actions) - archived,
        "Records archived": archived,
    }
    return {words: number for words, number in numbers.items() if number}
