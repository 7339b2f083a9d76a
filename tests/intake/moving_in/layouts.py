"""Nine ways in which workers keep their log, with the mess of real sheets."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from eitrack.intake.reading.fields import Field
from tests.intake.moving_in import books, sheets, words
from tests.intake.moving_in.sheets import COPY, IDENTIFYING

F = Field
WHOSE = "Visit to Mrs Sarah Whitcombe"


@dataclass(frozen=True)
class Layout:
    """`columns` are headings with what stands below; `lacks` what no column says (`logged`).

    `tables(layout, rows, staff)` are its sheets; `answers` what a person answers, beside columns
    and words, who looks at it.
    """

    code: str
    ending: str
    write: Callable
    columns: tuple
    tables: Callable
    lacks: frozenset = frozenset()
    what: Callable = words.as_listed
    where: Callable = words.as_listed
    agency: Callable = words.as_listed
    answers: dict = field(default_factory=dict)
    has_copy: bool = True

    def logged(self, rows):
        """As far as the columns say it; with a copy of one row, and one that names somebody."""
        rows = [one.lacking(self.lacks) for one in rows]
        middle = rows[len(rows) // 2]
        planted = [replace(middle, key=IDENTIFYING, what=WHOSE)]
        if self.has_copy:
            planted.append(replace(middle, key=COPY))
        return rows, planted

    def meaning(self):
        """{field of words: function from a name of the service to the word}."""
        return {"what": self.what, "where": self.where, "agency": self.agency}

    def called(self, one):
        """What and where in the words of the sheet."""
        return self.what(one.what), self.where(one.where)

    def partners(self, one, cells):
        """In so many cells; the last has all that are left."""
        named = [self.agency(name) for name in one.partners]
        first, rest = named[: cells - 1], named[cells - 1 :]
        return [*first, *[""] * (cells - 1 - len(first)), "; ".join(rest)]


LAYOUTS = (
    Layout(
        "visits",
        "xlsx",
        books.write_xlsx,
        (
            *[("Date", F.DATE), ("Activity", F.KIND), ("Venue", F.PLACE), ("Start time", F.START)],
            *[("Minutes", F.LENGTH), ("Prep", F.PREPARATION), ("Travel time", F.TRAVEL)],
            *[("Number attending", F.COUNT), ("Adults", F.ADULTS), ("Children", F.CHILDREN)],
            *[("New", F.NEW), ("Returning", F.RETURNING), *[("Partner agency", F.AGENCY)] * 3],
            *[("Running total", F.IGNORED), ("Notes", F.NOTE)],
        ),
        sheets.visits,
        where=words.short_place,
    ),
    Layout(
        "semicolons",
        "csv",
        books.text_writer(";", "cp1252"),
        (
            *[("Date of session", F.DATE), ("Type of activity", F.KIND), ("Place", F.PLACE)],
            *[("Hours", F.LENGTH), ("Prep time", F.PREPARATION), ("Travel", F.TRAVEL)],
            *[("Total attending", F.COUNT), ("No. of adults", F.ADULTS)],
            *[("No. of children", F.CHILDREN), ("New families", F.NEW)],
            *[("Returning families", F.RETURNING), ("Joint with", F.AGENCY), ("Comments", F.NOTE)],
        ),
        sheets.semicolons,
        what=words.shouted,
        where=words.first_word,
    ),
    Layout(
        "words",
        "txt",
        books.text_writer("\t", "utf-16"),
        (
            *[("When", F.DATE), ("What", F.KIND), ("Where", F.PLACE), ("Time", F.LENGTH)],
            *[("Prep", F.PREPARATION), ("Travel", F.TRAVEL), ("How many", F.COUNT)],
            *[("With", F.AGENCY)],
        ),
        sheets.words_only,
        lacks=frozenset({"new"}),
        what=words.shorter,
        where=words.first_word,
        agency=words.short_agency,
    ),
    Layout(
        "monthly",
        "xlsx",
        books.write_saved_anew,
        (
            *[("Day", F.DATE), ("What was done", F.KIND), ("Where", F.PLACE)],
            *[("Contact", F.LENGTH), ("Preparation", F.PREPARATION), ("Travel", F.TRAVEL)],
            *[("Total", F.COUNT), ("Adults", F.ADULTS), ("Children", F.CHILDREN), ("New", F.NEW)],
            *[("Returning", F.RETURNING), ("Partners", F.AGENCY), ("Sum", F.IGNORED)],
        ),
        sheets.monthly,
        what=words.longer,
        answers={"is_filled_down": True},
    ),
    Layout(
        "newest-first",
        "ods",
        books.write_ods,
        (
            *[("Date", F.DATE), ("Session", F.KIND), ("Venue", F.PLACE)],
            *[("Length of session", F.LENGTH), ("Planning time", F.PREPARATION)],
            *[("Travelling", F.TRAVEL), ("No attended", F.COUNT), ("Mums and dads", F.ADULTS)],
            *[("Chn", F.CHILDREN), ("First time", F.NEW), ("Seen before", F.RETURNING)],
            *[("Agencies involved", F.AGENCY), ("Others", F.AGENCY)],
        ),
        sheets.newest_first,
        where=words.short_place,
        agency=words.short_agency,
    ),
    Layout(
        "days-as-numbers",
        "xls",
        books.write_xls,
        (
            *[("Day", F.DATE), ("Contact type", F.KIND), ("School or centre", F.PLACE)],
            *[("Duration (mins)", F.LENGTH), ("Prep", F.PREPARATION), ("Travel mins", F.TRAVEL)],
            *[("Number seen", F.COUNT), ("New", F.NEW), ("Existing", F.RETURNING)],
            *[("Partner", F.AGENCY), ("Partner 2", F.AGENCY)],
        ),
        sheets.days_as_numbers,
        lacks=frozenset({"split"}),
        what=words.shorter,
    ),
    Layout(
        "counts-beside",
        "xlsx",
        books.write_xlsx,
        (
            *[("Date", F.DATE), ("Staff", F.WORKER), ("Activity", F.KIND), ("Site", F.PLACE)],
            *[("Contact time", F.LENGTH), ("Prep time", F.PREPARATION), ("Travel time", F.TRAVEL)],
            *[("Value", F.COUNT), ("Partners", F.AGENCY)],
        ),
        sheets.counts_beside,
        what=words.longer,
        where=words.short_place,
    ),
    Layout(
        "form",
        "xlsx",
        books.write_xlsx,
        (
            *[("ID", F.IGNORED), ("Start time", F.IGNORED), ("Completion time", F.IGNORED)],
            *[("Email", F.IGNORED), ("Name", F.IGNORED), ("What date was it?", F.DATE)],
            *[("Where was it?\n(school, centre or other)", F.PLACE), ("What did you do?", F.KIND)],
            *[("How long did it take, in minutes?", F.LENGTH), ("Preparation time", F.PREPARATION)],
            *[("Travel time", F.TRAVEL), ("How many people came?\nPlease count", F.COUNT)],
            *[("How many adults?", F.ADULTS), ("How many children?", F.CHILDREN)],
            *[("How many were new?", F.NEW), ("How many were returning?", F.RETURNING)],
            *[("Which other agencies took part?", F.AGENCY), ("Any other comments", F.NOTE)],
        ),
        sheets.form,
    ),
    Layout(
        "clients",
        "csv",
        books.text_writer(",", "utf-8-sig"),
        (
            *[("Session date", F.DATE), ("Session type", F.KIND), ("Location", F.PLACE)],
            *[("Start", F.START), ("Duration minutes", F.LENGTH), ("Client ID", F.PERSON)],
            *[("Attendance", F.COUNT), ("Partner agencies", F.AGENCY)],
        ),
        sheets.clients,
        lacks=frozenset({"preparation", "travel", "split", "new", "estimates"}),
        what=words.longer,
        has_copy=False,
    ),
)
