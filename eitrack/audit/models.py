from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from eitrack.audit.choices import Action
from eitrack.common.record_fields import DayField


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The whole trail is the administrator's; its page comes with stewardship."""
        return self.none()

    def about(self, record):
        """The entries about this record, newest first."""
        return self.filter(record_kind=record._meta.label, record_id=record.pk)

    def update(self, **kwargs):
        raise TypeError("The audit trail is append-only.")

    def delete(self):
        raise TypeError("The audit trail is append-only.")


class Entry(models.Model):
    """One action of one person; a database trigger refuses changes.

    It refers to the record but has none of its content: no note, no case reference (SPEC.md rule
    7).
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    on = DayField(default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    action = models.CharField(max_length=20, choices=Action.choices)
    record_kind = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=40, blank=True, help_text="A code from a list.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["record_kind", "record_id", "at"], name="audit_by_record")]
        constraints = [
            models.UniqueConstraint(
                name="audit_reveal_once_a_day",
                fields=["by", "record_kind", "record_id", "on"],
                condition=Q(action=Action.REVEALED),
            ),
        ]

    def __str__(self):
        return f"{self.by} {self.get_action_display()} {self.record_kind} {self.record_id}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The audit trail is append-only.")
