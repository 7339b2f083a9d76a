"""Files of other programs that are no plain list of sessions: known by their words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from eitrack.intake.reading.cells import Cell, text_of
from eitrack.intake.reading.fields import Field, plain_name
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.layouts import Suggestion
from eitrack.intake.reading.tables import Row
from eitrack.intake.reading.values.day_text import month_of

SUMMARY = re.compile(r"1\.\s*summary", re.IGNORECASE)
NEXT_SECTION = re.compile(r"\d+\.\s*[a-z].*", re.IGNORECASE)
OF_MEETING = {
    "start time": "Start time",
    "end time": "End time",
    "meeting duration": "Meeting duration",
    "meeting title": "Meeting title",
    "attended participants": "Attended participants",
}
MEETING_SAID = (
    "Only the summary of this report is read, and none of the names below it. Whoever of the "
    "service was there is among those who attended."
)
FORM_TIMES = {"start time", "completion time"}
ABOUT_FORM = {
    "start time": "It is when the form was opened, not the day of the session.",
    "completion time": "It is when the form was sent, not the day of the session.",
    "last modified time": "It is when the answers were changed last.",
    "id": "It numbers the answers.",
    "email": "It is who filled the form in.",
    "name": "It is who filled the form in.",
    "language": "It is the language of the form.",
}
QUARTER = re.compile(r"(?:.*\b)?(?:quarter|qtr|q)\s?([1-4])\b.*")
FEWEST_QUARTERS, FEWEST_MONTHS = 3, 6
TOTALS = (
    "These are totals of {}. Nobody could say which day, place and worker they are of, and sums "
    "are worked out here from sessions. Send the sheets that the totals were made from, and keep "
    "this one to compare."
)


def meeting(rows: Iterable[Row]) -> list[Row]:
    """The summary of a meeting tool's attendance report as a table of one row; [] if it is none.

    It ends where the list of participants begins; no name in it is read.
    """
    found: dict[str, Cell] = {}
    for place, (_, cells) in enumerate(rows):
        first = text_of(cells[0])
        if place == 0 and not SUMMARY.fullmatch(first):
            return []
        if place and NEXT_SECTION.fullmatch(first):
            break
        name = OF_MEETING.get(plain_name(first))
        if name and len(cells) > 1:
            found[name] = cells[1]
    if "Start time" not in found:
        return []
    # Its moment is the day as well.
    table = {"Date": found["Start time"], **found}
    return [(1, list(table)), (2, list(table.values()))]


def is_form(names: Iterable[str]) -> bool:
    """Whether a sheet is what a form tool writes: one row for each time the form was sent."""
    return set(map(plain_name, names)) >= FORM_TIMES


def without_form(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Suggestions for the sheet of a form, whose tool adds columns that are no answers."""
    return [
        replace(one, field=Field.IGNORED, why=why, is_sure=True)
        if (why := ABOUT_FORM.get(plain_name(one.name)))
        else one
        for one in suggestions
    ]


def refuse_totals(names: Iterable[str]) -> None:
    """Refuse a return whose columns are quarters or months, with what to send instead."""
    plain = [plain_name(name) for name in names]
    quarters = {found[1] for name in plain if (found := QUARTER.fullmatch(name))}
    if len(quarters) >= FEWEST_QUARTERS:
        raise NotReadable(TOTALS.format("quarters"))
    months = {month for name in plain if name and (month := month_of(name.split()[0]))}
    if len(months) >= FEWEST_MONTHS:
        raise NotReadable(TOTALS.format("months"))
