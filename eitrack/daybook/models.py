import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from eitrack.activities.models import ActivityType, Series
from eitrack.common.record_fields import DayField
from eitrack.directory.models import Site
from eitrack.directory.models.dated import from_before_until

KEPT_MINUTES = 30
MOST_NOTE_LETTERS = 1000


class OwnQuerySet(models.QuerySet):
    """Records that only their worker may read, no manager."""

    def visible_to(self, user):
        return self.filter(worker=user)


class PresetChoiceQuerySet(OwnQuerySet):
    def by_combination(self):
        """{(type, site, series): the worker's choice}."""
        choices = self.select_related("activity_type", "site", "series").order_by("pk")
        return {choice.combination: choice for choice in choices}


class PresetChoice(models.Model):
    """A choice of a worker about one of their usual combinations: pinned, renamed, hidden."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preset_choices"
    )
    activity_type = models.ForeignKey(ActivityType, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=60, blank=True)
    is_pinned = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)

    lists_are_cached = True
    objects = PresetChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["worker", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="presetchoice_once_in_series",
                fields=["worker", "activity_type", "site", "series"],
            ),
            models.UniqueConstraint(
                name="presetchoice_once_without_series",
                fields=["worker", "activity_type", "site"],
                condition=models.Q(series__isnull=True),
            ),
        ]

    def __str__(self):
        return self.name or f"{self.activity_type}, {self.site}"

    @property
    def combination(self):
        return self.activity_type_id, self.site_id, self.series_id

    def is_open_on(self, day):
        """Whether its type and site are in use."""
        return not self.activity_type.is_archived and self.site.is_in_use_on(day)


def new_feed_key():
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The private address of a worker's calendar; a new one ends the old."""

    worker = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key = models.CharField(max_length=60, unique=True, default=new_feed_key)

    objects = OwnQuerySet.as_manager()

    def __str__(self):
        return f"Calendar of {self.worker}"


class KeptFormQuerySet(OwnQuerySet):
    def fresh(self, now):
        return self.filter(kept_at__gt=now - timedelta(minutes=KEPT_MINUTES))

    def stale(self, now):
        return self.filter(kept_at__lte=now - timedelta(minutes=KEPT_MINUTES))


class KeptForm(models.Model):
    """A form whose session had ended, stored encrypted for its user for 30 minutes."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_forms"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    path = models.CharField(max_length=200)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self):
        return f"{self.path}, kept for {self.worker}"


class ContextNoteQuerySet(OwnQuerySet):
    def about(self, period):
        """Notes on days in this period, newest first."""
        return self.filter(from_on__lte=period.end, until_on__gte=period.start)


class ContextNote(models.Model):
    """A worker's own note about a stretch of time.

    Nobody else reads it, no file contains it, and it has no history (rule 10).
    """

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="context_notes"
    )
    from_on = DayField("from")
    until_on = DayField("until")
    text = models.CharField(max_length=MOST_NOTE_LETTERS)
    saved_on = DayField(default=timezone.localdate)

    objects = ContextNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-until_on", "-from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="contextnote_once", fields=["worker", "from_on", "until_on"]
            ),
            from_before_until("contextnote"),
        ]

    def __str__(self):
        return f"Note of {self.worker}, {self.from_on} to {self.until_on}"
