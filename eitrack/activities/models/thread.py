from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.common.record_fields import DayField

EXPIRES_AFTER = timedelta(weeks=26)


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own threads only: no manager, no colleague."""
        return self.filter(worker=user) if user.may(Permission.KEEP_THREADS) else self.none()

    def current(self, day):
        """Not expired: a thread ends 26 weeks after its last contact."""
        return self.filter(last_contact_on__gte=day - EXPIRES_AFTER)

    def expired(self, day):
        return self.filter(last_contact_on__lt=day - EXPIRES_AFTER)


class Thread(models.Model):
    """Repeated contact with one unregistered family: a neutral label, no identity.

    It has no history, and once it is dissolved its contacts keep no trace of it (rule 1).
    """

    label = models.CharField(max_length=40, unique=True)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="threads"
    )
    started_on = DayField(default=timezone.localdate)
    last_contact_on = DayField(default=timezone.localdate)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-last_contact_on", "label"]
        indexes = [models.Index(fields=["worker", "last_contact_on"], name="thread_worker_last")]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("activities:thread_detail", args=[self.pk])

    @property
    def expires_on(self):
        return self.last_contact_on + EXPIRES_AFTER

    def note_last_contact(self):
        """Set the day of the last contact from the contacts."""
        last = self.activities.held().aggregate(last=Max("date"))["last"]
        self.last_contact_on = last or self.started_on
        self.save(update_fields=["last_contact_on"])
