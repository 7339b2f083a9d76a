"""Forms of posts, funding streams and activity types."""

from django import forms

from eitrack.activities.kinds import BY_CODE, KINDS, Group
from eitrack.activities.kinds.by_post import MOST, kinds_by_name
from eitrack.activities.models import ActivityType
from eitrack.common.fields import DayField
from eitrack.common.forms import WholeModelForm, name_the_empty_choice
from eitrack.common.free_text import FreeTextField
from eitrack.common.layout import Layout, Row, helper_with
from eitrack.common.versioned import OpenedForm
from eitrack.directory.models import FundingStream, Post

TAKEN = "There is one of this name already."
NO_NAME = "Give it a name."
MOST_WORDING = 500


class ItemForm(OpenedForm, WholeModelForm):
    """One of a list; what stands fast after it was made is asked of a new one only."""

    only_new = ()
    parts = ("name",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.only_new:
                del self.fields[name]
        parts = [part for part in self.parts if not isinstance(part, str) or part in self.fields]
        self.helper = helper_with(Layout(*parts, *(["opened"] if self.instance.pk else [])))
        if self.instance.pk:
            self.remember_opened()

    def say_taken(self):
        self.add_error("name" if "name" in self.fields else None, TAKEN)


class PostForm(ItemForm):
    """What somebody new does in it goes by its name, unless it is chosen here."""

    parts = ("name", "usual_kinds")

    usual_kinds = forms.MultipleChoiceField(
        label="What Today offers somebody new in it",
        choices=[(kind.code.value, kind.label) for kind in KINDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Until they have logged enough, or three others in this post do the same. "
        "Nothing ticked: what fits its name",
    )

    class Meta:
        model = Post
        fields = ["name", "usual_kinds"]
        labels = {"name": "Job title"}
        error_messages = {"name": {"unique": TAKEN, "required": NO_NAME}}

    def __init__(self, *args, instance, **kwargs):
        initial = {"usual_kinds": instance.usual_kinds or []}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        if instance.pk:
            by_name = [BY_CODE[code].label for code in kinds_by_name(instance.name)]
            self.fields["usual_kinds"].help_text += f": {'; '.join(by_name)}"
        self.fields["usual_kinds"].help_text += "."

    def clean_usual_kinds(self):
        chosen = self.cleaned_data["usual_kinds"]
        if len(chosen) > MOST:
            raise forms.ValidationError(f"Tick at most {MOST}.")
        return chosen or None


class StreamForm(ItemForm):
    """A stream is renamed on a page of its own, from a day on."""

    only_new = ("name",)
    parts = ("name", "kind", Row("starts_on", "ends_on"), "renewed_until_on", "wording")

    starts_on = DayField(label="Starts", required=False)
    ends_on = DayField(label="Ends", required=False, help_text="Empty where no end is known.")
    renewed_until_on = DayField(
        label="Renewed until", required=False, help_text="Once it pays longer than it was to."
    )
    wording = FreeTextField(
        label="In the words of the fund",
        max_length=MOST_WORDING,
        rows=3,
        required=False,
        help_text="What it pays for, as its own papers say it: the head of its returns.",
    )

    class Meta:
        model = FundingStream
        fields = ["name", "kind", "starts_on", "ends_on", "renewed_until_on", "wording"]
        error_messages = {
            "name": {"unique": TAKEN, "required": NO_NAME},
            "kind": {"required": "Choose what kind it is."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_the_empty_choice(self.fields["kind"], "Choose one")

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        renewed = cleaned.get("renewed_until_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The end cannot lie before the beginning.")
        if renewed and not ends and not self.has_error("ends_on"):
            self.add_error("ends_on", "Say when it was to end, before it was renewed.")
        elif renewed and ends and renewed <= ends:
            self.add_error("renewed_until_on", "This does not lie after its end.")
        return cleaned


def kind_choices():
    """The fixed kinds, grouped as everywhere."""
    return [
        ("", "Choose one"),
        *(
            (
                group.label,
                [(kind.code.value, kind.label) for kind in KINDS if kind.group == group],
            )
            for group in Group
        ),
    ]


class TypeForm(ItemForm):
    """A local name for one of the fixed kinds, which figures rest on: it never changes."""

    only_new = ("kind",)
    parts = ("name", "kind", "position", "allows_note")

    position = forms.IntegerField(
        label="Place in lists",
        min_value=0,
        max_value=9999,
        initial=0,
        help_text="Smaller numbers come first; of the same number, by name.",
    )

    class Meta:
        model = ActivityType
        fields = ["name", "kind", "position", "allows_note"]
        labels = {"name": "Local name", "kind": "Which kind of work it is"}
        help_texts = {
            "kind": "Decides what is asked and how it counts. It stays, once records rest on it.",
            "allows_note": "A short free text. Off for informal work unless it is wanted here.",
        }
        error_messages = {
            "name": {"unique": TAKEN, "required": NO_NAME},
            "kind": {"required": "Choose which kind of work it is."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].choices = kind_choices()
