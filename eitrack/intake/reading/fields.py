"""What a column of a sheet may hold, and how workers head it."""

import re
import unicodedata
from enum import Enum

YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s\d\d)?\b")


class Field(Enum):
    """What is taken from a sheet, in the words of a page; the last three are never taken."""

    DATE = "Date"
    KIND = "What"
    PLACE = "Where"
    LENGTH = "How long"
    START = "From"
    END = "Until"
    PREPARATION = "Preparation"
    TRAVEL = "Travel"
    COUNT = "How many came"
    ADULTS = "Adults"
    CHILDREN = "Children"
    NEW = "New"
    RETURNING = "Returning"
    AGENCY = "Partner agency"
    WORKER = "Worker"
    COLLEAGUE = "Colleague"
    NOTE = "Note"
    PERSON = "Who came"
    IGNORED = "Not needed"


NOT_TAKEN = (Field.NOTE, Field.PERSON, Field.IGNORED)
# Several columns may hold these.
OFTEN = (Field.AGENCY, Field.COLLEAGUE, *NOT_TAKEN)

NAMES = {
    Field.DATE: (
        "date, day, activity date, session date, date of session, date of activity, date of "
        "contact, date of visit, when, week commencing, week beginning, wc, date delivered, "
        "what date was it, event date, delivery date"
    ),
    Field.KIND: (
        "activity, visit, what, type, type of activity, activity type, session, session type, "
        "kind of work, work, task, contact type, type of contact, intervention, event, service, "
        "group, description of activity, programme, activity name, session name, event type, "
        "category, what did you do, what was done, "
        "meeting title"
    ),
    Field.PLACE: (
        "where, place, venue, site, location, school, centre, setting, address of venue, base, "
        "school or centre, where was it, delivery site, school name, sch, venue name"
    ),
    Field.LENGTH: (
        "time, hours, hrs, minutes, mins, duration, length, length of session, how long, time "
        "spent, duration minutes, duration hours, contact time, contact hours, direct time, "
        "time taken, total time, session length, hours spent, length of time"
    ),
    Field.START: "start, from, start time, time from, time started, began, time in, time start",
    Field.END: (
        "end, until, to, finish, end time, finish time, time to, time finished, time out, time end"
    ),
    Field.PREPARATION: "prep, preparation, prep time, preparation time, planning time",
    Field.TRAVEL: "travel, travel time, travelling, travel mins, travel minutes",
    Field.COUNT: (
        "number, no, how many, attendance, attended, attendees, number attending, number of "
        "people, headcount, numbers, total, total attendance, total attending, number present, "
        "families, number of families, no of families, families attended, number of attendees, "
        "participants, how many came, no attended, number seen, people, att, people attended"
    ),
    Field.ADULTS: (
        "adults, number of adults, parents, number of parents, no of adults, mums, parents "
        "carers, adults attending, no adults, adult, adults attended"
    ),
    Field.CHILDREN: (
        "children, number of children, kids, no of children, child, children attending, "
        "children attended, young people, pupils, number of pupils, chn, no of chn"
    ),
    Field.NEW: "new, new families, number new, new people, first time, new attendees, new faces",
    Field.RETURNING: "returning, existing, regular, returning families, repeat, seen before",
    Field.AGENCY: (
        "agency, partner, partners, partner agency, agencies, agencies involved, organisation, "
        "other agencies, with, joint with, delivered with, co delivered with, partners involved"
    ),
    Field.WORKER: (
        "worker, staff, staff name, name of worker, worker name, practitioner, officer, "
        "completed by, recorded by, staff member, lead, lead worker, facilitator, your name, "
        "staff lead"
    ),
    Field.COLLEAGUE: (
        "colleague, colleagues, other staff, co worker, second worker, other workers, co "
        "facilitator, supported by"
    ),
    Field.NOTE: (
        "note, notes, comments, comment, details, description, outcome, outcomes, summary, "
        "further information, other, remarks, feedback, actions, any other comments, anything "
        "else"
    ),
    Field.PERSON: (
        "name, client, client name, family name, surname, first name, forename, parent name, "
        "child name, name of child, name of parent, dob, date of birth, address, postcode, "
        "phone, telephone, mobile, email, e mail, email address, client id, client number, "
        "person id, upn, nhs number, case number, case reference, family, initials, ethnicity, "
        "gender, age, participant, participant name, full name, household id, person reference, "
        "parent carer name, name of family, names, who attended, parents name, childs name"
    ),
    Field.IGNORED: (
        "id, ref, reference, row, last modified time, completion time, month, quarter, year, "
        "financial year, submitted, created on, modified on, created by, weekday, week, week "
        "no, day of week, funding, cost, mileage, miles, expenses"
    ),
}

# A question of a form says by its beginning what is asked.
QUESTIONS = (
    (
        re.compile(r"(?:where|(?:at )?which (?:site|school|centre|venue|setting|place))\b"),
        Field.PLACE,
    ),
    (re.compile(r"(?:when|(?:what|which|on which|on what) (?:date|day))\b"), Field.DATE),
    (re.compile(r"how (?:long|much time|many (?:hours|minutes))\b"), Field.LENGTH),
    (re.compile(r"what time did .*\b(?:start|begin)"), Field.START),
    (re.compile(r"what time did .*\b(?:end|finish)"), Field.END),
)
FILLERS = re.compile(
    r"\b(?:an?|and|any|attend|did|do|enter|how|in|is|it|many|no|number|of|please|take|that|the"
    r"|there|this|was|were|what|which|you|your)\b"
)


def plain_name(name: str) -> str:
    """A header without what differs from month to month: letters and digits only, no years."""
    letters = unicodedata.normalize("NFKC", name).casefold().replace("’", "").replace("'", "")
    words = " ".join(re.sub(r"[^\w]|_", " ", letters).split())
    return " ".join(YEARS.sub("", words).split())


KNOWN = {plain_name(name): field for field, names in NAMES.items() for name in names.split(", ")}


def main_words(name: str) -> str:
    """A plain name without the words that any question has, unless it has no others."""
    return " ".join(FILLERS.sub(" ", name).split()) or name
