from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities import kinds
from eitrack.activities.actions import saved_before
from eitrack.activities.forms import ActivityForm
from eitrack.activities.forms.joining import settle_joining
from eitrack.activities.forms.threads import is_said_of
from eitrack.activities.models import ActivityType
from eitrack.activities.proposals import propose_time
from eitrack.activities.protocol_work import record_steps
from eitrack.activities.sessions import SessionTakenError, join_session, record_session
from eitrack.activities.thread_lists import threads_in_touch
from eitrack.activities.threads import ThreadError, keep_together
from eitrack.cases.cover import note_cover
from eitrack.common.free_text import plain
from eitrack.common.typed import typed
from eitrack.daybook.due import due
from eitrack.daybook.habits import usual_sites
from eitrack.daybook.models import PresetChoice
from eitrack.daybook.one_tap_days import guessed_start, moved_to, one_tap_days
from eitrack.daybook.own_log import recent_log
from eitrack.daybook.planned import form_for, planned_of, planned_values
from eitrack.daybook.prefill import (
    asked_date,
    asked_values,
    initial_values,
    last_contact_of,
    like_entry,
    quick_minutes,
)
from eitrack.daybook.presets import is_young, presets
from eitrack.daybook.requests import to_answer
from eitrack.daybook.saved import saved
from eitrack.daybook.starting import starting_presets
from eitrack.daybook.tally import owner_of
from eitrack.daybook.week import week
from eitrack.daybook.week_end import missed_this_week
from eitrack.directory.models import Contract, Placement, Team

RECENT_ENTRIES = 6
MOST_THREADS = 5
NOTE_NOT_ADDED = "Your note was not saved: the session is a colleague’s record, with its own note."


@requires(Permission.RECORD_ACTIVITY)
def today(request):
    now = timezone.localtime()
    log = recent_log(request.user, now.date())
    hats = hats_on(request.user, now.date())
    contract = Contract.objects.filter(worker=request.user).current(now.date()).first()
    this_week = week(log, now.date(), contract)
    choices = PresetChoice.objects.visible_to(request.user).by_combination()
    is_starting = bool(hats) and is_young(log, now, choices)
    starting = starting_presets(hats[0], now.date()) if is_starting else []
    context = {
        "today": now.date(),
        "hats": hats,
        "helpers": [] if hats else who_adds_hats(request.user),
        "presets": presets(log, now, choices, starting) if hats else [],
        "week": this_week,
        "missed": missed_this_week(log, now),
        "proposals": [row for row in log if row.is_proposed],
        "recent": log[:RECENT_ENTRIES],
        "saved": saved(request, now),
        "due": due(request.user, now.date()),
        "to_answer": to_answer(request.user, now.date()),
        **in_touch(request.user, now.date()),
    }
    return render(request, "daybook/today.html", context)


def in_touch(user, today):
    """The families met last, by label, and whether there are more."""
    threads = threads_in_touch(user, today)
    return {"threads": threads[:MOST_THREADS], "has_more_threads": len(threads) > MOST_THREADS}


@requires(Permission.RECORD_ACTIVITY)
def log_start(request):
    """All kinds in plain words; `?date=` is handed on to the form."""
    date = asked_date(request.GET.get("date"), timezone.localdate())
    query = f"?date={date:%Y-%m-%d}" if "date" in request.GET else ""
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
    """Kinds whose local names have all been archived."""
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
        form = log_form(request, kind, now, planned)
        form.show_as_typed()
    elif request.method == "POST":
        before = saved_before(token_of(request), request.user)
        if before and says_the_same(request.POST, before):
            return redirect(after_save(before, request))
        form = log_form(request, kind, now, planned)
        if before:
            form.say_saved_before(before)
        elif form.is_valid() and settle_joining(form):
            try:
                return redirect(after_save(save(form, request, planned), request))
            except SessionTakenError as taken:
                form.add_error(None, str(taken))
            except ThreadError:
                # It was dissolved a moment ago: what was typed comes back and says so.
                form = log_form(request, kind, now, planned)
    elif request.POST:
        form = log_form(request, kind, now, planned)
    else:
        date = planned.on if planned else asked_date(request.GET.get("date"), now.date())
        hats = hats_on(request.user, date)
        if not hats:
            helpers = who_adds_hats(request.user)
            return render(request, "daybook/no_hat.html", {"helpers": helpers, "date": date})
        form = log_form(request, kind, now, planned, hats, date)
    # Whose it is where a save meets no network; a kind with a case is never kept on a phone.
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


def log_form(request, kind, now, planned=None, hats=(), date=None):
    """The form as sent, or filled in; what is usual is looked up only for a page that is shown."""
    sent = typed(request)
    is_sent = sent is not None
    own = [] if is_sent else recent_log(request.user, now.date())
    like = None if is_sent else like_entry(request.user, asked_like(request))
    filled_in = (
        {}
        if is_sent
        else initial_values(kind=kind, hats=hats, log=own, like=like, date=date, now=now)
    )
    if planned and not is_sent:
        filled_in |= planned_values(planned, hats, filled_in)
    if not is_sent and request.GET.get("site"):
        # Known before the form is made: its fields follow the site.
        filled_in["site"] = request.GET["site"]
    form_class = form_for(request, kind, planned, like)
    if is_sent and "day" in sent:
        sent = moved_to(sent, sent["day"], now.date())
    form = form_class(
        sent,
        kind=kind,
        user=request.user,
        worker=request.user,
        today=now.date(),
        initial=filled_in,
        asked=() if is_sent else request.GET,
    )
    if is_sent and not form.is_valid():
        own = recent_log(request.user, now.date())
    form.offer_usual(usual_sites(own), quick_minutes(own, kind))
    form.offer_days(one_tap_days(now.date()))
    if not is_sent:
        form.initial |= asked_values(request.GET, form)
    return form


def asked_like(request):
    """What the address asks to repeat; to continue a thread, its last contact."""
    thread = request.GET.get("thread", "")
    return request.GET.get("like") or last_contact_of(request.user, thread)


def says_the_same(typed, activity):
    """Whether a form that was saved before comes again as it was, in what a person would change."""
    saved = {
        "date": activity.date,
        "site": activity.site_id,
        "case": activity.case_id,
        "attendance": activity.attendance,
        "conversations": activity.conversations,
        "note": activity.note,
    }
    answers = {name: plain(typed.get(name, "")) for name in saved}
    if typed.get("elsewhere_kind"):
        answers["site"] = ""
    same = all(answer in ("", str(saved[name])) for name, answer in answers.items())
    return same and is_said_of(typed.get("thread", ""), activity)


@transaction.atomic
def save(form, request, planned):
    """One record per planned session: a colleague's is joined (`record_session`)."""
    own = {
        "by": request.user,
        "worker": request.user,
        "placement": form.cleaned_data["placement"],
        "minutes": form.minutes,
    }
    if form.joined:
        activity = join_session(activity=form.joined, **own)
    else:
        activity = record_session(
            activity=form.instance,
            co_agencies=form.cleaned_data.get("co_agencies", ()),
            planned_on=planned.on if planned else None,
            seats=getattr(form, "seats", None),
            **own,
        )
    if form.covered:
        note_cover(form.covered, by=request.user)
    record_steps(
        by=request.user,
        activity=activity,
        steps=form.steps,
        district_id=own["placement"].team.district_id,
    )
    propose_time(
        by=request.user,
        activity=activity,
        co_workers=form.cleaned_data.get("co_workers", ()),
        minutes=form.minutes,
    )
    if (thread := form.cleaned_data.get("thread")) and not activity.thread_id:
        today = timezone.localdate()
        keep_together(by=request.user, activity=activity, to=thread, today=today)
    if activity.recorded_by_id != request.user.pk and form.cleaned_data.get("note"):
        messages.warning(request, NOTE_NOT_ADDED)
    return activity


def token_of(request):
    field = ActivityForm.base_fields["form_token"]
    return field.clean(request.POST.get("form_token", ""))


def after_save(activity, request):
    if activity.recorded_by_id != request.user.pk:
        return f"{reverse('daybook:today')}?joined={activity.pk}"
    return f"{reverse('daybook:today')}?saved={activity.pk}"


def hats_on(user, day):
    return list(Placement.objects.filter(worker=user).current(day).with_context())


def who_adds_hats(user):
    """Teams with their managers: those the user has been placed in, else all."""
    teams = Team.objects.prefetch_related("managers")
    own = list(teams.filter(placements__worker=user).distinct())
    return [(team, list(team.managers.all())) for team in own or teams]
