"""Which rules of repetition are followed: those that calendars write, and that come to an end."""

from collections.abc import Iterable
from datetime import date

from eitrack.intake.calendars.lines import name_of
from eitrack.intake.calendars.moments import digits_of_start

# What each may say beside its frequency, its interval and its end.
FOLLOWED = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"},
}
ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
# Before it a rule takes long to come to the days that are asked for.
EARLIEST = date(1990, 1, 1)
MOST_SINGLE_DATES = 5_000


class NotFollowed(ValueError):
    """A rule that is not followed."""


def check_rules(lines: list[str]) -> None:
    """Raises NotFollowed for a rule that no calendar writes, and that may take for ever."""
    rules = [line.partition(":")[2] for line in lines if name_of(line) == "RRULE"]
    single = sum(line.count(",") for line in lines if name_of(line) in ("RDATE", "EXDATE"))
    if len(rules) > 1 or single > MOST_SINGLE_DATES:
        raise NotFollowed
    for rule in rules:
        said = parts_of_rule(rule.upper().split(";"))
        followed = FOLLOWED.get(said.get("FREQ", ""))
        if followed is None or said.keys() - ALWAYS - followed:
            raise NotFollowed
        if digits_of_start(lines) < EARLIEST:
            raise NotFollowed


def parts_of_rule(parts: Iterable[str]) -> dict[str, str]:
    return {name.strip(): value for name, _, value in (part.partition("=") for part in parts)}
