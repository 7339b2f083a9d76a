"""Dismissing what a calendar proposes for a week."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.models import CalendarProposal
from eitrack.common.horizon import read_day
from eitrack.common.words import plural
from eitrack.daybook.iso_week import IsoWeek


@require_POST
@requires(Permission.RECORD_ACTIVITY)
def proposal_dismiss(request, iso_week):
    """One proposal, or all that wait on a day."""
    try:
        shown = IsoWeek.parse(iso_week)
    except ValueError:
        raise Http404 from None
    own = CalendarProposal.objects.visible_to(request.user).waiting()
    number = asked_of(own, request.POST).update(is_dismissed=True)
    if number:
        events = plural(number, "event is", "events are")
        messages.success(request, f"{events} dismissed. Your calendar stays as it is.")
    else:
        messages.info(request, "That was dismissed or logged already.")
    return redirect(shown.url)


def asked_of(waiting, sent):
    """The one named by its key, or those of a day."""
    key = sent.get("proposal", "")
    if key:
        return waiting.filter(pk=int(key[:18])) if key.isdecimal() else waiting.none()
    try:
        return waiting.filter(date=read_day(sent.get("day", "")))
    except ValueError:
        return waiting.none()
