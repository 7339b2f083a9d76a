"""Whom the service reaches, and who stays (RCH)."""

from django.db.models import F

from eitrack.indicators.catalogue.record_kinds import CASES
from eitrack.indicators.measures.calculated.contacts import families, families_met, sustained
from eitrack.indicators.measures.calculated.heads import OPEN_TO_ALL
from eitrack.indicators.measures.calculated.people import ROWS, people, people_reached
from eitrack.indicators.measures.calculated.programmes import completion, programmes
from eitrack.indicators.measures.measures import Calculated, share_of_totals, total
from eitrack.indicators.terms.breakdowns import EVERY_BREAKDOWN, EVERY_BREAKDOWN_OF_PEOPLE
from eitrack.indicators.terms.conditions import DIRECT, ESTIMATED, HEADCOUNT, TOLD_APART, of_kind
from eitrack.indicators.terms.indicator import Beside, Direction, Disclosure, Indicator, Unit
from eitrack.indicators.terms.records import activities

ADULTS_AND_CHILDREN = {
    "adults": total("activity__adults", DIRECT & TOLD_APART, estimated=ESTIMATED),
    "children": total("activity__children", DIRECT & TOLD_APART, estimated=ESTIMATED),
    "not_split": total(HEADCOUNT, DIRECT & ~TOLD_APART, estimated=ESTIMATED),
}

INDICATORS = (
    Indicator(
        code="RCH-01",
        name="Attendances",
        purpose="Footfall at what we run.",
        definition="Attendances at activities with children or parents; at open evenings and on "
        "the playground, our conversations.",
        numerator="attendance at distinct activities of direct kinds",
        unit=Unit.COUNT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=(*EVERY_BREAKDOWN_OF_PEOPLE, "age_group", "method", "registered"),
        counting_rule="Counted once for each activity, however many workers; interpreters, "
        "friends and staff are not counted. Adults and children are told apart where the record "
        "does; of conversations it is not known.",
        pitfalls="Attendances are not people: one person who comes ten times is ten.",
        framework="DEX unidentified attended",
        records=activities,
        measure=total(
            HEADCOUNT, DIRECT, estimated=ESTIMATED, splits={"age_group": ADULTS_AND_CHILDREN}
        ),
        among=(),
    ),
    Indicator(
        code="RCH-02",
        name="New-face share",
        purpose="Are we meeting people for the first time?",
        definition="Attendances of people who came to this series for the first time, out of "
        "attendances of people known to be new or returning.",
        numerator="attendances marked new",
        denominator="attendances marked new or returning",
        unit=Unit.PERCENT,
        disclosure=Disclosure.PEOPLE,
        breakdowns=EVERY_BREAKDOWN_OF_PEOPLE,
        counting_rule="At drop-ins, groups and outreach. New means for the first time since 1 "
        "September, as the worker or the person says; there is no list of names. Not known leaves "
        "both numbers, and how many are known stands beside the share; below 60% known it is not "
        "published.",
        pitfalls="New means new to this series, not to the service.",
        framework="Sure Start; CAPC",
        records=activities,
        measure=share_of_totals(
            "activity__first_time",
            F("activity__first_time") + F("activity__returning"),
            of_kind(*OPEN_TO_ALL),
            asked="activity__attendance",
        ),
        least_known=0.6,
        among=("RCH-01",),
    ),
    Indicator(
        code="RCH-03",
        name="People reached",
        purpose="An honest answer to “how many people?”",
        definition="Between how many and how many different people came to drop-ins, groups and "
        "outreach that repeat, or belong to a family with a formal case that was met.",
        numerator="lower and upper number of people of each series, made into one range",
        unit=Unit.RANGE,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=ROWS,
        counting_rule="Of a series: at least as many as came to its largest session; at most all "
        "attendances, or those of the first session since 1 September and who was new at each "
        "later one, where it is known of all (at the first everybody is new); each school year by "
        "itself, then added. Of the "
        "service: the lower number is the largest of all, the upper one the sum, and people in "
        "families with a case that were met are in both. Estimates enter with the ends of their "
        "band. Grade A: counted, and new or returning known of 90%; B: of 60%; C: with estimates, "
        "or known of 30%; D: of fewer, and no range is shown. One-off activities, conversations "
        "on the playground and signposting are not people reached.",
        pitfalls="Series overlap: the sum is an upper number only, and there is no middle.",
        framework="DEX individual clients; Activity Impacts",
        records=people,
        measure=Calculated(people_reached),
        beside=Beside("local under-19 population", Unit.COUNT),
        among=(),
    ),
    Indicator(
        code="RCH-04",
        name="Families with a formal case",
        purpose="How many identified families are helped.",
        definition="Families whose formal case was open on at least one day of the period, and "
        "with whom there was at least one direct contact in it.",
        numerator="distinct families with an open case and a contact",
        unit=Unit.COUNT,
        disclosure=Disclosure.PEOPLE,
        breakdowns=(*EVERY_BREAKDOWN, "age_of_youngest"),
        counting_rule="A family counts once in a period, however many contacts and workers. Two "
        "teams that met it each have it. The level of need is that of its last day in the period. "
        "Its children and adults stand beside it.",
        pitfalls="Households split and merge: the case is the family.",
        framework="NSW TEI clients; NI hubs",
        records=families,
        measure=Calculated(families_met),
        behind=CASES,
        counted_on="Last contact",
        beside=Beside("children", Unit.COUNT, Beside("adults", Unit.COUNT)),
        among=("RCH-03",),
    ),
    Indicator(
        code="RCH-05",
        name="Sustained engagement",
        purpose="Do identified families stay long enough?",
        definition="Families with three or more direct contacts in any 13 weeks that end in the "
        "period, out of families met in the period whose case is at least 13 weeks old.",
        numerator="families with three direct contacts in any 13 weeks",
        denominator="families met whose case opened at least 13 weeks before the last day",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=("team", "funding_stream", "need_level", "age_of_youngest"),
        counting_rule="Families with a formal case only: nobody is followed without one. The 13 "
        "weeks may begin before the period. A joint contact is one.",
        pitfalls="Long need can look like success.",
        framework="Children's centre sustained contact",
        records=families,
        measure=Calculated(sustained),
        behind=CASES,
        among=("RCH-04",),
        counted_on="Third contact in 13 weeks",
    ),
    Indicator(
        code="RCH-06",
        name="Programme completion",
        purpose="Do groups keep their members?",
        definition="Places that came to at least 75% of a programme's sessions, out of places "
        "that came to session 1 or 2.",
        numerator="places with at least 75% of sessions attended",
        denominator="places that attended session 1 or 2",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=("team", "programme"),
        counting_rule="Places are seat numbers without names. A programme counts, as a whole, in "
        "the period of its last planned session. A session made up counts as attended. Sessions "
        "that did not run leave the count, and so do those whose seats were not ticked: how many "
        "were stands beside the share.",
        pitfalls="Small groups: nearly always suppressed alone.",
        framework="Supporting Families; parenting programme practice",
        records=programmes,
        measure=Calculated(completion),
        among=(),
    ),
)
