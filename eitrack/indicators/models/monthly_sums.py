from django.db import models


class MonthlySumsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Internal bookkeeping: figures come from `figures_for`, never from here."""
        return self.none()


class MonthlySums(models.Model):
    """What the measures add up to in one month of one scope, for the rows of one breakdown.

    `records` is the name of the records measured. `rows` holds the names of the sums, then key and
    values of each row (`monthly.written`). Fresh while `stamp` is that of the month
    (`directory.ChangeMark`) and `signature` that of the measures; a stale row is computed again,
    never changed.
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
