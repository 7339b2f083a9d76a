"""How early help comes, and what becomes of it (ERL)."""

from django.db.models import Case, F, IntegerField, Q, Value, When

from eitrack.activities.choices import BegunBy, EveningFormat, Outcome
from eitrack.activities.kinds import KindCode
from eitrack.common.choices import NeedLevel
from eitrack.indicators.catalogue.record_kinds import CASES
from eitrack.indicators.measures.calculated.movement import informal_first, moves, stepped
from eitrack.indicators.measures.measures import (
    CONTACT_MINUTES,
    Calculated,
    share,
    share_of_minutes,
    share_of_totals,
)
from eitrack.indicators.terms.breakdowns import EVERY_BREAKDOWN, EVERY_BREAKDOWN_OF_PEOPLE
from eitrack.indicators.terms.conditions import DIRECT, UNREGISTERED, of_kind
from eitrack.indicators.terms.indicator import Beside, Direction, Disclosure, Indicator, Unit
from eitrack.indicators.terms.records import activities, time_entries

WITH_A_FAMILY = of_kind(KindCode.CONSULTATION_FAMILY, KindCode.CONSULTATION_CHILD)
ON_THE_PLAYGROUND = of_kind(KindCode.PLAYGROUND)
LEVEL_KNOWN = Q(activity__need_level__isnull=False)
EARLY = Q(activity__need_level__in=(NeedLevel.UNIVERSAL, NeedLevel.TARGETED))
SETTLED = Q(activity__outcome__in=(Outcome.ADVICE, Outcome.SIGNPOSTED, Outcome.PROGRAMME))
# At an open evening everybody goes from table to table, so nobody begins a consultation.
ROUND_ROBIN = Q(activity__evening_format=EveningFormat.ROUND_ROBIN)


def begun(by, on_the_playground):
    """1 for a consultation begun by one of these; for a playground spell its number of them."""
    return Case(
        When(WITH_A_FAMILY & Q(activity__begun_by__in=by), then=Value(1)),
        When(ON_THE_PLAYGROUND, then=on_the_playground),
        default=Value(0),
        output_field=IntegerField(),
    )


INDICATORS = (
    Indicator(
        code="ERL-01",
        name="Level 1 and 2 share",
        purpose="Is the work at the early end?",
        definition="Contact minutes with children and parents at level 1 or 2, out of those at a "
        "level that is known.",
        numerator="direct minutes at level 1 or 2",
        denominator="direct minutes with the level known",
        unit=Unit.PERCENT,
        disclosure=Disclosure.RESOURCES,
        # Not by level of need: a row would be all or none.
        breakdowns=tuple(code for code in EVERY_BREAKDOWN if code != "need_level"),
        counting_rule="The level at the time of the activity. Minutes without a level leave both "
        "numbers, and how many have one stands beside the share.",
        pitfalls="Workers' levels drift apart: calibrate every year.",
        framework="Hardiker, Exton and Barker 1991; NI tiers",
        records=time_entries,
        measure=share_of_minutes(CONTACT_MINUTES, EARLY, out_of=DIRECT & LEVEL_KNOWN, among=DIRECT),
    ),
    Indicator(
        code="ERL-02",
        name="Family-initiated contact",
        purpose="Do people come to us?",
        definition="Consultations with parents and children and conversations on the playground "
        "that the family began, out of those of which it is known who began them.",
        numerator="consultations and playground conversations begun by the family",
        denominator="those begun by the family or by the worker",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=EVERY_BREAKDOWN_OF_PEOPLE,
        counting_rule="A consultation is 1, on the playground each conversation. Open evenings, "
        "and anything round-robin, are left out. Not known leaves both numbers, and how many are "
        "known stands beside the share.",
        pitfalls="Workers may be optimistic: check a sample.",
        framework="Moran et al. 2007; Common Outcomes, engaged",
        records=activities,
        measure=share_of_totals(
            begun((BegunBy.FAMILY,), F("activity__begun_by_family")),
            begun(
                (BegunBy.FAMILY, BegunBy.WORKER),
                F("activity__begun_by_family") + F("activity__begun_by_worker"),
            ),
            (WITH_A_FAMILY | ON_THE_PLAYGROUND) & ~ROUND_ROBIN,
            asked=begun(("", *BegunBy.values), F("activity__conversations")),
        ),
        among=(),
    ),
    Indicator(
        code="ERL-03",
        name="Informal first",
        purpose="Does informal contact open doors?",
        definition="New formal cases whose family says that it met the team informally first, out "
        "of new cases that were asked.",
        numerator="new cases that met the team informally first",
        denominator="new cases asked",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=("team", "agency_kind", "need_level"),
        counting_rule="One question when the case opens; nobody is looked up afterwards. A case is "
        "that of the team that held it first. Not asked leaves both numbers, and how many were "
        "asked stands beside the share.",
        pitfalls="Not evidence of cause.",
        framework="Moran et al. 2007",
        records=moves,
        measure=Calculated(informal_first),
        behind=CASES,
        among=("CASES-02",),
        counted_on="Opened",
    ),
    Indicator(
        code="ERL-04",
        name="Settled without a case",
        purpose="Is advice enough on its own?",
        definition="Consultations with parents and children, not on a formal case, that ended with "
        "advice, signposting or a programme, out of those whose outcome is recorded.",
        numerator="consultations that ended with advice, signposting or a programme",
        denominator="consultations with an outcome recorded",
        unit=Unit.PERCENT,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=(*EVERY_BREAKDOWN_OF_PEOPLE, "purpose"),
        counting_rule="The outcome at the end of that consultation; “none yet” is recorded, and is "
        "not settled. Without an outcome a consultation leaves both numbers, and how many have one "
        "stands beside the share.",
        pitfalls="Not “resolved”: the later course is not known.",
        framework="NI hubs signposting",
        records=activities,
        measure=share(
            SETTLED,
            out_of=WITH_A_FAMILY & UNREGISTERED & ~Q(activity__outcome=""),
            among=WITH_A_FAMILY & UNREGISTERED,
        ),
        among=("VIS-02", "VIS-04"),
    ),
    Indicator(
        code="ERL-05",
        name="Step-up and step-down",
        purpose="Movement across the threshold, as context.",
        definition="Formal cases that closed because they stepped up, out of all that closed; "
        "beside it, cases that came down from statutory work, out of all that opened.",
        numerator="closures that stepped up",
        denominator="closures",
        unit=Unit.PERCENT,
        disclosure=Disclosure.PEOPLE,
        breakdowns=("team", "agency_kind", "need_level"),
        counting_rule="A family counts once for each closure, with its last end reason. A case "
        "closes in the teams that held it last and opens in those that held it first; its level is "
        "that of the day, its agency the one it came from.",
        pitfalls="A right step-up is good practice; never a target.",
        framework="DfE children in need; ADCS",
        records=moves,
        measure=Calculated(stepped),
        behind=CASES,
        counted_on="Closed",
        beside=Beside("stepped down in", Unit.PERCENT),
        among=("CASES-03",),
    ),
)
