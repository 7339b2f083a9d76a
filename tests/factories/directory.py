import datetime

import factory
from factory.django import DjangoModelFactory

from eitrack.directory import models
from tests.factories.accounts import UserFactory


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = models.District
        django_get_or_create = ["slug"]

    name = "Riverside"
    slug = "riverside"


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = models.Team

    district = factory.SubFactory(DistrictFactory)
    name = factory.Sequence(lambda n: f"Team {n}")
    slug = factory.Sequence(lambda n: f"team-{n}")


class TeamManagerFactory(DjangoModelFactory):
    """Named for as long as they hold the role; with a `term`, while that runs."""

    class Meta:
        model = models.TeamManager

    team = factory.SubFactory(TeamFactory)
    user = factory.SubFactory(UserFactory, manager=True)


class ChangeoverFactory(DjangoModelFactory):
    """Another name from 1 September 2026; `other=team` makes it a team that took in another."""

    class Meta:
        model = models.Changeover

    class Params:
        is_of_two = factory.LazyAttribute(lambda self: self.other is not None)

    kind = factory.LazyAttribute(lambda self: "took_in" if self.is_of_two else "renamed")
    from_on = datetime.date(2026, 9, 1)
    other = None
    name_before = factory.LazyAttribute(lambda self: "" if self.is_of_two else "Old name")
    name_after = factory.LazyAttribute(lambda self: "" if self.is_of_two else "New name")


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = models.Agency

    class Params:
        archived = factory.Trait(archived_from_on=datetime.date(2026, 1, 1))

    name = factory.Sequence(lambda n: f"Agency {n}")
    kind = "school"


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = models.Site

    class Params:
        archived = factory.Trait(archived_from_on=datetime.date(2026, 1, 1))

    name = factory.Sequence(lambda n: f"Site {n}")
    kind = "primary_school"


class ExternalIdentifierFactory(DjangoModelFactory):
    class Meta:
        model = models.ExternalIdentifier

    scheme = "local"
    value = factory.Sequence(lambda n: f"L{n}")


class PlaceMergeFactory(DjangoModelFactory):
    """Two sites became one, without records."""

    class Meta:
        model = models.PlaceMerge

    into_site = factory.SubFactory(SiteFactory)
    from_site = factory.LazyAttribute(
        lambda merge: SiteFactory(archived=True, merged_into=merge.into_site)
    )
    merged_by = factory.SubFactory(UserFactory, administrator=True)


class FundingStreamFactory(DjangoModelFactory):
    class Meta:
        model = models.FundingStream

    name = factory.Sequence(lambda n: f"Stream {n}")
    slug = factory.Sequence(lambda n: f"stream-{n}")
    kind = "mainstream"


class PostFactory(DjangoModelFactory):
    class Meta:
        model = models.Post

    name = factory.Sequence(lambda n: f"Post {n}")
    slug = factory.Sequence(lambda n: f"post-{n}")


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = models.Placement

    worker = factory.SubFactory(UserFactory, worker=True)
    post = factory.SubFactory(PostFactory)
    team = factory.SubFactory(TeamFactory)
    base_site = factory.SubFactory(SiteFactory)
    funding_stream = factory.SubFactory(FundingStreamFactory)
    planned_minutes = 2160
    from_on = datetime.date(2024, 4, 1)


class ContractFactory(DjangoModelFactory):
    """Full time: 7.2 hours, Monday to Friday."""

    class Meta:
        model = models.Contract

    worker = factory.SubFactory(UserFactory, worker=True)
    monday_minutes = 432
    tuesday_minutes = 432
    wednesday_minutes = 432
    thursday_minutes = 432
    friday_minutes = 432
    from_on = datetime.date(2024, 4, 1)


class AbsenceFactory(DjangoModelFactory):
    """A week away."""

    class Meta:
        model = models.Absence

    worker = factory.SubFactory(UserFactory, worker=True)
    from_on = datetime.date(2026, 11, 16)
    until_on = datetime.date(2026, 11, 20)


class SchoolTermFactory(DjangoModelFactory):
    class Meta:
        model = models.SchoolTerm

    district = factory.SubFactory(DistrictFactory)
    name = factory.Sequence(lambda n: f"Term {n}")
    from_on = datetime.date(2026, 9, 2)
    until_on = datetime.date(2026, 10, 23)


class LinkWorkerFactory(DjangoModelFactory):
    class Meta:
        model = models.LinkWorker

    district = factory.SubFactory(DistrictFactory)
    agency = factory.SubFactory(AgencyFactory)
    name = "Robin Reed"
    job = "Family link officer"
    from_on = datetime.date(2026, 1, 5)
