"""The sheets of the work: series that repeat, and agreements with partners."""

from django import forms
from django.utils import timezone

from eitrack.activities.choices import Repeat, SeriesRole
from eitrack.activities.kinds import KINDS
from eitrack.activities.models import ActivityType, Series
from eitrack.activities.series.form import SERIES_KINDS
from eitrack.directory.models import Agency, Site, Team
from eitrack.intake.workbook.districts import the_district
from eitrack.intake.workbook.fields import (
    DayField,
    DaysField,
    MinutesField,
    NamedField,
    PeopleField,
    PersonField,
    TimeField,
    WholeField,
    WordField,
    YesNoField,
)
from eitrack.intake.workbook.rows import RowForm
from eitrack.partnerships.choices import ConsentRule, Topic
from eitrack.partnerships.models import Protocol, ProtocolVersion

HELPERS = {"helpers": SeriesRole.CO_LEAD, "co_workers": SeriesRole.CO_WORKER}
BEGINNINGS = ("not_needed_from_on", "drafted_on", "negotiating_from_on", "our_agreed_on")


class TypeRow(RowForm):
    """A local name for a kind of work."""

    sheet = "Activity types"
    key = ("name",)
    example = ("Stay and play", "Drop-in session")

    name = forms.CharField(label="Name", max_length=80)
    kind = WordField(label="Kind", choices=[(kind.code, kind.label) for kind in KINDS])

    class Meta:
        model = ActivityType
        fields = ["name", "kind"]

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if self.instance.pk and self.instance.kind != kind:
            raise forms.ValidationError("The kind of a type never changes: figures rest on it.")
        return kind


class SeriesRow(RowForm):
    sheet = "Series"
    key = ("name", "team")
    example = (
        "Bells Lane drop-in",
        "Drop-in session",
        "Oak Primary School",
        "North team",
        "ann.archer@council.example",
        "",
        "",
        "Every week",
        "",
        "08/09/2026",
        "",
        "09:00",
        "2",
        "Yes",
        "Yes",
        "",
        "",
    )

    name = forms.CharField(label="Name", max_length=120)
    activity_type = NamedField(
        ActivityType.objects.in_use(), sheet="Activity types", label="Activity type"
    )
    site = NamedField(Site.objects.unmerged(), sheet="Sites", label="Site")
    team = NamedField(Team.objects.all(), sheet="Teams", label="Team")
    lead = PersonField(label="Lead")
    helpers = PeopleField(label="Co-leads")
    co_workers = PeopleField(label="Co-workers")
    repeat = WordField(label="How often", choices=Repeat.choices)
    dates = DaysField(label="Single dates", required=False)
    from_on = DayField(label="First day")
    until_on = DayField(label="Last day", required=False)
    starts_at = TimeField(label="Start", required=False)
    usual_minutes = MinutesField(label="Usual length", required=False)
    skips_school_holidays = YesNoField(label="Not in school holidays")
    skips_bank_holidays = YesNoField(label="Not on bank holidays")
    planned_sessions = WholeField(label="Sessions", min_value=1, required=False)
    seats = WholeField(label="Seats", min_value=1, max_value=60, required=False)

    class Meta:
        model = Series
        fields = [
            "name",
            "activity_type",
            "site",
            "team",
            "repeat",
            "from_on",
            "until_on",
            "starts_at",
            "usual_minutes",
            "skips_school_holidays",
            "skips_bank_holidays",
            "planned_sessions",
            "seats",
        ]

    def clean_activity_type(self):
        found = self.cleaned_data["activity_type"]
        if found.kind not in SERIES_KINDS:
            raise forms.ValidationError(f"“{found}” is no kind of work that repeats.")
        return found

    def save_related(self, *, by, note):
        begins = self.instance.from_on
        if not self.instance.workers.exists():
            lead = self.cleaned_data["lead"]
            note(self.instance.workers.create(worker=lead, role=SeriesRole.LEAD, from_on=begins))
        for worker, role in self.new_workers():
            note(self.instance.workers.create(worker=worker, role=role, from_on=begins))
        for day in self.new_dates():
            note(self.instance.single_dates.create(date=day))

    def related_changed(self):
        return bool(self.new_workers() or self.new_dates())

    def new_workers(self):
        """(worker, role) of those who are not on it yet."""
        standing = set(self.instance.workers.values_list("worker", flat=True))
        named = [
            (worker, role)
            for name, role in HELPERS.items()
            for worker in self.cleaned_data.get(name) or []
        ]
        return [(worker, role) for worker, role in named if worker.pk not in standing]

    def new_dates(self):
        standing = set(self.instance.single_dates.values_list("date", flat=True))
        return [day for day in self.cleaned_data.get("dates") or [] if day not in standing]


class ProtocolRow(RowForm):
    """One version of what is agreed with an agency on one topic."""

    sheet = "Protocols"
    key = ("agency", "topic", *BEGINNINGS)
    example = (
        "Oak Primary School",
        "Client consent",
        "",
        "01/09/2025",
        "",
        "Mina Mayer",
        "Team manager",
        "01/10/2025",
        "Hal Head",
        "Head teacher",
        "01/10/2025",
        "01/10/2026",
        "",
        "",
    )

    agency = NamedField(Agency.objects.unmerged(), sheet="Agencies", label="Agency")
    topic = WordField(label="Topic", choices=Topic.choices)
    not_needed_from_on = DayField(label="Not needed from", required=False)
    drafted_on = DayField(label="Drafted on", required=False)
    negotiating_from_on = DayField(label="Negotiating from", required=False)
    our_name = forms.CharField(label="Agreed for us by", max_length=80, required=False)
    our_role = forms.CharField(label="Their job with us", max_length=80, required=False)
    our_agreed_on = DayField(label="Agreed for us on", required=False)
    their_name = forms.CharField(label="Agreed for the agency by", max_length=80, required=False)
    their_role = forms.CharField(label="Their job there", max_length=80, required=False)
    their_agreed_on = DayField(label="Agreed for the agency on", required=False)
    review_due_on = DayField(label="Review due on", required=False)
    ended_on = DayField(label="Retired on", required=False)
    consent_rule = WordField(label="Consent", choices=ConsentRule.choices, required=False)

    class Meta:
        model = ProtocolVersion
        fields = [
            *BEGINNINGS,
            "our_name",
            "our_role",
            "their_name",
            "their_role",
            "their_agreed_on",
            "review_due_on",
            "ended_on",
            "consent_rule",
        ]

    @classmethod
    def find(cls, values):
        begun = {name: values[name] for name in BEGINNINGS if values[name]}
        if not begun:
            return None
        of_cell = {f"protocol__{name}": values[name] for name in ("agency", "topic")}
        return ProtocolVersion.objects.filter(**of_cell, **begun).first()

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in BEGINNINGS):
            raise forms.ValidationError("Give at least one day: drafted, agreed or not needed.")
        today = timezone.localdate()
        for name in (*BEGINNINGS, "their_agreed_on"):
            if cleaned.get(name) and cleaned[name] > today:
                self.add_error(name, "This lies in the future.")
        return cleaned

    def keep(self, *, by):
        if self.instance.pk is None:
            protocol, is_new = Protocol.objects.get_or_create(
                district=the_district(),
                agency=self.cleaned_data["agency"],
                topic=self.cleaned_data["topic"],
            )
            self.instance.protocol = protocol
            newest = protocol.versions.order_by("-number").first()
            self.instance.number = newest.number + 1 if newest else 1
            self.new_protocol = protocol if is_new else None
        self.instance.save()

    def save_related(self, *, by, note):
        if getattr(self, "new_protocol", None):
            note(self.new_protocol)
