from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet):
    """Records that run between two days, both included; without an end they still run."""

    def current(self, *days):
        """Those that run on the day, or on any of several days."""
        return self.overlapping_any([(day, day) for day in days])

    def overlapping(self, start, end):
        return self.overlapping_any([(start, end)])

    def overlapping_any(self, spans):
        """Those that run on some day of one of these (first, last) spans."""
        return self.filter(reduce(or_, (_runs_between(*span) for span in spans)))


def _runs_between(start, end):
    return (Q(until_on__isnull=True) | Q(until_on__gte=start)) & Q(from_on__lte=end)


def from_before_until(model):
    return models.CheckConstraint(
        name=f"{model}_from_before_until",
        condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
        violation_error_message="The end cannot lie before the beginning.",
    )


class OpenListQuerySet(models.QuerySet):
    """Lists that every signed-in user may read."""

    def visible_to(self, user):
        return self.all()
