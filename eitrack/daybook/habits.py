"""What a worker usually does: weighing the entries of their log, and usual lengths."""

from collections import Counter
from datetime import datetime

from eitrack.daybook.own_log import LEARNED_DAYS


def weight(logged, now: datetime):
    """The weight of one entry for a habit now: more if recent, on this weekday, near this hour."""
    fresh = 1 - (now.date() - logged.date).days / (2 * LEARNED_DAYS)
    weekday = 2 if logged.date.weekday() == now.weekday() else 0
    return fresh * (1 + weekday + nearness(logged.starts_at, now))


def nearness(starts_at, now):
    """2 at the same time of day, falling to 0 at three hours away."""
    if starts_at is None:
        return 0
    apart = abs(starts_at.hour * 60 + starts_at.minute - now.hour * 60 - now.minute)
    return 2 * max(0, 1 - apart / 180)


def usual_minutes(rows, most=4):
    """Contact minutes, the most usual first; of equally usual ones the newer first."""
    counted = Counter(row.contact_minutes for row in rows)
    return [minutes for minutes, _ in counted.most_common(most)]


def usual_sites(log, most=8):
    """Sites, the most used first."""
    counted = Counter(row.site_id for row in log if row.site_id)
    return [site for site, _ in counted.most_common(most)]
