"""How many came, as far as the kind of work counts them."""

from eitrack.activities.choices import Method
from eitrack.activities.kinds import Counts
from eitrack.intake.choices import ZeroMeans
from eitrack.intake.reading.fields import Field
from eitrack.intake.reading.values.counts import read_count

FAMILIES = "Families were counted, not people: it has no headcount."
NOT_ASKED = "This kind of work has no headcount: it is left out."
NO_SUM = "Its parts do not add up to all: they are left out."


class Unread(Exception):
    """A cell that cannot be read; the message says why."""


def headcount_of(record, kind, zero_means):
    """(fields of the activity, whether it did not run, notes); raises Unread."""
    said, notes = {}, []
    for field in (Field.COUNT, Field.ADULTS, Field.CHILDREN, Field.NEW, Field.RETURNING):
        reading = read_count(record.cells.get(field, ""))
        if reading.reason:
            raise Unread(reading.reason)
        if reading.note:
            notes.append(reading.note)
        if reading.value is not None:
            said[field] = reading.value
    if any(count.did_not_run for count in said.values()):
        return {}, True, notes
    if any(count.of_families for count in said.values()):
        return {}, False, [*notes, FAMILIES]
    total, parts = total_and_parts(said)
    if total == 0 and zero_means == ZeroMeans.NOT_RUN:
        return {}, True, notes
    if total is None:
        return {}, False, notes
    if kind.counts == Counts.NOTHING:
        return {}, False, [*notes, NOT_ASKED]
    if kind.counts == Counts.CONVERSATIONS:
        return {"conversations": total}, False, notes
    band = said[Field.COUNT].band if Field.COUNT in said else None
    fields = {"attendance": total} | split_of(total, parts, notes)
    if band:
        fields |= {"band": str(band), "method": str(Method.ESTIMATE)}
    if kind.is_direct:
        fields |= new_and_returning(total, parts, notes)
    return fields, False, notes


def total_and_parts(said):
    """(how many in all, {part: number}); a part in a column of its own counts before others."""
    whole = said.get(Field.COUNT)
    parts = {}
    for name, field in (
        ("adults", Field.ADULTS),
        ("children", Field.CHILDREN),
        ("new", Field.NEW),
        ("returning", Field.RETURNING),
    ):
        if field in said:
            parts[name] = said[field].number
        elif whole and getattr(whole, name) is not None:
            parts[name] = getattr(whole, name)
    if whole:
        return whole.number, parts
    if "adults" in parts or "children" in parts:
        return parts.get("adults", 0) + parts.get("children", 0), parts
    if "new" in parts or "returning" in parts:
        return parts.get("new", 0) + parts.get("returning", 0), parts
    return None, parts


def split_of(total, parts, notes):
    adults, children = parts.get("adults"), parts.get("children")
    if adults is None and children is None:
        return {}
    adults = total - children if adults is None else adults
    children = total - adults if children is None else children
    if adults < 0 or children < 0 or adults + children != total:
        notes.append(NO_SUM)
        return {}
    return {"adults": adults, "children": children}


def new_and_returning(total, parts, notes):
    new, returning = parts.get("new"), parts.get("returning")
    if new is None and returning is None:
        return {}
    not_known = total - (new or 0) - (returning or 0)
    if not_known < 0:
        if NO_SUM not in notes:
            notes.append(NO_SUM)
        return {}
    return {
        "first_time": new or 0,
        "returning": returning or 0,
        "first_time_not_known": not_known,
    }
