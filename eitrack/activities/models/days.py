from django.conf import settings
from django.db import models

from eitrack.activities.choices import CommitmentKind, DayMark
from eitrack.common.history import History
from eitrack.common.record_fields import DayField
from eitrack.directory.models import Agency, DatedQuerySet, from_before_until
from eitrack.directory.models.staffing import own_or_in_managed_team


class DayStatusQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own days, and those of workers while they are placed in managed teams."""
        return self.filter(own_or_in_managed_team(user, "date", "date"))


class DayStatus(models.Model):
    """What a worker says about a whole day: complete, not worked, nothing to log."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="day_statuses"
    )
    date = DayField()
    mark = models.CharField(max_length=15, choices=DayMark.choices)

    objects = DayStatusQuerySet.as_manager()

    class Meta:
        ordering = ["worker", "-date", "pk"]
        verbose_name_plural = "day statuses"
        constraints = [
            models.UniqueConstraint(
                name="daystatus_once_a_day",
                fields=["worker", "date"],
                violation_error_message="This day is marked already.",
            )
        ]

    def __str__(self):
        return f"{self.worker}, {self.date}: {self.get_mark_display()}"


class CommitmentQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Own commitments, and those of workers while they are placed in managed teams."""
        return self.filter(own_or_in_managed_team(user, "from_on", "until_on"))


class Commitment(models.Model):
    """A standing commitment of a worker that is not a role in a series."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="commitments"
    )
    kind = models.CharField(max_length=20, choices=CommitmentKind.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="commitments", null=True, blank=True
    )
    from_on = DayField("from")
    until_on = DayField("until", null=True, blank=True)

    history = History()
    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["worker", "from_on", "pk"]
        constraints = [from_before_until("commitment")]

    def __str__(self):
        return f"{self.worker}: {self.get_kind_display()}"
