"""What was recorded late, worked out again once a district keeps other working days."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from eitrack.activities.models import TimeEntry
from eitrack.activities.models.time_entry import LATE_AFTER_WORKING_DAYS

CHUNK = 500


@transaction.atomic
def rework_lateness(district):
    """Whether each entry of the district was late; returns how many changed.

    Only what was recorded days later can be; that is asked of the database, roughly.
    """
    later = F("date") + timedelta(days=LATE_AFTER_WORKING_DAYS)
    entries = TimeEntry.objects.filter(team__district=district, recorded_at__gt=later)
    turned = {True: [], False: []}
    fields = ("date", "recorded_at", "is_late", "is_from_file", "team")
    for entry in entries.only(*fields).order_by("pk").iterator(chunk_size=CHUNK):
        before = entry.is_late
        entry.settle_lateness(district.nation)
        if entry.is_late != before:
            turned[entry.is_late].append(entry.pk)
    for is_late, keys in turned.items():
        for start in range(0, len(keys), CHUNK):
            some = TimeEntry.objects.filter(pk__in=keys[start : start + CHUNK])
            some.update(is_late=is_late)
    return sum(map(len, turned.values()))
