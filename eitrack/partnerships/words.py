"""A protocol in sentences."""

from eitrack.common.words import day_and_year, listed
from eitrack.partnerships.choices import RecordableField, Status, Step
from eitrack.partnerships.matrix import MEANING

# The words for each step in the trail, after the name of the user.
DONE = {
    Step.DRAFT: "started a draft",
    Step.NEGOTIATE: "recorded that negotiations began",
    Step.AGREE: "recorded the agreement",
    Step.REVIEW: "started a review",
    Step.RENEW: "renewed it",
    Step.LEARN: "noted what was learned",
    Step.RETIRE: "retired it",
    Step.WITHDRAW: "withdrew the draft",
    Step.NOT_NEEDED: "said that it is not needed",
    Step.NEEDED: "said that it is needed again",
    "file": "attached a file",
    "file-removed": "took the file away",
}


def standing(protocol, day):
    """Its status on the day, in one sentence."""
    version = protocol.in_force_on(day)
    status = protocol.status_on(day)
    if version and version.is_overdue_on(day):
        return (
            f"{Status(status).label}: its review was due on {day_and_year(version.review_due_on)}."
        )
    if version:
        begun = day_and_year(version.agreed_on)
        due = day_and_year(version.review_due_on)
        return f"{Status(status).label}: in force since {begun}, review due on {due}."
    return f"{Status(status).label}: {MEANING[status].removeprefix(f'{status}: ')}."


def sides(version):
    """Who agreed for each side, as pairs of label and text."""
    found = []
    for side, label in (("our", "Agreed for us"), ("their", "Agreed for the agency")):
        if day := getattr(version, f"{side}_agreed_on"):
            name, role = getattr(version, f"{side}_name"), getattr(version, f"{side}_role")
            found.append((label, f"{name}, {role}, {day_and_year(day)}"))
    return found


def rules(version):
    """Its rules on consent and recording, as sentences."""
    found = []
    if version.consent_rule:
        found.append(f"{version.get_consent_rule_display()}.")
    if version.recordable_fields == []:
        found.append("Only place, time and headcount may be recorded at the agency’s sites.")
    elif version.recordable_fields:
        labels = [RecordableField(code).label for code in version.recordable_fields]
        words = listed([f"“{label}”" for label in labels])
        found.append(
            f"Beside place, time and headcount, log forms at the agency’s sites may ask: {words}."
        )
    return found


def dates(version):
    """The dates of a version, oldest first, as pairs of day and text."""
    found = [
        (version.drafted_on, "drafted"),
        (version.negotiating_from_on, "negotiations began"),
        (version.agreed_on, "agreed by both sides"),
        (version.review_from_on, "review began"),
        (version.not_needed_from_on, "said to be not needed"),
        (version.ended_on, ending(version)),
    ]
    return [(day, words) for day, words in found if day]


def ending(version):
    if version.not_needed_from_on:
        return "needed again"
    return "ended" if version.agreed_on else "withdrawn"


def timeline(versions):
    """Every date of every version, newest first."""
    events = [(day, version.number, words) for version in versions for day, words in dates(version)]
    return [
        (day, f"Version {number}: {words}")
        for day, number, words in sorted(events, key=lambda event: event[:2], reverse=True)
    ]
