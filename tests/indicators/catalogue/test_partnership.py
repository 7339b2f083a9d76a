"""Joint work with partner agencies and contact with them (PTN-04, PTN-05), worked by hand."""

import datetime

import pytest

from eitrack.directory.models import District
from eitrack.indicators.figures.access import figures_of as figures_for_district
from eitrack.indicators.terms.scope import Scope
from tests.factories.activities import CoDeliveryFactory
from tests.factories.directory import SiteFactory
from tests.indicators.conftest import Q2, TODAY
from tests.indicators.examples import of_the_unknown, worked_example

pytestmark = pytest.mark.django_db
JUNE = datetime.date(2026, 6, 1)
A_MOMENT = datetime.datetime(2026, 9, 7, 11, tzinfo=datetime.UTC)
LONG_AGO = datetime.date(2024, 6, 3)


class TestPtn04JointDeliveryShare:
    @worked_example("PTN-04", all_known="A partner is on the record or nobody is.")
    def test_worked_example(self, service, figures_of, held, joined, school, clinic):
        """Six direct activities: a drop-in of Ann and Cem with two agencies, a group of Ben with
        the school, a joint visit with the clinic: 3 of 6, as a drop-in alone, a talk and a drop-in
        at the school's own site are not. Advice to a teacher is not direct. North 3 of 5, South 1
        of 2.
        """
        joint = held()
        joined(joint, service.cem, 60)
        for agency in (school, clinic):
            CoDeliveryFactory(activity=joint, agency=agency)
        CoDeliveryFactory(activity=held(service.ben, kind="group_session"), agency=school)
        visit = held(kind="joint_visit", agency=clinic)
        CoDeliveryFactory(activity=visit, agency=clinic)
        held()
        held(service.cem, kind="consultation_family")
        held(service.ben, site=SiteFactory(agency=school))
        advice = held(kind="consultation_professional", agency=school)
        CoDeliveryFactory(activity=advice, agency=school)

        total, rows = figures_of("PTN-04", by="team")

        assert (total.numerator, total.denominator) == (3, 6)
        north, south = rows[service.north.pk], rows[service.south.pk]
        assert (north.numerator, north.denominator) == (3, 5)
        assert (south.numerator, south.denominator) == (1, 2)

    def test_c5_partners_add_neither_minutes_nor_attendance(self, figures_of, held, school):
        session = held(attendance=16, minutes=120)
        before = [figures_of(code)[0] for code in ("RCH-01", "VIS-01", "VIS-02")]

        CoDeliveryFactory(activity=session, agency=school, number=3)

        assert [figures_of(code)[0] for code in ("RCH-01", "VIS-01", "VIS-02")] == before
        assert figures_of("PTN-04")[0].numerator == 1

    def test_without_a_partner_on_any_record_it_is_none_of_them(self, figures_of, held):
        held()

        assert figures_of("PTN-04")[0].value == 0


class TestPtn05InformalContact:
    @worked_example("PTN-05")
    def test_worked_example(self, service, figures_of, held, joined, school):
        """Seven contacts: three informal of Ann, who is co-located, one of them with Cem; a
        formal one of hers; an informal and a formal one of Ben; one of Ben's of which it is not
        known. 4 of 6 known; Ann's 3 of 4, Ben's 1 of 2 and Cem's 1 of 1, together 2 of 3.
        """
        service.ann.is_co_located = True
        service.ann.save()
        contact = {"kind": "partner_liaison", "agency": school}
        joined(held(formality="informal", **contact), service.cem, 15)
        held(formality="informal", **contact)
        held(formality="informal", **contact)
        held(formality="formal", **contact)
        held(service.ben, formality="informal", **contact)
        held(service.ben, formality="formal", **contact)
        held(service.ben, **contact)
        held(kind="meeting_service")

        total, rows = figures_of("PTN-05", by="co_located")

        assert (total.numerator, total.denominator) == (4, 6)
        assert (total.known, total.asked) == (6, 7)
        assert (rows[True].numerator, rows[True].denominator) == (3, 4)
        assert (rows[False].numerator, rows[False].denominator) == (2, 3)

    @of_the_unknown("PTN-05")
    def test_c20_contacts_of_which_it_is_not_known_leave_the_denominator(
        self, figures_of, held, school
    ):
        held(kind="partner_liaison", agency=school)

        total, _ = figures_of("PTN-05")

        assert (total.value, total.known, total.asked) == (None, 0, 1)

    def test_c17_a_days_messages_with_one_person_are_one_contact(
        self, service, figures_of, held, joined, school
    ):
        """They are one record, however long it took and however many of us wrote."""
        thread = held(kind="partner_liaison", agency=school, formality="informal", minutes=55)
        joined(thread, service.ben, 20)

        assert figures_of("PTN-05")[0].denominator == 1

    def test_a_placement_that_becomes_co_located_counts_so_at_once(
        self, service, figures_of, held, school
    ):
        held(kind="partner_liaison", agency=school, formality="informal")
        assert set(figures_of("PTN-05", by="co_located")[1]) == {False}

        service.ann.is_co_located = True
        service.ann.save()

        assert set(figures_of("PTN-05", by="co_located")[1]) == {True}


@pytest.mark.parametrize(("informal", "printed"), [(3, "c"), (20, "50%"), (38, "c")])
def test_the_informal_share_is_published_like_any_share(held, school, informal, printed):
    for number in range(40):
        formality = "informal" if number < informal else "formal"
        held(kind="partner_liaison", agency=school, formality=formality)

    figures = figures_for_district(Scope.of(District.objects.get()), Q2, today=TODAY)

    line = next(each for each in figures.shown if each.indicator.code == "PTN-05")
    assert line.total.figure == printed
