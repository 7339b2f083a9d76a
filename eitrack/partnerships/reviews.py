"""Agreements whose review is due or overdue."""

from datetime import timedelta

from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models.places import in_use_on
from eitrack.partnerships.models import ProtocolVersion

SOON_DAYS = 60


def reviews_until(districts, day, until):
    """Versions in force on `day` with a review due by `until`, oldest first."""
    return (
        ProtocolVersion.objects.filter(
            in_use_on(day, "protocol__agency__"),
            protocol__district__in=districts,
            review_due_on__lte=until,
        )
        .in_force_on(day)
        .select_related("protocol__agency")
        .defer("agreed_text", "learned_text")
        .order_by("review_due_on", "protocol__agency__name", "pk")
    )


def reviews_to_come(district, day):
    """(overdue, due within 60 days) in a district, by its key; one query."""
    found = reviews_soon(district, day)
    overdue = [version for version in found if version.is_overdue_on(day)]
    return overdue, [version for version in found if not version.is_overdue_on(day)]


@compiled_query
def reviews_soon(district, day):
    return reviews_until([district], day, day + timedelta(days=SOON_DAYS))
