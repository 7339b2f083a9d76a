"""What repeats at a venue: its words, and the first day a series of it would have."""

from datetime import date, time

import pytest

from eitrack.activities.choices import Repeat
from eitrack.intake.places.open_referral import Slot
from eitrack.intake.places.sessions import Session, as_json, from_json

TODAY = date(2026, 11, 23)  # a Monday


def session(weekday=1, opens_at=time(10), closes_at=time(11, 30), **values):
    return Session("1", "Stay and play", "3a19", Slot(weekday, opens_at, closes_at, **values))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Tuesdays 10:00 to 11:30"),
        ({"closes_at": None}, "Tuesdays 10:00"),
        ({"opens_at": None, "closes_at": None}, "Tuesdays"),
        ({"repeat": Repeat.FORTNIGHTLY}, "Tuesdays 10:00 to 11:30, every two weeks"),
        ({"repeat": Repeat.MONTHLY, "week": 2}, "Tuesdays 10:00 to 11:30, the second of a month"),
        ({"repeat": Repeat.MONTHLY, "week": -1}, "Tuesdays 10:00 to 11:30, the last of a month"),
    ],
)
def test_says_when_it_is(values, words):
    assert session(**values).in_words == words


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ({}, date(2026, 11, 24)),
        ({"weekday": 0}, TODAY),
        ({"from_on": date(2027, 1, 6)}, date(2027, 1, 12)),
        ({"from_on": date(2020, 1, 7)}, date(2026, 11, 24)),
        ({"until_on": date(2026, 11, 24)}, date(2026, 11, 24)),
        ({"until_on": date(2026, 11, 23)}, None),
        ({"repeat": Repeat.FORTNIGHTLY}, date(2026, 11, 24)),
        ({"repeat": Repeat.FORTNIGHTLY, "from_on": date(2026, 9, 8)}, date(2026, 12, 1)),
        ({"repeat": Repeat.FORTNIGHTLY, "from_on": date(2026, 9, 14)}, date(2026, 11, 24)),
        ({"repeat": Repeat.FORTNIGHTLY, "from_on": date(2027, 1, 5)}, date(2027, 1, 5)),
        ({"repeat": Repeat.MONTHLY, "week": 1}, date(2026, 12, 1)),
        ({"repeat": Repeat.MONTHLY, "week": 4}, date(2026, 11, 24)),
        # The last one of each month is planned from a fifth one.
        ({"repeat": Repeat.MONTHLY, "week": -1}, date(2026, 12, 29)),
    ],
)
def test_begins_on_its_next_day(values, day):
    assert session(**values).first_day(TODAY) == day


def test_is_the_same_after_its_rows_were_kept():
    one = session(repeat=Repeat.FORTNIGHTLY, from_on=date(2026, 9, 8), closes_at=None)

    assert from_json(as_json(one)) == one
