"""What families and partners say, and whether goals move (OUT): not collected yet."""

from eitrack.indicators.terms.indicator import Direction, Disclosure, Indicator, Unit

INDICATORS = (
    Indicator(
        code="OUT-01",
        name="Families' feedback",
        purpose="Was it helpful?",
        definition="Answers of 4 or 5 on a scale of 5, out of all answers that families gave.",
        numerator="answers of 4 or 5",
        denominator="answers",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=(),
        counting_rule="An anonymous slip or tablet; shown from 8 answers on, if one in ten of "
        "those asked answered.",
        pitfalls="Those who are content answer more often.",
        framework="DEX satisfaction",
        not_collected="Families are not asked for their opinion in EITrack yet.",
    ),
    Indicator(
        code="OUT-02",
        name="Goal progress",
        purpose="Are agreed goals moving?",
        definition="Families with at least one goal that rose by a point or more, out of families "
        "whose goals were rated twice.",
        numerator="families with at least one goal up by a point",
        denominator="families with a first and a later rating",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=(),
        counting_rule="First and last rating of a case.",
        pitfalls="Very low ratings rise by themselves; a change has many causes.",
        framework="DEX goals; Supporting Families; Every Child Matters",
        not_collected="Goals of families and their ratings are not recorded in EITrack yet.",
    ),
    Indicator(
        code="OUT-03",
        name="Partner understanding",
        purpose="Do partners know our role and threshold?",
        definition="Answers of 4 or 5 on a scale of 5, out of all answers of partner agencies.",
        numerator="answers of 4 or 5",
        denominator="answers",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.RESOURCES,
        breakdowns=(),
        counting_rule="Six questions, twice a year.",
        pitfalls="Few answers from one agency: take agencies together.",
        framework="Early Help System Guide",
        not_collected="Partners are not asked in EITrack yet how well they know the service.",
    ),
)
