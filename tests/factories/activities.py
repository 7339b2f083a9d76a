import datetime

import factory
from factory.django import DjangoModelFactory

from eitrack.activities import models
from tests.factories.directory import PlacementFactory, SiteFactory, TeamFactory
from tests.factories.partnerships import ProtocolFactory


class ActivityTypeFactory(DjangoModelFactory):
    class Meta:
        model = models.ActivityType
        django_get_or_create = ["name"]

    kind = "drop_in"
    name = factory.LazyAttribute(lambda type_: f"Local {type_.kind}")


class CalendarProposalFactory(DjangoModelFactory):
    """An hour from 10:00 on Tuesday 17 November 2026; `worker=…` says whose."""

    class Meta:
        model = models.CalendarProposal

    worker = factory.SubFactory("tests.factories.accounts.UserFactory", worker=True)
    date = datetime.date(2026, 11, 17)
    starts_at = datetime.time(10)
    minutes = 60
    event_key = factory.Sequence(lambda number: f"{number:064}")


class TimeEntryFactory(DjangoModelFactory):
    """Time of the worker of `placement`, context frozen from it as the app does."""

    class Meta:
        model = models.TimeEntry

    placement = factory.SubFactory(PlacementFactory)
    activity = factory.SubFactory("tests.factories.activities.ActivityFactory", entry=None)
    worker = factory.SelfAttribute("placement.worker")
    team = factory.SelfAttribute("placement.team")
    post = factory.SelfAttribute("placement.post")
    funding_stream = factory.LazyAttribute(
        lambda entry: entry.activity.funding_stream or entry.placement.funding_stream
    )
    date = factory.SelfAttribute("activity.date")
    contact_minutes = 60


class ActivityFactory(DjangoModelFactory):
    """A drop-in with an hour of its author's time.

    `kind="…"` chooses another kind, `by=placement` the author, `minutes=…` the contact minutes;
    `entry=None` leaves out the time entry.
    """

    class Meta:
        model = models.Activity
        skip_postgeneration_save = True
        exclude = ["by"]

    class Params:
        kind = "drop_in"
        minutes = 60
        void = factory.Trait(status="void", void_reason="mistake")
        did_not_run = factory.Trait(status="did_not_run", not_run_reason="no_room")

    by = factory.SubFactory(PlacementFactory)
    activity_type = factory.LazyAttribute(lambda a: ActivityTypeFactory(kind=a.kind))
    date = datetime.date(2026, 11, 20)
    site = factory.SubFactory(SiteFactory)
    recorded_by = factory.SelfAttribute("by.worker")
    entry = factory.Maybe(
        "by",
        factory.RelatedFactory(
            TimeEntryFactory,
            "activity",
            placement=factory.SelfAttribute("..by"),
            contact_minutes=factory.SelfAttribute("..minutes"),
            is_lead=True,
        ),
    )


class CoDeliveryFactory(DjangoModelFactory):
    class Meta:
        model = models.CoDelivery


class ProtocolStepFactory(DjangoModelFactory):
    """Protocol work that says the protocol is a draft now."""

    class Meta:
        model = models.ProtocolStep

    activity = factory.SubFactory(ActivityFactory, kind="protocol_work")
    protocol = factory.SubFactory(ProtocolFactory)
    became = "draft"


class SeriesFactory(DjangoModelFactory):
    """A weekly drop-in on Mondays; `led_by=worker` says who leads it."""

    class Meta:
        model = models.Series
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Series {n}")
    activity_type = factory.SubFactory(ActivityTypeFactory)
    site = factory.SubFactory(SiteFactory)
    team = factory.SubFactory(TeamFactory)
    repeat = "weekly"
    from_on = datetime.date(2024, 9, 2)

    @factory.post_generation
    def led_by(self, create, extracted, **kwargs):
        if create and extracted:
            SeriesWorkerFactory(series=self, worker=extracted, role="lead")


class SeriesWorkerFactory(DjangoModelFactory):
    class Meta:
        model = models.SeriesWorker

    series = factory.SubFactory(SeriesFactory)
    worker = factory.SubFactory("tests.factories.accounts.UserFactory", worker=True)
    role = "co_worker"
    from_on = factory.SelfAttribute("series.from_on")


class ThreadFactory(DjangoModelFactory):
    class Meta:
        model = models.Thread

    label = factory.Sequence(lambda n: f"amber kettle {n}")
    worker = factory.SubFactory("tests.factories.accounts.UserFactory")
    started_on = datetime.date(2026, 11, 20)
    last_contact_on = factory.SelfAttribute("started_on")
