"""The stored clocks of requests, worked out again once a district keeps other working days."""

from django.db import transaction
from simple_history.utils import get_history_manager_for_model

from eitrack.cases.models import Request

# The reason in history, when not a person but the calendar moved a due day.
OTHER_CALENDAR = "other_calendar"
CHUNK = 500


@transaction.atomic
def rework_due_days(district, *, by):
    """Received and due days of every request of the district; returns how many changed."""
    changed = []
    requests = Request.objects.filter(team__district=district).select_related("team__district")
    for one in requests.order_by("pk").iterator(chunk_size=CHUNK):
        before = one.received_on, one.due_on
        one.team.district = district
        one.start_clock()
        if before != (one.received_on, one.due_on):
            changed.append(one)
    Request.objects.bulk_update(changed, ["received_on", "due_on"], batch_size=CHUNK)
    history = get_history_manager_for_model(Request)
    history.bulk_history_create(
        changed, CHUNK, update=True, default_user=by, default_change_reason=OTHER_CALENDAR
    )
    return len(changed)
