"""Who delivers a series, and from which day."""

from datetime import timedelta

from django.db import transaction

from eitrack.activities.choices import Repeat, SeriesRole
from eitrack.activities.models import Series, SeriesDate, SeriesWorker
from eitrack.activities.record.actions import settled_type
from eitrack.audit.choices import Action
from eitrack.audit.trail import record


@transaction.atomic
def save_series(*, by, series, agencies, dates, lead, helpers, today):
    """Save a series with its partner agencies, single dates and workers.

    `lead` is for a new series only; later it changes by `hand_over`. `helpers` maps the other
    workers to their roles.
    """
    is_new = series.pk is None
    series.activity_type = settled_type(series.activity_type)
    series.save()
    series.agencies.set(agencies)
    set_single_dates(series, dates if series.repeat == Repeat.DATES else [])
    begins = series.from_on if is_new else max(today, series.from_on)
    if is_new:
        series.workers.create(worker=lead, role=SeriesRole.LEAD, from_on=begins)
    set_helpers(series, helpers, begins)
    record(Action.CREATED if is_new else Action.CHANGED, by=by, about=series)
    return series


def set_single_dates(series, dates):
    wanted = set(dates)
    series.single_dates.exclude(date__in=wanted).delete()
    there = set(series.single_dates.values_list("date", flat=True))
    SeriesDate.objects.bulk_create(
        [SeriesDate(series=series, date=date) for date in sorted(wanted - there)]
    )


def set_helpers(series, helpers, day):
    """Set co-leads and co-workers from this day; the others end the day before."""
    there = {
        role.worker: role for role in series.workers.not_ended(day).exclude(role=SeriesRole.LEAD)
    }
    for worker, role in there.items():
        if helpers.get(worker) != role.role:
            end(role, day)
    for worker, role in helpers.items():
        if worker not in there or there[worker].role != role:
            series.workers.create(worker=worker, role=role, from_on=day)


@transaction.atomic
def hand_over(*, by, series, to, day):
    """`to` leads the series from this day; the previous lead ends the day before.

    Any other role of the new lead ends too. Handing over to the current lead changes nothing.
    """
    # Locked, so that two users at once leave one lead.
    series = Series.objects.select_for_update().get(pk=series.pk)
    day = max(day, series.from_on)
    leads = list(series.workers.not_ended(day).filter(role=SeriesRole.LEAD))
    if [lead.worker_id for lead in leads] == [to.pk]:
        return
    others = series.workers.not_ended(day).filter(worker=to).exclude(role=SeriesRole.LEAD)
    for role in [*leads, *others]:
        end(role, day)
    SeriesWorker.objects.create(series=series, worker=to, role=SeriesRole.LEAD, from_on=day)
    record(Action.CHANGED, by=by, about=series)


@transaction.atomic
def hand_over_all(*, by, serieses, to, day):
    """Hand over all series of an absent worker; further kinds of work are passed as arguments."""
    for series in serieses:
        hand_over(by=by, series=series, to=to, day=day)


def end(role, day):
    """End the role the day before; delete it if it would never have begun."""
    if role.from_on >= day:
        role.delete()
    else:
        role.until_on = day - timedelta(days=1)
        role.save()


def led_by(worker, day):
    """Series this worker leads on this day or later."""
    led = SeriesWorker.objects.filter(worker=worker, role=SeriesRole.LEAD).not_ended(day)
    return Series.objects.filter(workers__in=led)
