"""What a record says that it contributed: direct work, coordination or advocacy."""

from eitrack.activities.choices import Contribution
from eitrack.activities.kinds import KindCode
from eitrack.demo.dice import Dice

# It is asked among the folded questions, so not everybody says it.
SAID = 0.6
WITH_FAMILIES = {Contribution.DIRECT: 86, Contribution.ADVOCACY: 10, Contribution.COORDINATION: 4}
WITH_PARTNERS = {Contribution.COORDINATION: 72, Contribution.ADVOCACY: 23, Contribution.DIRECT: 5}


def say_contributions(seed, happenings):
    """With dice of its own, so that nothing else of the world depends on it."""
    dice = Dice(f"{seed} contributions")
    for happening in happenings:
        row = happening.row
        if "status" in happening.fields or row.kind == KindCode.OVERHEAD:
            continue
        if dice.happens(SAID):
            usual = WITH_FAMILIES if row.is_direct else WITH_PARTNERS
            happening.fields["contribution"] = dice.weighted(usual)
