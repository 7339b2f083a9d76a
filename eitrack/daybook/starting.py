"""Presets for a worker without a log: the usual work of their post."""

from collections import defaultdict
from datetime import timedelta
from statistics import median

from django.db.models import Avg, Count

from eitrack.activities.kinds.by_post import kinds_of
from eitrack.activities.models import ActivityType, TimeEntry
from eitrack.daybook.presets import FEWEST, Preset
from eitrack.directory.choices import SiteKind

LEARNED_WEEKS = 13
FEWEST_WORKERS = 3


def starting_presets(hat, today):
    """What three others of the post share, completed with its usual kinds at the base site."""
    of_post = presets_of_post(hat, today)
    used = {preset.kind.code for preset in of_post}
    place = hat.base_site.name if hat.base_site else ""
    first = [kind for kind in kinds_of(hat.post) if kind.code not in used]
    return of_post + [Preset(kind, kind.label, place, kind.usual_minutes) for kind in first]


def presets_of_post(hat, today):
    """What people with this post did most in the last 13 weeks: type, kind of place, length.

    It reveals nobody's day: no series, case, co-worker or name, no site but the newcomer's own
    base, and only what at least three other workers share.
    """
    shared = [
        found for found in by_combination(hat, today).items() if len(found[1]) >= FEWEST_WORKERS
    ]
    shared.sort(key=lambda found: (-sum(times for times, _ in found[1]), found[0]))
    types = ActivityType.objects.in_use().in_bulk([combination[0] for combination, _ in shared])
    return [
        preset_at(hat, types[type_id], site_kind, usual_length(of_workers))
        for (type_id, site_kind), of_workers in shared
        if type_id in types
    ][:FEWEST]


def by_combination(hat, today):
    """{(type, kind of site): [(how often, usual minutes) for each other worker]}."""
    rows = (
        TimeEntry.objects.counted()
        .filter(post=hat.post_id, date__gt=today - timedelta(weeks=LEARNED_WEEKS), date__lte=today)
        .exclude(worker=hat.worker_id)
        .order_by()
        .values_list("activity__activity_type", "activity__site__kind", "worker")
        .annotate(Count("pk"), Avg("contact_minutes"))
    )
    found = defaultdict(list)
    for type_id, site_kind, _worker, times, minutes in rows:
        found[type_id, site_kind].append((times, minutes))
    return found


def usual_length(of_workers):
    """The median of the workers' usual lengths, to five minutes; not the length of one day."""
    return round(median(minutes for _, minutes in of_workers) / 5) * 5


def preset_at(hat, type_, site_kind, minutes):
    """At the own base site if it is of that kind; else the site is left open."""
    base = hat.base_site
    is_at_base = base is not None and base.kind == site_kind
    return Preset(
        kind=type_.spine,
        own_name=type_.name,
        site_name=base.name if is_at_base else SiteKind(site_kind).label,
        minutes=minutes,
        values={
            "activity_type": type_.pk,
            "site": base.pk if is_at_base else "",
            "contact_minutes": minutes,
        },
    )
