import datetime

import factory
from factory.django import DjangoModelFactory

from eitrack.partnerships import models
from tests.factories.accounts import UserFactory
from tests.factories.directory import AgencyFactory, DistrictFactory


class ProtocolFactory(DjangoModelFactory):
    class Meta:
        model = models.Protocol
        django_get_or_create = ["district", "agency", "topic"]

    district = factory.SubFactory(DistrictFactory)
    agency = factory.SubFactory(AgencyFactory)
    topic = "consent"


class ProtocolVersionFactory(DjangoModelFactory):
    """A draft; `agreed=True` is in force since 1 May 2026, with a review a year later."""

    class Meta:
        model = models.ProtocolVersion

    class Params:
        agreed = factory.Trait(
            our_name="Ada Archer",
            our_role="Team manager",
            our_agreed_on=datetime.date(2026, 5, 1),
            their_name="Ben Brook",
            their_role="Head teacher",
            their_agreed_on=datetime.date(2026, 5, 1),
            review_due_on=datetime.date(2027, 5, 1),
        )

    protocol = factory.SubFactory(ProtocolFactory)
    number = factory.Sequence(lambda n: n + 1)
    drafted_on = datetime.date(2026, 3, 2)


class ProtocolFileFactory(DjangoModelFactory):
    class Meta:
        model = models.ProtocolFile

    version = factory.SubFactory(ProtocolVersionFactory)
    name = "agreement.pdf"
    media_type = "application/pdf"
    content = b"%PDF-1.7 an agreement"
    size = 21
    sha256 = "0" * 64
    added_by = factory.SubFactory(UserFactory)
