from django.conf import settings
from django.db import models

from eitrack.activities.choices import Status as ActivityStatus
from eitrack.activities.models.activity import Activity, OfActivityQuerySet
from eitrack.partnerships.choices import Status
from eitrack.partnerships.models import Protocol


class ProtocolStepQuerySet(OfActivityQuerySet):
    def editable_by(self, user):
        """Steps on protocols this user may edit, and therefore apply."""
        return self.filter(protocol__in=Protocol.objects.editable_by(user))

    def proposed(self):
        """Steps not applied to the protocol yet."""
        return self.filter(applied_at=None)


class ProtocolStep(models.Model):
    """Protocol work or an away day that brought a protocol to a status.

    A user who may edit the protocol applies it; until then it is a proposal. Voiding the work does
    not undo an applied step.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="protocol_steps")
    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="steps")
    became = models.CharField(max_length=15, choices=Status.choices)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)

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

    @property
    def is_proposed(self):
        return self.applied_at is None and self.activity.status != ActivityStatus.VOID
