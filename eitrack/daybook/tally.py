"""What the tally counts and stores on the phone, and how that becomes an activity."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac

from eitrack.activities import kinds
from eitrack.activities.models import Activity, ActivityType
from eitrack.activities.record.actions import saved_before
from eitrack.directory.models import Placement

ADULTS_AND_CHILDREN = (("adults", "Adults"), ("children", "Children"))


@dataclass(frozen=True)
class Tally:
    """A kind that can be counted by tapping: a counter for each headcount field."""

    kind: kinds.Kind
    name: str
    counters: tuple


TALLIES = (
    Tally(
        kinds.BY_CODE["playground"],
        "Playground",
        (("begun_by_family", "Begun by a family"), ("begun_by_worker", "Begun by you")),
    ),
    Tally(kinds.BY_CODE["drop_in"], "Drop-in", ADULTS_AND_CHILDREN),
    Tally(
        kinds.BY_CODE["open_evening"],
        "Open evening",
        (*ADULTS_AND_CHILDREN, ("conversations", "Talks with you")),
    ),
    Tally(kinds.BY_CODE["outreach"], "Outreach", ADULTS_AND_CHILDREN),
)
# What may be stored on a phone: never a kind that can belong to a case.
KEPT_KINDS = tuple(kind for kind in kinds.KINDS if not kind.may_have_case)


def owner_of(user):
    """Identifies the owner of records waiting on a device, by an opaque word."""
    return salted_hmac("eitrack.daybook.tally", str(user.pk), algorithm="sha256").hexdigest()[:24]


def moment(text, now):
    """The time on the device, never in the future; now if it cannot be read."""
    try:
        recorded_at = datetime.fromisoformat(text or "")
    except ValueError:
        return now
    if timezone.is_naive(recorded_at):
        return now
    return min(recorded_at, now)


def acknowledged_before(token, user, recorded_at):
    """The activity this very record became when it was sent before, or None.

    Including one that was undone, so that it does not return. The same form filled in again after
    an undo is another record, as its moment differs.
    """
    return saved_before(token, user) or (
        Activity.objects.filter(
            form_token=token, recorded_by=user, time_entries__recorded_at=recorded_at
        ).first()
    )


def completed(data, kind, user, date):
    """The record with the hat and local name the phone did not know; never a note."""
    data = data.copy()
    data.pop("note", None)
    if not data.get("placement"):
        hat = Placement.objects.filter(worker=user).current(date).first()
        data["placement"] = hat.pk if hat else ""
    if not data.get("activity_type"):
        own = Activity.objects.filter(
            recorded_by=user, kind=kind.code.value, activity_type__is_archived=False
        )
        used = own.order_by("-date", "-pk").values_list("activity_type", flat=True).first()
        known = ActivityType.objects.filter(kind=kind.code.value, is_archived=False)
        data["activity_type"] = used or known.values_list("pk", flat=True).first() or ""
    return data
