"""What each kind asks besides type, date, site and minutes (`activities.kinds`)."""

from datetime import time

from eitrack.activities import choices as c
from eitrack.activities.kinds import KindCode
from eitrack.demo import names
from eitrack.demo import places as p
from eitrack.demo.attendance import need_level
from eitrack.partnerships.choices import Topic

PURPOSES = {
    c.Purpose.PARENTING: 20,
    c.Purpose.BEHAVIOUR: 18,
    c.Purpose.ATTENDANCE: 10,
    c.Purpose.DOMESTIC_ABUSE: 6,
    c.Purpose.SUBSTANCE_USE: 3,
    c.Purpose.MENTAL_HEALTH: 6,
    c.Purpose.EMOTIONAL_SUPPORT: 11,
    c.Purpose.HOUSING: 8,
    c.Purpose.MONEY: 6,
    c.Purpose.SEND: 6,
    c.Purpose.HEALTH: 4,
    c.Purpose.OTHER: 2,
}
OUTCOMES = {
    c.Outcome.ADVICE: 50,
    c.Outcome.SIGNPOSTED: 18,
    c.Outcome.PROGRAMME: 8,
    c.Outcome.REQUEST_MADE: 7,
    c.Outcome.REFERRAL_ON: 4,
    c.Outcome.CASE_OPENED: 2,
    c.Outcome.NONE_YET: 11,
}
WHY_NOT = {
    c.WhyNotRegistered.FAMILY_PREFERS_NOT: 34,
    c.WhyNotRegistered.INFORMAL_SETTING: 24,
    c.WhyNotRegistered.PARTNER_HOLDS_CONSENT: 9,
    c.WhyNotRegistered.BRIEF_CONTACT: 22,
    c.WhyNotRegistered.TOO_EARLY: 11,
}
BEGUN = {c.BegunBy.FAMILY: 52, c.BegunBy.WORKER: 36, c.BegunBy.NOT_KNOWN: 12}
PROFESSIONS = {
    c.Profession.TEACHER: 34,
    c.Profession.SCHOOL_STAFF: 18,
    c.Profession.HOME_SCHOOL: 10,
    c.Profession.GP: 4,
    c.Profession.HEALTH_VISITOR: 14,
    c.Profession.SPEECH: 3,
    c.Profession.PSYCHOLOGIST: 3,
    c.Profession.POLICE: 3,
    c.Profession.HOUSING: 4,
    c.Profession.VOLUNTARY: 5,
    c.Profession.OTHER: 2,
}
RESULTS = {
    c.ThresholdResult.HELD_LOWER: 58,
    c.ThresholdResult.FAST_TRACKED: 12,
    c.ThresholdResult.REFERRED: 12,
    c.ThresholdResult.NO_ACTION: 18,
}
OVERHEADS = {
    c.OverheadKind.SUPERVISION: 26,
    c.OverheadKind.TEAM_MEETING: 30,
    c.OverheadKind.OWN_TRAINING: 18,
    c.OverheadKind.PEER_CONTACT: 14,
    c.OverheadKind.RECORDING: 12,
}
TIERS = {c.Tier.FRONT_LINE: 62, c.Tier.MANAGERIAL: 20, c.Tier.BOTH: 18}
# How many partner agencies come along, as {number: weight}.
PARTNERS = {
    KindCode.DROP_IN: {0: 60, 1: 34, 2: 6},
    KindCode.GROUP_SESSION: {0: 55, 1: 40, 2: 5},
    KindCode.OPEN_EVENING: {0: 15, 1: 50, 2: 35},
    KindCode.OUTREACH: {0: 55, 1: 35, 2: 10},
    KindCode.MEETING_FAMILY: {0: 10, 1: 40, 2: 35, 3: 15},
    KindCode.MEETING_SERVICE: {0: 30, 1: 35, 2: 25, 3: 10},
    KindCode.AWAY_DAY: {4: 1, 6: 1},
    KindCode.CONSULTATION_FAMILY: {0: 95, 1: 5},
    KindCode.CASE_CONTACT: {0: 94, 1: 6},
}
HOURS = tuple(time(hour, minute) for hour in range(9, 17) for minute in (0, 15, 30, 45))
START_GIVEN = 0.55
NOTES_ON = {KindCode.MEETING_SERVICE: 0.15, KindCode.PROTOCOL_WORK: 0.2, KindCode.AWAY_DAY: 1}


def fill_details(dice, window, places, happening):
    row, kind = happening.row, happening.row.kind
    fields = happening.fields
    held = "status" not in fields
    happening.starts_at = happening.starts_at or _start(dice, window, happening)
    if held:
        happening.partners = _partners(dice, places, happening)
    if row.is_direct and held:
        fields["need_level"] = need_level(dice, happening)
        fields["has_interpreter"] = dice.happens(0.03) or None
    if dice.happens(NOTES_ON.get(kind, 0)):
        fields["note"] = dice.choice(names.SAFE_NOTES)
    if kind in ASKS:
        fields |= ASKS[kind](dice, places, happening)


def _start(dice, window, happening):
    if happening.row.kind == KindCode.OPEN_EVENING:
        return time(17, 0) if dice.happens(0.7) else time(17, 30)
    if happening.date == window.until:
        return time(8, 45) if dice.happens(0.5) else time(9, 0)
    return dice.choice(HOURS) if dice.happens(START_GIVEN) else None


def _partners(dice, places, happening):
    number = dice.weighted(PARTNERS.get(happening.row.kind, {0: 1}))
    host = happening.site.agency
    agencies = list(places.agencies.values())
    if number and host and dice.happens(0.6):
        others = [agency for agency in agencies if agency != host]
        return [host, *dice.sample(others, number - 1)]
    return dice.sample(agencies, number)


def _agency(dice, places, happening):
    """The host's, else any."""
    return happening.site.agency or dice.choice(list(places.agencies.values()))


def case_contact(dice, places, happening):
    if happening.row.is_at_home:
        mode = c.Mode.HOME
    elif happening.site.name == p.REMOTE:
        mode = c.Mode.PHONE if dice.happens(0.9) else c.Mode.ONLINE
    else:
        mode = c.Mode.SITE
    purpose = dice.weighted(PURPOSES) if dice.happens(0.4) else ""
    return {"mode": mode, "purpose": purpose}


def talk(dice, places, happening):
    return {
        "purpose": dice.weighted(PURPOSES) if dice.happens(0.85) else "",
        "outcome": dice.weighted(OUTCOMES) if dice.happens(0.8) else "",
        "why_not_registered": dice.weighted(WHY_NOT) if dice.happens(0.8) else "",
        "begun_by": dice.weighted(BEGUN) if dice.happens(0.85) else "",
    }


def advice(dice, places, happening):
    fields = {
        "agency": _agency(dice, places, happening),
        "profession": dice.weighted(PROFESSIONS),
        "purpose": dice.weighted(PURPOSES) if dice.happens(0.7) else "",
        "why_not_registered": c.WhyNotRegistered.PROFESSIONAL_ADVICE,
    }
    if dice.happens(0.3):
        before = dice.weighted({1: 5, 2: 55, 3: 40})
        result = dice.weighted(RESULTS)
        lower = result in (c.ThresholdResult.HELD_LOWER, c.ThresholdResult.NO_ACTION)
        fields |= {
            "has_threshold_advice": True,
            "level_before": before,
            "level_after": min(before, 2) if lower else 3,
            "threshold_result": result,
        }
    return fields


def joint_visit(dice, places, happening):
    agency = dice.choice(list(places.agencies.values()))
    happening.partners = [agency]
    return {"agency": agency, **talk(dice, places, happening)}


def meeting(dice, places, happening):
    return {"tier": dice.weighted(TIERS) if dice.happens(0.8) else ""}


def liaison(dice, places, happening):
    co_located = happening.hats and happening.hats[0].is_co_located
    informal = dice.happens(0.72 if co_located else 0.5)
    return {
        "agency": _agency(dice, places, happening),
        "formality": c.Formality.INFORMAL if informal else c.Formality.FORMAL,
    }


def protocol(dice, places, happening):
    return {
        "agency": dice.choice(list(places.agencies.values())),
        "topic": dice.choice(Topic.values),
    }


def training(dice, places, happening):
    return {"agency": _agency(dice, places, happening)}


def overhead(dice, places, happening):
    kind = dice.weighted(OVERHEADS)
    manager = places.managers.get(happening.lead.team.pk)
    return {
        "overhead_kind": kind,
        "supervisor": manager if kind == c.OverheadKind.SUPERVISION else None,
    }


ASKS = {
    KindCode.CASE_CONTACT: case_contact,
    KindCode.CONSULTATION_FAMILY: talk,
    KindCode.CONSULTATION_CHILD: talk,
    KindCode.CONSULTATION_PROFESSIONAL: advice,
    KindCode.JOINT_VISIT: joint_visit,
    KindCode.MEETING_FAMILY: meeting,
    KindCode.MEETING_SERVICE: meeting,
    KindCode.PARTNER_LIAISON: liaison,
    KindCode.PROTOCOL_WORK: protocol,
    KindCode.TRAINING_GIVEN: training,
    KindCode.OVERHEAD: overhead,
}
