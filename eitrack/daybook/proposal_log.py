"""Logging what a calendar proposes with one tap, where nothing is left to ask."""

from django.db import transaction

from eitrack.activities.joint.form import settle_joining
from eitrack.activities.record.form.activity import ActivityForm
from eitrack.activities.record.form.offers import hats_to_choose
from eitrack.activities.series.sessions import SessionTakenError
from eitrack.daybook.calendar_proposals import asks_nothing, hat_for
from eitrack.daybook.planned import Planned, planned_values, series_in_reach
from eitrack.daybook.saving import save


def log_at_once(request, proposal, today):
    """The activity it became, or None where the log form has something to ask.

    It is checked by that form, so that no rule is passed by.
    """
    if not asks_nothing(proposal):
        return None
    hats = hats_to_choose(request.user, today, proposal.date)
    hat = hat_for(proposal, [hat for hat in hats if hat.is_worn_on(proposal.date)])
    if hat is None:
        return None
    planned = planned_of(proposal, request.user)
    if proposal.series_id and (planned is None or planned.series.seats):
        return None
    form = ActivityForm(
        values_of(proposal, hat, planned),
        kind=proposal.activity_type.spine,
        user=request.user,
        worker=request.user,
        today=today,
    )
    if not (form.is_valid() and settle_joining(form)):
        return None
    try:
        with transaction.atomic():
            return save(form, request, planned)
    except SessionTakenError:
        return None


def planned_of(proposal, user):
    """The session that it is, if its series is in reach and was planned on its day."""
    if not proposal.series_id:
        return None
    kind, day = proposal.activity_type.kind, proposal.date
    series = series_in_reach(user, kind, f"{proposal.series_id}", day)
    return Planned(series, day) if series and series.is_planned_on(day) else None


def values_of(proposal, hat, planned):
    """What the form would be sent as it opens."""
    values = {
        "starts_at": proposal.starts_at,
        "contact_minutes": proposal.minutes,
        "placement": hat.pk,
    }
    if planned:
        values |= planned_values(planned, [hat], values)
    return values | {
        "form_token": f"{proposal.form_token}",
        "date": f"{proposal.date:%Y-%m-%d}",
        "starts_at": f"{proposal.starts_at:%H:%M}",
        "contact_minutes": proposal.minutes,
        "activity_type": proposal.activity_type_id,
        "site": proposal.site_id,
    }
