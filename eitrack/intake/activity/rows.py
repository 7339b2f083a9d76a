"""One record of a sheet as what would be written, or why it is not."""

from datetime import datetime, timedelta

from eitrack.activities.choices import Status
from eitrack.activities.kinds import Group, KindCode
from eitrack.intake.activity.headcount import Unread, headcount_of
from eitrack.intake.activity.meanings import LeftOut
from eitrack.intake.choices import RowState, WordField
from eitrack.intake.reading.cells import text_of
from eitrack.intake.reading.fields import Field
from eitrack.intake.reading.values.clock import read_time
from eitrack.intake.reading.values.days import read_day
from eitrack.intake.reading.values.lengths import MOST_MINUTES, read_length

IDENTIFYING = "A word in the column “{}” looks as if it said who somebody is."
NOT_DECIDED = "Nobody has said yet what a word in the column “{}” means."
NOT_WANTED = "Left out, as you said of the word in the column “{}”."
MISSING = "The column “{}” is empty."
OF_SOMEBODY_ELSE = "This row is somebody else’s."
IN_FUTURE = "This day is in the future."
CASE = "Contact on a case is logged with the case: choose the case on the log page."
PROTOCOL = "Protocol work is logged with its topic, on the log page."
NO_AGENCY = "This kind of work needs the partner agency."
AGENCY_OF_SITE = "With {}, the agency of the site."
COLLEAGUES = "Colleagues add their own time to it."
NOT_IN_USE = "{} was archived by then."
DAY = 24 * 60


class Refused(Exception):
    """A row that is not taken: its state, and why."""

    def __init__(self, reason, state=RowState.REFUSED):
        super().__init__(reason)
        self.state, self.reason = state, reason


class RowReader:
    """Reads the records of one table, from the first to the last."""

    def __init__(self, settled, meanings, hats, around, today):
        self.settled, self.meanings, self.hats = settled, meanings, hats
        self.around, self.today = around, today
        self.above = None

    def read(self, record):
        """(state, what would be written, reason or notes)."""
        self.notes = list(record.notes)
        try:
            content = self.content_of(record)
        except Refused as refusal:
            return refusal.state, {}, refusal.reason
        except Unread as problem:
            return RowState.REFUSED, {}, str(problem)
        return RowState.NEW, content, " ".join(self.notes)

    def content_of(self, record):
        day = self.day_of(record)
        if record.reason:
            raise Refused(record.reason)
        if not self.settled.is_own(record):
            raise Refused(OF_SOMEBODY_ELSE)
        activity_type = self.word(record, Field.KIND, WordField.WHAT, self.settled.activity_type)
        kind = activity_type.spine
        if kind.code == KindCode.CASE_CONTACT:
            raise Refused(CASE)
        if kind.code == KindCode.PROTOCOL_WORK:
            raise Refused(PROTOCOL)
        site = self.word(record, Field.PLACE, WordField.WHERE, self.settled.site)
        if site.archived_from_on and site.archived_from_on <= day:
            raise Refused(NOT_IN_USE.format(site))
        hat, note = self.hats.on(day, site)
        if hat is None:
            raise Refused(note)
        if note:
            self.notes.append(note)
        if record.colleagues:
            self.notes.append(COLLEAGUES)
        counted, did_not_run, notes = headcount_of(record, kind, self.settled.zero_means)
        self.notes += notes
        minutes, starts_at = self.lengths_of(record, did_not_run)
        return {
            "date": day.isoformat(),
            "type": activity_type.pk,
            "what": str(activity_type),
            "kind": activity_type.kind,
            "site": site.pk,
            "where": str(site),
            "hat": hat.pk,
            "starts_at": f"{starts_at:%H:%M}" if starts_at else "",
            "minutes": minutes,
            "counted": counted,
            "status": str(Status.DID_NOT_RUN if did_not_run else Status.HELD),
            **self.agencies_of(record, kind, site),
        }

    def day_of(self, record):
        reading = read_day(record.cells.get(Field.DATE, ""), self.around, self.above)
        if reading.value is None:
            raise Refused(reading.reason or MISSING.format(Field.DATE.value))
        self.above = reading.value
        if reading.value > self.today:
            raise Refused(IN_FUTURE)
        if reading.note:
            self.notes.append(reading.note)
        return reading.value

    def word(self, record, field, words, instead):
        """What the word of a column means, or what was said for the whole file."""
        text = text_of(record.cells.get(field, "")).strip()
        if not text:
            if instead is None:
                raise Refused(MISSING.format(field.value))
            return instead
        return self.meaning(field, words, text)

    def meaning(self, field, words, text):
        found = self.meanings.of(words, text)
        if found is LeftOut:
            raise Refused(NOT_WANTED.format(field.value))
        if found is None and self.meanings.looks_identifying(text):
            raise Refused(IDENTIFYING.format(field.value), RowState.HELD_BACK)
        if found is None:
            raise Refused(NOT_DECIDED.format(field.value), RowState.HELD_BACK)
        return found

    def agencies_of(self, record, kind, site):
        """The partner a kind of work needs, and those that took part."""
        if kind.group == Group.OVERHEAD:
            return {"agency": None, "took_part": []}
        words = list(self.meanings.agencies_in(record.agencies))
        named = [self.meanings.of(WordField.AGENCY, text) for text in words]
        for text, found in zip(words, named, strict=True):
            if found is None:
                self.meaning(Field.AGENCY, WordField.AGENCY, text)
        named = [agency.pk for agency in named if agency is not LeftOut]
        if "agency" not in kind.requires:
            return {"agency": None, "took_part": sorted(set(named))}
        if not named and site.agency_id:
            self.notes.append(AGENCY_OF_SITE.format(site.agency))
            named = [site.agency_id]
        if not named:
            raise Refused(NO_AGENCY)
        with_us = named if kind.code == KindCode.JOINT_VISIT else named[1:]
        return {"agency": named[0], "took_part": sorted(set(with_us))}

    def lengths_of(self, record, did_not_run):
        """({part: minutes}, start or None)."""
        contact, starts_at = self.length(record, Field.LENGTH)
        start, end = (self.time(record, field) for field in (Field.START, Field.END))
        starts_at = start or starts_at
        if contact is None and start and end:
            contact = minutes_between(start, end)
        if contact is None:
            contact = 0 if did_not_run else self.settled.minutes
        if contact is None:
            raise Refused(MISSING.format(Field.LENGTH.value))
        preparation, _ = self.length(record, Field.PREPARATION)
        travel, _ = self.length(record, Field.TRAVEL)
        minutes = {
            "contact_minutes": contact,
            "preparation_minutes": preparation or 0,
            "travel_minutes": travel or 0,
        }
        return minutes, starts_at

    def length(self, record, field):
        reading = read_length(record.cells.get(field, ""), self.settled.unit)
        if reading.reason:
            raise Refused(reading.reason)
        if reading.note:
            self.notes.append(reading.note)
        return (reading.value.minutes, reading.value.starts_at) if reading.value else (None, None)

    def time(self, record, field):
        reading = read_time(record.cells.get(field, ""))
        if reading.reason:
            raise Refused(reading.reason)
        if reading.note:
            self.notes.append(reading.note)
        return reading.value


def minutes_between(start, end):
    apart = datetime.combine(datetime.min, end) - datetime.combine(datetime.min, start)
    minutes = (apart // timedelta(minutes=1)) % DAY
    if minutes > MOST_MINUTES:
        raise Refused("It lasts longer than 16 hours.")
    return minutes
