from django.db import models

from eitrack.activities.kinds import BY_CODE, KindCode
from eitrack.common.cached_lists import cached_list
from eitrack.directory.models import OpenListQuerySet


class ActivityTypeQuerySet(OpenListQuerySet):
    def in_use(self):
        return self.filter(is_archived=False)


class ActivityType(models.Model):
    """A local name for a kind. The kind cannot be changed later, as figures depend on it."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=30, choices=KindCode.choices)
    position = models.PositiveSmallIntegerField(default=0)
    is_archived = models.BooleanField(default=False)
    allows_note = models.BooleanField(
        "notes allowed", blank=True, help_text="Unless chosen, as the kind has it (rule 10)."
    )

    lists_are_cached = True
    objects = ActivityTypeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if self.allows_note is None:
            self.allows_note = self.spine.allows_note
        super().save(*args, **kwargs)

    @property
    def spine(self):
        """The `Kind` this type is mapped to."""
        return BY_CODE[self.kind]


@cached_list("activities.ActivityType")
def types_offered(kind):
    """The types in use of a kind, by its code, in their order."""
    return tuple(ActivityType.objects.in_use().filter(kind=kind))


@cached_list("activities.ActivityType")
def types_listed(user):
    """(pk, name) of each type, archived ones too."""
    return tuple(ActivityType.objects.visible_to(user).values_list("pk", "name"))
