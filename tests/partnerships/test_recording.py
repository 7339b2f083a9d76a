"""What is agreed with an agency about consent and recording, on a day."""

import datetime

import pytest

from eitrack.partnerships.choices import RecordableField
from eitrack.partnerships.recording import FIELD_WORDS, Agreement, agreement_for
from tests.factories.directory import AgencyFactory, DistrictFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)
ALL_BUT_LEVEL_AND_PURPOSE = [
    field for field in RecordableField.values if field not in ("need_level", "purpose")
]


@pytest.fixture
def school():
    return AgencyFactory(name="Oak School")


def agree(agency, topic, **version):
    protocol = ProtocolFactory(agency=agency, topic=topic)
    return ProtocolVersionFactory(protocol=protocol, agreed=True, **version)


def in_force(agency, on=DAY):
    return agreement_for(agency, DistrictFactory().pk, on)


class TestAgreement:
    def test_says_what_is_agreed_in_one_sentence(self, school):
        agree(school, "consent", consent_rule="spoken")
        agree(school, "records", recordable_fields=ALL_BUT_LEVEL_AND_PURPOSE)

        assert in_force(school).sentence() == (
            "Agreed with Oak School: we ask the family, nothing is signed. "
            "Not asked there: purpose, level of need."
        )

    def test_names_only_what_the_form_would_ask(self, school):
        agree(school, "records", recordable_fields=[])

        sentence = in_force(school).sentence([RecordableField.CHILDREN])

        assert sentence == (
            "Nothing is agreed with Oak School about consent yet. "
            "Not asked there: how many were children."
        )

    def test_says_that_nothing_is_agreed(self, school):
        assert in_force(school).sentence() == (
            "Nothing is agreed with Oak School about consent or recording yet."
        )

    def test_without_an_agency_says_nothing(self):
        assert in_force(None).sentence() == ""

    def test_where_nothing_is_agreed_about_recording_all_is_asked(self, school):
        agree(school, "consent", consent_rule="written")

        assert in_force(school).not_asked() == []
        assert in_force(school).sentence().endswith("Nothing is agreed about recording yet.")

    def test_an_empty_list_leaves_out_everything(self, school):
        agree(school, "records", recordable_fields=[])

        assert in_force(school).not_asked() == list(RecordableField)

    def test_a_draft_and_what_one_side_signed_shape_nothing(self, school):
        protocol = ProtocolFactory(agency=school, topic="records")
        ProtocolVersionFactory(protocol=protocol, recordable_fields=[])

        assert in_force(school).recordable is None

    def test_counts_from_the_day_of_the_agreement_until_its_end(self, school):
        agree(school, "consent", consent_rule="informal", ended_on=datetime.date(2026, 11, 23))

        rules = [in_force(school, DAY.replace(day=day)).consent_rule for day in (22, 23)]

        assert rules == ["informal", ""]
        assert in_force(school, datetime.date(2026, 4, 30)).consent_rule == ""

    def test_the_newest_version_in_force_counts(self, school):
        first = agree(school, "consent", consent_rule="written", number=1)
        ProtocolVersionFactory(
            protocol=first.protocol, agreed=True, number=2, consent_rule="partner_holds"
        )

        assert in_force(school).consent_rule == "partner_holds"

    def test_another_districts_agreement_is_not_ours(self, school):
        agree(school, "consent", consent_rule="written")

        elsewhere = DistrictFactory(slug="hill", name="Hill")

        assert agreement_for(school, elsewhere.pk, DAY).consent_rule == ""

    def test_is_one_query(self, school, django_assert_num_queries):
        district = DistrictFactory().pk

        with django_assert_num_queries(1):
            agreement_for(school, district, DAY)

    def test_every_field_has_its_words(self):
        assert set(FIELD_WORDS) == set(RecordableField)
        assert Agreement().not_asked() == []
