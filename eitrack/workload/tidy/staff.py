"""People and their hats: who worked, as what, for how long, and when not."""

from django.db.models import Exists, OuterRef

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.activities.models import Commitment, DayStatus, TimeEntry
from eitrack.cases.models import Allocation
from eitrack.directory import models
from eitrack.indicators.choices import Weight
from eitrack.indicators.models import WeightSet
from eitrack.workload.tidy.columns import Column, Type
from eitrack.workload.tidy.dataset import ALWAYS, DATED, RUNNING, Dataset

MINUTES = "minutes"


def workers(reach):
    """With a hat, time or a case in a managed team, now or before."""
    had = [
        Exists(model.objects.filter(worker=OuterRef("pk"), team__in=reach.teams))
        for model in (models.Placement, TimeEntry, Allocation)
    ]
    return User.objects.filter(had[0] | had[1] | had[2])


def weekday(day):
    return Column(f"{day}_minutes", f"Paid on a {day.capitalize()}.", unit=MINUTES)


WORKERS = Dataset(
    "workers",
    "Somebody who works or worked in your teams: the one file with a worker's name.",
    ALWAYS,
    User,
    workers,
    (
        Column("worker", "The number by which all other files know this worker.", "pk"),
        Column("name", "The name colleagues use; a number after a worker has left for long."),
        Column("is_active", "Whether this worker can still sign in."),
        Column(
            "is_front_line",
            "Whether this is or was a front-line worker: days are expected of them.",
            Exists(RoleTerm.objects.filter(user=OuterRef("pk"), role=Role.WORKER)),
        ),
    ),
)

PLACEMENTS = Dataset(
    "placements",
    "A worker's hat in one of your teams.",
    RUNNING,
    models.Placement,
    lambda reach: reach.running(models.Placement.objects.filter(team__in=reach.teams)),
    (
        Column("placement", "The number of the record.", "pk"),
        Column("worker", "Whose hat it is."),
        Column("post", "The job title."),
        Column("team", "The team."),
        Column("host", "The agency that hosts the worker; blank is none."),
        Column("host_kind", "The kind of that agency.", "host__kind"),
        Column("base_site", "Where the worker is based."),
        Column("funding_stream", "Who pays for it."),
        Column("planned_minutes", unit="minutes a week"),
        Column("is_co_located", "Whether the worker sits with the host."),
        Column("has_agreed_role"),
        Column("has_agreed_responsibilities"),
        Column("has_agreed_accountability"),
        Column("has_agreed_supervision"),
        Column("has_agreed_training"),
        Column("from_on", "The first day."),
        Column("until_on", "The last day; blank is no end known."),
        Column("renewed_until_on", "Until when its funding has been renewed."),
    ),
)

CONTRACTS = Dataset(
    "contracts",
    "What somebody is paid to work on each weekday. A full-time week is 2,160 minutes.",
    RUNNING,
    models.Contract,
    lambda reach: reach.running(reach.of_staff(models.Contract.objects)),
    (
        Column("contract", "The number of the record.", "pk"),
        Column("worker", "Whose contract it is."),
        *(
            weekday(day)
            for day in (
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            )
        ),
        Column("is_term_time_only", "Whether it rests in school holidays."),
        Column("first_year_until_on"),
        Column("from_on", "The first day."),
        Column("until_on", "The last day; blank is no end known."),
    ),
)

ABSENCES = Dataset(
    "absences",
    "Somebody was away, never why.",
    RUNNING,
    models.Absence,
    lambda reach: reach.running(reach.of_staff(models.Absence.objects)),
    (
        Column("absence", "The number of the record.", "pk"),
        Column("worker", "Who was away."),
        Column("from_on", "The first day."),
        Column("until_on", "The last day."),
        Column("is_half_day", "Whether it was half of one day."),
    ),
)

DAY_STATUSES = Dataset(
    "day_statuses",
    "What a worker said of a day as a whole.",
    DATED,
    DayStatus,
    lambda reach: reach.dated(reach.of_staff(DayStatus.objects, "date", "date")),
    (
        Column("day_status", "The number of the record.", "pk"),
        Column("worker", "Whose day it is."),
        Column("date", "The day."),
        Column("mark", "What was said of it."),
    ),
)


def weights(reach):
    for version in WeightSet.objects.order_by("pk"):
        for weight, points in version.weights.items():
            yield version.pk, version.from_on, weight.value, points


WEIGHTS = Dataset(
    "weights",
    "What standing work and cases weigh in the workload, one line for each weight of a version.",
    ALWAYS,
    None,
    weights,
    (
        Column("weight_set", "The number of the version.", type=Type.ID),
        Column(
            "from_on",
            "The first day it is in force; of two from one day the later number is.",
            type=Type.DATE,
        ),
        Column("weight", "What is weighed.", type=Type.CODE, codes=Weight),
        Column("points", "What it weighs.", unit="points", type=Type.NUMBER),
    ),
)

COMMITMENTS = Dataset(
    "commitments",
    "A standing commitment of a worker, beside series.",
    RUNNING,
    Commitment,
    lambda reach: reach.running(reach.of_staff(Commitment.objects)),
    (
        Column("commitment", "The number of the record.", "pk"),
        Column("worker", "Whose commitment it is."),
        Column("kind", "What it is."),
        Column("agency", "With which agency, where it is with one."),
        Column("from_on", "The first day."),
        Column("until_on", "The last day; blank is still running."),
    ),
)

STAFF = (WORKERS, PLACEMENTS, CONTRACTS, ABSENCES, DAY_STATUSES, COMMITMENTS, WEIGHTS)
