"""A worker's page for their manager, from the same figures the worker sees."""

from django.db.models import Q, Sum

from eitrack.activities.models import TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.time.sections import in_all, sections, waterline_of
from eitrack.workload.points import look_wrong, number, points_by_worker, stretches


def worker_page(found, worker, today):
    """The context of the page; points are those of the last known day of the period."""
    day = found.day
    points = points_by_worker([worker.pk], day)[worker.pk]
    spans = stretches(today)
    logged = logged_in(worker, spans)
    expected = round(points.minutes)
    return {
        "found": found,
        "waterline": waterline_of(found, found.period.name),
        "in_all": in_all(found),
        "sections": sections(found),
        "points": points,
        "lines": [
            {"what": line.what.label, "number": number(line.number), "points": number(line.points)}
            for line in points.lines
        ],
        "stretches": [
            {"first": first, "last": last, "logged": minutes}
            for (first, last), minutes in zip(spans, logged, strict=True)
        ],
        "expected": expected,
        "weights_look_wrong": look_wrong([expected] * len(logged), logged),
    }


def logged_in(worker, spans):
    """Minutes of all teams in each of these stretches, in one query."""
    sums = {
        f"stretch_{i}": Sum(ALL_MINUTES, filter=Q(date__range=span), default=0)
        for i, span in enumerate(spans)
    }
    entries = TimeEntry.objects.filter(worker=worker, date__range=(spans[0][0], spans[-1][1]))
    return list(entries.counted().aggregate(**sums).values())
