"""Files of other programs: a meeting's report, a form's answers, a return of totals."""

from datetime import date, time

import pytest

from eitrack.intake.reading.fields import Field
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.header import Head, find_head
from eitrack.intake.reading.layouts import suggested
from eitrack.intake.reading.lines import lines
from eitrack.intake.reading.shapes import is_form, meeting, refuse_totals, without_form
from eitrack.intake.reading.tables import read_tables
from eitrack.intake.reading.values.clock import read_time
from eitrack.intake.reading.values.day_order import day_order
from eitrack.intake.reading.values.days import Around, read_day
from eitrack.intake.reading.values.lengths import Unit, read_length
from tests.intake.reading.made import text_file

REPORT = (
    "1. Summary\n"
    "Meeting title\tPlanning the drop-in\n"
    "Attended participants\t3\n"
    "Start time\t11/3/26, 9:58:21 AM\n"
    "End time\t11/3/26, 11:02:10 AM\n"
    "Meeting duration\t1h 3m 49s\n"
    "Average attendance time\t52m 20s\n"
    "\n"
    "2. Participants\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Sarah Brown\t11/3/26, 9:58:21 AM\t11/3/26, 11:02:10 AM\t1h 3m\ts@x.org\ts@x.org\tOrganizer\n"
    "Meeting title\tTom Green\n"
)
FORM = (
    "ID", "Start time", "Completion time", "Email", "Name", "What date was the session?",
    "Where did it take place?", "How many adults attended?",
)  # fmt: skip


class TestMeetings:
    def test_the_summary_is_a_table_of_one_session(self, tmp_path):
        [sheet] = read_tables(text_file(tmp_path, REPORT, "utf-16"), "report.csv").sheets

        table = meeting(sheet.rows())

        head = find_head(table)
        [line] = lines(table, head)
        found = {one.field: line.cells[one.column] for one in suggested(head, [line.cells])}
        order = day_order([found[Field.DATE]])
        around = Around(date(2026, 1, 1), date(2026, 12, 31), order.is_month_first)
        assert read_day(found[Field.DATE], around).value == date(2026, 11, 3)
        assert not order.is_sure
        assert read_time(found[Field.START]).value == time(9, 58)
        assert read_length(found[Field.LENGTH], Unit.HOURS).value.minutes == 63
        assert (found[Field.COUNT], found[Field.KIND]) == ("3", "Planning the drop-in")

    def test_not_one_name_is_read(self):
        rows = iter(enumerate([line.split("\t") for line in REPORT.splitlines() if line], 1))

        table = meeting(rows)

        assert next(rows)[1][0] == "Name"
        assert "Tom Green" not in str(table)

    def test_another_file_is_none(self):
        assert meeting([(1, ["Date", "What"]), (2, ["Start time", "9:00"])]) == []
        assert meeting([(1, ["1. Summary"]), (2, ["2. Participants"])]) == []
        assert meeting([]) == []


class TestForms:
    def test_what_the_tool_adds_is_no_answer(self):
        assert is_form(FORM)
        assert not is_form(FORM[3:])

        suggestions = without_form(suggested(Head(1, FORM), []))

        assert [one.field.name for one in suggestions] == [
            *("IGNORED", "IGNORED", "IGNORED", "IGNORED", "IGNORED"),
            *("DATE", "PLACE", "ADULTS"),
        ]
        assert suggestions[1].why == "It is when the form was opened, not the day of the session."


class TestTotals:
    @pytest.mark.parametrize(
        "names",
        [
            ["", "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4"],
            ["Measure", "Q1 2026/27", "Q2 2026/27", "Q3 2026/27"],
            ["Measure", "2026 Q1", "2026 Q2", "2026 Q3", "Total"],
        ],
    )
    def test_quarters_are_refused_with_what_to_send(self, names):
        with pytest.raises(NotReadable) as refusal:
            refuse_totals(names)

        assert str(refusal.value).startswith("These are totals of quarters. ")
        assert "Send the sheets that the totals were made from" in str(refusal.value)

    def test_months_are_refused(self):
        with pytest.raises(NotReadable, match="totals of months"):
            refuse_totals(["Measure", "Apr", "May 26", "June", "July", "Aug", "Sept"])

    def test_a_list_of_sessions_is_not_refused(self):
        refuse_totals(["Date", "Quarter", "Month", "Market day", "Q1 score", "Maybe", ""])
