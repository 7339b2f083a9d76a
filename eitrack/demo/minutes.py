"""How long everybody spent, heaped as people write it; a row's sum meets the table."""

from eitrack.demo import places as p
from eitrack.demo.volumes import MINUTES_SPLIT

SHAPE = 9
LONGEST = 420
SAME_AS_LEAD = 0.7


def spend_minutes(dice, row, happenings):
    """Set `minutes` of each happening: (contact, preparation, travel) for each on its team."""
    spells = [
        [happening, number] for happening in happenings for number in range(len(happening.team))
    ]
    if not spells:
        return
    parts = []
    for part, share in enumerate(MINUTES_SPLIT):
        mean = row.entry_minutes * share
        column = [_draw(dice, part, mean, happening) for happening, _ in spells]
        if part == 0:
            _joined(dice, spells, column)
        fixed = [part == 2 and happening.site.name == p.REMOTE for happening, _ in spells]
        movable = [index for index, is_fixed in enumerate(fixed) if not is_fixed]
        low = 5 if part == 0 else 0
        dice.settle(column, mean * len(spells), 5, low, LONGEST, movable)
        parts.append(column)
    for (happening, _), *minutes in zip(spells, *parts, strict=True):
        happening.minutes.append(tuple(minutes))


def _draw(dice, part, mean, happening):
    if part == 2 and happening.site.name == p.REMOTE:
        return 0
    minutes = min(LONGEST, dice.around(mean, SHAPE if part == 0 else 2))
    return max(5, dice.heaped(minutes)) if part == 0 else dice.rounded(minutes, 5)


def _joined(dice, spells, column):
    """Who joins a session mostly stays as long as its lead."""
    for index, (_, number) in enumerate(spells):
        if number and dice.happens(SAME_AS_LEAD):
            column[index] = column[index - number]
