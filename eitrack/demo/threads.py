"""Families that workers of the sample world are in touch with: a few of their last contacts."""

from datetime import timedelta
from itertools import groupby

from eitrack.activities.kinds import WITH_THREAD
from eitrack.activities.models import Activity, Thread
from eitrack.activities.threads.labels import HIGHEST, MADE, THINGS
from eitrack.demo import signins

WEEKS = 12
MOST_CONTACTS = 5
MOST_OF_A_WORKER = 3
IS_IN_TOUCH = 0.6


def write_threads(dice, window):
    """Contacts of one worker at one site, of the last twelve weeks, as if with one family."""
    contacts = (
        Activity.objects.held()
        .unregistered()
        .filter(kind__in=WITH_THREAD, date__gt=window.until - timedelta(weeks=WEEKS))
        .select_related("recorded_by")
        .order_by("recorded_by", "site", "date", "pk")
    )
    labels = iter(dice.sample(all_labels(), k=500))
    for worker, own in groupby(contacts, key=lambda contact: contact.recorded_by):
        if dice.happens(IS_IN_TOUCH) or worker.email == signins.WORKER.email:
            sites = groupby(own, key=lambda contact: contact.site_id)
            together = [list(group) for _, group in sites][:MOST_OF_A_WORKER]
            for group in together:
                write_thread(worker, next(labels), group[-dice.randint(1, MOST_CONTACTS) :])


def all_labels():
    return [
        f"{made} {thing} {number}"
        for made in MADE
        for thing in THINGS
        for number in range(1, HIGHEST + 1, 7)
    ]


def write_thread(worker, label, contacts):
    thread = Thread.objects.create(
        worker=worker,
        label=label,
        started_on=contacts[0].date,
        last_contact_on=contacts[-1].date,
    )
    Activity.objects.filter(pk__in=[contact.pk for contact in contacts]).update(thread=thread)
