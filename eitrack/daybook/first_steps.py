"""What a worker does first, until something was logged."""

from django.urls import reverse

from eitrack.activities.models import TimeEntry
from eitrack.common.first_steps import FirstStep, still_to_do


def first_steps(user, log, *, hats, contract):
    """Nothing for whoever has logged before; the recent log answers that without a query."""
    if log or TimeEntry.objects.filter(worker=user).exists():
        return []
    hats_page = reverse("workload:placement_list", args=[user.pk])
    return still_to_do(
        FirstStep("Your hats are there: look whether they are right", hats_page, bool(hats)),
        FirstStep("Your hours of work are there", hats_page, contract is not None),
        FirstStep("Log the last talk you had", reverse("daybook:log_start"), False),
    )
