"""What the service is made of: the first page of an administrator."""

from django.shortcuts import render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.stewardship.areas import areas_for
from eitrack.stewardship.first_steps import first_steps


@requires(Permission.SEE_SERVICE)
def service_detail(request):
    context = {
        "areas": areas_for(request.user),
        "first_steps": first_steps(request.user, timezone.localdate()),
    }
    return render(request, "stewardship/service_detail.html", context)
