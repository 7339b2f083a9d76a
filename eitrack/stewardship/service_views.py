"""What the service is made of: the first page of an administrator."""

from django.shortcuts import render

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.stewardship.areas import areas_for


@requires(Permission.SEE_SERVICE)
def service_detail(request):
    return render(request, "stewardship/service_detail.html", {"areas": areas_for(request.user)})
