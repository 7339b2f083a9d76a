"""What figures are broken down by: one entry each, with its rows in display order."""

from calendar import day_name
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, Value
from django.db.models.functions import Coalesce

from eitrack.activities.choices import Method, Profession
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import Series
from eitrack.cases.choices import AgeBand, Route
from eitrack.common.choices import NeedLevel, Purpose
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.directory.models import Agency, FundingStream, Placement, Post, Site, Team
from eitrack.indicators.terms import places
from eitrack.indicators.terms.conditions import (
    METHOD,
    NO_PROFESSIONAL,
    PROFESSION,
    REGISTERED,
    TERM_TIME,
    WEEKDAY,
)
from eitrack.indicators.terms.figures import Row
from eitrack.indicators.terms.scope import ScopeKind
from eitrack.partnerships.choices import Topic


@dataclass(frozen=True, eq=False)
class Breakdown:
    """What figures are broken down by; `expression` reads the key of the row from a time entry.

    `expression` is None if no indicator that sums time entries has this breakdown, as the age of a
    case's youngest child: the rows of a `Calculated` measure then have keys of their own.

    `is_of_entry`: the key belongs to the entry, not to its activity. An activity that two teams
    share then appears under each, and rows add up to more than the total. `entry_field` is the
    field of the entry that the key rests on, if the expression is made of more than that.

    `is_split`: one record may stand under several rows, each with a part of it. The measure says
    what counts under which row (`Measure.splits`), and the expression is the same for all.

    `overlap` says in words why rows add up to more than the whole.

    `stored_by`: sums are stored by another, finer breakdown, and `fold(key there, Kinds)` is the
    key of the row. `is_by_kind`: the rows rest on kinds of agencies, but cannot be folded so.
    """

    code: str
    label: str
    expression: Any
    rows: Callable[..., Any]
    is_of_entry: bool = False
    entry_field: str = ""
    is_split: bool = False
    overlap: str = ""
    stored_by: "Breakdown | None" = None
    fold: Callable[..., Any] | None = None
    is_by_kind: bool = False

    @property
    def stored(self):
        """The breakdown by which sums are stored."""
        return self.stored_by or self

    def __post_init__(self):
        if self.is_of_entry and not self.overlap:
            object.__setattr__(self, "overlap", "joint sessions appear under each")


NO_ROW = Value(None, output_field=IntegerField())


def from_rows(*rows):
    found = tuple(Row(*row) for row in rows)
    return lambda scope: found


def from_choices(choices, blank=None, blank_key=None):
    rows = tuple(Row(value, label) for value, label in choices.choices)
    return lambda scope: (*rows, Row(blank_key, blank)) if blank else rows


def from_records(queryset_of):
    records_of = compiled_query(queryset_of)
    return lambda scope: tuple(Row(record.pk, str(record)) for record in records_of(scope))


def from_places(model, blank):
    """Sites or agencies, each within its kind; the last row is for records without one."""
    return lambda scope: (
        *(Row(place.pk, str(place), within=place.kind) for place in model.objects.all()),
        Row(None, blank),
    )


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


def professions(scope):
    rows = (Row(value, label) for value, label in Profession.choices)
    return (*rows, Row(None, "Not known"), Row(NO_PROFESSIONAL, "None: with parents or children"))


def hosts(scope):
    """Agencies that ever hosted a hat of the scope; a hat without a host is at its own team."""
    placed = Placement.objects.filter(scope.filter, host__isnull=False).order_by().values("host")
    agencies = Agency.objects.filter(pk__in=placed)
    return (*(Row(agency.pk, str(agency)) for agency in agencies), Row(None, "Own team"))


def workers_of(scope):
    """In the order of their names, never of their figures (SPEC.md rule 13)."""
    placed = Placement.objects.filter(scope.filter).order_by().values("worker")
    return get_user_model().objects.filter(pk__in=placed).order_by("name", "pk")


BY_PLACE = Breakdown("place", "Site and agency", places.PLACE, lambda scope: ())
# Breakdowns of every record of work.
EVERY_BREAKDOWN = (
    "team",
    "site_kind",
    "agency_kind",
    "kind",
    "need_level",
    "funding_stream",
    "post",
)
# Those of people and activities; class R is printed by kind of site or agency only (D10).
EVERY_BREAKDOWN_OF_PEOPLE = (*EVERY_BREAKDOWN, "site", "agency")
# Talks with professionals are one kind of work, on no level of need.
OF_PROFESSIONALS = tuple(
    code for code in EVERY_BREAKDOWN_OF_PEOPLE if code not in ("kind", "need_level")
)
BREAKDOWNS = {
    breakdown.code: breakdown
    for breakdown in (
        Breakdown("team", "Team", "team", from_records(teams_of), is_of_entry=True),
        Breakdown(
            "site_kind",
            "Kind of site",
            "activity__site__kind",
            from_choices(SiteKind),
            stored_by=BY_PLACE,
            fold=places.site_kind,
        ),
        Breakdown(
            "agency_kind",
            "Kind of agency",
            Coalesce("activity__agency__kind", "activity__site__agency__kind"),
            from_choices(AgencyKind, blank="No agency"),
            stored_by=BY_PLACE,
            fold=places.agency_kind,
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
        Breakdown(
            "site",
            "Site",
            places.unless_sensitive(places.SITE),
            from_places(Site, "No site shown"),
            stored_by=BY_PLACE,
            fold=places.site,
        ),
        Breakdown(
            "agency",
            "Agency",
            places.unless_sensitive(places.AGENCY),
            from_places(Agency, "No agency shown"),
            stored_by=BY_PLACE,
            fold=places.agency,
        ),
        Breakdown("topic", "Topic of the protocol", "activity__topic", from_choices(Topic)),
        Breakdown("profession", "Job of the professional", PROFESSION, professions),
        Breakdown(
            "co_located",
            "Co-located or not",
            "placement__is_co_located",
            lambda scope: (Row(True, "Co-located"), Row(False, "Not co-located")),
            is_of_entry=True,
        ),
        # Breakdowns of requests, which no activity has.
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
        Breakdown("weekday", "Day of the week", WEEKDAY, from_rows(*enumerate(day_name))),
        Breakdown(
            "term_time",
            "Term or holiday",
            TERM_TIME,
            from_rows(
                ("term", "School term"), ("holiday", "School holidays"), (None, "No terms entered")
            ),
        ),
        Breakdown(
            "registered",
            "On a formal case or not",
            REGISTERED,
            from_rows(("registered", "On a formal case"), ("unregistered", "Unregistered")),
        ),
        Breakdown("method", "Counted or estimated", METHOD, from_choices(Method)),
        Breakdown(
            "age_group",
            "Adults and children",
            NO_ROW,
            from_rows(("adults", "Adults"), ("children", "Children"), ("not_split", "Not split")),
            is_split=True,
        ),
        Breakdown(
            "partner_kind",
            "Kind of partner",
            NO_ROW,
            from_choices(AgencyKind),
            is_split=True,
            overlap="an activity with partners of several kinds appears under each",
            is_by_kind=True,
        ),
        Breakdown("host", "Host", None, hosts),
        Breakdown("worker", "Worker", None, from_records(workers_of)),
    )
}
# What a release holds, in the order of its tables. Programmes are left out: their rows name single
# groups, which are too small to print alone (RCH-06), and series are no business of the district.
PUBLISHED = (
    "team",
    "site_kind",
    "agency_kind",
    "kind",
    "need_level",
    "funding_stream",
    "post",
    "site",
    "agency",
    "purpose",
    "profession",
    "route",
    "topic",
    "co_located",
    "age_of_youngest",
)
