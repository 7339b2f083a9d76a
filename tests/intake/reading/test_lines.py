"""Which rows under a header are records."""

from datetime import date

import pytest

from eitrack.intake.reading.cells import Flaw
from eitrack.intake.reading.header import Head
from eitrack.intake.reading.lines import Line, LineKind, lines

HEAD = Head(2, ("Date", "Activity", "Where", "Came"))


def kind_of(*cells):
    [line] = lines([(3, list(cells))], HEAD)
    return line.kind


@pytest.mark.parametrize(
    "cells",
    [
        ["3/11/26", "Drop-in", "Bells Lane", "8"],
        [date(2026, 11, 3), "Total Respect programme", "", 8.0],
        ["3/11/26", "Totals meeting", "", ""],
        ["", "Drop-in", "Bells Lane", "8"],
        ["3/11/26", "", "", 8.0],
        [Flaw("#N/A", "An error."), "", "", 8.0],
        ["Thurs", "Visit", "", ""],
    ],
)
def test_a_record_is_a_record(cells):
    assert kind_of(*cells) is LineKind.RECORD


@pytest.mark.parametrize(
    "cells",
    [
        ["Total", "", "", 340.0],
        ["Totals:", "", "", "340"],
        ["", "", "Grand total", 340.0],
        ["Total for October", "", "", 340.0],
        ["October total", "", "", 340.0],
        ["Average", "", "", 8.5],
        ["", "", 12.0, 340.0],
    ],
)
def test_totals_are_totals(cells):
    assert kind_of(*cells) is LineKind.TOTAL


@pytest.mark.parametrize("text", ["November 2026", "w/c 2 Nov", "Autumn term 2026", "Bells Lane"])
def test_a_short_text_alone_in_front_heads_what_follows(text):
    assert kind_of(text, "", "", "") is LineKind.HEADING


@pytest.mark.parametrize(
    "cells",
    [
        ["Note: half-term dates are missing", "", "", ""],
        ["* estimated", "", "", ""],
        ["Please remember to fill in the column of the new families as well", "", "", ""],
        ["", "", "see diary", ""],
    ],
)
def test_other_texts_alone_are_notes(cells):
    assert kind_of(*cells) is LineKind.NOTE


def test_the_header_may_come_again():
    assert kind_of("Date", "Activity", "Where", "") is LineKind.HEADER


def test_rows_are_as_wide_as_the_header_and_begin_under_it():
    found = list(lines([(1, ["Log"]), (2, ["Date"]), (5, ["3/11/26"]), (6, [*"abcdef"])], HEAD))

    assert found == [
        Line(5, ["3/11/26", "", "", ""], LineKind.HEADING),
        Line(6, ["a", "b", "c", "d"], LineKind.RECORD),
    ]
