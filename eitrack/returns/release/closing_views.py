"""The calendar of closing dates: until when records are accepted, and what is closed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.choices import EntryState, Status
from eitrack.activities.models import TimeEntry
from eitrack.common.periods import Period
from eitrack.common.words import day_and_year
from eitrack.directory.closing import close_quarter, closes_after
from eitrack.directory.models import District
from eitrack.indicators.pages.periods import periods_offered
from eitrack.returns.release.eligible import may_be_closed
from eitrack.returns.words import rough_count


@requires(Permission.CLOSE_QUARTER)
def closing_calendar(request):
    today = timezone.localdate()
    districts = District.objects.filter(officers=request.user)
    context = {
        "districts": [(each, rows_of(each, today), waiting_in(each)) for each in districts],
        "today": today,
    }
    return render(request, "returns/closing_calendar.html", context)


def rows_of(district, today):
    """For each quarter, newest first: (quarter, last open day, its closing, whether it may be
    closed).
    """
    closed = {
        each.quarter: each for each in district.closed_quarters.select_related("closed_by").all()
    }
    # As far back as a return can be made.
    first = min(period.start for period in periods_offered(today))
    quarters = [Period.quarter_of(today)]
    while quarters[-1].start > first:
        quarters.append(quarters[-1].previous())
    return [
        (
            quarter,
            closes_after(quarter, district.nation),
            closed.get(quarter.code),
            quarter.code not in closed and may_be_closed(quarter, district, today),
        )
        for quarter in quarters
    ]


def waiting_in(district):
    """Roughly how many late records wait for managers; details are theirs to see."""
    entries = TimeEntry.objects.filter(team__district=district)
    records = entries.filter(is_lead=True, activity__status=Status.AWAITING)
    times = entries.filter(state=EntryState.AWAITING).exclude(activity__status=Status.VOID)
    return rough_count(records.count()), rough_count(times.count())


@requires(Permission.CLOSE_QUARTER)
def quarter_close(request, slug, quarter):
    """Asks for confirmation, then closes; a closed quarter cannot be reopened."""
    district = get_object_or_404(District.objects.filter(officers=request.user), slug=slug)
    try:
        period = Period.parse(quarter)
    except ValueError as error:
        raise Http404 from error
    if not period.is_quarter:
        raise Http404
    last_day = closes_after(period, district.nation)
    if not may_be_closed(period, district, timezone.localdate()):
        messages.warning(
            request, f"{period.name} is open until {day_and_year(last_day)}, the last day included."
        )
        return redirect("returns:closing_calendar")
    if request.method != "POST":
        context = {"district": district, "period": period, "last_day": last_day}
        return render(request, "returns/quarter_close.html", context)
    if close_quarter(district, period, by=request.user):
        messages.success(request, f"{period.name} is closed. A return can be made of it now.")
    else:
        messages.warning(request, f"{period.name} was closed already.")
    return redirect("returns:closing_calendar")
