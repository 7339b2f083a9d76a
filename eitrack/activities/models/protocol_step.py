from django.db import models

from eitrack.activities.models.activity import Activity
from eitrack.partnerships.choices import Status
from eitrack.partnerships.models import Protocol


class ProtocolStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(activity__in=Activity.objects.visible_to(user))


class ProtocolStep(models.Model):
    """Protocol work or an away day brought a protocol to a status: it opened or closed a cell."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="protocol_steps")
    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="steps")
    became = models.CharField(max_length=15, choices=Status.choices)

    objects = ProtocolStepQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "protocol", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="protocolstep_once",
                fields=["activity", "protocol"],
                violation_error_message="This protocol is listed already.",
            )
        ]

    def __str__(self):
        return f"{self.protocol}: {self.get_became_display().lower()}"
