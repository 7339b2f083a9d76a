"""A worker's planned dates for the calendar on their phone, at a private address."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.daybook.feed import calendar_of
from eitrack.daybook.models import CalendarFeed, new_feed_key


@requires(Permission.RECORD_ACTIVITY)
def calendar(request):
    """Shows the private address; a POST creates a new one, which ends the old."""
    feed = CalendarFeed.objects.visible_to(request.user).first()
    if request.method == "POST":
        feed, _ = CalendarFeed.objects.update_or_create(
            worker=request.user, defaults={"key": new_feed_key()}
        )
        record(Action.CHANGED, by=request.user, about=feed)
        return redirect("daybook:calendar")
    path = feed and reverse("daybook:calendar_feed", args=[feed.key])
    address = path and request.build_absolute_uri(path)
    return render(request, "daybook/calendar.html", {"address": address})


@login_not_required
def calendar_feed(request, key):
    """Anybody with the address can read it, as calendars cannot sign in; a wrong or old one is a
    404.

    A calendar that sends its ETag gets a 304 if nothing changed.
    """
    feed = CalendarFeed.objects.filter(key=key).select_related("worker").first()
    if feed is None or not feed.worker.may(Permission.RECORD_ACTIVITY):
        raise Http404
    calendar = calendar_of(feed.worker, timezone.now())
    etag = quote_etag(sha256(calendar).hexdigest())
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="eitrack.ics"'
    response = get_conditional_response(request, etag=etag, response=response)
    response["ETag"] = etag
    # The calendar may keep it but must check each time whether it is current.
    response["Cache-Control"] = "private, no-cache"
    return response
