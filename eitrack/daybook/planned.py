"""The log form of a planned session, prefilled from its series."""

from dataclasses import dataclass
from datetime import date as Date
from functools import partial

from eitrack.activities.choices import Status
from eitrack.activities.models import Series
from eitrack.activities.record.form.activity import ActivityForm
from eitrack.activities.record.form.seats import SeatForm
from eitrack.activities.series.sessions import session_on
from eitrack.common.horizon import read_day
from eitrack.common.typed import typed


@dataclass
class Planned:
    series: Series
    on: Date


def planned_of(request, kind, today):
    """The session that `series` and `planned_on` of the address, or of the sent form, name.

    None unless the series is in reach and the session was planned or recorded on that day.
    """
    sent = typed(request)
    asked = request.GET if sent is None else sent
    text, pk = asked.get("planned_on", ""), asked.get("series", "")
    try:
        day = read_day(text)
    except ValueError:
        return None
    series = series_in_reach(request.user, kind.code.value, pk, day)
    if series is None or day > today:
        return None
    if not (series.is_planned_on(day) or session_on(series.pk, day)):
        return None
    return Planned(series, day)


def series_in_reach(user, kind, pk, *days):
    if not pk.isdecimal():
        return None
    series = Series.objects.in_reach_on(user, *days).filter(activity_type__kind=kind)
    return series.with_plan().filter(pk=int(pk[:18])).first()


def planned_values(planned, hats, filled_in):
    """Values of the series, which override those of habit."""
    series = planned.series
    own = next((hat.pk for hat in hats if hat.team_id == series.team_id), None)
    values = {
        "series": series.pk,
        "activity_type": series.activity_type_id,
        "site": series.site_id,
        "starts_at": series.starts_at or filled_in["starts_at"],
        "contact_minutes": series.usual_minutes or filled_in["contact_minutes"],
        "co_agencies": [agency.pk for agency in series.agencies.all()],
        "placement": own or filled_in["placement"],
    }
    if series.planned_sessions or series.seats:
        values["session_number"] = session_number(planned)
    return values


def session_number(planned):
    """Its place among the planned dates, without those that did not run."""
    series = planned.series
    dates = series.dates_between(series.from_on, planned.on)
    missed = series.activities.filter(status=Status.DID_NOT_RUN, planned_on__lt=planned.on)
    return max(len(dates) - missed.count(), 1)


def form_for(request, kind, planned, like=None):
    """The form with seats for a programme with seats, else the plain one.

    The programme is that of the planned session, of the address, or of the entry to repeat.
    """
    code, sent = kind.code.value, typed(request)
    if sent is not None:
        if "with_seats" not in sent:
            return ActivityForm
        series = series_in_reach(request.user, code, sent.get("series", ""))
    elif planned:
        series = planned.series
    else:
        usual = str(like.activity.series_id or "") if like else ""
        series = series_in_reach(request.user, code, request.GET.get("series", usual))
    return partial(SeatForm, series=series) if series and series.seats else ActivityForm
