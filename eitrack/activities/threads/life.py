"""Threads: started, continued, left and dissolved (rule 1).

Membership is one column of the contact and nothing else: no history, version, trail or timestamp
changes with it. To change a contact, lock its thread first.
"""

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, Q

from eitrack.activities import kinds
from eitrack.activities.choices import Status
from eitrack.activities.models import Activity, Thread, TimeEntry
from eitrack.activities.models.thread import EXPIRES_AFTER
from eitrack.activities.threads.labels import draw_label
from eitrack.audit.trail import record_dissolved
from eitrack.cases.carried import Carried

# Choices in place of a thread: a new one, or none.
NEW, NONE = "new", "none"
STANDING = (Status.HELD, Status.AWAITING)
MOST_DRAWS = 50


class ThreadError(Exception):
    """The contact or the thread has changed since the page was opened."""


def contacts_to_keep(user, today):
    """Contacts this user may keep in a thread: own ones, with an unregistered family.

    Those of the last 26 weeks, and older ones already in a thread.
    """
    return Activity.objects.filter(
        Q(date__gte=today - EXPIRES_AFTER) | Q(thread__isnull=False),
        recorded_by=user,
        kind__in=kinds.WITH_THREAD,
        case__isnull=True,
        status__in=STANDING,
    )


@transaction.atomic
def keep_together(*, by, activity, to, today):
    """Put an own contact into the thread `to`, a NEW one, or NONE; returns the thread.

    Raises ThreadError if the contact or the thread is no longer available.
    """
    before = Activity.objects.filter(pk=activity.pk).values_list("thread", flat=True).first()
    wanted = to.pk if isinstance(to, Thread) else None
    held = locked(Thread.objects.filter(worker=by, pk__in=[pk for pk in (before, wanted) if pk]))
    if wanted and wanted not in held:
        raise ThreadError
    contact = contacts_to_keep(by, today).filter(pk=activity.pk, thread=before)
    if to == NEW and contact.filter(date__gte=today - EXPIRES_AFTER).exists():
        held[None] = start_thread(by, activity.date)
    thread = held.get(wanted) if to != NONE else None
    if (thread is None and to != NONE) or not contact.update(thread=thread):
        raise ThreadError
    for pk in {before, thread and thread.pk} - {None}:
        settle_thread(pk, today)
    return thread


def start_thread(worker, day):
    """A thread without contacts, under a label no other thread has."""
    for _draw in range(MOST_DRAWS):
        try:
            with transaction.atomic():
                return Thread.objects.create(
                    worker=worker, label=draw_label(), started_on=day, last_contact_on=day
                )
        except IntegrityError:
            continue
    raise IntegrityError("No free label was found.")


def locked(threads):
    """{pk: thread}, locked in a fixed order so that two users cannot deadlock."""
    return {thread.pk: thread for thread in threads.select_for_update().order_by("pk")}


def hold_thread(activity):
    """Lock the thread of a contact; call it before changing the contact."""
    if activity.kind in kinds.WITH_THREAD:
        own = Activity.objects.filter(pk=activity.pk).values("thread")
        locked(Thread.objects.filter(pk__in=own))


def save_contact(activity, today):
    """Save a contact that was changed under `hold_thread`, in its current thread or in none.

    One that was voided, did not run or is for a case now leaves its thread.
    """
    pk = None
    if activity.kind in kinds.WITH_THREAD:
        pk = Activity.objects.filter(pk=activity.pk).values_list("thread", flat=True).first()
        stays = activity.case_id is None and activity.status in STANDING
        activity.thread_id = pk if stays else None
    activity.save()
    settle_thread(pk, today)


def settle_thread(pk, today):
    """Update its last contact after a change; a thread without contacts is dissolved."""
    thread = Thread.objects.filter(pk=pk).first()
    if thread is None:
        return
    if thread.activities.exists():
        thread.note_last_contact()
    else:
        dissolve_thread(thread, on=today)


@transaction.atomic
def dissolve_thread(thread, *, on):
    """The contacts stay without a trace of it; the trail records that and on which day.

    Returns whether it was dissolved now; a repetition changes nothing.
    """
    if not locked(Thread.objects.filter(pk=thread.pk)):
        return False
    Activity.objects.filter(thread=thread.pk).update(thread=None)
    # A form kept for its user to sign in again may hold an address with the thread.
    thread.worker.kept_forms.filter(path__startswith=f"/threads/{thread.pk}/").delete()
    Thread.objects.filter(pk=thread.pk).delete()
    record_dissolved(on)
    return True


def dissolve_expired(today, threads=None):
    """Dissolve threads whose last contact was more than 26 weeks ago; returns how many.

    Called for `threads` when they are read, and for all by a timer.
    """
    threads = Thread.objects.all() if threads is None else threads
    expired = threads.expired(today).select_related("worker")
    return sum(dissolve_thread(thread, on=today) for thread in list(expired))


def sums_of(thread):
    """What may be carried to a case: held contacts, own minutes, weeks from first to last."""
    held = thread.activities.held()
    first, last = held.aggregate(first=Min("date"), last=Max("date")).values()
    own = TimeEntry.objects.counted().filter(worker=thread.worker_id, activity__thread=thread.pk)
    weeks = (last - first).days // 7 + 1 if first else 0
    return Carried(contacts=held.count(), minutes=own.minutes(), weeks=weeks)
