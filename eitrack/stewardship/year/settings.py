"""Changing the settings of a district, with what rests on them."""

from django.db import transaction

from eitrack.activities.time.lateness import rework_lateness
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.cases.clocks import rework_due_days
from eitrack.directory.models import District

# What the working days and hours of a district are made of.
CLOCK = ("nation", "opens_at", "closes_at")


@transaction.atomic
def change_district(*, by, district):
    """Save it; returns how many due days of requests and how many entries' lateness changed."""
    before = District.objects.filter(pk=district.pk).values(*CLOCK).get()
    district.save()
    record(Action.CHANGED, by=by, about=district)
    changed = {name for name in CLOCK if before[name] != getattr(district, name)}
    due_days = rework_due_days(district, by=by) if changed else 0
    late = rework_lateness(district) if "nation" in changed else 0
    return due_days, late
