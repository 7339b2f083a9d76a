"""Finished days of the trail are sealed in a chain: by a timer, never inside a save."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from eitrack.audit.models import DaySeal, Entry
from eitrack.audit.sealing import digest_of

# Whatever began before midnight has been saved or undone by then.
GRACE = timedelta(hours=1)


def seal_finished_days(now):
    """Seal every day that has ended and is not sealed yet, from the oldest; returns the seals.

    A day without entries is sealed too, so that a missing day shows.
    """
    last = DaySeal.objects.last()
    day = last.day + timedelta(days=1) if last else first_day()
    sealed = []
    while day is not None and day < timezone.localdate(now - GRACE):
        last = seal_day(day, after=last, now=now)
        sealed.append(last)
        day += timedelta(days=1)
    return sealed


def first_day():
    """The day of the oldest entry, or None."""
    oldest = Entry.objects.order_by("at", "pk").first()
    return oldest and min(oldest.on, timezone.localdate(oldest.at))


@transaction.atomic
def seal_day(day, *, after, now):
    entries = entries_of(day, day).values_list("pk", "seal")
    numbered = [(pk, seal) for pk, seal in entries.order_by()]
    seal = DaySeal(
        day=day,
        entries=len(numbered),
        last_entry=max([after.last_entry if after else 0, *(pk for pk, _ in numbered)]),
        digest=digest_of(numbered),
        sealed_at=now,
    )
    seal.hash = seal.hash_after(after.hash if after else "")
    seal.save(force_insert=True)
    return seal


def entries_of(first, last):
    """The entries of these days, both included, found by the index of moments."""
    midnight = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last, time.min)) + timedelta(days=1)
    # The day of an entry is read off the clock a moment after its moment.
    a_day = timedelta(days=1)
    around = Entry.objects.filter(at__gte=midnight - a_day, at__lt=end + a_day)
    return around.filter(on__gte=first, on__lte=last)


def last_number():
    """The highest number in the trail, 0 in an empty one."""
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0
