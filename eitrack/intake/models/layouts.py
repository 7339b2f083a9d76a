from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.activities.models import ActivityType
from eitrack.activities.models.time_entry import MOST_MINUTES
from eitrack.directory.models import Agency, Site
from eitrack.intake.choices import WordField, ZeroMeans


class OfMakerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What somebody has decided for their own files."""
        return self.filter(by=user)


class LayoutQuerySet(OfMakerQuerySet):
    def readable_by(self, user):
        """Those of all for who may see layouts, as they hold nothing of a sheet; else own ones."""
        return self.all() if user.may(Permission.SEE_LAYOUTS) else self.visible_to(user)


class Layout(models.Model):
    """How somebody's sheets with these columns are read: decided once, kept for the next one.

    It holds no cell of any sheet, and its headings only as a fingerprint.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(help_text="The field of each column, by its code.")
    length_unit = models.CharField(max_length=10, blank=True)
    day_order = models.CharField(max_length=12, blank=True)
    zero_means = models.CharField(max_length=12, choices=ZeroMeans.choices, blank=True)
    is_filled_down = models.BooleanField(default=False)
    # For sheets without such a column.
    activity_type = models.ForeignKey(
        ActivityType, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(MOST_MINUTES)]
    )
    files = models.PositiveIntegerField(default=0, help_text="How many were imported by it.")
    rows = models.PositiveIntegerField(default=0, help_text="How many records they became.")
    used_at = models.DateTimeField(default=timezone.now)

    objects = LayoutQuerySet.as_manager()

    class Meta:
        ordering = ["-used_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="layout_once", fields=["by", "fingerprint"]),
        ]

    def __str__(self):
        return f"{self.by}: {len(self.columns)} columns"


class Word(models.Model):
    """What somebody's word means: decided once, kept for all their files."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=10, choices=WordField.choices)
    text = models.CharField(max_length=100, help_text="As it is compared: letters and digits.")
    activity_type = models.ForeignKey(
        ActivityType, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects = OfMakerQuerySet.as_manager()

    class Meta:
        ordering = ["by", "field", "text"]
        constraints = [
            models.UniqueConstraint(name="word_once", fields=["by", "field", "text"]),
            models.CheckConstraint(
                name="word_means_one_thing",
                condition=Q(field=WordField.WHAT, site__isnull=True, agency__isnull=True)
                | Q(field=WordField.WHERE, activity_type__isnull=True, agency__isnull=True)
                | Q(field=WordField.AGENCY, activity_type__isnull=True, site__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.by}: {self.text}"

    @property
    def meaning_id(self):
        """The key of what it means; None where it is left out."""
        return self.activity_type_id or self.site_id or self.agency_id
