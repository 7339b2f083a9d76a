"""The file of activities: what happened, was due and did not, or was voided."""

from eitrack.activities import models
from eitrack.activities.record.fields import TIDY
from eitrack.workload.tidy.columns import column_of
from eitrack.workload.tidy.dataset import DATED, Dataset

ACTIVITIES = Dataset(
    "activities",
    "One thing that happened, was due and did not, or was voided: with time of your teams on it.",
    DATED,
    models.Activity,
    lambda reach: reach.dated(models.Activity.objects.filter(reach.has_time_on())),
    tuple(column_of(field) for field in TIDY),
    by_date=True,
)
