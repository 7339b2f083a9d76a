"""What happened: activities and what belongs to them."""

from django.db.models import Case, PositiveSmallIntegerField, Value, When
from django.db.models.functions import Coalesce

from eitrack.activities import models
from eitrack.activities.choices import Band
from eitrack.workload.tidy.columns import Column
from eitrack.workload.tidy.dataset import Dataset

OF_THE_PERIOD = "Dated in the period."
OF_ACTIVITIES = "Of activities in the period."
RUNNING = "Running in the period."
PEOPLE = "people"
MINUTES = "minutes"


def bound(which):
    """The lowest or highest number of people of an estimate's band (INDICATORS.md rule C7)."""
    return Case(
        *(When(band=band, then=Value(band.bounds[which])) for band in Band if band.bounds[which]),
        output_field=PositiveSmallIntegerField(),
    )


ACTIVITIES = Dataset(
    "activities",
    "One thing that happened, was due and did not, or was voided: with time of your teams on it.",
    OF_THE_PERIOD,
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
            unit="conversations",
        ),
        Column("begun_by_family", "Of which begun by the family.", unit="conversations"),
        Column("begun_by_worker", "Of which begun by the worker.", unit="conversations"),
        Column("begun_by", "Who began a consultation."),
        Column("purpose", "What it was about."),
        Column("outcome", "What came of it, at its end."),
        Column("why_not_registered", "Why the family is not registered."),
        Column("need_level", "The level of need at the time; blank is not known."),
        Column("mode", "How a case contact was made."),
        Column("formality", "Whether contact with a partner was informal or formal."),
        Column("tier", "Who met."),
        Column("profession", "The job of the professional who was advised."),
        Column("has_threshold_advice", "Whether advice about the threshold was given."),
        Column("level_before", "The level the professional had in mind."),
        Column("level_after", "The level after the advice."),
        Column("threshold_result", "What followed from the advice."),
        Column("evening_format", "How an open evening was held."),
        Column("asked_for_help", "Who asked for help after an open evening.", unit=PEOPLE),
        Column("overhead_kind", "Which overhead it was."),
        Column("topic", "The topic of protocol work."),
        Column("contribution", "What the worker contributed."),
        Column("outcome_tag", "The outcome of Every Child Matters it was for."),
        Column("obstacle", "What stood in the way."),
        Column("has_interpreter", "Whether an interpreter helped."),
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

TIME_ENTRIES = Dataset(
    "time_entries",
    "One worker's minutes on one activity, of your teams alone. Team, post, hat and stream are "
    "those of the day.",
    OF_THE_PERIOD,
    models.TimeEntry,
    lambda reach: reach.dated(models.TimeEntry.objects.filter(team__in=reach.teams)),
    (
        Column("time_entry", "The number of the record.", "pk"),
        Column("activity", "What the time was spent on."),
        Column("worker", "Whose time it is."),
        Column("date", "The day of the activity."),
        Column("team", "The team on that day."),
        Column("post", "The hat on that day, as a post."),
        Column("placement", "The hat on that day."),
        Column("host", "The host agency of that hat.", "placement__host"),
        Column(
            "funding_stream", "Who paid on that day: the activity's own stream, else the hat's."
        ),
        Column("is_lead", "Whether this worker led the activity."),
        Column("state", "Only confirmed time is counted."),
        Column("contact_minutes", "With people, or doing the work itself.", unit=MINUTES),
        Column("preparation_minutes", "Preparing it and clearing up.", unit=MINUTES),
        Column("travel_minutes", "Travelling to it and back.", unit=MINUTES),
        Column("recorded_at", "When it was recorded on the device."),
        Column("received_at", "When it reached the service."),
    ),
    by_date=True,
)

CO_DELIVERIES = Dataset(
    "co_deliveries",
    "A partner agency that delivered an activity with you.",
    OF_ACTIVITIES,
    models.CoDelivery,
    lambda reach: reach.dated(
        models.CoDelivery.objects.filter(reach.has_time_on("activity")), "activity__date"
    ),
    (
        Column("co_delivery", "The number of the record.", "pk"),
        Column("activity", "What was delivered together."),
        Column("agency", "The partner."),
        Column("agency_kind", "The kind of that agency.", "agency__kind"),
        Column("profession", "The job of the partner's staff."),
        Column("number", "How many of them; never in the attendance.", unit=PEOPLE),
    ),
    label="Co-deliveries",
)

SEAT_MARKS = Dataset(
    "seat_marks",
    "A seat of a programme on one session: a number, never a name.",
    OF_ACTIVITIES,
    models.SeatMark,
    lambda reach: reach.dated(
        models.SeatMark.objects.filter(reach.has_time_on("activity")), "activity__date"
    ),
    (
        Column("seat_mark", "The number of the record.", "pk"),
        Column("activity", "The session."),
        Column("seat", "Which seat of the programme.", unit="seat of the series"),
        Column("is_present", "Whether somebody sat on it."),
        Column(
            "makes_up_for", "The session that this one made up for.", unit="session of the series"
        ),
    ),
)

PROTOCOL_STEPS = Dataset(
    "protocol_steps",
    "Protocol work or an away day that brought a protocol to a status.",
    OF_ACTIVITIES,
    models.ProtocolStep,
    lambda reach: reach.dated(
        models.ProtocolStep.objects.filter(reach.has_time_on("activity")), "activity__date"
    ),
    (
        Column("protocol_step", "The number of the record.", "pk"),
        Column("activity", "The work that brought it there."),
        Column("protocol", "The protocol; its versions are a file of their own."),
        Column("became", "The status it was brought to."),
        Column("applied_at", "When a manager took it over; blank is proposed only."),
    ),
)

SERIES = Dataset(
    "series",
    "A drop-in, group or programme of your teams that repeats. Its name is not in the file.",
    RUNNING,
    models.Series,
    lambda reach: reach.running(models.Series.objects.filter(team__in=reach.teams)),
    (
        Column("series", "The number of the record.", "pk"),
        Column("activity_type", "The local name of the kind of work."),
        Column("kind", "The fixed kind of that type.", "activity_type__kind"),
        Column("site", "Where it takes place."),
        Column("team", "Whose series it is."),
        Column("repeat", "How it repeats."),
        Column("starts_at", "When a session begins."),
        Column("usual_minutes", "How long a session usually is.", unit=MINUTES),
        Column("skips_school_holidays", "Whether it rests in school holidays."),
        Column("skips_bank_holidays", "Whether it rests on bank holidays."),
        Column("planned_sessions", "How many sessions a programme has.", unit="sessions"),
        Column("seats", "How many seats a programme has.", unit="seats"),
        Column("from_on", "The first day."),
        Column("until_on", "The last day; blank is still running."),
    ),
)

SERIES_WORKERS = Dataset(
    "series_workers",
    "Somebody who delivers a series of your teams, and in which role.",
    RUNNING,
    models.SeriesWorker,
    lambda reach: reach.running(models.SeriesWorker.objects.filter(series__team__in=reach.teams)),
    (
        Column("series_worker", "The number of the record.", "pk"),
        Column("series", "What is delivered."),
        Column("worker", "Who delivers it."),
        Column("role", "Lead, co-lead or co-worker."),
        Column("from_on", "The first day."),
        Column("until_on", "The last day; blank is still running."),
    ),
)

SERIES_DATES = Dataset(
    "series_dates",
    "A single planned date of a series that follows no rule.",
    OF_THE_PERIOD,
    models.SeriesDate,
    lambda reach: reach.dated(models.SeriesDate.objects.filter(series__team__in=reach.teams)),
    (
        Column("series_date", "The number of the record.", "pk"),
        Column("series", "What was planned."),
        Column("date", "The planned day."),
    ),
)

WORK = (
    ACTIVITIES,
    TIME_ENTRIES,
    CO_DELIVERIES,
    SEAT_MARKS,
    PROTOCOL_STEPS,
    SERIES,
    SERIES_WORKERS,
    SERIES_DATES,
)
