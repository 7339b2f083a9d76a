"""How many came: totals first, so that a year adds up to the table, then how they are split."""

from eitrack.activities.choices import Band, Method
from eitrack.activities.kinds import CONSULTATIONS, KindCode
from eitrack.common.choices import NeedLevel
from eitrack.demo import stories

NOBODY_CAME = 0.03
SHAPES = {KindCode.DROP_IN: 5, KindCode.GROUP_SESSION: 9, KindCode.OPEN_EVENING: 7}
ESTIMATED = {
    KindCode.DROP_IN: 0.20,
    KindCode.GROUP_SESSION: 0.04,
    KindCode.OUTREACH: 0.45,
    KindCode.OPEN_EVENING: 0.60,
}
ADULT_SHARES = {KindCode.DROP_IN: 0.55, KindCode.GROUP_SESSION: 0.65, KindCode.OUTREACH: 0.6}
SPLIT_GIVEN = 0.75
# New or returning is asked at open doors only; 18 % stay unknown, most of them left blank.
OPEN_DOORS = (KindCode.DROP_IN, KindCode.GROUP_SESSION, KindCode.OUTREACH)
NEW_LEFT_BLANK, NEW_NOT_KNOWN, NEW_BLANK_IF_ESTIMATED = 0.06, 0.03, 0.36
NEW_IN_SEPTEMBER, NEW_IN_JULY = 0.35, 0.12
TRAINED = 14
MEAN_CONVERSATIONS = 13
SMALL_FAMILY, LARGEST = 6, 400


def count_heads(dice, row, happenings):
    """Set `attendance` of a row's held happenings, and the fields that say how it was counted."""
    if row.kind == KindCode.TRAINING_GIVEN:
        for happening in happenings:
            happening.attendance = 4 + dice.poisson(TRAINED - 4)
            happening.fields["attendance"] = happening.attendance
    if not row.attendances or not happenings:
        return
    target = round(len(happenings) * row.attendances / row.activities)
    heads = [min(_draw(dice, row), _most(happening)) for happening in happenings]
    bands = [
        None if _seats(happening) else _band(dice, row, number)
        for happening, number in zip(happenings, heads, strict=True)
    ]
    heads = [band.point if band else number for band, number in zip(bands, heads, strict=True)]
    exact = [
        index
        for index, band in enumerate(bands)
        if not band and heads[index] and not _seats(happenings[index])
    ]
    dice.settle(heads, target, 1, 1, LARGEST, exact)
    for happening, number, band in zip(happenings, heads, bands, strict=True):
        happening.attendance = number
        if row.kind == KindCode.PLAYGROUND:
            happening.fields |= _begun(dice, number)
            continue
        happening.fields["attendance"] = number
        if band:
            happening.fields |= {"method": Method.ESTIMATE, "band": band}
        elif dice.happens(SPLIT_GIVEN):
            happening.fields |= _split(dice, row, number)
        if row.kind in OPEN_DOORS:
            blank = NEW_BLANK_IF_ESTIMATED if band else NEW_LEFT_BLANK
            happening.fields |= _new(dice, number, happening.date, blank)
        if row.kind == KindCode.OPEN_EVENING:
            conversations = min(number, 3 + dice.count(MEAN_CONVERSATIONS - 3, 4))
            happening.fields |= _talks_at_evening(dice, conversations)


def _seats(happening):
    return happening.series.seats if happening.series else None


def _most(happening):
    return _seats(happening) or LARGEST


def _draw(dice, row):
    mean = row.attendances / row.activities
    if row.kind == KindCode.MEETING_FAMILY:
        return dice.weighted({0: 22, 1: 40, 2: 27, 3: 11})
    if mean < 3:
        return min(SMALL_FAMILY, 1 + dice.poisson(mean - 1))
    if row.kind == KindCode.PLAYGROUND:
        return 1 + dice.count(mean - 1, 4)
    if row.kind == KindCode.DROP_IN and dice.happens(NOBODY_CAME):
        return 0
    return max(1, dice.count(mean, SHAPES.get(row.kind, 4)))


def _band(dice, row, number):
    if number == 0 or not dice.happens(ESTIMATED.get(row.kind, 0)):
        return None
    return next(band for band in Band if band.bounds[1] is None or number <= band.bounds[1])


def _split(dice, row, number):
    if row.kind == KindCode.CONSULTATION_CHILD:
        adults = 0
    elif row.kind in ADULT_SHARES or row.kind == KindCode.OPEN_EVENING:
        share = ADULT_SHARES.get(row.kind, 0.6)
        adults = sum(dice.happens(share) for _ in range(number))
    else:
        adults = min(number, dice.weighted({1: 75, 2: 25}))
    return {"adults": adults, "children": number - adults}


def _new(dice, number, day, blank):
    """New faces are many in September and few in July; or nobody asked."""
    draw = dice.random()
    if draw < blank:
        return {}
    if draw < blank + NEW_NOT_KNOWN:
        return {"first_time": 0, "returning": 0, "first_time_not_known": number}
    unknown = dice.poisson(number * 0.05) if dice.happens(0.5) else 0
    unknown = min(number, unknown)
    through_year = min(1, ((day.month - 9) % 12) / 10)
    share = NEW_IN_SEPTEMBER + (NEW_IN_JULY - NEW_IN_SEPTEMBER) * through_year
    new = sum(dice.happens(share) for _ in range(number - unknown))
    return {
        "first_time": new,
        "returning": number - unknown - new,
        "first_time_not_known": unknown,
    }


def _begun(dice, number):
    """Conversations at the gate, and who began them; nobody noted it for one spell in ten."""
    if dice.happens(0.1):
        return {"conversations": number}
    known = number - (dice.happens(0.2) and number > 1)
    by_family = sum(dice.happens(0.58) for _ in range(known))
    return {
        "conversations": number,
        "begun_by_family": by_family,
        "begun_by_worker": known - by_family,
    }


def _talks_at_evening(dice, conversations):
    return {
        "conversations": conversations,
        "evening_format": "open" if dice.happens(0.8) else "round_robin",
        "asked_for_help": min(conversations, dice.poisson(conversations * 0.12)),
    }


def tell_evening_story(dice, window, happenings):
    """At one school conversations rise from 9 to 60 when each family is met in turn."""
    for happening in happenings:
        if happening.site.name != stories.EVENING_SCHOOL:
            continue
        is_after = happening.date >= stories.round_robin_since(window)
        usual = stories.EVENINGS_AFTER if is_after else stories.EVENINGS_BEFORE
        conversations = usual + dice.choice((-1, 0, 0, 1))
        happening.fields |= {
            "conversations": conversations,
            "evening_format": "round_robin" if is_after else "open",
            "asked_for_help": round(conversations * 0.12),
        }
        if happening.attendance < conversations:
            _recount(happening, conversations + dice.randint(2, 12))


def _recount(happening, number):
    """Counted, and more than the talks: one-to-one talks cannot outnumber those who came."""
    happening.attendance = number
    for name in ("adults", "children", "band"):
        happening.fields.pop(name, None)
    happening.fields |= {"attendance": number, "method": Method.EXACT}


def need_level(dice, happening):
    """The case's level; without a case it is mostly left blank."""
    if happening.case:
        return happening.case.level_on(happening.date)
    asked = 0.55 if happening.row.kind in CONSULTATIONS else 0.3
    if not happening.row.is_direct or not dice.happens(asked):
        return None
    return dice.weighted({NeedLevel.UNIVERSAL: 40, NeedLevel.TARGETED: 57, NeedLevel.STATUTORY: 3})
