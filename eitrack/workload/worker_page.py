"""What a worker's page says to their manager, from the figures that the worker sees."""

from django.db.models import Q, Sum

from eitrack.activities.kinds import Group, KindCode
from eitrack.activities.models import TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.charts.bars import Part, bars
from eitrack.charts.planned import Plan, planned_against_actual
from eitrack.charts.values import hours
from eitrack.indicators.worker_time import minutes_by
from eitrack.workload import drawings
from eitrack.workload.hats import NO_HOST
from eitrack.workload.points import look_wrong, number, points_by_worker, stretches


def worker_page(found, worker, today):
    """The context of the page; points are those of the period's last day that is known."""
    day = found.day
    points = points_by_worker([worker.pk], day)[worker.pk]
    spans = stretches(today)
    logged = logged_in(worker, spans)
    expected = round(points.minutes)
    return {
        "found": found,
        "waterline": drawings.team_waterline(found.groups, found.period.name),
        "kinds": kinds(found),
        "hats": hats(found),
        "streams": streams(found),
        "planned": planned(found),
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
    """Minutes of all teams in each of these stretches of days, in one query."""
    sums = {
        f"stretch_{i}": Sum(ALL_MINUTES, filter=Q(date__range=span), default=0)
        for i, span in enumerate(spans)
    }
    entries = TimeEntry.objects.filter(worker=worker, date__range=(spans[0][0], spans[-1][1]))
    return list(entries.counted().aggregate(**sums).values())


def kinds(found):
    """Hours by kind of work, in the order of the spine, in the colour of their group."""
    minutes = minutes_by(found.pieces, lambda each: (each.kind, each.group))
    spine = KindCode.values
    return hour_bars(
        [
            (KindCode(kind).label, minutes[kind, group], group)
            for kind, group in sorted(minutes, key=lambda key: (spine.index(key[0]), key[1]))
        ],
        "Hours by kind of work",
        "Kind of work",
    )


def hats(found):
    minutes = minutes_by(found.pieces, lambda each: str(found.hats[each.placement]))
    return hour_bars(in_order(minutes), "Hours by hat", "Hat")


def streams(found):
    """Service time only, as funders are told."""
    service = [each for each in found.pieces if each.group != Group.OVERHEAD]
    minutes = minutes_by(service, lambda each: found.streams[each.funding_stream])
    return hour_bars(in_order(minutes), "Service hours by funding stream", "Funding stream")


def in_order(minutes):
    return [(name, minutes[name], "plain") for name in sorted(minutes, key=str.casefold)]


def hour_bars(rows, title, header):
    return bars(
        [Part(label, (minutes, hours(minutes)), group=group) for label, minutes, group in rows],
        title=title,
        row_header=header,
        figure_header="Hours",
        empty="Nothing logged in this time.",
    )


def planned(found):
    """Planned and logged time by host, both up to the last day that is known."""
    planned, logged = found.planned_by_host(), found.actual_by_host()
    hosts = {hat.host_id: str(hat.host or NO_HOST) for hat in found.hats.values()}
    return planned_against_actual(
        [
            Plan(hosts[host], round(planned[host]), logged[host], group="plain")
            for host in sorted(hosts, key=lambda host: (host is None, hosts[host].casefold()))
        ],
        title="Planned and logged time by host",
        empty="Nothing was planned or logged in this time.",
    )
