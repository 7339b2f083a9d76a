from django.db import models

from eitrack.activities.kinds import BY_CODE, KindCode
from eitrack.directory.models import OpenListQuerySet


class ActivityTypeQuerySet(OpenListQuerySet):
    def in_use(self):
        return self.filter(is_archived=False)


class ActivityType(models.Model):
    """A local name for a kind of work. Its kind is fixed once chosen: figures rest on it."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=30, choices=KindCode.choices)
    position = models.PositiveSmallIntegerField(default=0)
    is_archived = models.BooleanField(default=False)

    objects = ActivityTypeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name

    @property
    def spine(self):
        """The `Kind` this type is mapped to."""
        return BY_CODE[self.kind]
