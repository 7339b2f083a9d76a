"""The sheets of formal work: cases, requests for help, referrals on."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from eitrack.cases.choices import (
    AgeBand,
    Decision,
    EndReason,
    InformalFirst,
    ReferralOutcome,
    Route,
)
from eitrack.cases.models import Allocation, Case, LevelSpell, Referral, Request
from eitrack.cases.models.case import plain_reference
from eitrack.common.choices import NeedLevel, Purpose
from eitrack.directory.models import Agency, LinkWorker, Team
from eitrack.intake.undo import note_again
from eitrack.intake.workbook.districts import the_district
from eitrack.intake.workbook.fields import (
    DayField,
    MomentField,
    NamedField,
    PersonField,
    WholeField,
    WordField,
    YesNoField,
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
    )

    reference = forms.CharField(label="Reference", max_length=40)
    opened_on = DayField(label="Opened on")
    worker = PersonField(label="First worker")
    team = NamedField(Team.objects.all(), sheet="Teams", label="Team")
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
        ]

    @classmethod
    def find(cls, values):
        return case_called(values["reference"])

    def clean(self):
        cleaned = super().clean()
        not_to_come(self, cleaned, "opened_on", "closed_on", "consent_on")
        if "informal_first" in self.fields and not cleaned.get("informal_first"):
            cleaned["informal_first"] = InformalFirst.NOT_ASKED
        return cleaned

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
        if not self.is_new:
            return
        dates = {"from_on": case.opened_on, "until_on": case.closed_on}
        note(case.level_spells.create(level=self.cleaned_data["level"], **dates))
        worker, team = self.cleaned_data["worker"], self.cleaned_data["team"]
        note(case.allocations.create(worker=worker, team=team, **dates))


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


class LinkWorkerRow(RowForm):
    """Who takes fast-track referrals at an agency."""

    sheet = "Link workers"
    key = ("agency", "name")
    example = ("Referral and assessment team", "Lin Lake", "Duty manager", "01/04/2026", "")

    agency = NamedField(Agency.objects.unmerged(), sheet="Agencies", label="Agency")
    name = forms.CharField(label="Name", max_length=80)
    job = forms.CharField(label="Job", max_length=80)
    from_on = DayField(label="From")
    until_on = DayField(label="Until", required=False)

    class Meta:
        model = LinkWorker
        fields = ["agency", "name", "job", "from_on", "until_on"]

    def keep(self, *, by):
        if self.instance.pk is None:
            self.instance.district = the_district()
        self.instance.save()


class RequestRow(RowForm):
    sheet = "Requests"
    key = ("team", "received_at", "taken_by", "from_agency")
    example = (
        "North team",
        "14/09/2026 10:30",
        "ann.archer@council.example",
        "",
        "Oak Primary School",
        "Standard",
        "Housing",
        "2",
        "16/09/2026",
        "Consultation",
        "18/09/2026",
    )

    team = NamedField(Team.objects.all(), sheet="Teams", label="Team")
    received_at = MomentField(label="Received")
    taken_by = PersonField(label="Taken by")
    worker = PersonField(label="Who answers it", required=False)
    from_agency = NamedField(
        Agency.objects.unmerged(), sheet="Agencies", label="From agency", required=False
    )
    route = WordField(label="Route", choices=Route.choices)
    purpose = WordField(label="What is needed", choices=Purpose.choices, required=False)
    need_level = WordField(label="Level of need", choices=LEVELS, required=False)
    first_contact_on = DayField(label="First direct contact", required=False)
    decision = WordField(label="Decision", choices=Decision.choices, required=False)
    decided_on = DayField(label="Decided on", required=False)

    class Meta:
        model = Request
        fields = [
            "team",
            "received_at",
            "taken_by",
            "worker",
            "from_agency",
            "route",
            "purpose",
            "need_level",
            "first_contact_on",
            "decision",
            "decided_on",
        ]

    def clean_need_level(self):
        return self.cleaned_data["need_level"] or None


class ReferralRow(RowForm):
    sheet = "Referrals"
    key = ("worker", "destination", "sent_at", "case")
    example = (
        "ann.archer@council.example",
        "North team",
        "AB-10001",
        "Referral and assessment team",
        "Yes",
        "Fast-track",
        "Lin Lake",
        "3",
        "01/11/2026 15:00",
        "02/11/2026 10:00",
        "Accepted for assessment",
    )

    worker = PersonField(label="Worker")
    team = NamedField(Team.objects.all(), sheet="Teams", label="Team")
    case = CaseField(label="Reference", required=False)
    destination = NamedField(Agency.objects.unmerged(), sheet="Agencies", label="To agency")
    is_statutory = YesNoField(label="To statutory social work")
    route = WordField(label="Route", choices=Route.choices)
    link_worker = NamedField(
        LinkWorker.objects.all(), sheet="Link workers", label="Link worker", required=False
    )
    need_level = WordField(label="Level of need", choices=LEVELS, required=False)
    sent_at = MomentField(label="Sent")
    decided_at = MomentField(label="Decided", required=False)
    outcome = WordField(label="Outcome", choices=ReferralOutcome.choices, required=False)

    class Meta:
        model = Referral
        fields = [
            "worker",
            "team",
            "case",
            "destination",
            "is_statutory",
            "route",
            "link_worker",
            "need_level",
            "sent_at",
            "decided_at",
            "outcome",
        ]

    def clean_need_level(self):
        return self.cleaned_data["need_level"] or None
