from django.db import models, transaction
from django.db.models import Q

from eitrack.activities import choices
from eitrack.activities.models.activity import Activity, OfActivityQuerySet
from eitrack.common.history import History
from eitrack.directory.models import Agency


class CoDelivery(models.Model):
    """A partner agency that delivered it with us; no effect on minutes or attendance (C5)."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="co_deliveries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="co_deliveries")
    profession = models.CharField(max_length=15, choices=choices.Profession.choices, blank=True)
    number = models.PositiveSmallIntegerField(default=1)

    history = History()
    objects = OfActivityQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "agency", "pk"]
        verbose_name_plural = "co-deliveries"
        constraints = [
            models.UniqueConstraint(
                name="codelivery_agency_once",
                fields=["activity", "agency", "profession"],
                violation_error_message="This agency is listed already.",
            ),
            models.CheckConstraint(
                name="codelivery_at_least_one", condition=Q(number__gte=1, number__lte=99)
            ),
        ]

    def __str__(self):
        return f"{self.agency}"

    @transaction.atomic(savepoint=False)
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.activity.mark_change()

    @transaction.atomic(savepoint=False)
    def delete(self, *args, **kwargs):
        self.activity.mark_change()
        return super().delete(*args, **kwargs)
