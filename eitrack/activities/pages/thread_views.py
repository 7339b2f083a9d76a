"""The pages of threads: own threads only, never exported, never cached by a browser (rule 1)."""

import uuid
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.models import Thread
from eitrack.activities.threads.form import KeepForm
from eitrack.activities.threads.life import (
    ThreadError,
    contacts_to_keep,
    dissolve_thread,
    keep_together,
    sums_of,
)
from eitrack.activities.threads.lists import (
    ThreadFilter,
    ThreadTable,
    contacts_of,
    current_threads,
    threads_in_touch,
)
from eitrack.cases.actions import opened_before, opened_by
from eitrack.cases.choices import InformalFirst
from eitrack.cases.forms import CaseForm
from eitrack.cases.models import Case
from eitrack.common.listing import filtered_table
from eitrack.common.typed import typed

NOT_CARRIED = (
    "No dates, no places, no purposes: the contacts stay anonymous and count as before. "
    "The thread is dissolved."
)
GONE = (
    "This thread was dissolved after you opened the page, so nothing can be carried from it. "
    "Everything you typed is still here: save again to open the case without it."
)
ALREADY_GONE = "There is no such thread of yours. Nothing was changed."
MORE_SINCE = "Its contacts changed after you opened this page. Look at the sums, then save again."


@never_cache
@requires(Permission.KEEP_THREADS)
def thread_list(request):
    today = timezone.localdate()
    threads = current_threads(request.user, today)
    filterset, table = filtered_table(
        request, threads, partial(ThreadFilter, today=today), ThreadTable
    )
    context = {"filter": filterset, "table": table, "has_any": threads.exists()}
    return render(request, "activities/thread_list.html", context)


@never_cache
@requires(Permission.KEEP_THREADS)
def thread_detail(request, pk):
    thread = own_thread(request.user, pk)
    context = {
        "thread": thread,
        "contacts": contacts_of(thread),
        "sums": sums_of(thread),
        "can_open_case": request.user.may(Permission.MANAGE_CASES),
    }
    return render(request, "activities/thread_detail.html", context)


@never_cache
@requires(Permission.KEEP_THREADS)
def thread_dissolve(request, pk):
    """Asks once, then dissolves the thread.

    A repeated request finds nothing to do, and gets the same answer for a thread of somebody else.
    """
    if request.method == "POST" and not has_own_thread(request.user, pk):
        messages.info(request, ALREADY_GONE)
        return redirect("activities:thread_list")
    thread = own_thread(request.user, pk)
    if request.method == "POST":
        dissolve_thread(thread, on=timezone.localdate())
        messages.success(request, "Dissolved. Its contacts stay as they are and count as before.")
        return redirect("activities:thread_list")
    context = {"thread": thread, "sums": sums_of(thread)}
    return render(request, "activities/thread_dissolve.html", context)


@sensitive_post_parameters("reference")
@never_cache
@requires(Permission.KEEP_THREADS)
@requires(Permission.MANAGE_CASES)
def thread_agree(request, pk):
    """The family agrees to be registered: open a case, to which only sums are carried."""
    if request.method != "POST":
        return agree_page(request, pk)
    if case := case_sent_before(request):
        return agreed_again(request, case)
    with transaction.atomic():
        # Locked, so that no contact is added between showing the sums and carrying them.
        list(Thread.objects.select_for_update().filter(pk=pk))
        is_filled_in = "sums" in request.POST
        if is_filled_in and not has_own_thread(request.user, pk):
            return gone_page(request)
        return agree_page(request, pk)


def agree_page(request, pk):
    user, today, sent = request.user, timezone.localdate(), typed(request)
    thread = own_thread(user, pk)
    sums = sums_of(thread)
    form = CaseForm(
        sent,
        user=user,
        today=today,
        carried=sums,
        initial={"informal_first": InformalFirst.YES},
    )
    if request.method == "POST" and form.is_valid():
        if sent.get("sums") != stamp(sums):
            form.add_error(None, MORE_SINCE)
        elif case := opened_by(form, by=user):
            dissolve_thread(thread, on=today)
            messages.success(request, f"{case} is open. Carried to it: {sums}. {NOT_CARRIED}")
            visible = Case.objects.visible_to(user).filter(pk=case.pk).exists()
            return redirect(case if visible else "cases:case_list")
    context = {"form": form, "thread": thread, "sums": sums, "stamp": stamp(sums)}
    return render(request, "activities/thread_agree.html", context)


def agreed_again(request, case):
    """The same form again, after its thread was dissolved: show or correct the case it opened.

    What cannot be corrected here is shown again as the page of a case without a thread.
    """
    form = CaseForm(typed(request), user=request.user, today=timezone.localdate())
    if not (form.is_valid() and opened_by(form, by=request.user)):
        return page_without_thread(request, form)
    if form.said:
        messages.success(request, form.said)
    return redirect(case)


def gone_page(request):
    """The typed data after the thread was dissolved, to open a case without it."""
    form = CaseForm(typed(request), user=request.user, today=timezone.localdate())
    form.add_error(None, GONE)
    return page_without_thread(request, form)


def page_without_thread(request, form):
    context = {"form": form, "send_to": reverse("cases:case_open")}
    return render(request, "cases/case_open.html", context)


def stamp(sums):
    """The sums shown as carried, sent with the form to be compared on saving."""
    return f"{sums.contacts}-{sums.minutes}-{sums.weeks}"


def case_sent_before(request):
    """The case that this very form opened earlier (rule 9)."""
    try:
        token = uuid.UUID(request.POST.get("form_token", ""))
    except ValueError:
        return None
    case = opened_before(token)
    return case and Case.objects.visible_to(request.user).filter(pk=case.pk).first()


@never_cache
@requires(Permission.KEEP_THREADS)
def thread_choose(request, pk):
    """The thread an own contact is in: a new one, another, or none."""
    user, today = request.user, timezone.localdate()
    contacts = contacts_to_keep(user, today).select_related("activity_type", "thread")
    activity = get_object_or_404(contacts, pk=pk)
    form = KeepForm(typed(request), activity=activity, threads=threads_in_touch(user, today))
    if request.method == "POST" and form.is_valid():
        try:
            thread = keep_together(
                by=user, activity=activity, to=form.cleaned_data["thread"], today=today
            )
        except ThreadError:
            form.add_error("thread", "Something changed meanwhile. Choose again.")
        else:
            done = "Kept together." if thread else "Taken out of its thread."
            messages.success(request, f"{done} Only you see it.")
            return redirect(activity)
    return render(request, "activities/thread_choose.html", {"form": form, "activity": activity})


def own_thread(user, pk):
    return get_object_or_404(current_threads(user, timezone.localdate()), pk=pk)


def has_own_thread(user, pk):
    return current_threads(user, timezone.localdate()).filter(pk=pk).exists()
