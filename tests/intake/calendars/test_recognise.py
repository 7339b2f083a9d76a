"""What an event is recognised as; of two that fit equally well neither."""

from datetime import date, time

import pytest

from eitrack.intake.calendars.read import CalendarEvent
from eitrack.intake.calendars.recognise import Known, Recognised, Session, recognise

TUESDAY = date(2026, 11, 17)
SITES = [
    (1, "Bells Lane Primary School"),
    (2, "Bells Lane Children's Centre"),
    (3, "Rowan Sure Start Centre"),
    (4, "Hillside Library"),
]
TYPES = [
    (1, "Family drop-in session"),
    (2, "Home visit"),
    (3, "Supervision"),
    (4, "Meeting about a child"),
]
STAY_AND_PLAY = Session(7, "Stay and play", TUESDAY, time(10), 2, 1)


def found(title, place="", at=time(10), uid="a", sessions=()):
    event = CalendarEvent(uid, TUESDAY, at, 60, title, place)
    return recognise(event, Known(SITES, TYPES, list(sessions)))


@pytest.mark.parametrize(
    ("title", "place", "site"),
    [
        ("Meeting", "Rowan Sure Start Centre, Hall Road", 3),
        ("Meeting at Hillside Library", "", 4),
        ("Meeting", "Bells Lane CC", 2),
        ("Meeting", "Bells Lane school", 1),
        ("d/in Bells Lane", "", None),
        ("Meeting", "Teams", None),
        ("Meeting at the school", "", None),
    ],
)
def test_a_site_is_known_by_the_words_that_tell_it_from_others(title, place, site):
    assert found(title, place).site == site


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("Drop-in", 1),
        ("d/in", 1),
        ("HOME VISIT (new)", 2),
        ("Supervision", 3),
        ("Dentist", None),
        ("Team meeting", None),
    ],
)
def test_the_work_is_known_by_its_words(title, type_):
    assert found(title).activity_type == type_


def test_what_was_planned_for_that_hour_gives_all_it_knows():
    assert found("Stay and play", sessions=[STAY_AND_PLAY]) == Recognised(2, 1, 7)
    assert found("Bells Lane CC", at=time(10, 30), sessions=[STAY_AND_PLAY]) == Recognised(2, 1, 7)


def test_a_session_of_another_hour_is_not_meant():
    assert found("Stay and play", at=time(14), sessions=[STAY_AND_PLAY]).series is None


def test_a_session_that_the_event_does_not_name_is_not_meant():
    assert found("Dentist", sessions=[STAY_AND_PLAY]) == Recognised()


def test_of_two_sessions_at_once_neither_is_meant():
    other = Session(8, "Stay and play", TUESDAY, time(10), 3, 1)

    assert found("Stay and play", sessions=[STAY_AND_PLAY, other]).series is None


def test_an_event_of_the_own_feed_is_its_session():
    assert found("x", uid="session-7-20261117@eitrack", sessions=[STAY_AND_PLAY]).series == 7
    assert found("x", uid="session-7-20261116@eitrack", sessions=[STAY_AND_PLAY]).series is None


def test_nothing_recognised_is_false():
    assert not found("Lunch", "Café")
    assert found("Supervision")
