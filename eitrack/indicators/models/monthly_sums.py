from django.db import models


class MonthlySumsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Figures are asked for through `figures_for`, never read here."""
        return self.none()


class MonthlySums(models.Model):
    """What the measures add up to in one month of one scope, row by row of one breakdown.

    `records` names the records they are measures of. `rows` holds the names of the sums, then of
    each row its key and a value for each name (`shelf.as_stored`). Good as long as `stamp` is the
    month's (`directory.ChangeMark`) and `signature` that of the measures: nothing is ever changed
    here, only worked out again.
    """

    records = models.CharField(max_length=30)
    scope = models.CharField(max_length=40)
    month = models.CharField(max_length=7)
    breakdown = models.CharField(max_length=30, blank=True)
    signature = models.CharField(max_length=16)
    stamp = models.PositiveIntegerField()
    rows = models.JSONField(default=list)

    objects = MonthlySumsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "monthly sums"
        constraints = [
            models.UniqueConstraint(
                name="monthlysums_once", fields=["scope", "breakdown", "month", "records"]
            )
        ]

    def __str__(self):
        by = f" by {self.breakdown}" if self.breakdown else ""
        return f"{self.records} of {self.scope} in {self.month}{by}"
