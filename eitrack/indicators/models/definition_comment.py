from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from eitrack.accounts.roles import Permission, Role

TAKEN_BACK_WITHIN = timedelta(minutes=10)


class DefinitionCommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody who reads the definitions reads the comments."""
        return self.all() if user.may(Permission.SEE_INDICATORS) else self.none()

    def open_to_author(self, user, now):
        """Own comments that may still be taken back: for ten minutes."""
        return self.filter(author=user, at__gt=now - TAKEN_BACK_WITHIN)


class DefinitionComment(models.Model):
    """A comment of staff on a definition: on the rule, never on a family.

    Shown with the role of its author and no name, as the district office reads it too.
    """

    code = models.CharField("indicator", max_length=6)
    version = models.PositiveSmallIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="definition_comments"
    )
    role = models.CharField(max_length=15, choices=Role.choices)
    text = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    objects = DefinitionCommentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["code", "-at"], name="comment_code_at")]

    def __str__(self):
        return f"Comment on {self.code}"
