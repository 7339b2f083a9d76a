"""District, teams, agencies, sites, streams, posts and terms of the sample world."""

from dataclasses import dataclass, field
from datetime import date
from itertools import cycle

from django.utils.text import slugify

from eitrack.activities.kinds import KINDS
from eitrack.activities.models import ActivityType
from eitrack.demo import names
from eitrack.directory.choices import AgencyKind, SiteKind, StreamKind
from eitrack.directory.models import (
    Agency,
    District,
    FundingStream,
    Post,
    SchoolTerm,
    Site,
    Team,
)

A, S = AgencyKind, SiteKind

# Schools share governors in partnerships, so that 18 schools are eight of the 22 agencies.
AGENCIES = (
    ("Hedge Lane Schools Partnership", A.SCHOOL),
    ("Riverbank Schools Partnership", A.SCHOOL),
    ("Hilltop Schools Partnership", A.SCHOOL),
    ("Millpond Schools Partnership", A.SCHOOL),
    ("Woodside Schools Partnership", A.SCHOOL),
    ("Greenway Schools Partnership", A.SCHOOL),
    ("Oakapple Secondary School", A.SCHOOL),
    ("Ramson Secondary School", A.SCHOOL),
    ("Meadowmere Children's Centres", A.CHILDRENS_CENTRE),
    ("Meadowmere Sure Start", A.CHILDRENS_CENTRE),
    ("Meadowmere Early Years", A.CHILDRENS_CENTRE),
    ("Health visiting service", A.HEALTH),
    ("Thistledown General Hospital", A.HEALTH),
    ("Child and family clinic", A.HEALTH),
    ("Brookside GP practices", A.HEALTH),
    ("Umbrella Parents' Network", A.VOLUNTARY),
    ("Lantern Women's Refuge", A.VOLUNTARY),
    ("Bamboo Community Association", A.VOLUNTARY),
    ("Meadowmere Police", A.POLICE),
    ("Educational psychology service", A.EDUCATION),
    ("Education welfare service", A.EDUCATION),
    ("Meadowmere Homes", A.HOUSING),
)
SITES = (
    *[(f"{name} Primary School", S.PRIMARY_SCHOOL, None) for name in names.PRIMARY_SCHOOLS],
    ("Oakapple Secondary School", S.SECONDARY_SCHOOL, "Oakapple Secondary School"),
    ("Ramson Secondary School", S.SECONDARY_SCHOOL, "Ramson Secondary School"),
    ("Puddingstone Academy", S.SECONDARY_SCHOOL, "Hilltop Schools Partnership"),
    ("Quillwort School", S.SECONDARY_SCHOOL, "Woodside Schools Partnership"),
    ("Ladybird Children's Centre", S.CHILDRENS_CENTRE, "Meadowmere Children's Centres"),
    ("Bumblebee Children's Centre", S.CHILDRENS_CENTRE, "Meadowmere Children's Centres"),
    ("Dragonfly Children's Centre", S.CHILDRENS_CENTRE, "Meadowmere Children's Centres"),
    ("Sunflower Sure Start Centre", S.SURE_START, "Meadowmere Sure Start"),
    ("Marigold Sure Start Centre", S.SURE_START, "Meadowmere Sure Start"),
    ("Snowdrop Early Years Centre", S.EARLY_YEARS, "Meadowmere Early Years"),
    ("Primrose Early Years Centre", S.EARLY_YEARS, "Meadowmere Early Years"),
    ("Buttercup Nursery", S.EARLY_YEARS, "Meadowmere Early Years"),
    ("Village hall, Lower Meadow", S.COMMUNITY, None),
    ("Bamboo Community House", S.COMMUNITY, "Bamboo Community Association"),
    ("Umbrella Rooms", S.COMMUNITY, "Umbrella Parents' Network"),
    ("Library, Upper Meadow", S.COMMUNITY, None),
    ("Thistledown Hospital", S.HOSPITAL, "Thistledown General Hospital"),
    ("District office, North", S.DISTRICT_OFFICE, None),
    ("District office, South", S.DISTRICT_OFFICE, None),
    ("Market square", S.OTHER, None),
)
# Two more records that are no places: where home visits and calls are logged.
HOME, REMOTE = "At the family's home", "Phone or online"

POSTS = (
    "Team manager",
    "Generic social worker",
    "Social work assistant",
    "School liaison social worker",
    "On Track social worker",
    "BEST social worker",
    "Sure Start social worker",
    "Children's centre social worker",
    "Domestic violence social worker",
    "Drugs and alcohol social worker",
    "Hospital liaison social worker",
    "Vietnamese community social worker",
)
# A stream's end, in 31 Marches after the last day; the first is not renewed (a planted story).
STREAMS = (
    ("Mainstream", StreamKind.MAINSTREAM, None, None, "Social work with families of the district."),
    (
        "Neighbourhood Renewal",
        StreamKind.INITIATIVE,
        1,
        None,
        "Support close to home for families of the six renewal wards.",
    ),
    (
        "On Track",
        StreamKind.INITIATIVE,
        1,
        3,
        "Help for children from 4 to 12 before trouble sets.",
    ),
    ("Children's Fund", StreamKind.INITIATIVE, 2, None, "Early help for children from 5 to 13."),
    ("Sure Start", StreamKind.INITIATIVE, 3, None, "A better start for under-fours and parents."),
)
EXTRA_TYPES = {
    "drop_in": ("Family drop-in", "Stay and play"),
    "group_session": ("Parenting programme", "Children's group"),
    "open_evening": ("School open evening", "Fun day"),
    "meeting_service": ("Network meeting", "Managers' meeting"),
    "overhead": ("Supervision, team, own training",),
}
THRESHOLD = (
    "A formal case is opened when a family needs more than advice or one programme, "
    "two agencies or more should plan together, and a parent has signed the consent form."
)


@dataclass
class Places:
    district: District
    teams: list
    small_team: Team
    agencies: dict
    sites: dict
    posts: dict
    streams: dict
    types: dict
    managers: dict = field(default_factory=dict)

    def sites_of(self, *kinds):
        return [site for site in self.sites.values() if site.kind in kinds]

    @property
    def schools(self):
        return self.sites_of(S.PRIMARY_SCHOOL, S.SECONDARY_SCHOOL)

    @property
    def centres(self):
        return self.sites_of(S.CHILDRENS_CENTRE, S.SURE_START, S.EARLY_YEARS)

    @property
    def halls(self):
        return self.sites_of(S.COMMUNITY)


def build_places(window, team_count):
    """Write the district and its lists; the managers come with the people."""
    district = District.objects.create(
        name=names.DISTRICT,
        slug=slugify(names.DISTRICT),
        is_sample=True,
        under_19_population=31400,
        under_19_year=window.start.year - 1,
        under_19_source="Invented for the sample world",
        case_threshold_text=THRESHOLD,
    )
    spare = [f"Team {number}" for number in range(len(names.TEAMS) + 1, team_count + 1)]
    teams = _saved(
        Team(district=district, name=name, slug=slugify(name))
        for name in [*names.TEAMS, *spare][:team_count]
    )
    small = Team.objects.create(
        district=district, name=names.SMALL_TEAM, slug=slugify(names.SMALL_TEAM)
    )
    agencies = {
        agency.name: agency for agency in _saved(Agency(name=n, kind=kind) for n, kind in AGENCIES)
    }
    SchoolTerm.objects.bulk_create(
        SchoolTerm(district=district, name=name, from_on=first, until_on=last)
        for name, first, last in window.terms
    )
    return Places(
        district=district,
        teams=teams,
        small_team=small,
        agencies=agencies,
        sites=_sites(agencies),
        posts={post.name: post for post in _saved(Post(name=n, slug=slugify(n)) for n in POSTS)},
        streams=_streams(window),
        types=_types(),
    )


def _saved(records):
    records = list(records)
    return type(records[0]).objects.bulk_create(records)


def _sites(agencies):
    partnerships = cycle(name for name, _ in AGENCIES if name.endswith("Partnership"))
    rows = [*SITES, (HOME, S.HOME, None), (REMOTE, S.REMOTE, None)]
    sites = _saved(
        Site(
            name=name,
            kind=kind,
            agency=agencies.get(next(partnerships) if kind == S.PRIMARY_SCHOOL else agency),
        )
        for name, kind, agency in rows
    )
    return {site.name: site for site in sites}


def _streams(window):
    first = window.until.year + (window.until > date(window.until.year, 3, 31))

    def march(years):
        return years and date(first + years - 1, 3, 31)

    streams = _saved(
        FundingStream(
            name=name,
            slug=slugify(name),
            kind=kind,
            starts_on=ends and date(first - 6, 4, 1),
            ends_on=march(ends),
            renewed_until_on=march(renewed),
            wording=wording,
        )
        for name, kind, ends, renewed, wording in STREAMS
    )
    return {stream.name: stream for stream in streams}


def _types():
    """Local names for every kind, in the spine's order: {kind code: [types]}."""
    types = {}
    for position, kind in enumerate(KINDS):
        local = EXTRA_TYPES.get(kind.code.value, (kind.label,))
        types[kind.code.value] = _saved(
            ActivityType(
                name=name,
                kind=kind.code,
                position=10 * (position + 1) + number,
                allows_note=kind.allows_note,
            )
            for number, name in enumerate(local)
        )
    return types
