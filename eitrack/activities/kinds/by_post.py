"""What somebody in a post usually does, as long as nobody has logged under it."""

from eitrack.activities.kinds import BY_CODE, KindCode

MOST = 5
# Where neither the administrator nor the name of the post says more.
ANYWHERE = (
    KindCode.DROP_IN,
    KindCode.CONSULTATION_FAMILY,
    KindCode.CONSULTATION_PROFESSIONAL,
    KindCode.PARTNER_LIAISON,
    KindCode.OVERHEAD,
)
# By a word in the name of the post; the first that fits.
BY_WORDS = (
    (
        ("school", "pupil", "attendance"),
        (
            KindCode.PLAYGROUND,
            KindCode.DROP_IN,
            KindCode.CONSULTATION_FAMILY,
            KindCode.CONSULTATION_PROFESSIONAL,
            KindCode.OPEN_EVENING,
        ),
    ),
    (
        ("hospital", "health"),
        (
            KindCode.CONSULTATION_FAMILY,
            KindCode.CONSULTATION_PROFESSIONAL,
            KindCode.MEETING_FAMILY,
            KindCode.REFERRAL_WORK,
            KindCode.PARTNER_LIAISON,
        ),
    ),
    (
        ("centre", "sure start", "early years", "family hub"),
        (
            KindCode.DROP_IN,
            KindCode.GROUP_SESSION,
            KindCode.CONSULTATION_FAMILY,
            KindCode.OUTREACH,
            KindCode.PARTNER_LIAISON,
        ),
    ),
    (
        ("domestic", "drug", "alcohol", "substance", "mental"),
        (
            KindCode.CONSULTATION_FAMILY,
            KindCode.JOINT_VISIT,
            KindCode.CONSULTATION_PROFESSIONAL,
            KindCode.GROUP_SESSION,
            KindCode.TRAINING_GIVEN,
        ),
    ),
    (
        ("community", "outreach"),
        (
            KindCode.OUTREACH,
            KindCode.DROP_IN,
            KindCode.CONSULTATION_FAMILY,
            KindCode.JOINT_VISIT,
            KindCode.PARTNER_LIAISON,
        ),
    ),
)


def kinds_of(post):
    """The kinds that Today offers somebody new in this post, in their order."""
    codes = post.usual_kinds or kinds_by_name(post.name)
    return [BY_CODE[code] for code in codes if code in BY_CODE][:MOST]


def kinds_by_name(name):
    """The codes for a post of this name, of which the administrator has said nothing."""
    plain = name.casefold()
    for words, codes in BY_WORDS:
        if any(word in plain for word in words):
            return [code.value for code in codes]
    return [code.value for code in ANYWHERE]
