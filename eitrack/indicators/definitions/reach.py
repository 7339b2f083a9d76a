"""Whom the service reaches, and who stays (RCH)."""

from eitrack.indicators.definitions.terms import DIRECT, ESTIMATED, EVERY_BREAKDOWN, HEADCOUNT
from eitrack.indicators.indicator import Direction, Disclosure, Indicator, Theme, Unit
from eitrack.indicators.measures import total
from eitrack.indicators.records import activities

INDICATORS = (
    Indicator(
        code="RCH-01",
        name="Attendances",
        theme=Theme.REACH,
        purpose="Footfall at what we run.",
        definition="Attendances at activities with children or parents; at open evenings and on "
        "the playground, our conversations.",
        numerator="attendance at distinct activities of direct kinds",
        denominator="",
        unit=Unit.COUNT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=EVERY_BREAKDOWN,
        counting_rule="Counted once for each activity, however many workers; interpreters, "
        "friends and staff are not counted.",
        pitfalls="Attendances are not people: one person who comes ten times is ten.",
        framework="DEX unidentified attended",
        records=activities,
        measure=total(HEADCOUNT, DIRECT, estimated=ESTIMATED),
    ),
)
