"""From what happened to the records: activities, time entries, co-deliveries, the trail."""

from datetime import timedelta

from eitrack.activities.models import Activity, CoDelivery, TimeEntry
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.demo.programmes import seat_marks
from eitrack.demo.recording import recorded
from eitrack.demo.writing import RECENT_DAYS, write
from eitrack.directory.choices import Nation


def write_records(dice, window, places, happenings, tell):
    """Write everything that happened; history and trail of the last weeks only (`writing`)."""
    since = window.until - timedelta(days=RECENT_DAYS)
    activities = [_activity(dice, window, places, happening) for happening in happenings]
    tell(f"Writing {len(activities):,} activities")
    write(activities, history=lambda activity: activity.date >= since)
    entries, partners = [], []
    for activity, happening in zip(activities, happenings, strict=True):
        entries += _entries(dice, window, activity, happening)
        partners += [_partner(dice, activity, agency) for agency in happening.partners]
    tell(f"Writing {len(entries):,} time entries")
    write(entries, history=lambda entry: entry.date >= since)
    write(partners, history=lambda partner: partner.activity.date >= since)
    marks = seat_marks(dice, activities, happenings)
    write(marks, history=lambda mark: mark.activity.date >= since)
    tell("Writing the trail of the last weeks")
    write([trail_of(activity) for activity in activities if activity.date >= since])


def _activity(dice, window, places, happening):
    moment, received = recorded(dice, window, happening)
    happening.recorded_at, happening.received_at = moment, received
    series = happening.series
    activity_type = (
        series.activity_type if series else dice.choice(places.types[happening.row.kind])
    )
    activity = Activity(
        activity_type=activity_type,
        kind=activity_type.kind,
        date=happening.date,
        starts_at=happening.starts_at,
        site=happening.site,
        case=happening.case and happening.case.case,
        series=series,
        planned_on=happening.date if series else None,
        recorded_by=happening.lead.user,
        recorded_at=moment,
        form_token=dice.token(),
        **happening.fields,
    )
    activity._history_date, activity._history_user = received, happening.lead.user
    return activity


def _entries(dice, window, activity, happening):
    entries = []
    for number, (worker, hat, minutes) in enumerate(
        zip(happening.team, happening.hats, happening.minutes, strict=True)
    ):
        is_lead = number == 0
        moment, received = (
            (happening.recorded_at, happening.received_at)
            if is_lead
            else recorded(dice, window, happening)
        )
        contact, preparation, travel = minutes
        entry = TimeEntry(
            activity=activity,
            worker=worker.user,
            contact_minutes=contact,
            preparation_minutes=preparation,
            travel_minutes=travel,
            is_lead=is_lead,
            recorded_at=moment,
            received_at=received,
        )
        entry.freeze_context(hat)
        entry.settle_lateness(Nation.ENGLAND)
        entry._history_date, entry._history_user = received, worker.user
        entries.append(entry)
    return entries


def _partner(dice, activity, agency):
    partner = CoDelivery(activity=activity, agency=agency, number=dice.choice((1, 1, 1, 2)))
    partner._history_date = activity._history_date
    partner._history_user = activity._history_user
    return partner


def trail_of(activity):
    """The line of the audit trail that says who recorded it."""
    return Entry(
        at=activity._history_date,
        on=activity._history_date.date(),
        by=activity.recorded_by,
        action=Action.CREATED,
        record_kind=activity._meta.label,
        record_id=activity.pk,
    )
