from django.conf import settings
from django.db import models
from django.utils import timezone

from eitrack.partnerships.models.protocols import ProtocolVersion


class ProtocolFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(version__in=ProtocolVersion.objects.visible_to(user))


class ProtocolFile(models.Model):
    """The signed paper; in the database, so that it is backed up with its version."""

    version = models.OneToOneField(ProtocolVersion, on_delete=models.CASCADE, related_name="file")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects = ProtocolFileQuerySet.as_manager()

    def __str__(self):
        return self.name
