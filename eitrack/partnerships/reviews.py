"""Agreements whose review is due, or was due and has not happened."""

from datetime import timedelta

from eitrack.partnerships.models import ProtocolVersion

SOON_DAYS = 60


def reviews_until(districts, day, until):
    """Versions in force on `day` with a review due on or before `until`, the oldest first."""
    return (
        ProtocolVersion.objects.filter(
            protocol__district__in=districts,
            protocol__agency__is_archived=False,
            review_due_on__lte=until,
        )
        .in_force_on(day)
        .select_related("protocol__agency")
        .defer("agreed_text", "learned_text")
        .order_by("review_due_on", "protocol__agency__name", "pk")
    )


def reviews_to_come(districts, day):
    """(overdue, due within 60 days), in one query."""
    found = list(reviews_until(districts, day, day + timedelta(days=SOON_DAYS)))
    overdue = [version for version in found if version.is_overdue_on(day)]
    return overdue, [version for version in found if not version.is_overdue_on(day)]
