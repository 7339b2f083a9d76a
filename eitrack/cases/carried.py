from dataclasses import dataclass

from eitrack.common.words import duration, plural


@dataclass(frozen=True)
class Carried:
    """Sums of contact with a family before registration (rule 1); they are in no figure."""

    contacts: int
    minutes: int
    weeks: int

    def __bool__(self):
        return bool(self.contacts or self.minutes)

    def __str__(self):
        """ "5 contacts, 3 h 40 over 7 weeks"."""
        contacts = plural(self.contacts, "contact", "contacts")
        weeks = plural(self.weeks, "week", "weeks")
        return f"{contacts}, {duration(self.minutes)} over {weeks}"
