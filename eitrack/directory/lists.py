"""Lists of the directory as forms offer them; each is read once while nothing of it changes."""

from django.db.models import Q

from eitrack.common.cached_lists import cached_list
from eitrack.directory.models import Agency, Contract, District, Placement, Site
from eitrack.directory.models.places import in_use_on

HATS = (
    *("directory.Placement", "directory.Post", "directory.Agency"),
    *("directory.Team", "directory.District"),
)


@cached_list("directory.District", "directory.Team")
def nation_of(team_pk):
    """The nation of this team's district."""
    return District.objects.values_list("nation", flat=True).get(teams=team_pk)


@cached_list("directory.Agency")
def agencies_merged():
    return merged_keys(Agency)


@cached_list("directory.Site")
def sites_merged():
    return merged_keys(Site)


def merged_keys(model):
    """{key of a merged place: key of the one that stands for it now}.

    A form that was opened before, or kept on a phone, names the one; it means the other.
    """
    pairs = model.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")
    merged = dict(pairs)
    last = {}
    for pk, into in merged.items():
        while into in merged:
            into = merged[into]
        last[pk] = into
    return last


@cached_list("directory.Contract", copied=True)
def contract_on(worker, day):
    """The contract of this day, or None."""
    own = Contract.objects.filter(worker=worker).order_by("-from_on", "pk")
    return own.current(day).first()


@cached_list("directory.Site")
def sites_known(user, day):
    """(pk, name, whether it is provisional, in use on the day) of each site, by name."""
    sites = Site.objects.visible_to(user).annotate(is_used=Q(in_use_on(day)))
    return tuple(sites.values_list("pk", "name", "is_provisional", "is_used"))


def sites_offered(user, day):
    """(pk, name, whether it is provisional) of each site in use on the day, by name."""
    return [tuple(known) for *known, is_used in sites_known(user, day) if is_used]


@cached_list("directory.Site", "directory.Agency", copied=True)
def site_offered(user, pk, day):
    """One of those sites with its agency, or None."""
    return Site.objects.visible_to(user).in_use(day).with_agency().filter(pk=pk).first()


@cached_list("directory.Agency")
def agencies_offered(user, day):
    """(pk, name) of each agency in use on the day, by name."""
    agencies = Agency.objects.visible_to(user).in_use(day)
    return tuple(agencies.values_list("pk", "name"))


@cached_list("directory.Agency")
def agencies_listed(user):
    """(pk, name) of each agency, archived ones too."""
    return tuple(Agency.objects.visible_to(user).unmerged().values_list("pk", "name"))


@cached_list(*HATS, copied=True)
def hats_on(worker, *days):
    """Hats worn on the day, or on any of several, the largest first."""
    return list(Placement.objects.worn_by(worker).current(*days))


@cached_list(*HATS, copied=True)
def hats_between(worker, start, end, day=None):
    """Hats worn on some day of this time, or on the day, the largest first."""
    spans = [(start, end), *([(day, day)] if day else [])]
    return list(Placement.objects.worn_by(worker).overlapping_any(spans))
