"""Whether the trail is whole: nothing forged, changed, added or taken, with or without triggers."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from eitrack.audit import triggers
from eitrack.audit.chain import last_number
from eitrack.audit.models import DaySeal, Entry, MonthRemoval
from eitrack.audit.sealing import digest_of

NUMBERS_NAMED = 10
A_DAY = timedelta(days=1)


@dataclass
class Found:
    """What was found, in words: faults, and what is worth knowing."""

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    entries: int = 0
    sealed_until: date | None = None


def verify(today):
    """Read the whole trail and every seal; changes nothing."""
    found = Found()
    if missing := triggers.missing(connection):
        found.faults.append(f"Triggers missing or changed: {', '.join(missing)}.")
    seals = {seal.day: seal for seal in DaySeal.objects.all()}
    removed = check_removals(found, seals)
    check_chain(found, list(seals.values()))
    check_entries(found, seals, removed)
    check_numbers(found, list(seals.values()))
    if found.sealed_until is None or found.sealed_until < today - 2 * A_DAY:
        until = found.sealed_until or "no day"
        found.remarks.append(f"Sealed until {until}: does a timer run manage.py daily?")
    return found


def check_removals(found, seals):
    """The first days of months that retention removed."""
    removals = list(MonthRemoval.objects.all())
    for removal in removals:
        if removal.seal != removal.right_seal:
            found.faults.append(f"{removal}: this month was not removed by retention.")
    return {removal.month for removal in removals}


def check_chain(found, seals):
    """Each day's hash goes on from the day before, and no day is left out."""
    before = None
    for seal in seals:
        if before is not None and seal.day != before.day + A_DAY:
            found.faults.append(f"{before.day + A_DAY}: the seal of this day was taken.")
        elif seal.hash != seal.hash_after(before.hash if before else ""):
            found.faults.append(f"{seal.day}: the seal of this day was changed, or one before it.")
        before = seal
    found.sealed_until = before and before.day


def check_entries(found, seals, removed):
    """Every entry is ours, and every sealed day holds what it held when it was sealed."""
    days, checked = defaultdict(list), set()

    def check(until=None):
        for day in sorted(days):
            if until is None or day < until:
                check_day(found, day, days.pop(day), seals, day.replace(day=1) in removed, checked)

    for page in Entry.objects.all().in_pages():
        for entry in page:
            days[entry.on].append((entry.pk, entry.seal, entry.is_ours))
        found.entries += len(page)
        # An entry of a day is at most a day away from it by the clock.
        check(until=page[-1].at.date() - A_DAY)
    check()
    for day, seal in seals.items():
        if seal.entries and day not in checked and day.replace(day=1) not in removed:
            found.faults.append(f"{day}: all {seal.entries} entries were taken.")


def check_day(found, day, entries, seals, is_removed, checked):
    if day in checked:
        found.faults.append(f"{day}: entries with a moment of another day: {numbers(entries)}.")
        return
    checked.add(day)
    if foreign := [entry for entry in entries if not entry[2]]:
        found.faults.append(f"{day}: forged or changed: {numbers(foreign)}.")
    often = Counter(seal for _, seal, is_ours in entries if is_ours)
    if copies := [entry for entry in entries if often[entry[1]] > 1]:
        found.faults.append(f"{day}: the same entry more than once: {numbers(copies)}.")
    seal = seals.get(day)
    if is_removed:
        found.faults.append(f"{day}: entries in a month that was removed: {numbers(entries)}.")
    elif seal is None:
        if seals and day < max(seals):
            found.faults.append(f"{day}: added before the first sealed day: {numbers(entries)}.")
    elif seal.digest != digest_of((number, mark) for number, mark, _ in entries):
        found.faults.append(f"{day}: {difference(len(entries), seal.entries)}.")


def difference(there, sealed):
    if there < sealed:
        return f"{sealed - there} or more of {sealed} entries were taken after it was sealed"
    if there > sealed:
        return f"{there - sealed} or more entries were added after it was sealed"
    return "entries were changed or replaced after it was sealed"


def numbers(entries):
    named = [str(entry[0]) for entry in entries[:NUMBERS_NAMED]]
    more = len(entries) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def check_numbers(found, seals):
    """Numbers left out since the last sealed day; earlier ones are in its seal.

    On SQLite a number is given to what is saved and to nothing else, so one that is missing was
    taken. PostgreSQL also counts what was undone.
    """
    if not seals:
        return
    after = seals[-1].last_entry
    given = numbers_given()
    gone = given - after - Entry.objects.filter(pk__gt=after).count()
    if gone > 0 and connection.vendor == "sqlite":
        found.faults.append(f"Since {seals[-1].day}: {gone} entries were taken.")
    elif gone > 0:
        found.remarks.append(
            f"Since {seals[-1].day}: {gone} numbers are missing. A save that was undone leaves "
            "one out; so does an entry that was taken before its day was sealed."
        )


def numbers_given():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit_entry'")
        else:
            cursor.execute(
                "SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() "
                "AND sequencename = (SELECT relname FROM pg_class "
                "WHERE oid = pg_get_serial_sequence('audit_entry', 'id')::regclass)"
            )
        row = cursor.fetchone()
    return max(row[0] or 0 if row else 0, last_number())
