"""What a calendar proposes for a week: logged with one tap, or dismissed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.models import CalendarProposal
from eitrack.common.horizon import read_day
from eitrack.common.words import plural
from eitrack.daybook.calendar_proposals import log_url
from eitrack.daybook.iso_week import IsoWeek
from eitrack.daybook.proposal_log import log_at_once

GONE = "That was dismissed or logged already."


@require_POST
@requires(Permission.RECORD_ACTIVITY)
def proposal_log(request, iso_week):
    """Saved at once where everything is known; else its form opens, filled in."""
    shown = week_in(iso_week)
    waiting = CalendarProposal.objects.visible_to(request.user).waiting()
    asked = asked_of(waiting, {"proposal": request.POST.get("proposal") or "0"})
    proposal = asked.select_related("activity_type", "series", "site").first()
    if proposal is None:
        messages.info(request, GONE)
        return redirect(shown.url)
    activity = log_at_once(request, proposal, timezone.localdate())
    if activity is None:
        return redirect(log_url(proposal))
    return redirect(f"{shown.url}?logged={activity.pk}")


@require_POST
@requires(Permission.RECORD_ACTIVITY)
def proposal_dismiss(request, iso_week):
    """One proposal, or all that wait on a day."""
    shown = week_in(iso_week)
    own = CalendarProposal.objects.visible_to(request.user).waiting()
    number = asked_of(own, request.POST).update(is_dismissed=True)
    if number:
        events = plural(number, "event is", "events are")
        messages.success(request, f"{events} dismissed. Your calendar stays as it is.")
    else:
        messages.info(request, GONE)
    return redirect(shown.url)


def week_in(iso_week):
    try:
        return IsoWeek.parse(iso_week)
    except ValueError:
        raise Http404 from None


def asked_of(waiting, sent):
    """The one named by its key, or those of a day."""
    key = sent.get("proposal", "")
    if key:
        return waiting.filter(pk=int(key[:18])) if key.isdecimal() else waiting.none()
    try:
        return waiting.filter(date=read_day(sent.get("day", "")))
    except ValueError:
        return waiting.none()
