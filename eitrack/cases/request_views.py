"""The pages of requests: who asks for help, when an answer is due, the outcome."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.models import Entry
from eitrack.audit.trail import record_export
from eitrack.cases.choices import Change
from eitrack.cases.models import Request
from eitrack.cases.record_pages import DECIDED, DECIDED_BEFORE, Pages
from eitrack.cases.request_forms import (
    DecideRequestForm,
    FirstContactForm,
    RequestForm,
)
from eitrack.cases.request_lists import RequestFilter, RequestTable
from eitrack.cases.words import clock_in_words
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year
from eitrack.directory.calendars import bank_holidays

FIRST_CONTACT = "first_contact"
DUE_SHOWN = 20
HISTORY_SHOWN = 30
DID = {
    FIRST_CONTACT: "noted the first contact",
    DECIDED: "noted the decision",
    Change.HANDED_OVER: "handed this request over",
}


@requires(Permission.HANDLE_REQUESTS)
def request_list(request):
    today = timezone.localdate()
    requests = Request.objects.visible_to(request.user).with_list_details()
    filterset, table = filtered_table(
        request, requests, partial(RequestFilter, today=today), RequestTable, today=today
    )
    kind = export_of(request)
    if kind and filterset.is_valid():
        record_export(by=request.user, kind=f"requests.{kind}")
        return export_response(kind, table.as_values(), "requests")
    due = list(requests.due_by(today)[: DUE_SHOWN + 1])
    context = {
        "filter": filterset,
        "table": table,
        "due": [(one, clock_in_words(one, today)) for one in due[:DUE_SHOWN]],
        "today": today,
        "has_more_due": len(due) > DUE_SHOWN,
        **export_urls(request),
    }
    return render(request, "cases/request_list.html", context)


@requires(Permission.HANDLE_REQUESTS)
def request_detail(request, pk):
    visible = Request.objects.visible_to(request.user)
    help_request = get_object_or_404(
        visible.select_related("from_agency", "team__district", "worker", "taken_by"), pk=pk
    )
    today = timezone.localdate()
    trail = Entry.objects.about(help_request).select_related("by")[:HISTORY_SHOWN]
    context = {
        "help_request": help_request,
        "clock": clock_in_words(help_request, today),
        "facts": facts(help_request),
        "trail": [
            (entry, DID.get(entry.reason, f"{entry.get_action_display()} this request"))
            for entry in trail
        ],
        "today": today,
    }
    return render(request, "cases/request_detail.html", context)


def facts(help_request):
    """The facts of the request, as pairs of label and text."""
    received = timezone.localtime(help_request.received_at)
    return [
        ("Received", f"{day_and_year(received)}, {received:%H:%M}"),
        ("The clock starts", clock_starts(help_request, received)),
        ("Due", day_and_year(help_request.due_on)),
        ("From", help_request.from_agency or "A family asks for itself"),
        ("Route", help_request.get_route_display()),
        ("What is needed", help_request.get_purpose_display() or None),
        ("Level of need", help_request.get_need_level_display()),
        ("Team", help_request.team),
        ("Taken by", help_request.taken_by),
        ("Who answers it", help_request.worker or "Nobody yet"),
        ("First direct contact", day_or_not_yet(help_request.first_contact_on)),
        ("Decision", help_request.get_decision_display() or "Not decided yet"),
        *([("Decided", day_and_year(help_request.decided_on))] if help_request.decision else []),
    ]


def clock_starts(help_request, received):
    """The working day, and why it is not the day the request came in."""
    day = day_and_year(help_request.received_on)
    if help_request.received_on == received.date():
        return day
    if received.date() in bank_holidays(received.year, help_request.team.district.nation):
        return f"{day}; it came in on a bank holiday"
    is_weekend = received.weekday() > 4
    return f"{day}; it came in {'at a weekend' if is_weekend else 'after hours'}"


def day_or_not_yet(day):
    return day_and_year(day) if day else "Not yet"


PAGES = Pages(
    model=Request,
    name="request",
    shown_as="help_request",
    author="taken_by",
    form_class=RequestForm,
    saved=lambda saved: f"Saved as {saved}, due {day_and_year(saved.due_on)}.",
)


@requires(Permission.HANDLE_REQUESTS)
def request_add(request):
    return PAGES.add(request)


@requires(Permission.HANDLE_REQUESTS)
def request_edit(request, pk):
    return PAGES.edit(request, get_object_or_404(Request.objects.visible_to(request.user), pk=pk))


@requires(Permission.HANDLE_REQUESTS)
def request_first_contact(request, pk):
    help_request = get_object_or_404(Request.objects.visible_to(request.user), pk=pk)
    initial = {"first_contact_on": timezone.localdate()}
    return PAGES.note(
        request,
        help_request,
        FirstContactForm(typed(request), instance=help_request, initial=initial),
        page="request_first_contact",
        reason=FIRST_CONTACT,
        done="The first contact is noted.",
        refused="A first contact was noted before. Change it there.",
    )


@requires(Permission.HANDLE_REQUESTS)
def request_decide(request, pk):
    help_request = get_object_or_404(Request.objects.visible_to(request.user), pk=pk)
    initial = {"decided_on": timezone.localdate()}
    return PAGES.note(
        request,
        help_request,
        DecideRequestForm(typed(request), instance=help_request, initial=initial),
        page="request_decide",
        reason=DECIDED,
        done="The decision is noted.",
        refused=DECIDED_BEFORE,
    )
