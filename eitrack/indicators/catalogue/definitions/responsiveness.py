"""How quickly, and how fittingly, help is found for those who ask (RSP)."""

from django.db.models import Q

from eitrack.activities.choices import ThresholdResult
from eitrack.activities.kinds import KindCode
from eitrack.indicators.catalogue.record_kinds import REFERRALS, REQUESTS
from eitrack.indicators.measures.calculated.answers import (
    fast_track,
    referral_fit,
    referrals_decided,
    referrals_sent,
    request_to_first_contact,
    requests_due,
)
from eitrack.indicators.measures.measures import Calculated, count, share
from eitrack.indicators.terms.breakdowns import OF_PROFESSIONALS
from eitrack.indicators.terms.conditions import of_kind
from eitrack.indicators.terms.indicator import Beside, Direction, Disclosure, Indicator, Unit
from eitrack.indicators.terms.records import activities

ADVICE = of_kind(KindCode.CONSULTATION_PROFESSIONAL) & Q(activity__has_threshold_advice=True)
HAS_RESULT = ~Q(activity__threshold_result="")
NO_REFERRAL = Q(
    activity__threshold_result__in=(ThresholdResult.HELD_LOWER, ThresholdResult.NO_ACTION)
)

INDICATORS = (
    Indicator(
        code="RSP-01",
        name="Request to first contact",
        purpose="How quickly do we answer?",
        definition="Requests for help with a first direct contact by the fifth working day after "
        "they were received, out of those whose fifth working day lay in the period.",
        numerator="requests met by their due day",
        denominator="requests due in the period",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=("team", "agency_kind", "need_level", "route"),
        counting_rule="The clock stops at a direct contact, not at a letter or a decision; a "
        "request without one by its due day is not met. Due days that are not over leave "
        "the figure. The median is of the requests that have had a contact, in working days after "
        "the working day they came in. Of a worker: the requests that are theirs to answer.",
        pitfalls="To leave out requests that were never met flatters, and the median does: read "
        "it with the share.",
        framework="Northern Ireland hubs, weeks to first contact",
        records=requests_due,
        measure=Calculated(request_to_first_contact),
        behind=REQUESTS,
        counted_on="Due",
        beside=Beside("median to first contact", Unit.DAYS),
        among=(),
    ),
    Indicator(
        code="RSP-02",
        name="Fast-track use and speed",
        purpose="Is the door really open?",
        definition="Referrals to statutory social work that went to a named link worker by "
        "fast-track, out of all referrals to statutory social work sent in the period.",
        numerator="referrals on by fast-track to a named link worker",
        denominator="all referrals on to statutory social work",
        unit=Unit.PERCENT,
        disclosure=Disclosure.PEOPLE,
        breakdowns=("team", "agency_kind", "need_level"),
        counting_rule="All referrals of the same case on one day are one, by fast-track if any "
        "of them was; of unregistered families each record is one. The median is of the "
        "fast-track referrals that are decided, in working hours of the district.",
        pitfalls="The share is no mark of quality.",
        framework="Moran et al. 2007",
        records=referrals_sent,
        measure=Calculated(fast_track),
        behind=REFERRALS,
        counted_on="Sent",
        beside=Beside("median to decision", Unit.WORKING_HOURS),
        among=(),
    ),
    Indicator(
        code="RSP-03",
        name="Referral fit",
        purpose="Right referrals, right place.",
        definition="Referrals on that the receiving agency accepted for assessment, out of those "
        "it decided in the period.",
        numerator="referrals on accepted for assessment",
        denominator="referrals on with a decision in the period",
        unit=Unit.PERCENT,
        disclosure=Disclosure.PEOPLE,
        breakdowns=("team", "agency_kind", "need_level"),
        counting_rule="By the day of the decision, whenever it was sent. To all agencies, "
        "statutory or not. Without a decision, or withdrawn before one, it is left out.",
        pitfalls="The receiver's threshold moves too.",
        framework="DfE children in need, no further action",
        records=referrals_decided,
        measure=Calculated(referral_fit),
        behind=REFERRALS,
        among=(),
        counted_on="Decided",
    ),
    Indicator(
        code="RSP-04",
        name="Threshold advice",
        purpose="Help partners judge thresholds.",
        definition="Consultations with a professional in which advice on thresholds was given, "
        "and the share of them after which no referral was needed.",
        numerator="consultations with a professional with threshold advice",
        unit=Unit.COUNT,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=(*OF_PROFESSIONALS, "profession"),
        counting_rule="One conversation on one occasion is 1. No referral was needed if the result "
        "is held at a lower level or no further action, out of those whose result is known.",
        pitfalls="Do not reward advice against referral.",
        framework="Moran et al. 2007",
        records=activities,
        measure=count(ADVICE, beside=share(NO_REFERRAL, out_of=ADVICE & HAS_RESULT, among=ADVICE)),
        beside=Beside("no referral needed", Unit.PERCENT),
        among=("VIS-04",),
    ),
)
