import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from eitrack.activities.models.activity import Activity
from eitrack.activities.models.series import Series
from eitrack.activities.models.types import ActivityType
from eitrack.common.record_fields import DayField
from eitrack.directory.models import Site

KEPT_DAYS = 28


class CalendarProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own ones only: nobody else sees what stood in a calendar."""
        return self.filter(worker=user)

    def waiting(self):
        """Neither dismissed nor logged with the form it leads to."""
        logged = Activity.objects.filter(form_token=OuterRef("form_token"))
        return self.filter(~Exists(logged), is_dismissed=False)

    def outdated(self, today):
        return self.filter(date__lte=today - timedelta(days=KEPT_DAYS))


class CalendarProposal(models.Model):
    """Something that stood in a worker's calendar, as what it may be logged.

    What it was called, where and with whom is never kept. It is kept for 28 days after its day,
    dismissed or not, so that the same calendar proposes nothing twice.
    """

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_proposals"
    )
    date = DayField()
    starts_at = models.TimeField("start")
    minutes = models.PositiveSmallIntegerField()
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, related_name="+")
    activity_type = models.ForeignKey(
        ActivityType, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    series = models.ForeignKey(Series, on_delete=models.SET_NULL, null=True, related_name="+")
    # Of the event and its day, made with the server's key, so that it says nothing to others.
    event_key = models.CharField(max_length=64)
    # Of the form it leads to, which is saved once, however often it is sent.
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_dismissed = models.BooleanField(default=False)

    objects = CalendarProposalQuerySet.as_manager()

    class Meta:
        ordering = ["date", "starts_at", "pk"]
        indexes = [models.Index(fields=["worker", "date"], name="calendarproposal_worker_date")]
        constraints = [
            models.UniqueConstraint(
                name="calendarproposal_once",
                fields=["worker", "event_key"],
                violation_error_message="This event was proposed already.",
            )
        ]

    def __str__(self):
        return f"{self.worker}, {self.date}"
