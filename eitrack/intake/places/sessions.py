"""What repeats at the venues of a directory, as series that may be taken."""

from dataclasses import asdict, dataclass
from datetime import date, time, timedelta

from dateutil.rrule import MONTHLY, rrule

from eitrack.activities.choices import Repeat
from eitrack.activities.models.series import WEEKDAYS
from eitrack.intake.places.open_referral import Slot

DAY_NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
WEEKS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


@dataclass(frozen=True, slots=True)
class Session:
    """One slot of a service at one venue."""

    number: str
    name: str
    venue: str
    slot: Slot

    @property
    def in_words(self):
        """As "Tuesdays 10:00 to 11:30, every two weeks"."""
        slot = self.slot
        clock = " to ".join(f"{one:%H:%M}" for one in (slot.opens_at, slot.closes_at) if one)
        when = " ".join(filter(None, [DAY_NAMES[slot.weekday], clock]))
        if slot.repeat == Repeat.MONTHLY:
            return f"{when}, the {WEEKS[slot.week]} of a month"
        return f"{when}, every two weeks" if slot.repeat == Repeat.FORTNIGHTLY else when

    def first_day(self, today):
        """Its first day from today on; None for one that has ended by then."""
        slot = self.slot
        begins = max(today, slot.from_on or today)
        if slot.repeat == Repeat.MONTHLY:
            # A series is on the last weekday of months when its first day is a fifth one.
            rule = WEEKDAYS[slot.weekday](slot.week if slot.week > 0 else 5)
            day = rrule(MONTHLY, dtstart=begins, count=1, byweekday=rule)[0].date()
        elif slot.repeat == Repeat.FORTNIGHTLY and slot.from_on and slot.from_on < today:
            first = on_weekday(slot.from_on, slot.weekday)
            day = first + timedelta(weeks=2) * max(0, -((first - today) // timedelta(weeks=2)))
        else:
            day = on_weekday(begins, slot.weekday)
        return None if slot.until_on and slot.until_on < day else day


def on_weekday(day, weekday):
    """The first such weekday from this day on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def as_json(session):
    held = asdict(session)
    held["slot"] |= {
        name: value.isoformat()
        for name, value in held["slot"].items()
        if isinstance(value, (date, time))
    }
    return held


def from_json(held):
    slot = dict(held["slot"])
    for name in ("opens_at", "closes_at"):
        slot[name] = slot[name] and time.fromisoformat(slot[name])
    for name in ("from_on", "until_on"):
        slot[name] = slot[name] and date.fromisoformat(slot[name])
    slot["repeat"] = Repeat(slot["repeat"])
    return Session(held["number"], held["name"], held["venue"], Slot(**slot))
