"""Lists of the directory as forms offer them; each is read once while nothing of it changes."""

from eitrack.common.cached_lists import cached_list
from eitrack.directory.models import Agency, Contract, District, Placement, Site

HATS = (
    *("directory.Placement", "directory.Post", "directory.Agency"),
    *("directory.Team", "directory.District"),
)


@cached_list("directory.District", "directory.Team")
def nation_of(team_pk):
    """The nation of this team's district."""
    return District.objects.values_list("nation", flat=True).get(teams=team_pk)


@cached_list("directory.Contract", copied=True)
def contract_on(worker, day):
    """The contract of this day, or None."""
    own = Contract.objects.filter(worker=worker).order_by("-from_on", "pk")
    return own.current(day).first()


@cached_list("directory.Site")
def sites_offered(user):
    """(pk, name, whether it is provisional) of each site the user may choose, by name."""
    rows = Site.objects.visible_to(user).values_list("pk", "name", "is_provisional")
    return tuple(rows)


@cached_list("directory.Site", "directory.Agency", copied=True)
def site_offered(user, pk):
    """One of those sites with its agency, or None."""
    return Site.objects.visible_to(user).with_agency().filter(pk=pk).first()


@cached_list("directory.Agency")
def agencies_offered(user):
    """(pk, name) of each agency in use, by name."""
    agencies = Agency.objects.visible_to(user).filter(is_archived=False)
    return tuple(agencies.values_list("pk", "name"))


@cached_list("directory.Agency")
def agencies_listed(user):
    """(pk, name) of each agency, archived ones too."""
    return tuple(Agency.objects.visible_to(user).values_list("pk", "name"))


@cached_list(*HATS, copied=True)
def hats_on(worker, *days):
    """Hats worn on the day, or on any of several, the largest first."""
    return list(Placement.objects.worn_by(worker).current(*days))


@cached_list(*HATS, copied=True)
def hats_between(worker, start, end, day=None):
    """Hats worn on some day of this time, or on the day, the largest first."""
    spans = [(start, end), *([(day, day)] if day else [])]
    return list(Placement.objects.worn_by(worker).overlapping_any(spans))
