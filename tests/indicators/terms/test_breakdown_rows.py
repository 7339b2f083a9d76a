"""Breakdowns of a single indicator that the catalogue names, worked by hand."""

import datetime

import pytest
from django.urls import reverse

from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.pages.scopes import breakdowns_offered
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, PUBLISHED
from eitrack.indicators.terms.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.activities import CoDeliveryFactory
from tests.factories.directory import (
    AgencyFactory,
    DistrictFactory,
    FundingStreamFactory,
    PlacementFactory,
    SchoolTermFactory,
    SiteFactory,
    TeamFactory,
)
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db


def on(month, day):
    return datetime.date(2026, month, day)


def values(rows):
    return {key: row.value for key, row in rows.items() if row.value}


def pairs(rows):
    return {key: (row.numerator, row.denominator) for key, row in rows.items()}


def test_vis_02_by_weekday(figures_of, held):
    """Two on Monday 14 September, one on Friday 18, one each on Saturday 19 and Sunday 20."""
    for day in (14, 14, 18, 19, 20):
        held(date=on(9, day))

    total, rows = figures_of("VIS-02", by="weekday")

    assert values(rows) == {0: 2, 4: 1, 5: 1, 6: 1}
    assert sum(row.value for row in rows.values()) == total.value == 5
    labels = [row.label for row in BREAKDOWNS["weekday"].rows(None)]
    assert (labels[0], labels[6]) == ("Monday", "Sunday")


def test_vis_02_by_term_and_holiday(figures_of, held):
    """Terms 1 June to 17 July and 2 September on. Last and first days of term are term, 18 July
    and 1 September holidays; of 26 September, after the last term there is, nothing is known.
    """
    SchoolTermFactory(from_on=on(6, 1), until_on=on(7, 17))
    term = SchoolTermFactory(from_on=on(9, 2), until_on=on(9, 25))
    for day in (on(7, 17), on(9, 2), on(7, 18), on(8, 20), on(9, 1), on(9, 26)):
        held(date=day)

    _, rows = figures_of("VIS-02", by="term_time")
    assert values(rows) == {"term": 2, "holiday": 3, None: 1}

    term.until_on = on(12, 18)
    term.save()
    assert values(figures_of("VIS-02", by="term_time")[1]) == {"term": 3, "holiday": 3}


def test_terms_are_those_of_the_site_s_agency_else_of_the_district(service, figures_of, held):
    """The academy begins a week later, on 9 September; of the summer it says nothing, so that the
    district's holds there too. Terms of another district and of another agency are nobody's here.
    """
    academy = AgencyFactory()
    SchoolTermFactory(from_on=on(6, 1), until_on=on(7, 17))
    SchoolTermFactory(from_on=on(9, 2), until_on=on(12, 18))
    SchoolTermFactory(district=None, agency=academy, from_on=on(9, 9), until_on=on(12, 18))
    SchoolTermFactory(district=None, agency=AgencyFactory(), from_on=on(7, 1), until_on=on(9, 30))
    elsewhere = DistrictFactory(name="Clyde", slug="clyde")
    SchoolTermFactory(district=elsewhere, from_on=on(7, 1), until_on=on(9, 30))
    at_academy, beside = SiteFactory(agency=academy), SiteFactory(agency=AgencyFactory())
    for day in (on(7, 17), on(9, 3), on(9, 9)):
        held(date=day, site=at_academy)
        held(date=day, site=beside)
    held(PlacementFactory(team=TeamFactory(district=elsewhere)), date=on(8, 20), site=beside)

    _, rows = figures_of("VIS-02", by="term_time", scope=Scope.of(service.north))
    assert values(rows) == {"term": 5, "holiday": 1}
    _, rows = figures_of("VIS-02", by="term_time", scope=Scope.of(elsewhere))
    assert values(rows) == {"term": 1}


def test_vis_04_by_purpose_and_profession(service, figures_of, held):
    """Talks about housing 2 and behaviour 1; advice to a teacher 2, to somebody not named 1."""
    for purpose in ("housing", "housing", "behaviour"):
        held(kind="consultation_family", purpose=purpose)
    for profession in ("teacher", "teacher", ""):
        held(kind="consultation_professional", profession=profession)

    assert values(figures_of("VIS-04", by="purpose")[1]) == {"housing": 2, "behaviour": 1, "": 3}
    _, rows = figures_of("VIS-04", by="profession")
    assert values(rows) == {"teacher": 2, None: 1, "none": 3}


def test_rch_01_by_age_method_and_registration(service, figures_of, held, joined, case):
    """16 as 9 and 7 (joint, once); about 11 to 20, not split; 9 conversations; a visit of 3 as 1
    and 2 on a case: adults 10, children 9, not split 24. Estimated 15 of 43. On a case 3.
    """
    joined(held(attendance=16, adults=9, children=7), service.cem, 30)
    held(kind="group_session", attendance=15, method="estimate", band="11-20")
    held(kind="playground", conversations=9)
    held(kind="case_contact", case=case, attendance=3, adults=1, children=2)

    total, ages = figures_of("RCH-01", by="age_group")

    assert total.value == 43
    assert values(ages) == {"adults": 10, "children": 9, "not_split": 24}
    assert ages["not_split"].estimated == 15
    assert values(figures_of("RCH-01", by="method")[1]) == {"exact": 28, "estimate": 15}
    assert values(figures_of("RCH-01", by="registered")[1]) == {
        "registered": 3,
        "unregistered": 40,
    }


def test_ptn_04_by_partner_overlaps(service, figures_of, held):
    """Four direct activities: with a school and a clinic, with two schools, alone, alone. Schools
    2 of 4, health 1 of 4; together 3, though 2 are joint.
    """
    both, schools = held(), held()
    clinic = AgencyFactory(kind="health")
    for activity, agency in ((both, clinic), *((each, None) for each in (both, schools, schools))):
        CoDeliveryFactory(activity=activity, agency=agency or AgencyFactory(kind="school"))
    held()
    held(kind="outreach")

    total, rows = figures_of("PTN-04", by="partner_kind")

    assert (total.numerator, total.denominator) == (2, 4)
    assert pairs(rows)["school"] == (2, 4)
    assert pairs(rows)["health"] == (1, 4)
    assert pairs(rows)["police"] == (0, 4)
    assert BREAKDOWNS["partner_kind"].overlap


def test_lod_01_by_worker_in_the_order_of_names(service, figures_of, full_time):
    """Ann 15 of 100, Ben 7.5 of 50, Cem 15 of 100: a row each, never a ranking."""
    for hat, name in ((service.ann, "Cleo"), (service.ben, "Ada"), (service.cem, "Bo")):
        hat.worker.name = name
        hat.worker.save()

    _, rows = figures_of("LOD-01", by="worker", scope=Scope.of(service.north))

    assert pairs(rows) == {service.ann.worker_id: (15, 100), service.ben.worker_id: (7.5, 50)}
    listed = BREAKDOWNS["worker"].rows(Scope.of(service.north))
    assert [row.key for row in listed] == [service.ben.worker_id, service.ann.worker_id]


def test_lod_04_by_host_adds_up_to_the_whole(service, figures_of, held):
    """Ann: 720 planned in the team, 480 at a school, 240 at a clinic; 90, 6 and 24 minutes logged:
    0.75 against 0.5, 0.05 against 0.33, 0.2 against 0.17. Half of each difference: 0.125, 0.142,
    0.017, and 0.283 in all. Ben and Cem are in own teams only: one host is no split.
    """
    ann, north = service.ann, service.north
    ann.planned_minutes = 720
    ann.save()
    school, clinic = (
        PlacementFactory(worker=ann.worker, team=north, host=AgencyFactory(), planned_minutes=each)
        for each in (480, 240)
    )
    held(minutes=90)
    held(school, minutes=6)
    held(clinic, minutes=24)

    total, rows = figures_of("LOD-04", by="host")

    assert total.value == pytest.approx(0.25 / 2 + (1 / 3 - 0.05) / 2 + (0.2 - 1 / 6) / 2)
    assert {key: (row.value, row.denominator) for key, row in rows.items()} == {
        None: (pytest.approx(0.125), 1),
        school.host_id: (pytest.approx((1 / 3 - 0.05) / 2), 1),
        clinic.host_id: (pytest.approx((0.2 - 1 / 6) / 2), 1),
    }


def test_fnd_02_by_host(service, figures_of):
    """Three full weeks without a host, of which none ends; two at a school, one of them ending."""
    school = AgencyFactory()
    ending = FundingStreamFactory(ends_on=on(12, 31))
    for stream in (ending, FundingStreamFactory()):
        PlacementFactory(team=service.north, host=school, funding_stream=stream)

    total, rows = figures_of("FND-02", by="host")

    assert (total.numerator, total.denominator) == (1, 5)
    assert pairs(rows) == {None: (0, 3), school.pk: (1, 2)}


def test_rows_of_one_worker_are_offered_to_the_manager_of_the_team_only(service):
    manager = UserFactory(manager=True)
    service.north.managers.add(manager)
    load = next(each for each in INDICATORS if each.code == "LOD-01")

    def offered(user, record):
        return [each.code for each in breakdowns_offered(user, Scope.of(record), load, Q2, TODAY)]

    assert offered(manager, service.north) == ["worker"]
    assert offered(service.ann.worker, service.north) == []
    assert offered(service.ann.worker, service.ann.worker) == []
    assert offered(manager, service.north.district) == ["team"]
    assert "worker" not in PUBLISHED


def test_the_page_says_why_rows_of_partners_overlap(client, service, held, time_machine):
    time_machine.move_to("2026-11-23T12:00Z")
    CoDeliveryFactory(activity=held(), agency=AgencyFactory(kind="school"))
    client.force_login(service.ann.worker)

    page = client.get(
        reverse("indicators:indicator_detail", args=["PTN-04"]),
        {"period": "2026-Q2", "by": "partner_kind"},
    ).content.decode()

    assert "an activity with partners of several kinds appears under each" in page


@pytest.mark.parametrize("code", BREAKDOWNS)
def test_every_breakdown_is_of_some_figure_and_says_its_rows(code, service):
    rows = BREAKDOWNS[code].rows(Scope.of(service.north.district))

    assert any(code in each.breakdowns for each in INDICATORS)
    assert len({row.key for row in rows}) == len(rows)
    assert all(row.label for row in rows)
