from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet):
    """Records that run from a day until a day, both included; no end is still running."""

    def current(self, day):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)

    def overlapping(self, start, end):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=start), from_on__lte=end)


def from_before_until(model):
    return models.CheckConstraint(
        name=f"{model}_from_before_until",
        condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
        violation_error_message="The end cannot lie before the beginning.",
    )


class OpenListQuerySet(models.QuerySet):
    """Lists that everybody who is signed in may read."""

    def visible_to(self, user):
        return self.all()
