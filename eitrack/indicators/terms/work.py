"""Conditions that several definitions share: which records are direct, service, unregistered."""

from django.db.models import Case, F, Q, When

from eitrack.activities import kinds
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.terms.breakdowns import EVERY_BREAKDOWN, EVERY_BREAKDOWN_OF_PEOPLE
from eitrack.indicators.terms.row_keys import ESTIMATED

__all__ = ["ALL_MINUTES", "ESTIMATED", "EVERY_BREAKDOWN", "EVERY_BREAKDOWN_OF_PEOPLE"]

DIRECT = Q(activity__kind__in=kinds.DIRECT)
SERVICE = Q(activity__kind__in=kinds.SERVICE)
CONSULTATION = Q(activity__kind__in=kinds.CONSULTATIONS)
UNREGISTERED = Q(activity__case__isnull=True)
ON_A_CASE = Q(activity__case__isnull=False)
# C12, C13: on playgrounds and open evenings conversations count, not everybody who was there.
HEADCOUNT = Case(
    When(activity__kind__in=kinds.COUNTED_BY_CONVERSATION, then=F("activity__conversations")),
    default=F("activity__attendance"),
)


def of_kind(*codes):
    """Records of these kinds."""
    return Q(activity__kind__in=codes)
