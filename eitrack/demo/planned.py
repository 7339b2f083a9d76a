"""What is still to come or to be settled: rules of series, closed quarters, what waits for a word.

Nothing of it enters a count: proposed time and records that wait do not.
"""

from datetime import timedelta

from eitrack.activities.choices import (
    OBSTACLE_OF,
    EntryState,
    NotRunReason,
    Repeat,
    SeriesRole,
    Status,
)
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import Activity, SeriesWorker, TimeEntry
from eitrack.common.periods import Period
from eitrack.demo import programmes, signins
from eitrack.demo.calendar import closes_after
from eitrack.demo.records import trail_of
from eitrack.demo.stories import moment
from eitrack.demo.writing import write
from eitrack.directory.models import ClosedQuarter
from eitrack.directory.school_terms import SchoolTerms

WITH_RULE = (KindCode.DROP_IN, KindCode.GROUP_SESSION)
WEEKS_AHEAD = 8


def give_rules(rows, slots):
    """Drop-ins and groups repeat every week on the weekday of their slot.

    A school's gate has several days a week, which no one rule says; its series stay without.
    """
    terms = SchoolTerms()
    for row in rows:
        if row.kind not in WITH_RULE:
            continue
        for slot in slots[row]:
            for series in slot.series:
                ahead = (slot.weekday - series.from_on.weekday()) % 7
                series.from_on += timedelta(days=ahead)
                series.repeat = Repeat.WEEKLY
                series.starts_at = slot.starts_at
                series.usual_minutes = row.entry_minutes
            slot.series = [series for series in slot.series if _is_long_enough(series, terms)]


def _is_long_enough(series, terms):
    """Of a programme, whether enough sessions are planned, which are counted here."""
    if not series.seats:
        return True
    if series.from_on > series.until_on:
        return False
    series.planned_sessions = len(series.dates_between(series.from_on, series.until_on, terms))
    return series.planned_sessions >= programmes.FEWEST_SESSIONS


def write_leads(rows, slots):
    leads = {
        series.pk: (series, slot.lead)
        for row in rows
        for slot in slots[row]
        for series in slot.series
    }
    write(
        [
            SeriesWorker(
                series=series,
                worker=lead.user,
                role=SeriesRole.LEAD,
                from_on=series.from_on,
                until_on=series.until_on,
            )
            for series, lead in leads.values()
        ],
        history=True,
    )


def write_closed_quarters(window, district):
    """Every quarter whose ten working days are over is settled."""
    quarter, closed = Period.quarter_of(window.start), []
    while closes_after(quarter) < window.until:
        record = ClosedQuarter(
            district=district,
            quarter=quarter.code,
            closed_at=moment(closes_after(quarter) + timedelta(days=1), 6, 0),
        )
        record._history_date = record.closed_at
        closed.append(record)
        quarter = quarter.next()
    write(closed, history=True)


def write_waiting(dice, window, places, staff):
    """A late record of the sample worker for the manager, a colleague's proposal for the worker."""
    worker = next(each for each in staff if each.user.email == signins.WORKER.email)
    last_closed = ClosedQuarter.objects.first()
    if last_closed:
        late = Period.parse(last_closed.quarter).end
        _write_late(dice, places, worker, late)
    _propose(window, worker)


def _propose(window, worker):
    """A colleague says that the worker took part in a session of the last weeks."""
    session = (
        Activity.objects.held()
        .filter(
            kind__in=(KindCode.GROUP_SESSION, KindCode.MEETING_SERVICE, KindCode.DROP_IN),
            date__lt=window.last_working_day,
            time_entries__team=worker.team,
        )
        .exclude(time_entries__worker=worker.user)
        .order_by("-date", "pk")
        .first()
    )
    if session is None:
        return
    entry = TimeEntry(
        activity=session,
        worker=worker.user,
        contact_minutes=45,
        state=EntryState.PROPOSED,
        recorded_at=session.recorded_at,
        received_at=session.recorded_at,
    )
    entry.freeze_context(worker.hats[0])
    entry._history_date, entry._history_user = session.recorded_at, session.recorded_by
    entry.save()


def cancel_ahead(dice, window):
    """The host has said that one group of the weeks to come will not meet."""
    first, last = window.until + timedelta(days=1), window.until + timedelta(weeks=WEEKS_AHEAD)
    leads = SeriesWorker.objects.filter(
        role=SeriesRole.LEAD, series__activity_type__kind=KindCode.GROUP_SESSION
    )
    for lead in leads.select_related("series", "worker").order_by("pk"):
        hat = lead.worker.placements.filter(team=lead.series.team_id, until_on=None).first()
        days = lead.series.dates_between(first, last)
        if hat and days:
            _write_cancelled(dice, lead, hat, days[0], moment(window.last_working_day, 15, 30))
            return


def _write_cancelled(dice, lead, hat, day, recorded_at):
    series = lead.series
    activity = Activity(
        series=series,
        planned_on=day,
        date=day,
        activity_type=series.activity_type,
        site=series.site,
        starts_at=series.starts_at,
        status=Status.DID_NOT_RUN,
        not_run_reason=NotRunReason.CANCELLED_BY_HOST,
        obstacle=OBSTACLE_OF[NotRunReason.CANCELLED_BY_HOST],
        recorded_by=lead.worker,
        recorded_at=recorded_at,
        form_token=dice.token(),
    )
    entry = TimeEntry(
        activity=activity,
        worker=lead.worker,
        is_lead=True,
        recorded_at=recorded_at,
        received_at=recorded_at,
    )
    entry.freeze_context(hat)
    for record in (activity, entry):
        record._history_date, record._history_user = recorded_at, lead.worker
        record.save()
    write([trail_of(activity)])


def _write_late(dice, places, worker, day):
    """A service meeting of a closed quarter, which waits: it has no headcount and no series."""
    recorded_at = moment(day + timedelta(days=40), 16, 30)
    activity = Activity(
        activity_type=places.types[KindCode.MEETING_SERVICE][0],
        date=day,
        status=Status.AWAITING,
        site=worker.hats[0].base_site,
        recorded_by=worker.user,
        recorded_at=recorded_at,
        form_token=dice.token(),
    )
    entry = TimeEntry(
        activity=activity,
        worker=worker.user,
        contact_minutes=45,
        is_lead=True,
        recorded_at=recorded_at,
        received_at=recorded_at,
    )
    entry.freeze_context(worker.hats[0])
    for record in (activity, entry):
        record._history_date, record._history_user = recorded_at, worker.user
        record.save()
