"""What a line of the table of an activity's fields says."""

from dataclasses import dataclass
from enum import StrEnum, auto

from eitrack.common.recorded import RecordedField


class Top(StrEnum):
    """The rows at the top of the log form, from above; fields of one stand beside each other."""

    SAME_SESSION = auto()
    AS_CHOSEN = auto()
    CHANGE_REASON = auto()
    TYPE = auto()
    HEADCOUNT = auto()
    BEGUN = auto()
    # What the kind asks, each in a row of its own.
    ASKED = auto()
    LENGTH = auto()
    LONG_DAY = auto()
    DAY = auto()
    SITE = auto()
    HAT = auto()


class Fold(StrEnum):
    """The folds of the log form, from above, by their legends."""

    NEW = "New or returning, adults, estimate"
    COLLEAGUE = "A colleague’s case? Type its reference"
    ABOUT = "What it was about"
    NOT_REGISTERED = "Why not registered"
    THREAD = "Is this a family you will meet again?"
    ADVICE = "Threshold advice"
    CASE = "For a formal case"
    COLLEAGUES = "With colleagues"
    WHO_ELSE = "Who else was there"
    SERIES = "Part of a series"
    ASKED_FOR_HELP = "Asked for help afterwards"
    AGENCY = "Which agency"
    SUPERVISOR = "With whom"
    PROTOCOL = "Where the protocol stands"
    OTHER_TIME = "Preparation and travel"
    ELSEWHERE = "Somewhere else"
    NOTE = "Note"
    HOW = "How we worked"
    PAID = "Who paid"
    OBSTACLE = "Something was in the way"
    NOT_RUN = "It did not run"


@dataclass(frozen=True)
class ActivityField(RecordedField):
    """Its `words` are told of the activity."""

    # On the log form: (row, kinds that ask for it there), and (fold, kinds that have it there);
    # whether it stands apart from what is beside it in its fold.
    asked: tuple[Top, tuple] = (Top.ASKED, ())
    folded: tuple[Fold | None, tuple] = (None, ())
    is_apart: bool = False
    # In the exported list: the value of a row that its column holds, else the one of its name.
    column: str = ""
    # In the tidy rows: the lookup whose type and codes an expression as `source` shares.
    of: str = ""

    @property
    def kinds(self):
        """Codes of the kinds whose form has it."""
        return (*self.asked[1], *self.folded[1])

    @property
    def is_asked(self):
        return bool(self.kinds or self.folded[0])
