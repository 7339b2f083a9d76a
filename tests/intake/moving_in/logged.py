"""What a worker has done, as a sheet could say it."""

from dataclasses import dataclass, replace
from datetime import date, time

from eitrack.activities.joint.same_session import SHARED_KINDS
from eitrack.activities.kinds import BY_CODE, Counts, Group
from eitrack.activities.models import Activity

# The key of a colleague's row of a session is this, less that of the session.
OF_JOINT = -1000
SPLIT = {"adults": None, "children": None}
NEWNESS = {"first_time": None, "returning": None}
# What is blank where a sheet has no column for it.
LACKED = {
    "preparation": {"preparation": 0},
    "travel": {"travel": 0},
    "start": {"starts_at": None},
    "split": SPLIT,
    "new": NEWNESS,
    "estimates": {"band": ""},
    "partners": {"partners": ()},
}


@dataclass(frozen=True)
class Logged:
    """One thing that happened. `partners` are names of agencies, the one it needs first."""

    key: int
    date: date
    what: str
    kind: str
    where: str
    contact: int
    preparation: int = 0
    travel: int = 0
    starts_at: time | None = None
    count: int | None = None
    adults: int | None = None
    children: int | None = None
    first_time: int | None = None
    returning: int | None = None
    band: str = ""
    partners: tuple = ()
    did_not_run: bool = False

    def lacking(self, lacks):
        """As a sheet without these columns has it."""
        for lack in lacks:
            self = replace(self, **LACKED[lack])
        return self

    @property
    def has_no_count(self):
        return self.did_not_run or self.count is None

    def content(self):
        """What the import is to make of it, by the words of a staged row."""
        return {
            "date": self.date.isoformat(),
            "what": self.what,
            "where": self.where,
            "minutes": {
                "contact_minutes": self.contact,
                "preparation_minutes": self.preparation,
                "travel_minutes": self.travel,
            },
            "counted": self.counted(),
            "status": "did_not_run" if self.did_not_run else "held",
        }

    def counted(self):
        kind = BY_CODE[self.kind]
        if self.has_no_count or kind.counts == Counts.NOTHING:
            return {}
        if kind.counts == Counts.CONVERSATIONS:
            return {"conversations": self.count}
        found = {"attendance": self.count}
        if self.adults is not None:
            found |= {"adults": self.adults, "children": self.children}
        if self.band:
            found |= {"band": self.band, "method": "estimate"}
        if self.first_time is not None and kind.is_direct:
            not_known = self.count - self.first_time - self.returning
            found |= {
                "first_time": self.first_time,
                "returning": self.returning,
                "first_time_not_known": not_known,
            }
        return found


def logged_by_worker():
    """{e-mail of who led it: [Logged]}, in order of their days; nothing void or waiting.

    A session of several stands in the sheets of those too who come later in this order.
    """
    activities = Activity.objects.filter(status__in=("held", "did_not_run"))
    activities = activities.order_by("recorded_by__email", "date", "pk")
    activities = activities.select_related("activity_type", "site", "agency", "recorded_by")
    activities = activities.prefetch_related("time_entries__worker", "co_deliveries__agency")
    found = {one.recorded_by.email: [] for one in activities}
    for one in activities:
        for entry in one.time_entries.all():
            email = entry.worker.email
            if entry.is_lead:
                found[email].append(logged_of(one, entry, one.pk))
            elif one.kind in SHARED_KINDS and email in found and email > one.recorded_by.email:
                found[email].append(logged_of(one, entry, OF_JOINT - one.pk))
    return {email: sorted(rows, key=lambda one: one.date) for email, rows in found.items()}


def logged_of(activity, entry, key):
    is_conversations = BY_CODE[activity.kind].counts == Counts.CONVERSATIONS
    return Logged(
        key=key,
        date=activity.date,
        what=activity.activity_type.name,
        kind=activity.kind,
        where=activity.site.name,
        contact=entry.contact_minutes,
        preparation=entry.preparation_minutes,
        travel=entry.travel_minutes,
        starts_at=activity.starts_at,
        count=activity.conversations if is_conversations else activity.attendance,
        adults=activity.adults,
        children=activity.children,
        first_time=activity.first_time,
        returning=activity.returning,
        band=activity.band,
        partners=partners_of(activity),
        did_not_run=activity.status == "did_not_run",
    )


def partners_of(activity):
    """The agency that the work needs first, then who took part."""
    if BY_CODE[activity.kind].group == Group.OVERHEAD:
        return ()
    named = [activity.agency.name] if activity.agency else []
    others = sorted(one.agency.name for one in activity.co_deliveries.all())
    return tuple(dict.fromkeys(named + others))
