"""How far away a date may be (rule 5): a mistyped year would affect every figure."""

from datetime import MAXYEAR, date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

FIRST_DAY = date(1990, 1, 1)
YEARS_AHEAD = 20
TOO_EARLY = f"No date lies before {FIRST_DAY.year}. Look at the year."
TOO_LATE = f"No date lies more than {YEARS_AHEAD} years ahead. Look at the year."
STILL_TO_COME = "This day is still to come. Choose today or an earlier day."
NO_END = "Where there is no end, leave this empty."
# Dates stored before there was a horizon are read as no further away than this, so that date
# arithmetic does not overflow and loops over days end.
FARTHEST_BACK = date(1900, 1, 1)
FARTHEST_AHEAD = date(2199, 12, 31)


def outside_horizon(day: date) -> str:
    """Why this day is not allowed, or ""."""
    if day < FIRST_DAY:
        return TOO_EARLY
    today = timezone.localdate()
    # Compared by year and day, as 29 February does not exist in most years.
    last = (min(today.year + YEARS_AHEAD, MAXYEAR), today.month, today.day)
    return TOO_LATE if (day.year, day.month, day.day) > last else ""


def within_horizon(value: date) -> None:
    """Refuse a date or moment before 1990 or more than twenty years ahead."""
    day = value.date() if isinstance(value, datetime) else value
    if refusal := outside_horizon(day):
        words = f"{refusal} {NO_END}" if refusal == TOO_LATE else refusal
        raise ValidationError(words, code="horizon")


def read_day(text: str) -> date:
    """The day an address names; ValueError with a message for the user if it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("Write a date with day, month and year.") from None
    if refusal := outside_horizon(day):
        raise ValueError(refusal)
    return day


def brought_near(day: date) -> date:
    """The same day, or the nearest within the range of calculations."""
    return min(max(day, FARTHEST_BACK), FARTHEST_AHEAD)
