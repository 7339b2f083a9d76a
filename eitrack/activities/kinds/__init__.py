"""The fixed kinds of activity (SPEC.md part 3). Figures, forms and constraints read this tuple."""

from eitrack.activities.kinds.kind import Counts, Group, Kind, KindCode

# What is handed on from below; what is made here needs no such list.
__all__ = ["Counts", "Group", "Kind", "KindCode"]

KINDS = (
    Kind(
        KindCode.CASE_CONTACT,
        Group.CASE,
        True,
        Counts.PEOPLE,
        45,
        requires=("case",),
        is_one_family=True,
    ),
    Kind(
        KindCode.CONSULTATION_FAMILY,
        Group.UNREGISTERED,
        True,
        Counts.PEOPLE,
        30,
        is_one_family=True,
    ),
    Kind(
        KindCode.CONSULTATION_CHILD, Group.UNREGISTERED, True, Counts.PEOPLE, 30, is_one_family=True
    ),
    Kind(
        KindCode.CONSULTATION_PROFESSIONAL,
        Group.PARTNERSHIP,
        False,
        Counts.NOTHING,
        20,
        requires=("agency",),
        is_one_family=True,
    ),
    Kind(KindCode.DROP_IN, Group.UNREGISTERED, True, Counts.PEOPLE, 120),
    Kind(KindCode.PLAYGROUND, Group.UNREGISTERED, True, Counts.CONVERSATIONS, 30),
    Kind(KindCode.GROUP_SESSION, Group.UNREGISTERED, True, Counts.PEOPLE, 120),
    Kind(KindCode.OPEN_EVENING, Group.UNREGISTERED, True, Counts.BOTH, 180),
    Kind(KindCode.OUTREACH, Group.UNREGISTERED, True, Counts.PEOPLE, 90),
    Kind(
        KindCode.JOINT_VISIT,
        Group.UNREGISTERED,
        True,
        Counts.PEOPLE,
        60,
        requires=("agency",),
        is_one_family=True,
    ),
    Kind(
        KindCode.MEETING_FAMILY,
        Group.PARTNERSHIP,
        False,
        Counts.FAMILY_MEMBERS,
        60,
        is_one_family=True,
    ),
    Kind(KindCode.MEETING_SERVICE, Group.PARTNERSHIP, False, Counts.NOTHING, 90),
    Kind(
        KindCode.PARTNER_LIAISON, Group.PARTNERSHIP, False, Counts.NOTHING, 15, requires=("agency",)
    ),
    Kind(
        KindCode.PROTOCOL_WORK,
        Group.PARTNERSHIP,
        False,
        Counts.NOTHING,
        60,
        requires=("agency", "topic"),
    ),
    Kind(KindCode.TRAINING_GIVEN, Group.PARTNERSHIP, False, Counts.PROFESSIONALS, 120),
    Kind(KindCode.AWAY_DAY, Group.PARTNERSHIP, False, Counts.NOTHING, 360),
    Kind(KindCode.REFERRAL_WORK, Group.UNREGISTERED, False, Counts.NOTHING, 40, is_one_family=True),
    Kind(KindCode.OVERHEAD, Group.OVERHEAD, False, Counts.NOTHING, 60),
)

BY_CODE = {kind.code.value: kind for kind in KINDS}


def codes(condition):
    """The codes of the kinds that meet `condition(kind)`, in order."""
    return tuple(kind.code.value for kind in KINDS if condition(kind))


DIRECT = codes(lambda kind: kind.is_direct)
OVERHEAD = codes(lambda kind: kind.group == Group.OVERHEAD)
SERVICE = codes(lambda kind: kind.group != Group.OVERHEAD)
WITH_CASE = codes(lambda kind: kind.may_have_case)
CASE_REQUIRED = codes(lambda kind: "case" in kind.requires)
ONE_FAMILY = codes(lambda kind: kind.is_one_family)
# Contact with one family that may be unregistered, so it can be in a thread.
WITH_THREAD = codes(
    lambda kind: kind.is_one_family and kind.has_headcount and "case" not in kind.requires
)
CONSULTATIONS = codes(lambda kind: kind.code.value.startswith("consultation_"))
COUNTED_BY_CONVERSATION = codes(lambda kind: kind.counts in (Counts.CONVERSATIONS, Counts.BOTH))
# Work that colleagues do together: not with one family, and no desk work.
WITH_CO_WORKERS = codes(lambda kind: not kind.is_one_family and kind.group != Group.OVERHEAD)
# Work at a site or with a partner, which can meet an obstacle.
WITH_OBSTACLE = codes(
    lambda kind: kind.group != Group.OVERHEAD and kind.code != KindCode.REFERRAL_WORK
)
# Work that can record the status of a protocol.
SAYING_STEPS = (KindCode.PROTOCOL_WORK.value, KindCode.AWAY_DAY.value)
NO_HEADCOUNT = codes(lambda kind: not kind.has_headcount)


def group_of(kind_code, has_case):
    """The group in which an activity's time is shown: with a formal case it is case work."""
    return Group.CASE if has_case else BY_CODE[kind_code].group
