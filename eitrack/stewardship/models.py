from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from eitrack.audit.triggers import FEWEST_YEARS

ONE_ROW = 1


class RetentionSettingsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody: the privacy notice says what is kept for how long."""
        return self.all()

    def now(self):
        """The current settings; those of the specification until they are changed."""
        return self.filter(pk=ONE_ROW).first() or self.model(pk=ONE_ROW)


class RetentionSettings(models.Model):
    """How long what is kept (SPEC.md rule 15)."""

    reference_months = models.PositiveSmallIntegerField(
        default=12, validators=[MinValueValidator(1)]
    )
    note_months = models.PositiveSmallIntegerField(default=12, validators=[MinValueValidator(1)])
    leaver_years = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1)])
    audit_years = models.PositiveSmallIntegerField(
        default=FEWEST_YEARS, validators=[MinValueValidator(FEWEST_YEARS)]
    )

    objects = RetentionSettingsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "retention settings"
        constraints = [
            models.CheckConstraint(
                name="retentionsettings_one_row",
                condition=Q(pk=ONE_ROW),
                violation_error_message="There is one set of settings only.",
            ),
        ]

    def __str__(self):
        return (
            f"references {self.reference_months} and notes {self.note_months} months, leavers "
            f"{self.leaver_years} and the trail {self.audit_years} years"
        )


class LegalHoldQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Holds are kept on a page of the administrator's alone."""
        return self.all()

    def standing(self):
        return self.filter(lifted_at__isnull=True)


class LegalHold(models.Model):
    """While it stands, nothing of this person is removed, or of the whole service without one."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=200)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-pk"]

    def __str__(self):
        return f"hold on {self.person or 'the whole service'}"


class RetentionRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Runs are read on a page of the administrator's alone."""
        return self.all()


class RetentionRun(models.Model):
    """One run of `manage.py retention`: how many went, and never which."""

    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    references = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    leavers = models.PositiveIntegerField(default=0)
    months = models.PositiveIntegerField(default=0)

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]

    def __str__(self):
        return f"run of {self.began_at:%Y-%m-%d}"
