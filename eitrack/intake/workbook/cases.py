"""The sheets of formal cases: each with its first worker and level, and those that followed."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from eitrack.cases.choices import (
    AgeBand,
    EndReason,
    InformalFirst,
)
from eitrack.cases.models import Allocation, Case, LevelSpell
from eitrack.cases.models.case import plain_reference
from eitrack.common.choices import NeedLevel
from eitrack.directory.models import Agency, Team
from eitrack.intake.undo import note_again
from eitrack.intake.workbook.districts import the_district
from eitrack.intake.workbook.fields import (
    DayField,
    NamedField,
    NamesField,
    PersonField,
    WholeField,
    WordField,
    YesNoField,
    YesOrUnsaidField,
)
from eitrack.intake.workbook.rows import RowForm

DAY = timedelta(days=1)
LEVELS = [(level, str(level)) for level in NeedLevel.values]


def not_to_come(form, cleaned, *names):
    today = timezone.localdate()
    for name in names:
        day = cleaned.get(name)
        if day and (timezone.localdate(day) if hasattr(day, "hour") else day) > today:
            form.add_error(name, "This lies in the future.")


def case_called(reference):
    """The case with this reference in the district, or None."""
    value = plain_reference(reference)
    return Case.objects.filter(district=the_district()).known_among([value]).get(value)


class CaseField(forms.CharField):
    """A case by its reference; what is typed is never repeated in a message."""

    def to_python(self, value):
        typed = super().to_python(value)
        if not typed:
            return None
        found = case_called(typed)
        if found is None:
            raise forms.ValidationError("There is no such reference here, nor in the sheet Cases.")
        return found


class CaseRow(RowForm):
    """A formal case with its first worker and level; later ones have sheets of their own."""

    sheet = "Cases"
    key = ("reference",)
    example = (
        "AB-10001",
        "14/09/2026",
        "ann.archer@council.example",
        "North team",
        "",
        "2",
        "2",
        "3",
        "5 to 10",
        "14/09/2026",
        "2026",
        "Oak Primary School",
        "Yes",
        "",
        "",
        "Oak Primary School; Health visiting service",
        "No",
        "No",
        "No",
        "No",
    )

    reference = forms.CharField(label="Reference", max_length=40)
    opened_on = DayField(label="Opened on")
    worker = PersonField(label="First worker")
    team = NamedField(Team.objects.all(), sheet="Teams", label="Team")
    worker_until_on = DayField(label="First worker until", required=False)
    level = WordField(label="Level of need at the opening", choices=LEVELS)
    adults = WholeField(label="Adults", min_value=0, max_value=20)
    children = WholeField(label="Children", min_value=0, max_value=20)
    age_of_youngest = WordField(label="Youngest child", choices=AgeBand.choices, required=False)
    consent_on = DayField(label="Written consent on")
    consent_form_version = forms.CharField(label="Version of the consent form", max_length=20)
    source_agency = NamedField(
        Agency.objects.unmerged(), sheet="Agencies", label="From agency", required=False
    )
    informal_first = WordField(
        label="Met informally first", choices=InformalFirst.choices, required=False
    )
    closed_on = DayField(label="Closed on", required=False)
    end_reason = WordField(label="Why it ended", choices=EndReason.choices, required=False)
    agencies_in_plan = NamesField(
        Agency.objects.unmerged(), sheet="Agencies", label="Agencies in plan"
    )
    has_interpreter = YesOrUnsaidField(label="Interpreter")
    has_long_travel = YesOrUnsaidField(label="More than 45 minutes to travel")
    has_stepped_down_in = YesNoField(label="Came down from statutory work")
    is_winding_down = YesNoField(label="Winding down")

    class Meta:
        model = Case
        fields = [
            "opened_on",
            "adults",
            "children",
            "age_of_youngest",
            "consent_on",
            "consent_form_version",
            "source_agency",
            "informal_first",
            "closed_on",
            "end_reason",
            "has_interpreter",
            "has_long_travel",
            "has_stepped_down_in",
            "is_winding_down",
        ]

    @classmethod
    def find(cls, values):
        return case_called(values["reference"])

    def clean(self):
        cleaned = super().clean()
        not_to_come(self, cleaned, "opened_on", "closed_on", "consent_on")
        if "informal_first" in self.fields and not cleaned.get("informal_first"):
            cleaned["informal_first"] = InformalFirst.NOT_ASKED
        opened_on, until_on = cleaned.get("opened_on"), cleaned.get("worker_until_on")
        last = cleaned.get("closed_on") or until_on
        if opened_on and until_on and not opened_on <= until_on <= last:
            self.add_error("worker_until_on", "The case was not open on this day.")
        return cleaned

    def new_agencies(self):
        named = self.cleaned_data.get("agencies_in_plan") or []
        known = set(self.instance.agencies_in_plan.all()) if self.instance.pk else set()
        return [agency for agency in named if agency not in known]

    def related_changed(self):
        return bool(self.new_agencies())

    def keep(self, *, by):
        self.is_new = self.instance.pk is None
        if self.is_new:
            self.instance.district_id = self.cleaned_data["team"].district_id
        else:
            self.instance.version += 1
        self.instance.save()
        if self.is_new:
            self.instance.keep_reference(self.cleaned_data["reference"])

    def save_related(self, *, by, note):
        case = self.instance
        case.agencies_in_plan.add(*self.new_agencies())
        if not self.is_new:
            return
        dates = {"from_on": case.opened_on, "until_on": case.closed_on}
        note(case.level_spells.create(level=self.cleaned_data["level"], **dates))
        worker, team = self.cleaned_data["worker"], self.cleaned_data["team"]
        until_on = self.cleaned_data["worker_until_on"] or case.closed_on
        note(
            case.allocations.create(
                worker=worker, team=team, from_on=case.opened_on, until_on=until_on
            )
        )


class LevelRow(RowForm):
    """From this day the case has another level; the level before ends the day before."""

    sheet = "Case levels"
    key = ("case", "from_on")
    example = ("AB-10001", "01/11/2026", "3")

    case = CaseField(label="Reference")
    from_on = DayField(label="From")
    level = WordField(label="Level of need", choices=LEVELS)

    class Meta:
        model = LevelSpell
        fields = ["case", "from_on", "level"]

    def clean(self):
        cleaned = super().clean()
        not_to_come(self, cleaned, "from_on")
        case, from_on = cleaned.get("case"), cleaned.get("from_on")
        if case and from_on and not (case.opened_on <= from_on <= (case.closed_on or from_on)):
            self.add_error("from_on", "The case was not open on this day.")
        return cleaned

    def bring(self, batch, *, by):
        self.batch = batch
        return super().bring(batch, by=by)

    def keep(self, *, by):
        spell = self.instance
        if spell.pk is None:
            spells = LevelSpell.objects.filter(case=spell.case)
            before = spells.filter(from_on__lt=spell.from_on).order_by("-from_on").first()
            after = spells.filter(from_on__gt=spell.from_on).order_by("from_on").first()
            spell.until_on = after.from_on - DAY if after else spell.case.closed_on
            if before:
                until_on, before.until_on = before.until_on, spell.from_on - DAY
                before.save()
                note_again(self.batch, before, {"until_on": until_on and until_on.isoformat()})
        spell.save()


class CaseWorkerRow(RowForm):
    """Somebody else who works, or worked, on a case."""

    sheet = "Case workers"
    key = ("case", "worker", "from_on")
    example = ("AB-10001", "bo.birch@council.example", "North team", "01/11/2026", "")

    case = CaseField(label="Reference")
    worker = PersonField(label="Worker")
    team = NamedField(Team.objects.all(), sheet="Teams", label="Team")
    from_on = DayField(label="From")
    until_on = DayField(label="Until", required=False)

    class Meta:
        model = Allocation
        fields = ["case", "worker", "team", "from_on", "until_on"]

    def clean(self):
        cleaned = super().clean()
        case, from_on, until_on = (cleaned.get(name) for name in ("case", "from_on", "until_on"))
        if case and from_on and from_on < case.opened_on:
            self.add_error("from_on", "The case was not open on this day.")
        if case and case.closed_on and "until_on" in self.fields:
            cleaned["until_on"] = min(until_on or case.closed_on, case.closed_on)
        return cleaned
