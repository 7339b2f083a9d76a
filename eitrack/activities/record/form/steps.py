"""What protocol work and away days say about the status of protocols."""

from django import forms

from eitrack.activities.record.protocol_work import BECAME
from eitrack.partnerships.choices import Topic

PARTS = ("step_agency", "step_topic", "step_became")
ROWS = 3
CHOICES = [(status.value, status.label) for status in BECAME]
HELP = "What both sides agreed is recorded on the protocol itself."


def offer_steps(form):
    """One answer if the work has an agency and a topic; three empty rows on an away day."""
    form.steps = {}
    proposed = (
        list(form.instance.protocol_steps.proposed().select_related("protocol"))
        if form.instance.pk
        else []
    )
    if "became" in form.fields:
        form.initial["became"] = proposed[0].became if proposed else ""
    if form.kind.code.value != "away_day":
        return
    form.step_rows = range(1, max(ROWS, len(proposed)) + 1)
    agencies = form.fields["co_agencies"].queryset
    for number in form.step_rows:
        agency = forms.ModelChoiceField(queryset=agencies, required=False, label=f"Agency {number}")
        form.fields[f"step_agency_{number}"] = agency
        for part, label, choices in (
            ("step_topic", "Topic", Topic.choices),
            ("step_became", "It is now", CHOICES),
        ):
            form.fields[f"{part}_{number}"] = forms.ChoiceField(
                label=f"{label} {number}", choices=[("", "Not recorded"), *choices], required=False
            )
    for number, step in enumerate(proposed, start=1):
        values = (step.protocol.agency_id, step.protocol.topic, step.became)
        form.initial |= {
            f"{part}_{number}": value for part, value in zip(PARTS, values, strict=True)
        }


def settle_steps(form):
    """{(agency, topic): status} of the filled-in rows; a row is complete or empty."""
    values = form.cleaned_data
    if values.get("not_run_reason"):
        return
    if values.get("became") and values.get("agency") and values.get("topic"):
        form.steps[values["agency"].pk, values["topic"]] = values["became"]
    for number in getattr(form, "step_rows", ()):
        row = {name: values.get(name) for name in row_names(number)}
        if not any(row.values()) or any(form.has_error(name) for name in row):
            continue
        if missing := [name for name, value in row.items() if not value]:
            form.add_error(missing[0], "Choose all three, or leave all three empty.")
            continue
        agency, topic, became = row.values()
        if (agency.pk, topic) in form.steps:
            form.add_error(f"step_topic_{number}", "This topic of the agency is listed twice.")
        form.steps[agency.pk, topic] = became


def row_names(number):
    return [f"{part}_{number}" for part in PARTS]
