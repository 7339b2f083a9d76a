"""By what figures are broken down: one entry each, with its rows in display order."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from eitrack.activities.choices import Profession
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import Series
from eitrack.cases.choices import AgeBand, Route
from eitrack.common.choices import NeedLevel, Purpose
from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.directory.models import FundingStream, Post, Team
from eitrack.indicators.figures import Row
from eitrack.indicators.scope import ScopeKind
from eitrack.partnerships.choices import Topic


@dataclass(frozen=True)
class Breakdown:
    """`expression` reads the row's key from a time entry.

    It is None where no indicator that sums time entries is broken down so: then the rows of a
    `Calculated` one have keys of their own.

    `is_of_entry` says that the key belongs to the entry, not to its activity: then an activity
    that two teams share appears under each, and rows add to more than the total. `entry_field`
    names what of the entry the key rests on, where the expression is made of more than that.

    Those of calculated figures that no time entry has (the age of a case's youngest child) have no
    expression.
    """

    code: str
    label: str
    expression: object
    rows: Callable
    is_of_entry: bool = False
    entry_field: str = ""


def from_choices(choices, blank=None, blank_key=None):
    rows = tuple(Row(value, label) for value, label in choices.choices)
    return lambda scope: (*rows, Row(blank_key, blank)) if blank else rows


def from_records(queryset_of):
    return lambda scope: tuple(Row(record.pk, str(record)) for record in queryset_of(scope))


def teams_of(scope):
    teams = Team.objects.all()
    if scope.kind == ScopeKind.DISTRICT:
        return teams.filter(district=scope.pk)
    if scope.kind == ScopeKind.TEAM:
        return teams.filter(pk=scope.pk)
    return teams


def programmes_of(scope):
    programmes = Series.objects.filter(seats__isnull=False)
    if scope.kind == ScopeKind.DISTRICT:
        return programmes.filter(team__district=scope.pk)
    return programmes


# Those that every record of work has.
EVERY_BREAKDOWN = (
    "team",
    "site_kind",
    "agency_kind",
    "kind",
    "need_level",
    "funding_stream",
    "post",
)
BREAKDOWNS = {
    breakdown.code: breakdown
    for breakdown in (
        Breakdown("team", "Team", "team", from_records(teams_of), is_of_entry=True),
        Breakdown("site_kind", "Kind of site", "activity__site__kind", from_choices(SiteKind)),
        Breakdown(
            "agency_kind",
            "Kind of agency",
            Coalesce("activity__agency__kind", "activity__site__agency__kind"),
            from_choices(AgencyKind, blank="No agency"),
        ),
        Breakdown("kind", "Kind of work", "activity__kind", from_choices(KindCode)),
        Breakdown(
            "need_level",
            "Level of need",
            "activity__need_level",
            from_choices(NeedLevel, blank="Not known"),
        ),
        Breakdown(
            "funding_stream",
            "Funding stream",
            "funding_stream",
            from_records(lambda scope: FundingStream.objects.all()),
            is_of_entry=True,
        ),
        Breakdown(
            "post",
            "Hat",
            "post",
            from_records(lambda scope: Post.objects.all()),
            is_of_entry=True,
        ),
        Breakdown("topic", "Topic of the protocol", "activity__topic", from_choices(Topic)),
        Breakdown(
            "profession",
            "Job of the professional",
            NullIf("activity__profession", Value("")),
            from_choices(Profession, blank="Not known"),
        ),
        Breakdown(
            "co_located",
            "Co-located or not",
            "placement__is_co_located",
            lambda scope: (Row(True, "Co-located"), Row(False, "Not co-located")),
            is_of_entry=True,
        ),
        # Of requests: no activity has one.
        Breakdown("route", "Route", None, from_choices(Route)),
        Breakdown(
            "purpose",
            "Purpose",
            "activity__purpose",
            from_choices(Purpose, blank="Not recorded", blank_key=""),
        ),
        Breakdown(
            "age_of_youngest",
            "Age of the youngest child",
            None,
            from_choices(AgeBand, blank="Not recorded", blank_key=""),
        ),
        Breakdown("programme", "Programme", None, from_records(programmes_of)),
    )
}
# Posts wait for the rules on small numbers of workers in a post (D10, a later issue), the
# breakdowns of a single indicator for the check of a whole release (D16).
PUBLISHED = ("team", "site_kind", "agency_kind", "kind", "need_level", "funding_stream")
