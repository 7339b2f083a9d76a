from django.db import models
from django.db.models import F, Q

from eitrack.common.record_fields import DayField
from eitrack.directory.choices import Standing
from eitrack.directory.models.dated import OpenListQuerySet


class PlaceQuerySet(OpenListQuerySet):
    def in_use(self, day):
        """Those that are not archived on this day: what a form of that day offers."""
        return self.filter(in_use_on(day))

    def unmerged(self):
        """Those that stand for themselves; only these hold their name."""
        return self.filter(merged_into__isnull=True)


def in_use_on(day, path=""):
    """The condition for a place at the end of `path`, as "protocol__agency__".

    One that was merged never was a place of its own, whatever the day.
    """
    archived_from = f"{path}archived_from_on"
    not_yet = Q(**{f"{archived_from}__isnull": True}) | Q(**{f"{archived_from}__gt": day})
    return not_yet & Q(**{f"{path}merged_into__isnull": True})


class Place(models.Model):
    """How an agency or a site stands in the lists.

    One that is archived is offered no more from that day on, and its records stay as they are. One
    that was merged is archived, and its records are those of the one it was merged into.
    """

    is_provisional = models.BooleanField(
        default=False, help_text="Added in a hurry as “somewhere else”; settled later."
    )
    archived_from_on = DayField("archived from", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        """A form leaves out `merged_into`, on which it depends whether a name is taken."""
        super().validate_constraints(exclude=set(exclude or ()) - {"merged_into"})

    def is_in_use_on(self, day):
        is_archived = self.archived_from_on is not None and self.archived_from_on <= day
        return not is_archived and self.merged_into_id is None

    def standing_on(self, day):
        if not self.is_in_use_on(day):
            return Standing.ARCHIVED
        return Standing.PROVISIONAL if self.is_provisional else Standing.SETTLED


def merged_is_archived(model):
    return models.CheckConstraint(
        name=f"{model}_merged_is_archived",
        condition=Q(merged_into__isnull=True)
        | Q(archived_from_on__isnull=False) & ~Q(merged_into=F("pk")),
    )
