"""A figure taken apart says no more than its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.indicators.disclosure import publish_cell
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.indicator import Unit
from eitrack.indicators.terms.words import figure_text
from eitrack.returns.files.facts import Fact, facts_of, named_facts


@pytest.mark.parametrize(
    ("unit", "text", "fact"),
    [
        ("count", "1,235", Fact("1,235", "count", value=1235)),
        ("count", "1,235 e", Fact("1,235 e", "count", value=1235, is_estimate=True)),
        ("count", "at least 20", Fact("at least 20", "count", value=20, is_at_least=True)),
        (
            "count",
            "at least 1,240 e",
            Fact("at least 1,240 e", "count", value=1240, is_at_least=True, is_estimate=True),
        ),
        ("%", "53%", Fact("53%", "%", value=53)),
        ("ratio", "2.8", Fact("2.8", "ratio", value=2.8)),
        ("hours", "1,726 h", Fact("1,726 h", "hours", value=1726)),
        ("working hours", "9.0 h", Fact("9.0 h", "working hours", value=9.0)),
        ("working days", "4.0 working days", Fact("4.0 working days", "working days", value=4.0)),
        ("percentage points", "9 points", Fact("9 points", "percentage points", value=9)),
        (
            "range of people",
            "1,070 to 5,835",
            Fact("1,070 to 5,835", "range of people", lower=1070, upper=5835),
        ),
        (
            "range of people",
            "20 to 35 or more",
            Fact("20 to 35 or more", "range of people", lower=20, upper=35, is_at_least=True),
        ),
        ("range of people", "305", Fact("305", "range of people", lower=305, upper=305)),
        (
            "range of people",
            "14 to 17 e (grade C)",
            Fact(
                "14 to 17 e (grade C)",
                "range of people",
                lower=14,
                upper=17,
                is_estimate=True,
                grade="C",
            ),
        ),
        ("%", "c", Fact("c", "%", symbol="c")),
        ("%", "–", Fact("–", "%", symbol="–")),
        ("count", "not yet collected", Fact("not yet collected", "count")),
        ("", "1,713.5", Fact("1,713.5", "number", value=1713.5)),
        ("", "62 h", Fact("62 h", "hours", value=62)),
        ("", "65 days", Fact("65 days", "days", value=65)),
        ("", "88%", Fact("88%", "%", value=88)),
    ],
)
def test_each_way_a_figure_is_printed(unit, text, fact):
    assert facts_of(unit, text) == fact


@given(st.integers(0, 10**7))
def test_a_published_count_is_read_as_it_is_printed(n):
    text = publish_cell(n)

    fact = facts_of(Unit.COUNT, text)

    assert (str(fact.value) if fact.value is not None else fact.symbol) == text


@given(
    st.sampled_from([unit for unit in Unit if unit != Unit.RANGE]),
    st.integers(0, 10**6),
    st.integers(1, 10**4),
    st.integers(0, 10**6),
)
def test_every_unit_of_the_catalogue_can_be_read(unit, numerator, denominator, estimated):
    text = figure_text(unit, Parts(numerator, denominator, estimated=min(numerator, estimated)))

    fact = facts_of(unit, text)

    assert fact.value is not None
    assert fact.unit == unit
    assert fact.is_estimate == text.endswith(" e")


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("", []),
        ("children 620, adults c", [("children", "620"), ("adults", "c")]),
        ("local under-19 population 31,400", [("local under-19 population", "31,400")]),
        (
            "median to first contact 4.0 working days",
            [("median to first contact", "4.0 working days")],
        ),
        ("stepped down in –", [("stepped down in", "–")]),
    ],
)
def test_figures_beside_another_have_their_names(beside, expected):
    assert [(name, fact.text) for name, fact in named_facts(beside)] == expected
