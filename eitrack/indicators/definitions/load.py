"""Who carries what, and how thinly people are spread (LOD)."""

from eitrack.indicators.calculated.caseload import open_cases, open_cases_per_holder
from eitrack.indicators.indicator import Direction, Disclosure, Indicator, Theme, Unit
from eitrack.indicators.measures import Calculated

INDICATORS = (
    Indicator(
        code="LOD-05",
        name="Open cases per full-time case holder",
        theme=Theme.LOAD,
        purpose="The old measure, fairly defined.",
        definition="Open cases allocated on the last day, for each full-time equivalent of the "
        "workers who hold at least one.",
        numerator="open cases allocated on the last day",
        denominator="full-time equivalents of workers who hold at least one case",
        unit=Unit.RATIO,
        direction=Direction.NEUTRAL,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team",),
        counting_rule="A joint case counts once for each holder in a team, once in the service. "
        "Holders without contracted hours are left out.",
        pitfalls="Never alone on a page: it leaves out most of the work.",
        framework="DfE children's social work workforce",
        records=open_cases,
        measure=Calculated(open_cases_per_holder),
    ),
)
