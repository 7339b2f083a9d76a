from django.db import models


class AmountDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody reads it here: figures come from `figures_for`."""
        return self.none()

    def of(self, district, periods):
        """Decisions of a district on periods with these codes."""
        return self.filter(district=district, period__in=periods)


class AmountDecision(models.Model):
    """Which amounts of an ended period are printed, in whatever page or file (D17).

    Made once and valid while `stamps` are those of the months (`directory.ChangeMark`). `printed`
    and `hidden` are keys of quantities and shares (`disclosure.quantities`); what is in neither is
    hidden. `never` are keys that a release has hidden: no later decision prints them.
    `hidden_counts` is what releases have hidden of counts (`disclosure.released`).
    """

    district = models.ForeignKey("directory.District", on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=15)
    made_as = models.PositiveSmallIntegerField(default=0)
    stamps = models.JSONField(default=list)
    printed = models.JSONField(default=list)
    hidden = models.JSONField(default=list)
    never = models.JSONField(default=list)
    hidden_counts = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)

    objects = AmountDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="amountdecision_once", fields=["district", "period"])
        ]

    def __str__(self):
        return f"Amounts of {self.district} in {self.period}"
