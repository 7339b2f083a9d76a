"""Words that several definitions share: which records are direct, service, unregistered."""

from django.db.models import Case, F, Q, When

from eitrack.activities import choices, kinds
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.breakdowns import EVERY_BREAKDOWN

__all__ = ["ALL_MINUTES", "EVERY_BREAKDOWN"]

DIRECT = Q(activity__kind__in=kinds.DIRECT)
SERVICE = Q(activity__kind__in=kinds.SERVICE)
CONSULTATION = Q(activity__kind__in=kinds.CONSULTATIONS)
UNREGISTERED = Q(activity__case__isnull=True)
ON_A_CASE = Q(activity__case__isnull=False)
# At an open evening it is the host's number that was estimated, not our conversations.
ESTIMATED = Q(activity__method=choices.Method.ESTIMATE) & ~Q(
    activity__kind__in=kinds.COUNTED_BY_CONVERSATION
)
# C12, C13: playground and open evenings count our conversations, not the heads in the yard.
HEADCOUNT = Case(
    When(activity__kind__in=kinds.COUNTED_BY_CONVERSATION, then=F("activity__conversations")),
    default=F("activity__attendance"),
)


def of_kind(*codes):
    """Records of these kinds."""
    return Q(activity__kind__in=codes)
