"""The status a file states: of an open period, of one that has ended, or a release."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone


class State(StrEnum):
    OPEN = "open"
    ENDED = "ended"
    RELEASED = "released"


@dataclass(frozen=True)
class Standing:
    """`at` is the local moment of release, or of extraction.

    `number` is that of the release. `newest` names the newest release of the period, for a file
    that is not that release.
    """

    state: State
    at: datetime
    number: int | None = None
    newest: str = ""

    @classmethod
    def of_release(cls, moment, number):
        return cls(State.RELEASED, timezone.localtime(moment).replace(tzinfo=None), number)

    @classmethod
    def of_extract(cls, period, moment, newest=None):
        """For figures as they are at this local moment; `newest` is their newest release."""
        state = State.OPEN if period.is_open(moment.date()) else State.ENDED
        about = f"release {newest.number} of {day_of(newest.released_at)}" if newest else ""
        return cls(state, moment.replace(tzinfo=None), newest=about)

    @property
    def is_release(self):
        return self.state == State.RELEASED

    @property
    def moment(self):
        return f"{self.at:%Y-%m-%d %H:%M}"

    @property
    def words(self):
        if self.is_release:
            return f"Released {self.at:%-d %B %Y}, release {self.number}"
        if self.state == State.OPEN:
            return f"Open: the period has not ended; figures as at {self.moment}"
        if self.newest:
            return f"Ended; figures as at {self.moment}, which are not those of {self.newest}"
        return f"Ended, not released; figures as at {self.moment}"


def day_of(moment):
    return f"{timezone.localtime(moment):%-d %B %Y}"
