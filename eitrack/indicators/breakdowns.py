"""By what figures are broken down: one entry each, with its rows in display order."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from eitrack.activities.kinds import KindCode
from eitrack.common.choices import NeedLevel
from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.directory.models import FundingStream, Post, Team
from eitrack.indicators.figures import Row
from eitrack.indicators.scope import ScopeKind


@dataclass(frozen=True)
class Breakdown:
    """`expression` reads the row's key from a time entry.

    `is_of_entry` says that the key belongs to the entry, not to its activity: then an activity
    that two teams share appears under each, and rows add to more than the total.
    """

    code: str
    label: str
    expression: object
    rows: Callable
    is_of_entry: bool = False


def from_choices(choices, blank=None):
    rows = tuple(Row(value, label) for value, label in choices.choices)
    return lambda scope: (*rows, Row(None, blank)) if blank else rows


def from_records(queryset_of):
    return lambda scope: tuple(Row(record.pk, str(record)) for record in queryset_of(scope))


def teams_of(scope):
    teams = Team.objects.all()
    if scope.kind == ScopeKind.DISTRICT:
        return teams.filter(district=scope.pk)
    if scope.kind == ScopeKind.TEAM:
        return teams.filter(pk=scope.pk)
    return teams


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
    )
}
# Posts wait for the rules on small numbers of workers in a post (D10, a later issue).
PUBLISHED = tuple(code for code in BREAKDOWNS if code != "post")
