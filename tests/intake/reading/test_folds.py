"""Several rows that are one session."""

import pytest

from eitrack.intake.reading.fields import Field
from eitrack.intake.reading.folds import (
    are_clients,
    counted_by,
    have_headcounts_beside,
    with_clients_counted,
    with_headcounts,
)
from eitrack.intake.reading.lines import Line, LineKind
from eitrack.intake.reading.records import Record, records

FIELDS = [Field.DATE, Field.PLACE, Field.KIND, Field.LENGTH]
CLIENTS = [Field.DATE, Field.PLACE, Field.KIND, Field.PERSON, Field.COUNT, Field.NOTE]
FAMILIES = "Number of families participating"


def table(*rows):
    return [Line(number, list(row), LineKind.RECORD) for number, row in enumerate(rows, 2)]


def folded(*rows):
    return list(with_headcounts(lambda: records(table(*rows), FIELDS)))


def counted(*rows):
    return list(with_clients_counted(lambda: table(*rows), CLIENTS))


class TestRecords:
    def test_cells_go_by_their_field_and_names_and_notes_stay_behind(self):
        fields = [Field.DATE, Field.PERSON, Field.NOTE, Field.AGENCY, Field.AGENCY, Field.IGNORED]

        [record] = records(table(["3 Nov", "Sarah Brown", "cried", "Health", "", "x"]), fields)

        assert record == Record(2, {Field.DATE: "3 Nov"}, agencies=("Health",))


class TestHeadcounts:
    @pytest.mark.parametrize(
        ("word", "counted"),
        [
            (FAMILIES, Field.COUNT),
            ("No. of parents attending", Field.ADULTS),
            ("Total number of children", Field.CHILDREN),
            ("Number of new families", Field.NEW),
            ("Number of returning families", Field.RETURNING),
            ("Drop-in", None),
            ("Families", None),
            ("Number work with children", None),
            ("No show", None),
        ],
    )
    def test_a_kind_may_really_be_a_count(self, word, counted):
        assert counted_by(word) is counted

    def test_a_headcount_joins_the_only_session_of_its_day_and_place(self):
        [session] = folded(
            ["3/11/26", "Bells Lane", FAMILIES, "8"],
            ["3/11/26", "Bells Lane", "Drop-in", "2"],
            ["3/11/26", "Bells Lane", "Number of children", "11"],
        )

        assert session.number == 3
        assert session.cells[Field.LENGTH] == "2"
        assert (session.cells[Field.COUNT], session.cells[Field.CHILDREN]) == ("8", "11")
        assert session.notes == (
            f"“{FAMILIES}” of row 2 belongs to it.",
            "“Number of children” of row 4 belongs to it.",
        )

    def test_of_several_sessions_it_is_the_one_right_above(self):
        first, second = folded(
            ["3/11/26", "Bells Lane", "Drop-in", "2"],
            ["3/11/26", "Bells Lane", FAMILIES, "8"],
            ["3/11/26", "Bells Lane", "Group", "2"],
            ["3/11/26", "Bells Lane", FAMILIES, "5"],
        )

        assert (first.cells[Field.COUNT], second.cells[Field.COUNT]) == ("8", "5")

    def test_what_may_belong_to_several_is_not_taken(self):
        *sessions, head = folded(
            ["3/11/26", "Bells Lane", "Drop-in", "2"],
            ["3/11/26", "Bells Lane", "Group", "2"],
            ["4/11/26", "Bells Lane", "Group", "2"],
            ["3/11/26", "Bells Lane", FAMILIES, "8"],
        )

        assert [session.reason for session in sessions] == ["", "", ""]
        assert head.reason == f"“{FAMILIES}” may belong to 2 sessions of that day."

    def test_what_belongs_to_none_is_not_taken(self):
        [_, head] = folded(
            ["3/11/26", "Bells Lane", "Drop-in", "2"], ["4/11/26", "Bells Lane", FAMILIES, "8"]
        )

        assert head.reason == f"“{FAMILIES}” stands beside no session of that day and place."

    def test_the_same_headcount_twice_is_not_added_up(self):
        session, head = folded(
            ["3/11/26", "Bells Lane", "Drop-in", "2"],
            ["3/11/26", "Bells Lane", FAMILIES, "8"],
            ["3/11/26", "Bells Lane", FAMILIES, "9"],
        )

        assert session.cells[Field.COUNT] == "8"
        assert head.reason == f"“{FAMILIES}” stands in row 3 too."

    def test_a_count_of_its_own_stays(self):
        fields = [*FIELDS[:3], Field.COUNT]
        sheet = table(
            ["3/11/26", "Bells Lane", "Drop-in", "7"], ["3/11/26", "Bells Lane", FAMILIES, "8"]
        )

        [session] = with_headcounts(lambda: records(sheet, fields))

        assert session.cells[Field.COUNT] == "7"
        assert session.notes == (
            f"“{FAMILIES}” of row 3 is left out: the session has a count of its own.",
        )

    def test_a_sheet_is_known_by_one_such_row(self):
        sheet = table(["3/11/26", "Bells Lane", "Drop-in", "2"], ["3/11/26", "", FAMILIES, "8"])

        assert have_headcounts_beside(records(sheet, FIELDS))
        assert not have_headcounts_beside(records(sheet[:1], FIELDS))


class TestClients:
    ROWS = (
        ["3/11/26", "Bells Lane", "Drop-in", "C-101", "Attended", "fine"],
        ["3/11/26", "Bells Lane", "Drop-in", "C-102", "Yes", ""],
        ["4/11/26", "Home", "Visit", "C-101", "", ""],
        ["3/11/26", "Bells Lane", "Drop-in", "C-103", "DNA", ""],
        ["3/11/26", "Bells Lane", "Drop-in", "C-101", "Attended", "twice"],
    )

    def test_each_session_is_one_record_with_its_clients_counted_once(self):
        drop_in, visit = counted(*self.ROWS)

        assert (drop_in.number, drop_in.cells[Field.COUNT], drop_in.notes) == (
            2,
            2,
            ("Counted from the rows of 2 clients.",),
        )
        assert (visit.number, visit.cells[Field.COUNT]) == (4, 1)

    def test_nothing_of_a_client_is_left(self):
        assert "C-10" not in str(counted(*self.ROWS))

    def test_a_session_to_which_nobody_came_has_none(self):
        [session] = counted(["3/11/26", "Bells Lane", "Drop-in", "C-101", "Did not attend", ""])

        assert session.cells[Field.COUNT] == 0

    def test_a_session_that_was_cancelled_for_all_did_not_run(self):
        cancelled = ["3/11/26", "Bells Lane", "Drop-in", "C-101", "Cancelled", ""]
        another = [*cancelled[:3], "C-102", "Session cancelled", ""]
        came = [*cancelled[:3], "C-103", "Attended", ""]

        [off], [ran] = counted(cancelled, another), counted(cancelled, came)

        assert off.cells[Field.COUNT] == "did not run"
        assert ran.cells[Field.COUNT] == 1

    def test_rows_are_clients_where_they_share_sessions(self):
        assert are_clients(table(*self.ROWS), CLIENTS)
        assert not are_clients(table(*self.ROWS[2:4]), CLIENTS)
        assert not are_clients(table(*self.ROWS), [*CLIENTS[:3], Field.IGNORED, *CLIENTS[4:]])
