from django.conf import settings
from django.db import models
from django.db.models import Q

from eitrack.common.history import History
from eitrack.indicators.disclosure import BASE, THRESHOLD, Rules

ONE_ROW = 1


class ReleaseSettingsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody: the rules are public."""
        return self.all()

    def now(self):
        """The current settings; the minimum until they are raised."""
        return self.filter(pk=ONE_ROW).first() or self.model(pk=ONE_ROW)


class ReleaseSettings(models.Model):
    """The rules of returns (INDICATORS.md D15); they apply to periods not released yet."""

    threshold = models.PositiveSmallIntegerField(
        default=THRESHOLD, help_text="Counts from 1 to this are hidden."
    )
    base = models.PositiveSmallIntegerField(
        default=BASE, help_text="Larger counts are rounded to a multiple of this, an odd number."
    )
    second_person_approves = models.BooleanField(default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    history = History()
    objects = ReleaseSettingsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "release settings"
        constraints = [
            models.CheckConstraint(
                name="releasesettings_one_row",
                condition=Q(pk=ONE_ROW),
                violation_error_message="There is one set of settings only.",
            ),
            models.CheckConstraint(
                name="releasesettings_threshold_floor",
                condition=Q(threshold__gte=THRESHOLD),
                violation_error_message=f"The threshold cannot go below {THRESHOLD}.",
            ),
            models.CheckConstraint(
                name="releasesettings_base_floor",
                condition=Q(base__gte=BASE),
                violation_error_message=f"The base cannot go below {BASE}.",
            ),
        ]

    def __str__(self):
        return f"Hidden from 1 to {self.threshold}, rounded to {self.base}"

    @property
    def rules(self):
        return Rules(threshold=self.threshold, base=self.base)
