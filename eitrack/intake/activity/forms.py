"""The upload of a sheet, and the page of what it leaves open."""

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.activities.models.time_entry import MOST_MINUTES
from eitrack.common.layout import Fold, Layout, helper_with
from eitrack.common.words import plural
from eitrack.directory.models import Placement, Team
from eitrack.intake.activity.meanings import meanings_of, remember
from eitrack.intake.activity.settled import DAY_ORDERS
from eitrack.intake.choices import BatchState, WordField, ZeroMeans
from eitrack.intake.jobs import start_work
from eitrack.intake.models import Batch, StagedFile
from eitrack.intake.models import Layout as SheetLayout
from eitrack.intake.reading.fields import OFTEN, Field, plain_name
from eitrack.intake.reading.layouts import missing
from eitrack.intake.reading.values.lengths import Unit
from eitrack.intake.reading.words import ranked

LEFT_OUT = "left-out"
ANY_SHEET = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods"
OF_WORDS = {
    WordField.WHAT: ("What was done", Field.KIND, "Leave these rows out"),
    WordField.WHERE: ("Where it was", Field.PLACE, "Leave these rows out"),
    WordField.AGENCY: ("Partner agencies", Field.AGENCY, "No agency of this list"),
}
TWICE = "Only one column can be “{}”."
NOT_YOURS = "You can bring in your own work and that of your teams. Choose somebody of the list."
DECIDE = "Choose what it means, or leave it out."
WHOSE = "Tick the names that mean {}."
INSTEAD = {Field.KIND: "activity_type", Field.PLACE: "site", Field.LENGTH: "minutes"}


def workers_for(user):
    """Whose sheets this user may bring in: one's own, and those of own teams' workers."""
    found = User.objects.none()
    if user.may(Permission.RECORD_ACTIVITY):
        found |= User.objects.filter(pk=user.pk)
    hats = Placement.objects.filter(team__in=Team.objects.visible_to(user))
    found |= User.objects.filter(pk__in=hats.order_by().values("worker"))
    return found.order_by("name", "pk")


class SheetForm(forms.Form):
    worker = forms.ModelChoiceField(
        User.objects.none(),
        label="Whose work is it?",
        empty_label="Choose",
        error_messages={
            "required": "Choose whose work the sheet holds.",
            "invalid_choice": NOT_YOURS,
        },
    )
    file = forms.FileField(
        label="The sheet",
        help_text="As you kept it: Excel, OpenDocument or CSV, at most 10 MB.",
        widget=forms.FileInput(attrs={"accept": ANY_SHEET}),
        error_messages={"required": "Choose the sheet.", "empty": "The file is empty."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        workers = workers_for(user)
        self.fields["worker"].queryset = workers
        if list(workers[:2]) == [user]:
            self.fields["worker"].initial = user.pk
            self.fields["worker"].widget = forms.HiddenInput()
        self.helper = helper_with(Layout("worker", "file"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.MOST_FILE_BYTES:
            raise forms.ValidationError("A sheet may have at most 10 MB. Send a year at a time.")
        return file


class QuestionsForm(forms.Form):
    """What a file leaves open: its columns once per layout, its words once each."""

    day_order = forms.ChoiceField(
        label="How days are written",
        choices=[(code, words) for code, (words, _) in DAY_ORDERS.items()],
    )
    unit = forms.ChoiceField(
        label="How lengths are written", choices=[(unit.name, unit.value) for unit in Unit]
    )
    zero_means = forms.ChoiceField(
        label="What 0 means where people are counted",
        choices=[("", "Choose"), *ZeroMeans.choices],
        error_messages={"required": "Say what 0 means in this sheet."},
    )
    is_filled_down = forms.BooleanField(
        label="Where day or place is empty, those of the row above count", required=False
    )
    own_names = forms.MultipleChoiceField(
        label="Who is meant", required=False, widget=forms.CheckboxSelectMultiple
    )
    activity_type = forms.ChoiceField(label="What was done, in all rows", required=False)
    site = forms.ChoiceField(label="Where it was, in all rows", required=False)
    minutes = forms.IntegerField(
        label="Minutes, where a row says none",
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
    )

    def __init__(self, *args, batch, worker, **kwargs):
        super().__init__(*args, **kwargs)
        self.batch, self.worker = batch, worker
        self.asks = StagedFile.objects.get(batch=batch).asks
        self.meanings = meanings_of(batch.by)
        marks = {"by": batch.by, "fingerprint": self.asks["fingerprint"]}
        self.layout_before = SheetLayout.objects.filter(**marks).first()
        self.columns = self.add_columns()
        self.words = self.add_words()
        self.add_names()
        self.set_initials()
        self.helper = helper_with(self.in_order())

    def add_columns(self):
        names = []
        for at, column in enumerate(self.asks["columns"]):
            name = f"column-{at}"
            samples = "; ".join(column["samples"])
            shown = f"For instance {samples}. " if samples else ""
            self.fields[name] = forms.ChoiceField(
                label=column["name"],
                choices=[(field.name, field.value) for field in Field],
                initial=column["field"],
                help_text=f"{shown}{column['why']}",
            )
            names.append(name)
        return names

    def add_words(self):
        """{field of words: names of form fields}."""
        names = {}
        for code, words in self.asks.get("words", {}).items():
            field = WordField(code)
            known = self.meanings.names[field]
            for at, (word, times) in enumerate(words):
                name = f"word-{field}-{at}"
                self.fields[name] = forms.ChoiceField(
                    label=f"“{word}”",
                    help_text=plural(times, "row", "rows"),
                    choices=self.choices_of(field, word, known),
                    required=False,
                )
                names.setdefault(field, []).append(name)
        return names

    def choices_of(self, field, word, known):
        like = [(match.key, match.name) for match in ranked(word, known.items())]
        others = [(pk, name) for pk, name in known.items() if pk not in dict(like)]
        groups = [("Looks like", like)] if like else []
        return [
            ("", "Choose"),
            *groups,
            ("Others" if like else "All", others),
            (LEFT_OUT, OF_WORDS[field][2]),
        ]

    def add_names(self):
        for name, field in (("activity_type", WordField.WHAT), ("site", WordField.WHERE)):
            known = self.meanings.names[field]
            self.fields[name].choices = [("", "Each row says it"), *known.items()]
        workers = names_in(self.asks.get("workers", []))
        self.fields["own_names"].choices = list(workers.items())
        self.fields["own_names"].help_text = f"Rows of anybody but {self.worker} are left out."
        own = plain_name(self.worker.name)
        before = self.asks.get("own_names")
        self.fields["own_names"].initial = [own] if before is None and own in workers else before
        if not workers:
            del self.fields["own_names"]

    def set_initials(self):
        before = self.layout_before
        said = before.day_order if before else ""
        self.fields["day_order"].initial = said or self.asks["day_order"]
        self.fields["day_order"].help_text = self.asks["day_said"]
        said = before.length_unit if before else ""
        self.fields["unit"].initial = said or self.asks["unit"]
        self.fields["unit"].help_text = self.asks["unit_said"]
        if before:
            self.fields["zero_means"].initial = before.zero_means
            self.fields["is_filled_down"].initial = before.is_filled_down
            self.fields["activity_type"].initial = before.activity_type_id
            self.fields["site"].initial = before.site_id
            self.fields["minutes"].initial = before.minutes
        for name, is_asked in (
            ("unit", self.asks["has_lengths"]),
            ("zero_means", self.asks["has_zeros"]),
            ("is_filled_down", self.asks["may_fill_down"]),
        ):
            if not is_asked:
                del self.fields[name]

    def in_order(self):
        kinds = {column["field"] for column in self.asks["columns"]}
        lacks = not kinds >= {field.name for field in INSTEAD}
        folds = [
            Fold(OF_WORDS[field][0], *names, is_open=True) for field, names in self.words.items()
        ]
        return Layout(
            Fold("Columns", *self.columns, is_open=self.layout_before is None),
            *[
                name
                for name in ("day_order", "unit", "zero_means", "is_filled_down", "own_names")
                if name in self.fields
            ],
            Fold("Where the sheet has no such column", *INSTEAD.values(), is_open=lacks),
            *folds,
        )

    def clean(self):
        cleaned = super().clean()
        fields = self.chosen_fields()
        if len(fields) < len(self.columns):
            return cleaned
        for at, field in enumerate(fields):
            if field not in OFTEN and field in fields[:at]:
                self.add_error(self.columns[at], TWICE.format(field.value))
        given = [*fields, *(field for field, name in INSTEAD.items() if cleaned.get(name))]
        for sentence in missing(given):
            self.add_error(None, sentence)
        for field, names in self.words.items():
            if self.stands_as_asked(OF_WORDS[field][1], fields):
                for name in names:
                    if not cleaned.get(name) and name not in self.errors:
                        self.add_error(name, DECIDE)
        if Field.WORKER in fields and "own_names" in self.fields and not cleaned.get("own_names"):
            self.add_error("own_names", WHOSE.format(self.worker))
        return cleaned

    def chosen_fields(self):
        cleaned = self.cleaned_data
        return [Field[cleaned[name]] for name in self.columns if cleaned.get(name)]

    def stands_as_asked(self, field, fields):
        """Whether the words on the page are still those of the column."""
        asked = [column["field"] == field.name for column in self.asks["columns"]]
        return asked == [one is field for one in fields]

    @transaction.atomic
    def save(self):
        """Keep the answers and read the file by them; returns whether it still waited."""
        locked = Batch.objects.select_for_update().get(pk=self.batch.pk)
        if locked.state != BatchState.READY:
            return False
        cleaned, fields = self.cleaned_data, self.chosen_fields()
        # Of a column that was put right, nobody has looked yet how it is written.
        unit = cleaned.get("unit", "") if self.stands_as_asked(Field.LENGTH, fields) else ""
        order = cleaned["day_order"] if self.stands_as_asked(Field.DATE, fields) else ""
        SheetLayout.objects.update_or_create(
            by=locked.by,
            fingerprint=self.asks["fingerprint"],
            defaults={
                "columns": [field.name for field in fields],
                "length_unit": unit,
                "day_order": order,
                "zero_means": cleaned.get("zero_means", ""),
                "is_filled_down": cleaned.get("is_filled_down", False),
                "activity_type_id": cleaned["activity_type"] or None,
                "site_id": cleaned["site"] or None,
                "minutes": cleaned["minutes"],
            },
        )
        self.keep_words(locked.by)
        own_names = cleaned.get("own_names") or None
        StagedFile.objects.filter(batch=locked).update(asks={**self.asks, "own_names": own_names})
        locked.state, locked.heard_at = BatchState.READING, timezone.now()
        locked.save(update_fields=["state", "heard_at"])
        start_work(locked)
        return True

    def keep_words(self, by):
        for field, names in self.words.items():
            for name, (word, _) in zip(names, self.asks["words"][field], strict=True):
                chosen = self.cleaned_data.get(name)
                if chosen:
                    remember(by, field, word, None if chosen == LEFT_OUT else int(chosen))


def names_in(workers):
    """{plain name: name as it is written} of the workers that a sheet names."""
    return {plain_name(name): name for name in workers if plain_name(name)}
