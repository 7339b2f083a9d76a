"""Who works in the sample service: one line for each of the 37."""

from eitrack.directory.choices import SiteKind

DAY = 432
WEEK_MINUTES = {
    1.0: (DAY, DAY, DAY, DAY, DAY),
    0.8: (DAY, DAY, DAY, DAY, 0),
    0.5: (DAY, DAY, DAY // 2, 0, 0),
}
HAT_SHARES = {1: (1,), 2: (0.6, 0.4), 3: (0.5, 0.3, 0.2)}

# (post, stream, hats, full-time share); teams take turns. The first is the sample manager, the
# third the sample worker, the fourth the overloaded worker. Fewer workers: the first so many.
GENERIC, ASSISTANT, LIAISON = (
    "Generic social worker",
    "Social work assistant",
    "School liaison social worker",
)
ON_TRACK, BEST, SURE_START = (
    "On Track social worker",
    "BEST social worker",
    "Sure Start social worker",
)
CENTRE, VIOLENCE = "Children's centre social worker", "Domestic violence social worker"
MAIN, FUND, RENEWAL, TRACK, SURE = (
    "Mainstream",
    "Children's Fund",
    "Neighbourhood Renewal",
    "On Track",
    "Sure Start",
)
STAFF = (
    ("Team manager", MAIN, 1, 1.0),
    ("Team manager", MAIN, 1, 1.0),
    (LIAISON, FUND, 2, 1.0),
    (ON_TRACK, TRACK, 2, 1.0),
    (GENERIC, MAIN, 1, 1.0),
    (SURE_START, SURE, 3, 1.0),
    (BEST, RENEWAL, 3, 1.0),
    (GENERIC, MAIN, 2, 0.8),
    (CENTRE, SURE, 2, 1.0),
    (LIAISON, FUND, 3, 1.0),
    (GENERIC, MAIN, 1, 1.0),
    (ASSISTANT, FUND, 1, 0.5),
    (VIOLENCE, RENEWAL, 2, 1.0),
    (GENERIC, FUND, 1, 1.0),
    (SURE_START, SURE, 2, 1.0),
    (BEST, RENEWAL, 2, 1.0),
    (ON_TRACK, TRACK, 3, 0.8),
    (GENERIC, MAIN, 1, 1.0),
    (LIAISON, FUND, 3, 1.0),
    (CENTRE, SURE, 2, 0.5),
    (ASSISTANT, TRACK, 2, 1.0),
    ("Drugs and alcohol social worker", MAIN, 3, 1.0),
    (GENERIC, MAIN, 1, 0.8),
    (ASSISTANT, FUND, 1, 0.5),
    (GENERIC, RENEWAL, 2, 1.0),
    (SURE_START, SURE, 3, 1.0),
    (BEST, RENEWAL, 2, 1.0),
    ("Hospital liaison social worker", MAIN, 1, 1.0),
    ("Vietnamese community social worker", RENEWAL, 3, 0.8),
    (LIAISON, FUND, 2, 1.0),
    (ON_TRACK, TRACK, 2, 1.0),
    (GENERIC, MAIN, 1, 1.0),
    (ASSISTANT, FUND, 1, 0.5),
    (VIOLENCE, RENEWAL, 3, 1.0),
    (CENTRE, SURE, 2, 0.8),
    (GENERIC, FUND, 1, 1.0),
    (ASSISTANT, TRACK, 1, 0.5),
)
# Beside the 37: somebody who has left.
LEAVER = (ASSISTANT, MAIN, 1, 1.0)
NO_CASES = ("Team manager", ASSISTANT, CENTRE, "Hospital liaison social worker")
BASES = {
    LIAISON: (SiteKind.PRIMARY_SCHOOL, SiteKind.SECONDARY_SCHOOL),
    BEST: (SiteKind.PRIMARY_SCHOOL, SiteKind.SECONDARY_SCHOOL),
    SURE_START: (SiteKind.SURE_START,),
    CENTRE: (SiteKind.CHILDRENS_CENTRE,),
    ON_TRACK: (SiteKind.PRIMARY_SCHOOL,),
    "Hospital liaison social worker": (SiteKind.HOSPITAL,),
    "Vietnamese community social worker": (SiteKind.COMMUNITY,),
}
OTHER_HATS = (LIAISON, CENTRE, GENERIC, ON_TRACK, SURE_START)
