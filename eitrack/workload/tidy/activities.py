"""The file of activities: what happened, was due and did not, or was voided."""

from django.db.models import Case, PositiveSmallIntegerField, Value, When
from django.db.models.functions import Coalesce

from eitrack.activities import models
from eitrack.activities.choices import Band
from eitrack.workload.tidy.columns import Column
from eitrack.workload.tidy.dataset import DATED, Dataset

PEOPLE = "people"
CONVERSATIONS = "conversations"


def bound(which):
    """The lowest or highest number of people of an estimate's band (INDICATORS.md rule C7)."""
    return Case(
        *(When(band=band, then=Value(band.bounds[which])) for band in Band if band.bounds[which]),
        output_field=PositiveSmallIntegerField(),
    )


ACTIVITIES = Dataset(
    "activities",
    "One thing that happened, was due and did not, or was voided: with time of your teams on it.",
    DATED,
    models.Activity,
    lambda reach: reach.dated(models.Activity.objects.filter(reach.has_time_on())),
    (
        Column("activity", "The number of the record.", "pk"),
        Column("activity_type", "The local name of the kind of work."),
        Column("kind", "The fixed kind that the type is mapped to."),
        Column("status", "Only what was held is counted; a void record is in no figure."),
        Column("not_run_reason", "Why it did not run."),
        Column("void_reason", "Why it was voided."),
        Column("date", "The day; periods go by it."),
        Column("starts_at", "When it began; blank where nobody said."),
        Column("recorded_at", "When it was first recorded."),
        Column("approval_reason", "Why a manager let it into a quarter that was closed."),
        Column("site", "Where it happened."),
        Column("site_kind", "The kind of that site.", "site__kind"),
        Column("own_agency", "The agency named on the record itself.", "agency"),
        Column(
            "agency",
            "The agency that counts: its own, else the site's.",
            Coalesce("agency_id", "site__agency_id"),
            of="agency",
        ),
        Column(
            "agency_kind",
            "The kind of the agency that counts.",
            Coalesce("agency__kind", "site__agency__kind"),
            of="agency__kind",
        ),
        Column(
            "attendance",
            "How many were present, as one total; 0 is nobody came, blank is not counted. "
            "At an open evening the host's number.",
            unit=PEOPLE,
        ),
        Column("adults", "Of whom adults; blank is not split.", unit=PEOPLE),
        Column("children", "Of whom children; blank is not split.", unit=PEOPLE),
        Column("first_time", "Of whom new to this series since 1 September.", unit=PEOPLE),
        Column("returning", "Of whom had come to this series before.", unit=PEOPLE),
        Column("first_time_not_known", "Of whom nobody knows whether they were new.", unit=PEOPLE),
        Column("method", "Whether the attendance was counted or estimated."),
        Column("band", "The band of an estimate."),
        Column("band_low", "The lowest number of the band.", bound(0), PEOPLE),
        Column("band_high", "The highest number of the band; 81+ has none.", bound(1), PEOPLE),
        Column(
            "conversations",
            "One-to-one exchanges at the playground or an open evening.",
            unit=CONVERSATIONS,
        ),
        Column("begun_by_family", "Of which begun by the family.", unit=CONVERSATIONS),
        Column("begun_by_worker", "Of which begun by the worker.", unit=CONVERSATIONS),
        Column("begun_by"),
        Column("purpose", "What it was about."),
        Column("outcome", "What came of it, at its end."),
        Column("why_not_registered", "Why the family is not registered."),
        Column("need_level", "The level of need at the time; blank is not known."),
        Column("mode", "How a case contact was made."),
        Column("formality", "Whether contact with a partner was informal or formal."),
        Column("tier", "Who met."),
        Column("profession", "The job of the professional who was advised."),
        Column(
            "has_threshold_advice", "Whether advice on thresholds was given; blank is not recorded."
        ),
        Column("level_before", "The level the professional had in mind."),
        Column("level_after", "The level after the advice."),
        Column("threshold_result", "What followed from the advice."),
        Column("evening_format", "How an open evening was held."),
        Column("asked_for_help", unit=PEOPLE),
        Column("overhead_kind", "Which overhead it was."),
        Column("topic", "The topic of protocol work."),
        Column("contribution", "What the worker contributed."),
        Column("outcome_tag", "The outcome of Every Child Matters it was for."),
        Column("obstacle", "What stood in the way."),
        Column("has_interpreter", "Whether an interpreter was there; blank is not recorded."),
        Column("case", "The formal case; blank is unregistered. A number, never a reference."),
        Column("request", "The request that referral work was for."),
        Column("referral", "The referral that referral work was for."),
        Column("series", "The drop-in, group or programme it is a session of."),
        Column("planned_on", "The day on which the session was planned."),
        Column("session_number", "Which session of a programme.", unit="session of the series"),
        Column(
            "funding_stream_override", "Who pays, where not the hat's stream.", "funding_stream"
        ),
    ),
    by_date=True,
)
