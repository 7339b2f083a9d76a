"""Forms of terms and of the settings of a district."""

from django import forms
from django.utils.choices import flatten_choices

from eitrack.common.fields import DayField, TimeOfDayField
from eitrack.common.forms import WholeModelForm
from eitrack.common.free_text import FreeTextField
from eitrack.common.layout import Layout, Row, helper_with
from eitrack.common.versioned import OpenedForm
from eitrack.common.words import day_and_year
from eitrack.directory.models import Agency, District, SchoolTerm
from eitrack.directory.school_terms import school_year
from eitrack.directory.term_dates import read_terms
from eitrack.directory.terms import terms_beside

FIRST_YEAR = 1990
LONGEST_TEXT = 10_000
MOST_LETTERS = 2000


def owners(today):
    """Whose terms there may be: those of a district, or of an agency in use."""
    districts = [(f"district:{one.pk}", f"{one} (district)") for one in District.objects.all()]
    agencies = Agency.objects.in_use(today).values_list("pk", "name")
    return [
        *districts,
        ("Agencies that set their own", [(f"agency:{pk}", name) for pk, name in agencies]),
    ]


class OwnerField(forms.ChoiceField):
    """A district or an agency, as "district:1"; cleaned to the record."""

    def clean(self, value):
        code = super().clean(value)
        kind, pk = code.split(":")
        return (District if kind == "district" else Agency).objects.get(pk=pk)


def owner_field(**kwargs):
    return OwnerField(
        label="Whose term", error_messages={"required": "Choose whose term it is."}, **kwargs
    )


def owner_code(term):
    return f"agency:{term.agency_id}" if term.agency_id else f"district:{term.district_id}"


class TermForm(OpenedForm, WholeModelForm):
    """One stretch of school days; a half-term holiday lies between two of them."""

    owner = owner_field()
    from_on = DayField(label="First day of school")
    until_on = DayField(label="Last day of school")

    class Meta:
        model = SchoolTerm
        fields = ["name", "from_on", "until_on"]
        help_texts = {"name": "For instance Autumn term, first half."}
        error_messages = {"name": {"required": "Give it a name."}}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        field.choices = owners(today)
        if self.instance.pk:
            code = owner_code(self.instance)
            if code not in dict(flatten_choices(field.choices)):
                field.choices = [(code, str(self.instance.agency)), *field.choices]
            self.initial["owner"] = code
        elif len(field.choices) == 2:
            self.initial.setdefault("owner", field.choices[0][0])
        self.helper = helper_with(
            Layout(
                "owner",
                "name",
                Row("from_on", "until_on"),
                *(["opened"] if self.instance.pk else []),
            )
        )
        if self.instance.pk:
            self.remember_opened()

    def clean(self):
        cleaned = super().clean()
        first, last, owner = (cleaned.get(name) for name in ("from_on", "until_on", "owner"))
        if first and last and last < first:
            self.add_error("until_on", "The end cannot lie before the beginning.")
        if owner:
            self.instance.district = owner if isinstance(owner, District) else None
            self.instance.agency = None if isinstance(owner, District) else owner
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            term = self.instance
            others = [other for other in terms_beside(term) if not is_sent_again(term, other)]
            if others:
                self.say_overlap(others[0])

    def say_overlap(self, other):
        first, last = (day_and_year(day) for day in days_of(other))
        self.add_error("from_on", f"{other.name} runs from {first} to {last} already.")


def days_of(term):
    return term.from_on, term.until_on


def is_sent_again(term, other):
    """Whether a new one says what was saved of it before."""
    return term.pk is None and days_of(term) == days_of(other)


class PasteForm(forms.Form):
    """Text with the dates of terms, read but not saved; `confirmed` is what was shown."""

    owner = owner_field()
    year = forms.TypedChoiceField(
        label="School year",
        coerce=int,
        help_text="For dates that are written without a year.",
    )
    text = forms.CharField(
        label="Dates of the terms",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="As the page of the council has them, for instance: Autumn term: 1 September "
        "2026 to 18 December 2026, half term 26 to 30 October.",
        error_messages={
            "required": "Paste the dates of the terms.",
            "max_length": "This is too long for the dates of a year. Leave out the rest.",
        },
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners(today)
        if len(self.fields["owner"].choices) == 2:
            self.initial.setdefault("owner", self.fields["owner"].choices[0][0])
        now = school_year(today)
        years = range(now - 3, now + 3)
        self.fields["year"].choices = [(year, f"{year}/{(year + 1) % 100:02}") for year in years]
        self.initial.setdefault("year", now + (today.month >= 3 and today.month < 8))
        self.helper = helper_with(Layout("owner", "year", "text", "confirmed"))

    def clean(self):
        cleaned = super().clean()
        self.reading = None
        if "text" in cleaned and "year" in cleaned:
            self.reading = read_terms(cleaned["text"], year=cleaned["year"])
            if not self.reading.terms:
                self.add_error(
                    "text",
                    "No term was found. Each needs a line with its name, its first and its last "
                    "day, as: Autumn term: 1 September 2026 to 18 December 2026.",
                )
        return cleaned


class DistrictForm(OpenedForm, WholeModelForm):
    """What a district is called and where it lies; its hours, its population, its threshold."""

    opens_at = TimeOfDayField(label="Working hours begin")
    closes_at = TimeOfDayField(label="Working hours end")
    case_threshold_text = FreeTextField(
        label="When a family becomes a formal case",
        max_length=MOST_LETTERS,
        rows=5,
        required=False,
        help_text="The local threshold, in words.",
    )

    class Meta:
        model = District
        fields = [
            "name",
            "nation",
            "opens_at",
            "closes_at",
            "under_19_population",
            "under_19_year",
            "under_19_source",
            "case_threshold_text",
        ]
        labels = {
            "under_19_population": "Children and young people under 19",
            "under_19_year": "Of which year",
            "under_19_source": "Where the number comes from",
        }
        help_texts = {
            "nation": "Its bank holidays are no working days: the due days of requests, closing "
            "dates and series follow them.",
            "under_19_source": "For instance ONS mid-year estimates.",
        }
        error_messages = {"name": {"required": "Give it a name."}}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = helper_with(
            Layout(
                "name",
                "nation",
                Row("opens_at", "closes_at"),
                Row("under_19_population", "under_19_year"),
                "under_19_source",
                "case_threshold_text",
                "opened",
            )
        )
        self.remember_opened()

    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "Working hours cannot end before they begin.")
        year = cleaned.get("under_19_year")
        if year and not FIRST_YEAR <= year <= self.today.year + 1:
            self.add_error("under_19_year", f"Type a year from {FIRST_YEAR} on, as 2024.")
        if cleaned.get("under_19_population"):
            if not year and not self.has_error("under_19_year"):
                self.add_error("under_19_year", "Say of which year the number is.")
            if not cleaned.get("under_19_source"):
                self.add_error("under_19_source", "Say where the number comes from.")
        return cleaned
