"""Initial values of the form for changing an activity."""

from eitrack.activities.forms.fields import MINUTE_PARTS
from eitrack.activities.record.form.headcount import CONVERSATIONS


def stored_values(activity, entry):
    """Those that the form does not read from the activity itself."""
    counted = ("attendance", "adults", "children", "first_time", "returning", *CONVERSATIONS)
    return {
        **{name: getattr(activity, name) for name in counted},
        **{part: getattr(entry, part) for part in MINUTE_PARTS},
        "placement": entry.placement_id,
        "co_agencies": [delivery.agency_id for delivery in activity.co_deliveries.all()],
        "version": activity.version,
    }
