"""Whether agencies and the service work together, and what it takes (PTN)."""

from django.db.models import Exists, OuterRef, Q

from eitrack.activities.choices import Formality
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import CoDelivery
from eitrack.directory.choices import AgencyKind
from eitrack.indicators.catalogue.record_kinds import PROTOCOLS
from eitrack.indicators.measures.calculated.agreements import (
    matrix,
    protocol_coverage,
    reviews_overdue,
)
from eitrack.indicators.measures.calculated.negotiation import (
    NEGOTIATION_BY,
    negotiation,
    negotiation_effort,
)
from eitrack.indicators.measures.measures import Calculated, share
from eitrack.indicators.terms.breakdowns import EVERY_BREAKDOWN_OF_PEOPLE, OF_PROFESSIONALS
from eitrack.indicators.terms.conditions import DIRECT, of_kind
from eitrack.indicators.terms.indicator import Beside, Direction, Disclosure, Indicator, Unit
from eitrack.indicators.terms.records import activities

LIAISON = of_kind(KindCode.PARTNER_LIAISON)
INFORMAL = Q(activity__formality=Formality.INFORMAL)
HAS_FORMALITY = ~Q(activity__formality="")
PARTNERS = CoDelivery.objects.filter(activity=OuterRef("activity"))
CO_DELIVERED = Q(Exists(PARTNERS))
BY_PARTNER = {
    kind: share(Q(Exists(PARTNERS.filter(agency__kind=kind))), out_of=DIRECT)
    for kind in AgencyKind.values
}
# Protocols belong to the service; a team or worker has those with agencies it is placed with.
WHOSE_PROTOCOLS = (
    "Of a team, worker or funding stream: with the agencies that are host or base of its "
    "placements on the day."
)

INDICATORS = (
    Indicator(
        code="PTN-01",
        name="Protocol coverage",
        purpose="Have we agreed how to work together?",
        definition="Topics on which an agreement with a partner agency is in force and its review "
        "is not overdue, out of the seven topics with each partner agency, less those marked as "
        "not needed. On the last day of the period.",
        numerator="needed cells (agency and topic) that are agreed and in date",
        denominator="needed cells: partner agencies times seven topics, less those not needed",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("agency_kind", "topic"),
        counting_rule="Agreed means by both sides. What was agreed counts while it is reviewed or "
        "a new version negotiated. Partner agencies are those in use when the figure is made, "
        f"without statutory social work. {WHOSE_PROTOCOLS}",
        pitfalls="An agreement on paper is not yet practice.",
        framework="Moran et al. 2007; Early Help System Guide, leaders",
        records=matrix,
        measure=Calculated(protocol_coverage),
        behind=PROTOCOLS,
        counted_on="Agreed",
    ),
    Indicator(
        code="PTN-02",
        name="Reviews overdue",
        purpose="Are agreements alive?",
        definition="Agreements in force whose review was due before the last day of the period, "
        "out of all agreements in force on that day.",
        numerator="agreed cells (agency and topic) past their review date",
        denominator="agreed cells",
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("agency_kind", "topic"),
        counting_rule="On the day of the review it is not overdue yet. Partner agencies as in "
        f"PTN-01. {WHOSE_PROTOCOLS}",
        pitfalls="A review can be a rubber stamp: ask for the note on what was learned.",
        framework="Moran et al. 2007",
        records=matrix,
        measure=Calculated(reviews_overdue),
        behind=PROTOCOLS,
        counted_on="Review due",
    ),
    Indicator(
        code="PTN-03",
        name="Negotiation effort",
        purpose="Make the invisible cost visible.",
        definition="Hours on protocols with partner agencies, and how many days lay between draft "
        "and agreement of the versions agreed in the period.",
        numerator="hours of protocol work: contact, preparation and travel",
        denominator="cells of the matrix worked on",
        unit=Unit.HOURS,
        disclosure=Disclosure.RESOURCES,
        breakdowns=NEGOTIATION_BY,
        counting_rule="Every worker's own minutes are added; away days are not protocol work. The "
        "hours are not divided by the cells. The median is in calendar days, of the agencies that "
        "PTN-01 counts for the same team or worker; versions without the day of a draft are left "
        "out of it. Rows of teams, hats and streams have hours only: a version is nobody's.",
        pitfalls="Long can mean thorough.",
        framework="Moran et al. 2007",
        records=negotiation,
        measure=Calculated(negotiation_effort, is_minutes=True),
        beside=Beside("median from draft to agreement", Unit.CALENDAR_DAYS),
    ),
    Indicator(
        code="PTN-04",
        name="Joint delivery share",
        purpose="How much is done together?",
        definition="Activities with children or parents that at least one partner agency "
        "delivered with us, out of all activities with children or parents.",
        numerator="distinct direct activities with at least one partner who delivered it with us",
        denominator="distinct direct activities",
        unit=Unit.PERCENT,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=(*EVERY_BREAKDOWN_OF_PEOPLE, "partner_kind"),
        counting_rule="One activity counts once, however many agencies, and however many came of "
        "each; by kind of partner it stands under each kind, out of all. The partner of a joint "
        "visit delivers it with us. Partners add nothing to our "
        "minutes or to attendance.",
        pitfalls="Presence in a building is not joint delivery. The kind of agency is that of the "
        "place, not of the partner.",
        framework="Supporting Families; CAPC partners",
        records=activities,
        measure=share(CO_DELIVERED, out_of=DIRECT, splits={"partner_kind": BY_PARTNER}),
        among=(),
    ),
    Indicator(
        code="PTN-05",
        name="Informal and formal partner contact",
        purpose="Does sharing a building give both?",
        definition="Informal contacts with partner agencies, out of all contacts with them of "
        "which it is known.",
        numerator="informal contacts with a partner",
        denominator="contacts with a partner, informal or formal",
        unit=Unit.PERCENT,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=(*OF_PROFESSIONALS, "co_located"),
        counting_rule="One record is one contact, however many workers; all calls or messages "
        "with the same person on one day are recorded as one. As nobody's name is kept, records "
        "are not merged afterwards. Co-located is the worker's placement.",
        pitfalls="Informal contact is recorded less often than it happens.",
        framework="Moran et al. 2007",
        records=activities,
        measure=share(INFORMAL, out_of=LIAISON & HAS_FORMALITY, among=LIAISON),
        among=(),
    ),
)
