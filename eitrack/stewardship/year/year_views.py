"""The page of what is missing for the year to come."""

from django.shortcuts import render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.stewardship.year.year_end import Readiness, lines_for


@requires(Permission.CHANGE_SETTINGS)
def year_end(request):
    today = timezone.localdate()
    lines = lines_for(list(District.objects.order_by("name", "pk")), today)
    order = [Readiness.MISSING, Readiness.LOOK, Readiness.DONE]
    groups = [
        (readiness, [line for line in lines if line.readiness == readiness]) for readiness in order
    ]
    context = {
        "year": Period.year_of(today).next(),
        "groups": [(readiness, found) for readiness, found in groups if found],
        "is_ready": all(line.readiness == Readiness.DONE for line in lines),
    }
    return render(request, "stewardship/year_end.html", context)
