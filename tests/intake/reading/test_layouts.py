"""Which column is suggested for which field, and why."""

from datetime import datetime, time

import pytest

from eitrack.intake.reading.cells import Flaw
from eitrack.intake.reading.fields import Field, main_words, plain_name
from eitrack.intake.reading.header import Head, unique_names
from eitrack.intake.reading.layouts import fingerprint, missing, stands_once, suggested


def fields_of(names, cells=None):
    cells = [""] * len(names) if cells is None else cells
    return [one.field.name for one in suggested(Head(1, unique_names(names)), [cells] * 5)]


class TestNames:
    @pytest.mark.parametrize(
        ("names", "fields"),
        [
            (
                ["Date", "Activity", "Venue", "Time", "No. of adults attending", "No of chn"],
                ["DATE", "KIND", "PLACE", "LENGTH", "ADULTS", "CHILDREN"],
            ),
            (
                ["Date of Session", "Type of contact", "School", "Start", "Finish", "Attendance"],
                ["DATE", "KIND", "PLACE", "START", "END", "COUNT"],
            ),
            (
                ["When?", "What did you do?", "Where did it take place?", "How long (mins)?"],
                ["DATE", "KIND", "PLACE", "LENGTH"],
            ),
            (
                ["How many adults attended?", "How many people came?", "New", "Comments"],
                ["ADULTS", "COUNT", "NEW", "NOTE"],
            ),
            (
                ["Prep time", "Travel", "Partner agency", "Staff", "Other staff", "Mileage"],
                ["PREPARATION", "TRAVEL", "AGENCY", "WORKER", "COLLEAGUE", "IGNORED"],
            ),
        ],
    )
    def test_a_name_says_what_stands_under_it(self, names, fields):
        assert fields_of(names) == fields

    @pytest.mark.parametrize(
        "name",
        ["Date of birth", "DOB", "Child's name", "Client ID", "Postcode", "E-mail", "NHS number"],
    )
    def test_who_somebody_is_is_never_anything_else(self, name):
        assert fields_of([name]) == ["PERSON"]

    def test_a_suggestion_says_why(self):
        said = [(one.is_sure, one.why) for one in suggested(
            Head(1, ("Date", "Sort of session", "Wobble", "Att", "Attended")), []
        )]  # fmt: skip

        assert said == [
            (True, "Its name says so."),
            (False, "Its name is like “session”."),
            (False, "Its name is not known."),
            (True, "Its name says so."),
            (False, "Another column fits “How many came” better."),
        ]


class TestContents:
    def test_a_name_over_other_things_is_not_believed(self):
        assert fields_of(["Day", "Date"], ["Tues", "3/11/26"]) == ["IGNORED", "DATE"]
        assert fields_of(["Number"], ["Bells Lane"]) == ["IGNORED"]

    def test_weekdays_are_days_where_no_column_is_better(self):
        assert fields_of(["Day", "What"], ["Tues", "Visit"]) == ["DATE", "KIND"]

    def test_days_with_the_month_first_are_days(self):
        days = [["5/14/2026"], ["11/23/2026"], ["5/31/2026"]]

        assert [one.field for one in suggested(Head(1, ("What date was it?",)), days)] == [
            Field.DATE
        ]

    def test_whether_a_client_came_is_the_count_of_a_sheet_with_clients(self):
        assert fields_of(["Client ID", "Attendance"], ["C1", "Did not attend"])[1] == "COUNT"
        assert fields_of(["Client ID", "Attendance"], ["C1", "Mondays"])[1] == "IGNORED"
        assert fields_of(["Venue", "Attendance"], ["Hall", "Yes"])[1] == "IGNORED"

    def test_days_without_a_name_are_the_date(self):
        assert fields_of(["", "What"], ["3 Nov", "Visit"]) == ["DATE", "KIND"]

    def test_late_times_are_when_it_began_not_how_long_it_took(self):
        assert fields_of(["Time"], ["9:30"]) == ["START"]
        assert fields_of(["Time"], [time(14, 0)]) == ["START"]
        assert fields_of(["Time"], ["1:30"]) == ["LENGTH"]
        assert fields_of(["Time"], ["9:00-10:30"]) == ["LENGTH"]

    def test_names_of_people_are_known_without_a_header(self):
        found = suggested(Head(1, ("Column A",)), [["Sarah Brown"], ["Tom Green"]] * 3)

        assert (found[0].field, found[0].why) == (
            Field.PERSON,
            "It seems to say who somebody is.",
        )

    def test_flaws_say_nothing_of_a_column(self):
        assert fields_of(["Hours"], [Flaw("#N/A", "An error.")]) == ["LENGTH"]

    def test_moments_are_days(self):
        assert fields_of(["Date"], [datetime(2026, 11, 3, 9)]) == ["DATE"]


class TestMissing:
    def test_what_no_column_says_is_asked_for(self):
        assert missing([Field.DATE, Field.KIND, Field.COUNT]) == [
            "No column says where it was.",
            "No column says how long it took.",
        ]

    def test_from_and_until_are_how_long(self):
        fields = [Field.DATE, Field.KIND, Field.PLACE, Field.START, Field.END]

        assert missing(fields) == []
        assert missing(fields[:-1]) == ["No column says how long it took."]

    def test_a_file_of_one_column_may_be_parted_by_an_unknown_sign(self):
        assert missing([Field.DATE])[0].startswith("The file has one column only.")

    def test_a_day_may_stand_once_for_several_rows(self):
        assert stands_once(["3 Nov", "", "", "4 Nov", ""])
        assert not stands_once(["3 Nov", "3 Nov", "4 Nov", "", "5 Nov", "5 Nov"])
        assert not stands_once(["", "", "4 Nov"])
        assert not stands_once([])


class TestFingerprint:
    def test_files_that_look_the_same_have_the_same(self):
        assert fingerprint(["Date", "Number\nof adults", "Hours 2025/26"]) == fingerprint(
            ["DATE ", "Number of adults:", "Hours 2026/27"]
        )

    def test_another_order_is_another_layout(self):
        assert fingerprint(["Date", "What"]) != fingerprint(["What", "Date"])


def test_plain_names_have_letters_and_digits_only():
    assert plain_name("Child’s name (2025-26):") == "childs name"
    assert main_words("how many people came") == "people came"
    assert main_words("how many") == "how many"
