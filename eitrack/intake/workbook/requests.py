"""The sheets of requests for help, and of referrals on."""

from django import forms

from eitrack.cases.choices import (
    Decision,
    ReferralOutcome,
    Route,
)
from eitrack.cases.models import Referral, Request
from eitrack.common.choices import Purpose
from eitrack.directory.models import Agency, LinkWorker, Team
from eitrack.intake.workbook.cases import LEVELS, CaseField
from eitrack.intake.workbook.districts import the_district
from eitrack.intake.workbook.fields import (
    DayField,
    MomentField,
    NamedField,
    PersonField,
    WordField,
    YesNoField,
)
from eitrack.intake.workbook.rows import RowForm


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
