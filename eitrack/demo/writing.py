"""Bulk writes. They pass over `save()` and simple-history, so both are made good here.

Every record gets the history row that creating it would have left where that is cheap: all of the
directory and of cases, of activities and time entries the last weeks (RECENT_DAYS), which are
those that people open.
"""

from simple_history.utils import get_history_manager_for_model

from eitrack.demo.stories import moment

BATCH = 500
RECENT_DAYS = 91


def write(records, *, history=False):
    """Create the records in batches; `history` is True, or says of a record whether it has one."""
    if not records:
        return records
    model = type(records[0])
    for start in range(0, len(records), BATCH):
        model.objects.bulk_create(records[start : start + BATCH])
    if history:
        for record in records:
            _date_history(record)
        kept = records if history is True else [record for record in records if history(record)]
        manager = get_history_manager_for_model(model)
        for start in range(0, len(kept), BATCH):
            manager.bulk_history_create(kept[start : start + BATCH], batch_size=BATCH)
    return records


def _date_history(record):
    """A dated record was created when it began, unless it says otherwise."""
    if not hasattr(record, "_history_date"):
        day = record.opened_on if hasattr(record, "opened_on") else record.from_on
        record._history_date = moment(day, 9, 0)
