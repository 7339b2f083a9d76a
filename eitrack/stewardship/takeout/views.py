from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from eitrack.audit.trail import record_export
from eitrack.stewardship.takeout.own import own_file


def own_data(request):
    """A worker's own data in one file: everybody's right, whatever their role."""
    if request.method != "POST":
        return render(request, "stewardship/own_data.html")
    today = timezone.localdate()
    record_export(by=request.user, kind="own-data.zip")
    return HttpResponse(
        own_file(request.user, day=today),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="eitrack-own-data-{today}.zip"'},
    )
