from django.db import models


class InformalFirst(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_ASKED = "not_asked", "Not asked"


class AgeBand(models.TextChoices):
    UNDER_5 = "0-4", "0 to 4"
    FROM_5 = "5-10", "5 to 10"
    FROM_11 = "11-15", "11 to 15"
    FROM_16 = "16+", "16 and over"


class EndReason(models.TextChoices):
    NEEDS_MET = "needs_met", "Needs met"
    STEPPED_UP = "stepped_up", "Stepped up"
    STEPPED_DOWN = "stepped_down", "Stepped down"
    MOVED = "moved", "Moved"
    DECLINED = "declined", "Declined"
    OTHER = "other", "Other"


class Route(models.TextChoices):
    FAST_TRACK = "fast_track", "Fast-track"
    STANDARD = "standard", "Standard"
    SELF = "self", "Self"


class Decision(models.TextChoices):
    """The outcome of a request for help."""

    CASE = "case", "Case"
    CONSULTATION = "consultation", "Consultation"
    GROUP = "group", "Group"
    ADVICE = "advice", "Advice"
    SIGNPOSTED = "signposted", "Signposted"
    REDIRECTED = "redirected", "Redirected"


class ReferralOutcome(models.TextChoices):
    """The decision of the receiving agency."""

    ACCEPTED = "accepted", "Accepted for assessment"
    NO_ACTION = "no_action", "No further action"
    REDIRECTED = "redirected", "Redirected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Change(models.TextChoices):
    """A change to a case: its code in the trail, and its words on the page."""

    FACTS = "facts", "changed what is recorded of this case"
    LEVEL = "level", "changed the level of need"
    HANDED_OVER = "handed_over", "handed this case over"
    SHARED = "shared", "made this a joint case"
    CLOSED = "closed", "closed this case"
    REOPENED = "reopened", "opened this case again, closed by mistake"
