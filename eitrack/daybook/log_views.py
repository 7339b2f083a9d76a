"""Logging: choose the kind of work, fill in its form, save it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities import kinds
from eitrack.activities.joint.form import settle_joining
from eitrack.activities.models import ActivityType
from eitrack.activities.pages.views import side_by_side
from eitrack.activities.record.actions import saved_before
from eitrack.activities.record.form.correction import corrections
from eitrack.activities.record.form.following import FILLED_IN_FOR, follow, mark_filled_in
from eitrack.activities.record.form.offers import hats_to_choose
from eitrack.activities.series.sessions import SessionTakenError
from eitrack.activities.threads.life import ThreadError
from eitrack.common.typed import typed
from eitrack.common.versioned import ClashError, was_changed_since
from eitrack.daybook.again import (
    CHANGED_SINCE,
    LOGGED_BEFORE,
    correcting_form,
    may_be_corrected,
    save_correction,
)
from eitrack.daybook.calendar_proposals import passed_on
from eitrack.daybook.habits import usual_sites
from eitrack.daybook.hats import who_adds_hats
from eitrack.daybook.one_tap_days import guessed_start, moved_to, one_tap_days
from eitrack.daybook.own_log import recent_habits
from eitrack.daybook.planned import form_for, planned_of, planned_values
from eitrack.daybook.prefill import (
    date_in_address,
    initial_values,
    last_contact_of,
    like_entry,
    quick_minutes,
    values_in_address,
)
from eitrack.daybook.saving import after_save, save, token_of
from eitrack.daybook.tally import owner_of


@requires(Permission.RECORD_ACTIVITY)
def log_start(request):
    """All kinds in plain words; what the address knows is passed on to the form."""
    query = passed_on(request.GET, timezone.localdate())
    retired = retired_kinds()
    groups = [
        {
            "code": group.value,
            "title": group.label,
            "kinds": [
                {"name": kind.label, "url": reverse("daybook:log", args=[kind.code.value]) + query}
                for kind in kinds.KINDS
                if kind.group == group and kind.code.value not in retired
            ],
        }
        for group in kinds.Group
    ]
    return render(request, "daybook/log_start.html", {"groups": groups})


def retired_kinds():
    """Kinds of which all local names are archived."""
    archived = {}
    for kind, is_archived in ActivityType.objects.values_list("kind", "is_archived"):
        archived[kind] = archived.get(kind, True) and is_archived
    return {kind for kind, all_archived in archived.items() if all_archived}


@requires(Permission.RECORD_ACTIVITY)
def log(request, kind):
    if kind not in kinds.BY_CODE:
        raise Http404
    kind = kinds.BY_CODE[kind]
    now = timezone.localtime()
    planned = planned_of(request, kind, now.date())
    if request.method == "POST" and ("day" in request.POST or "look" in request.POST):
        form = sent_form(request, kind, now, planned)
        if (chosen := request.POST.get("look")) in FILLED_IN_FOR and chosen in form.fields:
            follow(form, chosen)
        form.show_as_typed()
    elif request.method == "POST":
        if before := saved_before(token_of(request), request.user):
            return sent_again(request, before, kind, now, planned)
        form = sent_form(request, kind, now, planned)
        if form.is_valid() and settle_joining(form):
            if form.to_change:
                return side_by_side(request, form.to_change, request.POST, LOGGED_BEFORE)
            try:
                return redirect(after_save(save(form, request, planned), request))
            except SessionTakenError as taken:
                form.add_error(None, str(taken))
            except ThreadError:
                # The thread was dissolved a moment ago: show what was typed and say so.
                form = sent_form(request, kind, now, planned)
    elif request.POST:
        form = sent_form(request, kind, now, planned)
    else:
        date = planned.on if planned else date_in_address(request.GET.get("date"), now.date())
        hats = hats_to_choose(request.user, now.date(), date)
        if not any(hat.is_worn_on(date) for hat in hats):
            helpers = who_adds_hats(request.user, now.date())
            return render(request, "daybook/no_hat.html", {"helpers": helpers, "date": date})
        form = filled_in_form(request, kind, now, planned, date, hats)
    return log_page(request, form, kind, now, planned)


def log_page(request, form, kind, now, planned):
    if form.is_bound:
        offer_usual(form, recent_habits(request.user, now.date()))
    # The owner, if a save meets no network; a kind with a case is never kept on a phone.
    owner = "" if kind.may_have_case else owner_of(request.user)
    return render(
        request,
        "daybook/log.html",
        {
            "form": form,
            "kind": kind,
            "planned": planned,
            "owner": owner,
            "guessed_start": guessed_start(request, form),
        },
    )


def sent_again(request, before, kind, now, planned):
    """The same form as before is done already; a different one corrects the record it became."""
    user, today = request.user, now.date()
    if kind != before.spine or not may_be_corrected(before, user, today):
        form = sent_form(request, kind, now, planned)
        form.say_saved_before(before)
        return log_page(request, form, kind, now, planned)
    version, form_class = before.version, form_for(request, kind, planned)
    form = correcting_form(form_class, typed(request), before, user=user, today=today)
    if not form.is_valid():
        return log_page(request, form, kind, now, planned)
    if corrections(form) and was_changed_since(before):
        return side_by_side(request, before, request.POST, CHANGED_SINCE)
    try:
        changed = save_correction(form, by=user, version=version)
    except ClashError:
        return side_by_side(request, before, request.POST, CHANGED_SINCE)
    except ThreadError:
        form = correcting_form(form_class, typed(request), before, user=user, today=today)
        return log_page(request, form, kind, now, planned)
    if changed:
        messages.success(request, changed)
    return redirect(after_save(before, request))


def sent_form(request, kind, now, planned):
    sent = typed(request)
    if "day" in sent:
        sent = moved_to(sent, sent["day"], now.date())
    form_class = form_for(request, kind, planned)
    user = request.user
    return form_class(sent, kind=kind, user=user, worker=user, today=now.date())


def filled_in_form(request, kind, now, planned, date, hats):
    """`hats` are those of `hats_to_choose`; at least one was worn on the day."""
    user, worn = request.user, [hat for hat in hats if hat.is_worn_on(date)]
    habits = recent_habits(user, now.date())
    like = like_entry(user, asked_like(request))
    filled_in = initial_values(kind=kind, hats=worn, log=habits, like=like, date=date, now=now)
    if planned:
        filled_in |= planned_values(planned, worn, filled_in)
    if request.GET.get("site"):
        # Needed before the form is made, as its fields depend on the site.
        filled_in["site"] = request.GET["site"]
    form = form_for(request, kind, planned, like)(
        kind=kind,
        user=user,
        worker=user,
        today=now.date(),
        initial=filled_in,
        asked=request.GET,
        hats=hats,
    )
    offer_usual(form, habits)
    form.initial |= values_in_address(request.GET, form)
    mark_filled_in(form)
    return form


def offer_usual(form, habits):
    """Put the worker's usual choices first; needed only if the form is shown."""
    form.offer_usual(usual_sites(habits), quick_minutes(habits, form.kind))
    form.offer_days(one_tap_days(form.today))


def asked_like(request):
    """What the address asks to repeat; to continue a thread, its last contact."""
    thread = request.GET.get("thread", "")
    return request.GET.get("like") or last_contact_of(request.user, thread)
