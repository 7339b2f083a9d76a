"""Compares what a record holds with what was agreed with the agency of its site."""

from eitrack.activities.choices import Status
from eitrack.activities.kinds import BY_CODE, WITH_THREAD, Counts
from eitrack.activities.record.registering import why_not_registered_default
from eitrack.partnerships.choices import RecordableField as Field
from eitrack.partnerships.recording import agreement_for, in_words

# What an agreement covers, and the fields of an activity that hold it.
HELD_IN = {
    Field.CHILDREN: ("adults", "children"),
    Field.NEW_AND_RETURNING: ("first_time", "returning", "first_time_not_known"),
    Field.BEGUN_BY: ("begun_by",),
    Field.PURPOSE: ("purpose",),
    Field.OUTCOME: ("outcome",),
    Field.NEED_LEVEL: ("need_level",),
    Field.PROFESSION: ("profession",),
    Field.NOTE: ("note",),
}
EMPTY = (None, "")
# The reason in history and trail when fields were emptied.
TAKEN_OUT = "unagreed"


def is_shaped(kind):
    """Whether an agreement applies: to work with or about families, not among colleagues."""
    return kind.is_direct or kind.is_one_family or kind.counts == Counts.FAMILY_MEMBERS


def held(activity):
    """Which of the agreed fields the activity holds; the level of a case belongs to the case."""
    return [
        field
        for field, names in HELD_IN.items()
        if any(getattr(activity, name) not in EMPTY for name in names)
        and not (field == Field.NEED_LEVEL and activity.case_id)
    ]


def unagreed(activity, agreement):
    """Fields it holds against the agreement."""
    return agreement.not_asked(held(activity))


def agreement_at(activity, district_id):
    """The agreement in force at the activity's site on its day."""
    return agreement_for(activity.site.agency, district_id, activity.date)


def settle_agreed(activity, *, district_id, is_new, agreement_at=agreement_at):
    """Before saving: flag what is not agreed, and set the reason for not being registered.

    Applies on every page. Nothing is refused or removed, and nothing is read if no rule applies.
    Who settles many records gives an `agreement_at` that remembers.
    """
    kind = BY_CODE[activity.activity_type.kind]
    if activity.case_id and kind.code.value in WITH_THREAD:
        activity.why_not_registered = ""
    is_due = asks_why(activity, kind) and (is_new or had_case(activity))
    holds = held(activity) if is_shaped(kind) else []
    if not (holds or is_due):
        activity.has_unagreed_fields = False
        return
    agreement = agreement_at(activity, district_id)
    activity.has_unagreed_fields = bool(agreement.not_asked(holds))
    if is_due:
        activity.why_not_registered = why_not_registered_default(
            kind.code.value, activity.site.kind, agreement.consent_rule
        )


def asks_why(activity, kind):
    return (
        kind.code.value in WITH_THREAD
        and not activity.case_id
        and not activity.why_not_registered
        and activity.status != Status.DID_NOT_RUN
    )


def had_case(activity):
    """Whether this change took the case off."""
    before = type(activity).objects.filter(pk=activity.pk).values_list("case", flat=True).first()
    return before is not None


def unagreed_sentence(activity):
    """The sentence on the page of a flagged record; "" if the agreement allows everything."""
    if not activity.has_unagreed_fields:
        return ""
    agreement = agreement_at(activity, activity.district_id)
    if not (fields := unagreed(activity, agreement)):
        return ""
    agency = agreement.agency if activity.has_open_site else "the agency of the site"
    return f"Holds more than is agreed with {agency}: {in_words(fields)}."


def take_out(activity, fields):
    """Empty these fields; the headcount itself stays."""
    for field in fields:
        for name in HELD_IN[field]:
            empty = None if activity._meta.get_field(name).null else ""
            setattr(activity, name, empty)
