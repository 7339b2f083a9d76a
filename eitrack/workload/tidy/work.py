"""What happened beside the activities themselves: time, partners, seats, series."""

from django.db.models import BooleanField, ExpressionWrapper, Q

from eitrack.activities import models
from eitrack.activities.choices import EntryState, Status
from eitrack.activities.record.basic_fields import PEOPLE
from eitrack.workload.tidy.activities import ACTIVITIES
from eitrack.workload.tidy.columns import Column
from eitrack.workload.tidy.dataset import DATED, RUNNING, Dataset

OF_ACTIVITIES = "Of activities in the period."
MINUTES = "minutes"

TIME_ENTRIES = Dataset(
    "time_entries",
    "One worker's minutes on one activity, of your teams alone. Team, post, hat and stream are "
    "those of the day.",
    DATED,
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
        Column("state", "Proposed by a colleague, waiting for approval, or confirmed."),
        Column(
            "is_counted",
            "Whether its minutes count: confirmed time on what was held.",
            ExpressionWrapper(
                Q(state=EntryState.CONFIRMED, activity__status=Status.HELD), BooleanField()
            ),
        ),
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
        Column("skips_school_holidays"),
        Column("skips_bank_holidays"),
        Column("planned_sessions", unit="sessions"),
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
    DATED,
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
