"""Tidy rows for the manager's own analysis: the page of files, the files, their dictionary."""

from itertools import chain

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.common.files import csv_pages, csv_response, csv_stream
from eitrack.common.periods import Period
from eitrack.common.words import listed
from eitrack.directory.models import Team
from eitrack.indicators.pages.periods import period_in_address, periods_offered
from eitrack.workload.tidy.catalogue import BY_NAME, GROUPS, dictionary_rows
from eitrack.workload.tidy.reach import Reach

ALL = "all"


@requires(Permission.EXPORT_RECORDS)
def records_list(request):
    today, code = timezone.localdate(), request.GET.get("period", "")
    period, complaint = (None, "") if code == ALL else period_in_address(code, today)
    context = {
        "period": period,
        "code": period.code if period else ALL,
        "complaint": complaint,
        "periods": periods_offered(today),
        "groups": GROUPS,
        "teams": listed(Team.objects.visible_to(request.user)),
    }
    return render(request, "workload/records_list.html", context)


@requires(Permission.EXPORT_RECORDS)
def records_export(request, name):
    """One file, of a quarter, a year or all time (`?period=`); streamed a page at a time.

    It begins with its columns, for programs to read: period and sample data stand in its name.
    """
    if name not in BY_NAME:
        raise Http404
    period = period_or_404(request.GET.get("period", ALL))
    dataset = BY_NAME[name]
    reach = Reach.of(request.user, period, timezone.localdate())
    file_name = f"records-{name}-{period.code if period else ALL}".replace("_", "-")
    record_export(by=request.user, kind=f"{file_name}.csv")
    pieces = csv_pages(chain([[dataset.header]], dataset.pages(reach)))
    return csv_stream(pieces, file_name)


@requires(Permission.EXPORT_RECORDS)
def records_dictionary(request):
    record_export(by=request.user, kind="records-dictionary.csv")
    return csv_response(dictionary_rows(), "records-dictionary")


def period_or_404(code):
    """A period of an address, None for all time."""
    if code == ALL:
        return None
    try:
        return Period.parse(code)
    except ValueError as error:
        raise Http404 from error
