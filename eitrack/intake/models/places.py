from django.db import models

from eitrack.directory.choices import SiteKind
from eitrack.intake.choices import BatchState
from eitrack.intake.models.batches import Batch


class RememberedPlaceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What a public list says, everybody may read."""
        return self.all()

    def standing(self):
        """Those of imports that were not taken back, the newest last."""
        return self.filter(batch__state=BatchState.IMPORTED).order_by("batch__imported_at", "pk")


class RememberedPlace(models.Model):
    """What a public list said of a place when it was last applied, whether it was taken or not.

    The next list is compared with this: a place that was left out is not new, and one that has a
    name of one's own here was not renamed.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="remembered")
    authority = models.CharField(max_length=120, db_index=True, help_text="Its code, or its name.")
    number = models.CharField(max_length=120, help_text="Its URN; of a family hub its name.")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=SiteKind.choices)
    postcode = models.CharField(max_length=8, blank=True)
    is_in_use = models.BooleanField(default=True)

    objects = RememberedPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="rememberedplace_once_a_batch", fields=["batch", "number"]
            ),
            models.CheckConstraint(
                name="rememberedplace_kind_known", condition=models.Q(kind__in=SiteKind.values)
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.number})"
