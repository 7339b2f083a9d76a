from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from eitrack.common.history import History
from eitrack.common.record_fields import DayField
from eitrack.directory.models import DatedQuerySet, District, Team, from_before_until


class AllocationQuerySet(DatedQuerySet):
    def visible_to(self, user):
        own = Q(worker=user, team__district__in=District.objects.visible_to(user))
        return self.filter(own | Q(team__in=Team.objects.visible_to(user)))

    def held_on(self, *days):
        """Allocations that run on the day, of cases open on it.

        For several days, those of any of them.
        """
        return self.filter(reduce(or_, map(_is_held_on, days)))

    def to_the_end(self, today):
        """Those that have not ended by today, or ended with their case."""
        running = Q(until_on__isnull=True) | Q(until_on__gte=today)
        return self.filter(running | Q(until_on__gte=F("case__closed_on")))


def _is_held_on(day):
    runs = Q(until_on__isnull=True) | Q(until_on__gte=day)
    is_open = Q(case__closed_on__isnull=True) | Q(case__closed_on__gte=day)
    return runs & is_open & Q(from_on__lte=day, case__opened_on__lte=day)


class Allocation(models.Model):
    """A worker works on a case, in a team, between two days."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="allocations")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="allocations"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="allocations")
    from_on = DayField("from")
    until_on = DayField("until", null=True, blank=True)

    lists_are_cached = True
    history = History()
    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ["case", "from_on", "pk"]
        constraints = [
            from_before_until("allocation"),
            models.UniqueConstraint(
                name="allocation_once_at_a_time",
                fields=["case", "worker"],
                condition=Q(until_on__isnull=True),
                violation_error_message="This worker has this case already.",
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "from_on"], name="allocation_worker_from"),
            models.Index(fields=["team", "from_on"], name="allocation_team_from"),
        ]

    def __str__(self):
        return f"{self.case}: {self.worker}"
