"""School terms: of a district, or of an agency that sets its own."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from eitrack.directory.models import SchoolTerm
from eitrack.directory.school_terms import SchoolTerms, school_year
from tests.factories.directory import AgencyFactory, DistrictFactory, SchoolTermFactory

pytestmark = pytest.mark.django_db
AUTUMN = {"from_on": datetime.date(2026, 9, 2), "until_on": datetime.date(2026, 12, 18)}


@pytest.mark.parametrize(
    ("day", "year"), [((2026, 7, 31), 2025), ((2026, 8, 1), 2026), ((2027, 1, 4), 2026)]
)
def test_a_school_year_begins_in_august(day, year):
    assert school_year(datetime.date(*day)) == year


@pytest.mark.parametrize("of_both", [True, False])
def test_a_term_has_one_owner(of_both):
    owners = {"district": None, "agency": None}
    if of_both:
        owners = {"district": DistrictFactory(), "agency": AgencyFactory()}

    with pytest.raises(ValidationError, match="of a district, or of one agency"):
        SchoolTerm(name="Autumn", **AUTUMN, **owners).full_clean()
    with pytest.raises(IntegrityError):
        SchoolTerm.objects.create(name="Autumn", **AUTUMN, **owners)


def test_all_are_read_in_one_query(django_assert_num_queries):
    academy, district = AgencyFactory(), DistrictFactory()
    SchoolTermFactory(**AUTUMN)
    SchoolTermFactory(
        district=None, agency=academy, **AUTUMN | {"from_on": datetime.date(2026, 9, 9)}
    )

    with django_assert_num_queries(1):
        terms = SchoolTerms()
        own, others = terms.of(district.pk, academy.pk), terms.of(district.pk, None)

    assert [first.day for first, _ in own] == [9]
    assert [first.day for first, _ in others] == [2]
    assert terms.of(district.pk + 1) == []


def test_terms_entered_before_districts_had_their_own_are_those_of_each(monkeypatch):
    """Until then every district kept all of them."""
    SchoolTermFactory(**AUTUMN)
    clyde = DistrictFactory(name="Clyde", slug="clyde")

    import_module("eitrack.directory.migrations.0010_whose_school_terms").name_district(apps, None)

    kept = SchoolTerm.objects.values_list("district__name", "from_on", "until_on")
    assert sorted(kept) == [("Clyde", *AUTUMN.values()), ("Riverside", *AUTUMN.values())]
    assert clyde.school_terms.count() == 1
