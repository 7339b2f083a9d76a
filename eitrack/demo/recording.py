"""When things were recorded: most the same day, some days later, a few when the quarter closes."""

from datetime import timedelta

from eitrack.common.periods import Period
from eitrack.demo import stories
from eitrack.demo.calendar import is_working_day

SAME_DAY, NEXT_DAY, WITHIN_WEEK = 0.55, 0.25, 0.15
AT_QUARTER_CLOSE = 0.5
OFFLINE = 0.04


def recorded(dice, window, happening):
    """(recorded on the device, received): never after the last day's morning."""
    day = happening.date
    draw = dice.random()
    if draw < SAME_DAY:
        moment = _after(dice, happening)
    else:
        if draw < SAME_DAY + NEXT_DAY:
            day = _working_days_on(day, 1)
        elif draw < SAME_DAY + NEXT_DAY + WITHIN_WEEK:
            day = _working_days_on(day, dice.randint(2, 5))
        elif dice.happens(AT_QUARTER_CLOSE):
            closes = Period.quarter_of(day).end
            day = max(_working_days_on(day, 6), _working_days_on(closes, dice.randint(1, 9)))
        else:
            day = _working_days_on(day, dice.randint(6, 25))
        moment = stories.moment(day, dice.randint(8, 17), dice.randint(0, 59))
    moment = min(moment, stories.moment(window.until, 9, 15 + dice.randint(0, 20)))
    wait = dice.randint(600, 14400) if dice.happens(OFFLINE) else dice.randint(1, 9)
    latest = stories.moment(window.until, 9, 40)
    return moment, min(moment + timedelta(seconds=wait), max(moment, latest))


def _after(dice, happening):
    """Some time after it began, before the evening; after an evening, that night."""
    begun = happening.starts_at.hour if happening.starts_at else 9
    hour = dice.randint(min(begun + 1, 21), max(begun + 2, 18) if begun < 17 else 21)
    return stories.moment(happening.date, min(hour, 21), dice.randint(0, 59))


def _working_days_on(day, number):
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day
