import pytest

from eitrack.directory.models import Agency
from eitrack.partnerships.likeness import alike

THERE = [
    Agency(name=name)
    for name in ("Acorn Primary School", "Meadowmere Police", "Lantern Women's Refuge", "Oakapple")
]


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("acorn primary", ["Acorn Primary School"]),
        ("School, Acorn Primary", ["Acorn Primary School"]),
        ("Lantern Womens Refuge", ["Lantern Women's Refuge"]),
        ("Meadowmere Police Service", ["Meadowmere Police"]),
        ("Oakaple School", ["Oakapple"]),
        ("Beech Primary School", []),
        ("Meadowmere Housing", []),
    ],
)
def test_names_that_may_mean_the_same_are_found(typed, like):
    assert [record.name for record in alike(typed, THERE)] == like
