"""Prefilled values of the log form: from a similar activity, else habit, else the placement."""

import uuid
from datetime import timedelta

from eitrack.activities.forms.fields import ReferenceField
from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.time.proposals import chosen_on
from eitrack.common.free_text import FreeTextField
from eitrack.common.horizon import read_day
from eitrack.daybook.habits import usual_minutes

COPIED = (
    "mode",
    "formality",
    "tier",
    "profession",
    "evening_format",
    "overhead_kind",
    "supervisor_id",
    "topic",
    "agency_id",
    "series_id",
    "activity_type_id",
)


def like_entry(user, pk):
    """The user's own time on the activity they want to repeat, or None.

    Details of one family, including the place, are not copied by a colleague (rule 11).
    """
    if not pk or not pk.isdecimal():
        return None
    open_to_user = Activity.objects.with_site_open_to(user).filter(has_open_site=True)
    return (
        TimeEntry.objects.filter(worker=user, activity_id=int(pk[:18]), activity__in=open_to_user)
        .select_related("activity")
        .first()
    )


def last_contact_of(user, thread):
    """The key of the last contact in an own thread, as text, or None."""
    if not thread.isdecimal():
        return None
    contacts = Activity.objects.filter(thread=int(thread[:18]), thread__worker=user)
    last = contacts.order_by("-date", "-pk").values_list("pk", flat=True).first()
    return last and str(last)


def initial_values(*, kind, hats, log, like, date, now):
    """Values of fields that need no decision; the headcount is left empty."""
    own = [row for row in log if row.kind == kind.code.value and row.site_id]
    placement_id = hat_of(hats, like)
    hat = next((hat for hat in hats if hat.pk == placement_id), hats[0])
    minutes = like.contact_minutes if like else usual(own, kind)
    values = {
        "form_token": uuid.uuid4(),
        "date": date,
        "placement": hat.pk,
        "contact_minutes": minutes,
        "site": own[0].site_id if own else hat.base_site_id,
        "starts_at": start(date, now, minutes),
        "guessed_start": start(date, now, minutes),
        "agency": own[0].agency_id if own else hat.host_id,
        "activity_type": own[0].activity_type_id if own else None,
    }
    if not like:
        return values
    activity = like.activity
    values |= {name.removesuffix("_id"): getattr(activity, name) for name in COPIED}
    values["site"] = activity.site_id
    values["co_workers"] = chosen_on(like)
    values["starts_at"] = activity.starts_at or values["starts_at"]
    if activity.session_number:
        values["session_number"] = activity.session_number + 1
    return values


def usual(own, kind):
    return usual_minutes(own)[0] if own else kind.usual_minutes


def quick_minutes(log, kind):
    """Usual lengths of this kind in ascending order, completed with round ones."""
    own = usual_minutes([row for row in log if row.kind == kind.code.value])
    more = [minutes for minutes in (kind.usual_minutes, 15, 30, 60) if minutes not in own]
    return sorted([minutes for minutes in [*own, *dict.fromkeys(more)] if minutes][:4])


def hat_of(hats, like):
    """The hat worn last if it still runs, else the one with the most planned hours."""
    worn = {hat.pk for hat in hats}
    return like.placement_id if like and like.placement_id in worn else hats[0].pk


def start(date, now, minutes):
    """The start if the work has just ended, to five minutes."""
    if date != now.date():
        return None
    began = now - timedelta(minutes=minutes)
    if began.date() != date:
        return None
    return began.replace(minute=began.minute // 5 * 5, second=0, microsecond=0, tzinfo=None).time()


def date_in_address(text, today):
    """The date in the address, if valid and not in the future; else today."""
    try:
        date = read_day(text or "")
    except ValueError:
        return today
    return min(date, today)


def values_in_address(query, form):
    """Values of form fields in the address: from a tally, or a stored record to be corrected.

    Never free text or a case reference, as addresses are logged in many places.
    """
    asked = {}
    for name, field in form.fields.items():
        if name not in query or isinstance(field, (FreeTextField, ReferenceField)):
            continue
        if name == "form_token":
            asked[name] = field.clean(query[name])
        elif not field.widget.is_hidden:
            takes_several = getattr(field.widget, "allow_multiple_selected", False)
            asked[name] = query.getlist(name) if takes_several else query[name]
    return asked
