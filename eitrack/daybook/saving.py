"""What the log form does once it is valid."""

from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from eitrack.activities.record.form.activity import ActivityForm
from eitrack.activities.record.protocol_work import record_steps
from eitrack.activities.series.sessions import join_session, record_session
from eitrack.activities.threads.life import keep_together
from eitrack.activities.time.proposals import propose_time
from eitrack.cases.cover import note_cover

NOTE_NOT_ADDED = "Your note was not saved: the session is a colleague’s record, with its own note."


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
            is_another=form.is_another,
            **own,
        )
    if form.covered:
        note_cover(form.covered, by=request.user)
    if form.steps:
        district_id = own["placement"].team.district_id
        record_steps(by=request.user, activity=activity, steps=form.steps, district_id=district_id)
    if co_workers := form.cleaned_data.get("co_workers"):
        propose_time(
            by=request.user, activity=activity, co_workers=co_workers, minutes=form.minutes
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
