from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from eitrack.common.record_fields import DayField
from eitrack.indicators.choices import PROPOSED, Weight

MOST_POINTS = 100
FIRST_FROM_ON = date(2026, 4, 1)


class WeightSetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody may read the weights."""
        return self.all()

    def in_force_on(self, day):
        """The newest version that applies on this day; before the first one, the first; or None.

        Of two versions from the same day the one written later applies.
        """
        return _in_force(list(self.order_by("from_on", "pk")), day)

    def points_on(self, day):
        """{Weight: points} on this day; those of INDICATORS.md part 5 if there is no version."""
        return self.points_on_each([day])[day]

    def points_on_each(self, days):
        """{day: {Weight: points}}; reads all versions, which are few."""
        versions = list(self.order_by("from_on", "pk"))
        in_force = {day: _in_force(versions, day) for day in days}
        return {day: each.weights if each else PROPOSED for day, each in in_force.items()}

    def keep_one(self):
        """Create version 1 from the proposal if there is none, as after clearing all tables."""
        if not self.exists():
            self.create(from_on=FIRST_FROM_ON, points=PROPOSED)


def _in_force(versions, day):
    applying = [each for each in versions if each.from_on <= day]
    return applying[-1] if applying else next(iter(versions), None)


class WeightSet(models.Model):
    """One version of the weights of standing work and cases (INDICATORS.md part 5).

    Versions are added, never changed: figures of a past day keep the weights of that day.
    """

    from_on = DayField("from")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    points = models.JSONField(default=dict)

    objects = WeightSetQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-pk"]

    def __str__(self):
        return f"Weights from {self.from_on}"

    @property
    def weights(self):
        """{Weight: points}."""
        return {Weight(code): points for code, points in self.points.items()}

    def clean(self):
        if set(self.points) != set(Weight.values):
            raise ValidationError({"points": "Give points for each weight, and for nothing else."})
        for points in self.points.values():
            is_number = isinstance(points, int | float) and not isinstance(points, bool)
            if not is_number or not 0 <= points <= MOST_POINTS:
                raise ValidationError({"points": "Points are numbers from 0 to 100."})
