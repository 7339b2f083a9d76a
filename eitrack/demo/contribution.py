"""What a record says that it contributed, and towards which outcome for children."""

from eitrack.activities.choices import Contribution, OutcomeTag
from eitrack.activities.kinds import ONE_FAMILY
from eitrack.activities.record.fields import BY_NAME
from eitrack.demo.details import PURPOSES
from eitrack.demo.dice import Dice

# It is asked among the folded questions, so not everybody says it.
SAID = 0.6
ASKED = BY_NAME["contribution"].kinds
# Contacts with one family that say towards which outcome for children, and for which purpose.
TAGGED = 0.2
WITH_TAG = set(ONE_FAMILY) & set(BY_NAME["outcome_tag"].kinds)
TAGS = {
    OutcomeTag.SAFE: 34,
    OutcomeTag.HEALTHY: 26,
    OutcomeTag.ENJOY: 24,
    OutcomeTag.POSITIVE: 10,
    OutcomeTag.ECONOMIC: 6,
}
WITH_FAMILIES = {Contribution.DIRECT: 86, Contribution.ADVOCACY: 10, Contribution.COORDINATION: 4}
WITH_PARTNERS = {Contribution.COORDINATION: 72, Contribution.ADVOCACY: 23, Contribution.DIRECT: 5}


def say_contributions(seed, happenings):
    """With dice of its own, so that nothing else of the world depends on it."""
    dice = Dice(f"{seed} contributions")
    for happening in happenings:
        row = happening.row
        if "status" in happening.fields or row.kind not in ASKED:
            continue
        if dice.happens(SAID):
            usual = WITH_FAMILIES if row.is_direct else WITH_PARTNERS
            happening.fields["contribution"] = dice.weighted(usual)


def say_outcomes(seed, happenings):
    """With dice of its own too; a purpose goes with the tag where the kind asks for one."""
    dice = Dice(f"{seed} outcomes")
    for happening in happenings:
        kind = happening.row.kind
        if kind not in WITH_TAG or "status" in happening.fields or not dice.happens(TAGGED):
            continue
        happening.fields["outcome_tag"] = dice.weighted(TAGS)
        if kind in BY_NAME["purpose"].kinds:
            happening.fields["purpose"] = happening.fields["purpose"] or dice.weighted(PURPOSES)
