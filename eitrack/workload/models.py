from django.conf import settings
from django.db import models

from eitrack.common.record_fields import DayField


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(to=user)


class Reminder(models.Model):
    """That a manager was sent the reminders of a day; never their content."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on = DayField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "to", "pk"]
        constraints = [models.UniqueConstraint(name="reminder_once_a_day", fields=["to", "on"])]

    def __str__(self):
        return f"{self.to}, {self.on}"
