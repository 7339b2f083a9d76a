"""What looks as if it were recorded already: in the file, by the worker, by a colleague."""

from datetime import datetime, time, timedelta

from eitrack.activities.choices import EntryState, Status
from eitrack.activities.joint.same_session import APART, SHARED_KINDS
from eitrack.activities.kinds import ONE_FAMILY
from eitrack.activities.models import Activity, TimeEntry
from eitrack.common.words import day_and_year
from eitrack.directory.models import Team

IN_FILE = "The same as row {} of the file."
OWN = "Recorded already, on {}."
COLLEAGUE = "{} has recorded this session: join theirs instead."


class Doubles:
    """What is known of the days of a file, read once."""

    def __init__(self, worker, first, last):
        self.in_file = {}
        self.own, self.others = {}, {}
        for key, session in own_records(worker, first, last):
            self.own.setdefault(key, []).append(session)
        for key, session in records_of_others(worker, first, last):
            self.others.setdefault(key, []).append(session)

    def of(self, content, number):
        """Why this may be a double; "" if nothing is like it. Remembers it for the next rows."""
        exact = exact_key(content)
        if before := self.in_file.get(exact):
            return IN_FILE.format(before)
        self.in_file[exact] = number
        key = content["date"], content["kind"], content["site"]
        start, minutes = start_of(content), content["minutes"]["contact_minutes"]
        for own in self.own.get(key, ()):
            if is_own_again(content, own, start, minutes):
                return OWN.format(day_and_year(own["recorded_on"]))
        for other in self.others.get(key, ()):
            if overlap(start, minutes, other, APART):
                return COLLEAGUE.format(other["who"])
        return ""


def exact_key(content):
    counted = tuple(sorted(content["counted"].items()))
    minutes = tuple(content["minutes"].values())
    what = content["date"], content["type"], content["site"], content["starts_at"]
    return (*what, minutes, counted, content["agency"])


def is_own_again(content, own, start, minutes):
    """Work with one family can come twice a day at one place; a session only at another hour."""
    if content["kind"] in ONE_FAMILY:
        same_start = None in (start, own["start"]) or start == own["start"]
        same_count = content["counted"].get("attendance") == own["attendance"]
        return same_start and same_count and minutes == own["minutes"]
    return overlap(start, minutes, own, timedelta(0))


def overlap(start, minutes, other, apart):
    if start is None or other["start"] is None or start == other["start"]:
        return True
    begins, others = (datetime.combine(datetime.min, one) for one in (start, other["start"]))
    ends = begins + timedelta(minutes=minutes)
    others_end = others + timedelta(minutes=other["minutes"])
    if apart:
        return begins <= others_end + apart and others <= ends + apart
    return begins < others_end and others < ends


def start_of(content):
    return time.fromisoformat(content["starts_at"]) if content["starts_at"] else None


def own_records(worker, first, last):
    entries = TimeEntry.objects.filter(worker=worker, date__range=(first, last))
    entries = entries.exclude(state=EntryState.PROPOSED).exclude(activity__status=Status.VOID)
    return sessions(entries)


def records_of_others(worker, first, last):
    """Sessions that colleagues of the same districts have led, which can be joined (rule 8)."""
    teams = worker.placements.overlapping(first, last).order_by().values("team__district")
    teams = Team.objects.filter(district__in=teams)
    entries = TimeEntry.objects.filter(
        team__in=teams,
        is_lead=True,
        date__range=(first, last),
        activity__status=Status.HELD,
        activity__kind__in=SHARED_KINDS,
    )
    joined = Activity.objects.filter(
        time_entries__worker=worker, time_entries__state=EntryState.CONFIRMED
    )
    return sessions(entries.exclude(worker=worker).exclude(activity__in=joined))


def sessions(entries):
    """((day, kind, site), what is compared) of each."""
    rows = entries.order_by().values_list(
        "date",
        "activity__kind",
        "activity__site",
        "activity__starts_at",
        "activity__attendance",
        "contact_minutes",
        "activity__recorded_at",
        "worker__name",
    )
    for day, kind, site, start, attendance, minutes, recorded_at, who in rows.iterator():
        yield (
            (day.isoformat(), kind, site),
            {
                "start": start,
                "attendance": attendance,
                "minutes": minutes,
                "recorded_on": recorded_at.date(),
                "who": who,
            },
        )
