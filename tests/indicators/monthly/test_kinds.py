"""Another kind of a site or agency: figures by kind follow at once, and stored sums stay."""

import pytest

from eitrack.directory.models import District
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.upkeep import rebuild, verify
from eitrack.indicators.terms.scope import Scope
from tests.factories.activities import CoDeliveryFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, SiteFactory, TeamFactory
from tests.indicators.conftest import Q2, TODAY
from tests.indicators.rich import a_quarter_of_everything

pytestmark = pytest.mark.django_db
BY_PLACE = ("site", "agency", "site_kind", "agency_kind")
# Whether an activity with two partners counts once or twice depends on their kinds.
NOT_FOLDED = {"breakdown": "partner_kind"}


@pytest.fixture
def hall(school):
    return SiteFactory(name="Hall", kind="primary_school", agency=school)


@pytest.fixture
def places(service, held, school, clinic, hall):
    """At a school's site 8, with a clinic there 3, and a talk on a sensitive matter; elsewhere for
    the school 2. Of a second district, at the same site, 5.
    """
    held(site=hall, attendance=8)
    CoDeliveryFactory(activity=held(site=hall, agency=clinic, attendance=3), agency=school)
    held(kind="consultation_family", purpose="domestic_abuse", site=hall, attendance=1)
    held(site=SiteFactory(kind="community"), agency=school, attendance=2)
    other = PlacementFactory(team=TeamFactory(district=DistrictFactory(name="Other", slug="other")))
    held(other, site=hall, attendance=5)


def scopes():
    return [Scope.of(each) for each in District.objects.order_by("pk")]


def cells(by, scope=None):
    return evaluate(scope or scopes()[0], Q2, by, today=TODAY).cells


def heads(by):
    return {key: each.numerator for key, each in cells(by)["RCH-01"].items() if each.numerator}


def change_kinds(school, hall):
    school.kind, hall.kind = "housing", "hospital"
    school.save()
    hall.save()


def test_no_stored_row_of_any_district_becomes_old(places, school, hall):
    rebuild(TODAY)

    change_kinds(school, hall)

    checked = verify()
    assert checked.wrong == ()
    assert checked.old == MonthlySums.objects.filter(**NOT_FOLDED).count()
    assert checked.right == MonthlySums.objects.exclude(**NOT_FOLDED).count() > checked.old


def test_figures_by_kind_are_those_of_now(places, school, clinic, hall):
    assert heads("agency_kind") == {"school": 8 + 1 + 2, "health": 3}
    assert heads("site_kind") == {"primary_school": 8 + 3 + 1, "community": 2}

    change_kinds(school, hall)

    assert heads("agency_kind") == {"housing": 8 + 1 + 2, "health": 3}
    assert heads("site_kind") == {"hospital": 8 + 3 + 1, "community": 2}


def test_sensitive_work_is_of_no_site_and_no_agency(places, school, clinic, hall):
    by_site = heads("site")

    assert (by_site[hall.pk], by_site[None]) == (8 + 3, 1)
    assert heads("agency") == {school.pk: 8 + 2, clinic.pk: 3, None: 1}


@pytest.mark.parametrize("by", [*BY_PLACE, "partner_kind"])
def test_every_figure_is_that_worked_out_from_the_records(by, places, service, held, school, hall):
    a_quarter_of_everything(service, held)
    rebuild(TODAY)
    change_kinds(school, hall)

    from_stored = [cells(by, scope) for scope in scopes()]

    MonthlySums.objects.all().delete()
    assert from_stored == [cells(by, scope) for scope in scopes()]
    assert any(from_stored[0].values())
