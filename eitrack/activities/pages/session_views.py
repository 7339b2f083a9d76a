"""A planned session that did not run, and one that a colleague has recorded."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.choices import EntryState
from eitrack.activities.forms.reasons import NotRunForm
from eitrack.activities.models import Series, TimeEntry
from eitrack.activities.series.lists import AHEAD_WEEKS
from eitrack.activities.series.sessions import (
    SessionTakenError,
    join_session,
    record_not_run,
    session_on,
)
from eitrack.activities.time.approval import state_once_confirmed, waiting_sentence
from eitrack.activities.time.form import TimeForm
from eitrack.activities.words import headcount_in_words
from eitrack.common.horizon import read_day
from eitrack.common.typed import typed
from eitrack.common.words import day as day_in_words
from eitrack.common.words import duration
from eitrack.directory.models import Placement

NO_HAT = "You had no hat on that day, so nothing can be recorded. Your manager can add one."


@requires(Permission.RECORD_ACTIVITY)
def series_not_run(request, pk, day):
    """Asks for the reason, also before the day. A session to which nobody came did run."""
    today = timezone.localdate()
    series, day = planned_session(request.user, pk, day, today + timedelta(weeks=AHEAD_WEEKS))
    is_ahead = day > today
    form = NotRunForm(typed(request), is_ahead=is_ahead)
    hat = hat_on(request.user, day, series.team_id)
    if request.method == "POST" and form.is_valid() and hat is None:
        form.add_error(None, NO_HAT)
    if request.method == "POST" and form.is_valid():
        try:
            activity = record_not_run(
                by=request.user,
                series=series,
                planned_on=day,
                placement=hat,
                reason=form.cleaned_data["reason"],
            )
        except SessionTakenError as taken:
            messages.warning(request, str(taken))
            return redirect("daybook:today")
        return redirect(f"{reverse('daybook:today')}?saved={activity.pk}")
    context = {"form": form, "series": series, "day": day, "is_ahead": is_ahead}
    return render(request, "activities/series_not_run.html", context)


@requires(Permission.RECORD_ACTIVITY)
def series_join(request, pk, day):
    """Adds the user's minutes to a session a colleague recorded; its attendance stays."""
    series, day = planned_session(request.user, pk, day, timezone.localdate())
    activity = session_on(series.pk, day)
    if activity is None:
        raise Http404
    hat = hat_on(request.user, activity.date, series.team_id)
    if hat is None:
        messages.warning(request, NO_HAT)
        return redirect("daybook:today")
    form = own_time_form(request, series, activity, hat)
    if request.method == "POST" and form.is_valid():
        try:
            join_session(
                by=request.user,
                activity=activity,
                worker=request.user,
                placement=form.cleaned_data["placement"],
                minutes=form.minutes,
            )
        except SessionTakenError as taken:
            form.add_error(None, str(taken))
        else:
            team_id = form.cleaned_data["placement"].team_id
            sentence = joined_sentence(activity, sum(form.minutes.values()), team_id)
            messages.success(request, sentence)
            return redirect("daybook:today")
    context = {
        "form": form,
        "series": series,
        "day": day,
        "activity": activity,
        "counted": headcount_in_words(activity.kind, activity.headcount),
    }
    return render(request, "activities/series_join.html", context)


def own_time_form(request, series, activity, hat):
    """The minutes, prefilled with the usual length; Today sends only the minutes."""
    entry = TimeEntry(
        activity=activity,
        worker=request.user,
        contact_minutes=series.usual_minutes or activity.spine.usual_minutes,
    )
    entry.freeze_context(hat)
    sent = typed(request)
    if sent is not None:
        sent = sent.copy()
        sent.setdefault("placement", hat.pk)
    return TimeForm(sent, entry=entry)


def joined_sentence(activity, minutes, team_id):
    counted = headcount_in_words(activity.kind, activity.headcount)
    sentence = (
        f"{activity.series}, {day_in_words(activity.date)}: {activity.recorded_by} had recorded it"
        f"{f' ({counted})' if counted else ''}. Your {duration(minutes)} are on it now."
    )
    waits = state_once_confirmed(activity, team_id) == EntryState.AWAITING
    return f"{sentence} {waiting_sentence(activity)}" if waits else sentence


def planned_session(user, pk, day, last):
    """The series and the day, not after `last`, if it is planned or recorded; else 404."""
    series = get_object_or_404(Series.objects.visible_to(user).with_plan(), pk=pk)
    try:
        day = read_day(day)
    except ValueError:
        raise Http404 from None
    if day > last or not (series.is_planned_on(day) or session_on(pk, day)):
        raise Http404
    return series, day


def hat_on(worker, day, team_id):
    """The hat of that day in the series' team, else the one with the most planned hours."""
    hats = list(Placement.objects.filter(worker=worker).current(day))
    return next((hat for hat in hats if hat.team_id == team_id), hats[0] if hats else None)
