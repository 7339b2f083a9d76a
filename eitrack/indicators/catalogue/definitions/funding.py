"""Who pays for the work, and for how long (FND)."""

from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.measures.calculated.by_hat import ending_funding
from eitrack.indicators.measures.calculated.parts import share_of_all
from eitrack.indicators.measures.calculated.workforce import workforce
from eitrack.indicators.measures.measures import Calculated, minutes
from eitrack.indicators.terms.conditions import SERVICE
from eitrack.indicators.terms.indicator import Beside, Direction, Disclosure, Indicator, Unit
from eitrack.indicators.terms.records import time_entries

INDICATORS = (
    Indicator(
        code="FND-01",
        name="Hours by funding stream",
        purpose="Show each funder what it bought.",
        definition="Service hours by the funding stream that each time entry keeps, and their "
        "share of all service hours.",
        numerator="service hours of the stream",
        unit=Unit.HOURS,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("kind", "funding_stream"),
        counting_rule="Each time entry has one stream, that of its hat on the day; an activity's "
        "own stream takes its place. Supervision, meetings and own training are left out.",
        pitfalls="Paid for by two funders: show both streams on the hat, count the hours once.",
        framework="Moran et al. 2007",
        records=time_entries,
        measure=minutes(ALL_MINUTES, SERVICE, add_beside=share_of_all),
        beside=Beside("share of all service hours", Unit.PERCENT),
    ),
    Indicator(
        code="FND-02",
        name="Funding horizon",
        purpose="How much of the service is at risk?",
        definition="Full-time equivalents of hats whose funding ends within six months of the last "
        "day, out of those of all hats.",
        numerator="full-time equivalents whose funding ends within six months",
        denominator="full-time equivalents of all hats",
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team", "host"),
        counting_rule="Planned hours of front-line workers' hats on the last day, for a week of 36 "
        "hours. A hat counts until its renewal ends, or else its stream's; without an end it is no "
        "risk. Renewals are those known now.",
        pitfalls="Posts of one person are confidential, and so is the whole where few hold them.",
        framework="Moran et al. 2007",
        records=workforce,
        measure=Calculated(ending_funding),
    ),
)
