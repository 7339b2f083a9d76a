"""Lists: what the numbers in the other files stand for."""

from eitrack.activities.kinds import KINDS, Group, KindCode
from eitrack.activities.models import ActivityType
from eitrack.directory import models
from eitrack.workload.tidy.columns import Column, Type
from eitrack.workload.tidy.dataset import ALWAYS, Dataset


def kinds(reach):
    for kind in KINDS:
        yield (
            kind.code.value,
            kind.group.value,
            kind.is_direct,
            kind.group != Group.OVERHEAD,
            kind.may_have_case,
            kind.is_one_family,
            kind.counts.value,
        )


KINDS_OF_WORK = Dataset(
    "kinds",
    "A fixed kind of work, and how it is counted.",
    ALWAYS,
    None,
    kinds,
    (
        Column("kind", "The kind.", type=Type.CODE, codes=KindCode),
        Column(
            "group",
            "Where its time is shown; with a formal case attached it is case work.",
            type=Type.CODE,
            codes=Group,
        ),
        Column("is_direct", "Whether its contact minutes are direct time.", type=Type.BOOLEAN),
        Column("is_service", "Whether it is service time: all but overhead.", type=Type.BOOLEAN),
        Column("may_have_case", "Whether it can belong to a formal case.", type=Type.BOOLEAN),
        Column("is_one_family", "Whether it is with one family.", type=Type.BOOLEAN),
        Column("counts", "What its headcount is a count of.", type=Type.NAME),
    ),
)

ACTIVITY_TYPES = Dataset(
    "activity_types",
    "A local name for a kind of work.",
    ALWAYS,
    ActivityType,
    lambda reach: ActivityType.objects.all(),
    (
        Column("activity_type", "The number of the record.", "pk"),
        Column("name", "The local name."),
        Column("kind", "The fixed kind it is mapped to."),
        Column("is_archived", "Whether it is no longer offered."),
    ),
)

DISTRICTS = Dataset(
    "districts",
    "A district of your teams.",
    ALWAYS,
    models.District,
    lambda reach: models.District.objects.filter(pk__in=reach.districts),
    (
        Column("district", "The number of the record.", "pk"),
        Column("name", "Its name."),
        Column("nation", "Whose bank holidays are no working days."),
        Column("opens_at", "When working hours begin, Monday to Friday."),
        Column("closes_at", "When working hours end."),
        Column("under_19_population", "Children and young people who live there.", unit="people"),
        Column("under_19_year", "The year of that number.", unit="calendar year"),
    ),
)

TEAMS = Dataset(
    "teams",
    "A team that you manage.",
    ALWAYS,
    models.Team,
    lambda reach: models.Team.objects.filter(pk__in=reach.teams),
    (
        Column("team", "The number of the record.", "pk"),
        Column("name", "Its name."),
        Column("district", "The district it belongs to."),
    ),
)

POSTS = Dataset(
    "posts",
    "A job title; figures by hat go by it.",
    ALWAYS,
    models.Post,
    lambda reach: models.Post.objects.all(),
    (
        Column("post", "The number of the record.", "pk"),
        Column("name", "The job title."),
        Column("is_archived", "Whether it is no longer offered."),
    ),
)

FUNDING_STREAMS = Dataset(
    "funding_streams",
    "Who pays: mainstream or an initiative.",
    ALWAYS,
    models.FundingStream,
    lambda reach: models.FundingStream.objects.all(),
    (
        Column("funding_stream", "The number of the record.", "pk"),
        Column("name", "Its name."),
        Column("kind", "Its kind."),
        Column("starts_on", "The first day it pays for."),
        Column("ends_on", "The last day it pays for; blank is no end known."),
        Column("renewed_until_on", "Until when it has been renewed."),
    ),
)

AGENCIES = Dataset(
    "agencies",
    "A partner organisation; those that are archived too.",
    ALWAYS,
    models.Agency,
    lambda reach: models.Agency.objects.all(),
    (
        Column("agency", "The number of the record.", "pk"),
        Column("name", "Its name."),
        Column("kind", "Its kind. With statutory social work no protocol is needed."),
        Column("is_provisional", "Whether a manager has still to settle it."),
        Column(
            "archived_from_on", "The day from which it is not in use, and no protocol is needed."
        ),
        Column("merged_into", "The number of the agency that its records belong to now."),
    ),
)

SITES = Dataset(
    "sites",
    "A place where work happens; those that are archived too.",
    ALWAYS,
    models.Site,
    lambda reach: models.Site.objects.all(),
    (
        Column("site", "The number of the record.", "pk"),
        Column("name", "Its name."),
        Column("kind", "Its kind."),
        Column("agency", "The agency whose site it is; blank is nobody's."),
        Column("is_provisional", "Whether a manager has still to settle it."),
        Column("archived_from_on", "The day from which it is not in use."),
        Column("merged_into", "The number of the site that its records belong to now."),
    ),
)

LISTS = (
    KINDS_OF_WORK,
    ACTIVITY_TYPES,
    TEAMS,
    DISTRICTS,
    POSTS,
    FUNDING_STREAMS,
    AGENCIES,
    SITES,
)
