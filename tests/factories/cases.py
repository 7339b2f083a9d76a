import datetime

import factory
from factory.django import DjangoModelFactory

from eitrack.cases import models
from tests.factories.accounts import UserFactory
from tests.factories.directory import AgencyFactory, DistrictFactory, TeamFactory


class CaseFactory(DjangoModelFactory):
    """An open case; `reference="…"` stores one, `worker=…` and `team=…` allocate it."""

    class Meta:
        model = models.Case
        skip_postgeneration_save = True

    district = factory.SubFactory(DistrictFactory)
    opened_on = datetime.date(2026, 1, 5)
    consent_on = datetime.date(2026, 1, 5)
    consent_form_version = "3"

    @factory.post_generation
    def reference(self, create, extracted, **kwargs):
        if create and extracted:
            models.CaseReference.objects.create(case=self, district=self.district, value=extracted)

    @factory.post_generation
    def allocated_to(self, create, extracted, **kwargs):
        """`allocated_to=placement` gives the case to its worker in its team."""
        if create and extracted:
            AllocationFactory(case=self, worker=extracted.worker, team=extracted.team)


class AllocationFactory(DjangoModelFactory):
    class Meta:
        model = models.Allocation

    case = factory.SubFactory(CaseFactory)
    team = factory.SubFactory(TeamFactory)
    from_on = factory.SelfAttribute("case.opened_on")


class LevelSpellFactory(DjangoModelFactory):
    class Meta:
        model = models.LevelSpell

    case = factory.SubFactory(CaseFactory)
    level = 2
    from_on = factory.SelfAttribute("case.opened_on")


class RequestFactory(DjangoModelFactory):
    """Received on Monday 16 November 2026 at noon, due on the Monday after."""

    class Meta:
        model = models.Request

    team = factory.SubFactory(TeamFactory)
    taken_by = factory.SubFactory(UserFactory)
    received_at = datetime.datetime(2026, 11, 16, 12, 0, tzinfo=datetime.UTC)
    purpose = "parenting"


class ReferralFactory(DjangoModelFactory):
    """Sent on Monday 16 November 2026 at noon, not decided."""

    class Meta:
        model = models.Referral

    team = factory.SubFactory(TeamFactory)
    worker = factory.SubFactory(UserFactory)
    destination = factory.SubFactory(AgencyFactory)
    sent_at = datetime.datetime(2026, 11, 16, 12, 0, tzinfo=datetime.UTC)
