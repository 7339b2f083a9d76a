"""Forms of the steps of a protocol."""

from datetime import timedelta

from django import forms

from eitrack.common.fields import DayField, VersionField
from eitrack.common.forms import refuse_future
from eitrack.common.free_text import FreeTextField
from eitrack.common.versioned import ClashForm
from eitrack.partnerships.choices import RecordableField, Topic
from eitrack.partnerships.models import ProtocolVersion
from eitrack.partnerships.papers import read_paper

REVIEW_AFTER = timedelta(days=365)


def text_area(label, **options):
    return FreeTextField(label=label, max_length=2000, rows=4, **options)


class PaperField(forms.FileField):
    """Cleaned to a `Paper`, checked by its content."""

    def __init__(self, **options):
        super().__init__(
            widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
            help_text="PDF, Word (DOCX) or OpenDocument (ODT), up to 10 MB.",
            error_messages={
                "required": "Choose a file.",
                "empty": "The file is empty. Choose another one.",
            },
            **options,
        )

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return read_paper(upload) if upload else None


class SeenForm(ClashForm):
    """`seen` is the state of the protocol when the page was opened; `today` limits dates."""

    opened_as = "seen"
    seen = VersionField()

    def __init__(self, *args, protocol, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.protocol, self.today = protocol, today
        self.initial.setdefault("seen", protocol.stamp)

    def state_of(self, protocol):
        return protocol.stamp

    def clash_in_words(self, newest):
        return (
            "Somebody changed this protocol since you opened the page. Look at where it stands "
            "now; what you typed is still here, and can be saved if it still fits."
        )

    def say_refusal(self, refusal, on="on"):
        """Show a refusal of the model beside its field, or at the top."""
        for name, messages in refusal.message_dict.items():
            field = name if name in self.fields else on if on in self.fields else None
            self.add_error(field, messages)


class DayForm(SeenForm):
    on = DayField(label="Since which day")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.today)

    def clean(self):
        refuse_future(self, "on")
        return super().clean()


class LearnForm(SeenForm):
    learned_text = text_area(
        "What was learned",
        help_text="How it works in practice, what surprised either side. No family, no names.",
    )


class PaperForm(SeenForm):
    paper = PaperField(label="File")


class AgreeForm(SeenForm):
    """Name, job and day for each side; `version` gives initial values."""

    our_name = forms.CharField(label="Who agreed for us", max_length=80)
    our_role = forms.CharField(label="Their job with us", max_length=80)
    our_agreed_on = DayField(label="Agreed for us on")
    their_name = forms.CharField(label="Who agreed for the agency", max_length=80)
    their_role = forms.CharField(label="Their job there", max_length=80)
    their_agreed_on = DayField(label="Agreed for the agency on")
    review_due_on = DayField(
        label="Review due on", required=False, help_text="Left empty: a year after the agreement."
    )
    consent_rule = forms.ChoiceField(
        label="How families consent at the agency’s sites",
        choices=ProtocolVersion._meta.get_field("consent_rule").choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how families consent."},
    )
    limits_fields = forms.BooleanField(
        label="Beside place, time and headcount, only what is ticked below may be recorded at "
        "the agency’s sites",
        required=False,
    )
    recordable_fields = forms.MultipleChoiceField(
        label="What may be recorded",
        choices=RecordableField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agreed_text = text_area("What was agreed", required=False)
    learned_text = text_area(
        "What was learned",
        required=False,
        help_text="Needed when a review changes nothing. No family, no names.",
    )
    paper = PaperField(label="The signed paper", required=False)
    field_order = [
        "seen",
        "our_name",
        "our_role",
        "our_agreed_on",
        "their_name",
        "their_role",
        "their_agreed_on",
        "review_due_on",
        "consent_rule",
        "limits_fields",
        "recordable_fields",
        "agreed_text",
        "learned_text",
        "paper",
    ]

    def __init__(self, *args, version, user, **kwargs):
        super().__init__(*args, **kwargs)
        if self.protocol.topic != Topic.CONSENT:
            del self.fields["consent_rule"]
        if self.protocol.topic != Topic.RECORDS:
            del self.fields["limits_fields"], self.fields["recordable_fields"]
        for name in ("our_name", "our_role", "their_name", "their_role"):
            self.fields[name].error_messages["required"] = "An agreement has a name and a job."
        start = {
            "our_name": user.name,
            "our_agreed_on": self.today,
            "their_agreed_on": self.today,
            "review_due_on": self.today + REVIEW_AFTER,
        }
        if version:
            taken = ("our_role", "their_name", "their_role", "consent_rule", "agreed_text")
            start |= {name: getattr(version, name) for name in taken}
            start["limits_fields"] = version.recordable_fields is not None
            start["recordable_fields"] = version.recordable_fields or []
        for name, value in start.items():
            self.initial.setdefault(name, value)

    def clean(self):
        cleaned = super().clean()
        refuse_future(self, "our_agreed_on", "their_agreed_on")
        both = (cleaned.get("our_agreed_on"), cleaned.get("their_agreed_on"))
        if all(both) and not cleaned.get("review_due_on") and not self.has_error("review_due_on"):
            cleaned["review_due_on"] = max(both) + REVIEW_AFTER
        return cleaned

    @property
    def values(self):
        """Fields of the version; those that do not apply to the topic stay empty."""
        names = [name for name in self.fields if hasattr(ProtocolVersion, name)]
        values = {name: self.cleaned_data[name] for name in names}
        if "limits_fields" in self.fields:
            ticked = values["recordable_fields"]
            values["recordable_fields"] = (
                ticked if ticked or self.cleaned_data["limits_fields"] else None
            )
        return values
