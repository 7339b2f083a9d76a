"""Who carries what, and how thinly people are spread (LOD)."""

from eitrack.indicators.catalogue.record_kinds import CASES
from eitrack.indicators.measures.calculated.by_hat import direct_share
from eitrack.indicators.measures.calculated.caseload import open_cases, open_cases_per_holder
from eitrack.indicators.measures.calculated.roles import (
    hats_and_spread,
    planned_and_actual,
    spreads,
)
from eitrack.indicators.measures.calculated.workforce import workforce
from eitrack.indicators.measures.calculated.workload import weighted_workload, workloads
from eitrack.indicators.measures.measures import Calculated
from eitrack.indicators.terms.indicator import Beside, Direction, Disclosure, Indicator, Unit

INDICATORS = (
    Indicator(
        code="LOD-01",
        name="Weighted workload",
        purpose="Is anyone carrying too much?",
        definition="Points of what workers carry on the last day (a stable part, cases, standing "
        "commitments), out of the points that their hours have room for.",
        numerator="points: stable part, cases and standing commitments",
        denominator="100 points for each full-time equivalent, 90 in the assessed first year",
        unit=Unit.PERCENT,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team", "worker"),
        counting_rule="A worker counts whole in each own team. Levels and allocations are those "
        "of the day, other facts of a case those known now; level 4 weighs as 3, level 1 or none "
        "as 2. Roles as lead or co-lead of a series weigh by how often it meets, outreach as a "
        "drop-in, a group with seats as a programme; what is a series is no commitment besides. "
        "Open evenings are those logged in the month. Without contracted hours a worker is not "
        "known.",
        pitfalls="A guide for a talk, not a verdict.",
        framework="Wirral and other workload schemes",
        records=workloads,
        measure=Calculated(weighted_workload),
    ),
    Indicator(
        code="LOD-02",
        name="Direct time share",
        purpose="Time with families.",
        definition="Contact minutes with children and parents, out of contracted minutes less "
        "leave.",
        numerator="direct contact minutes",
        denominator="contracted minutes less leave",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team", "post"),
        counting_rule="Travel and preparation are not direct. Days said to be not worked are left "
        "out like leave. Several hats share the contract by their planned hours. Workers without "
        "contracted hours are not known, and left out with their minutes.",
        pitfalls="What is not logged lowers it.",
        framework="BASW 80:20",
        records=workforce,
        measure=Calculated(direct_share, is_minutes=True),
    ),
    Indicator(
        code="LOD-03",
        name="Hats and role spread",
        purpose="How thinly are people spread?",
        definition="Hats used in the last four weeks for each worker. Role spread is 0 with one "
        "hat and near 1 with many alike.",
        numerator="hats used in the four weeks up to the last day",
        denominator="workers with time in them",
        unit=Unit.RATIO,
        direction=Direction.DOWN,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team",),
        counting_rule="A hat with less than 30 minutes is ignored; one that was renewed is one. "
        "All hats of a worker count, in whichever team. Spread is 1 less the squared shares of "
        "minutes by hat; of several workers the median.",
        pitfalls="Some like variety: ask.",
        framework="Moran et al. 2007",
        records=spreads,
        measure=Calculated(hats_and_spread),
        beside=Beside("median role spread", Unit.SPREAD),
    ),
    Indicator(
        code="LOD-04",
        name="Planned and actual split",
        purpose="Are agreements with hosts real?",
        definition="How far the shares of time at each host lie from those planned, on average of "
        "workers with two hosts or more.",
        numerator="half the sum of differences between actual and planned shares",
        denominator="workers with two hosts or more",
        unit=Unit.POINTS,
        direction=Direction.DOWN,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team", "host"),
        counting_rule="The thirteen weeks up to the last day; planned hours count for the days a "
        "hat was worn. The own team counts as a host where a hat has none. Workers without logged "
        "time are not known. By host: its part of the difference, on average of the workers who "
        "are planned or logged there.",
        pitfalls="School holidays shift it.",
        framework="Moran et al. 2007",
        records=spreads,
        measure=Calculated(planned_and_actual),
    ),
    Indicator(
        code="LOD-05",
        name="Open cases per full-time case holder",
        purpose="The old measure, fairly defined.",
        definition="Open cases allocated on the last day, for each full-time equivalent of the "
        "workers who hold at least one.",
        numerator="open cases allocated on the last day",
        denominator="full-time equivalents of workers who hold at least one case",
        unit=Unit.RATIO,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team",),
        counting_rule="A joint case counts once for each holder in a team, once in the service. "
        "Holders without contracted hours are left out.",
        pitfalls="Never alone on a page: it leaves out most of the work.",
        framework="DfE children's social work workforce",
        records=open_cases,
        measure=Calculated(open_cases_per_holder),
        behind=CASES,
        counted_on="Held since",
        counted_twice="A joint case counts once for each worker who holds it.",
    ),
)
