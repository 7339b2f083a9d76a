"""RCH: whom the service reaches, and who stays."""

from tests.recount.rows import BY_CONVERSATION, Figure, total

OPEN_TO_ALL = ("drop_in", "group_session", "outreach")


def heads(activity):
    """At open evenings and on the playground our conversations, else the attendance."""
    is_talk = activity["kind"] in BY_CONVERSATION
    return activity["conversations"] if is_talk else activity["attendance"]


def of_ages(part):
    """Activities of which adults and children are told apart, or are not, and what counts then."""
    if part.by != "age_group":
        return part.direct_activities, heads
    is_split = part.row != "not_split"
    found = [
        each
        for each in part.direct_activities
        if (each["adults"] is not None and each["kind"] not in BY_CONVERSATION) == is_split
    ]
    return found, (lambda activity: activity[part.row]) if is_split else heads


def rch_01(part):
    """Attendances at activities with families, each activity once."""
    direct, heads = of_ages(part)
    counted = [heads(each) for each in direct]
    estimated = [
        heads(each)
        for each in direct
        if each["method"] == "estimate" and each["kind"] not in BY_CONVERSATION
    ]
    return Figure(
        total(counted),
        known=sum(number is not None for number in counted),
        asked=len(direct),
        estimated=total(estimated),
    )


def rch_02(part):
    """Of attendances known to be new or returning, those that are new."""
    sessions = [each for each in part.activities if each["kind"] in OPEN_TO_ALL]
    new = total(each["first_time"] for each in sessions)
    known = new + total(each["returning"] for each in sessions)
    return Figure(new, known, known, total(each["attendance"] for each in sessions))
