from django.db import models

from eitrack.accounts.roles import Permission
from eitrack.returns.models.returns import FROZEN, Return


class ReturnFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of released returns in reach, for users who may download."""
        if not user.may(Permission.DOWNLOAD_RETURN):
            return self.none()
        return self.filter(of_return__in=Return.objects.visible_to(user).released())

    def update(self, **kwargs):
        raise TypeError(FROZEN)

    def delete(self):
        raise TypeError(FROZEN)


class ReturnFile(models.Model):
    """A file of a released return, as released; a trigger refuses changes."""

    of_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    objects = ReturnFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="returnfile_name_once",
                fields=["of_return", "name"],
                violation_error_message="This return has a file of this name already.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError(FROZEN)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(FROZEN)
