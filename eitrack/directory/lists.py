"""Lists of the directory as forms offer them; each is read once while nothing of it changes."""

from datetime import timedelta

from eitrack.common.cached_lists import cached_list
from eitrack.directory.models import Agency, Placement, Site


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


@cached_list(
    "directory.Placement", "directory.Post", "directory.Agency", "directory.Team", copied=True
)
def hats_on(worker, *days):
    """Hats worn on the day, or on any of several, the largest first."""
    return list(Placement.objects.worn_by(worker).current(*days))


@cached_list(
    "directory.Placement", "directory.Post", "directory.Agency", "directory.Team", copied=True
)
def hats_since(worker, today, weeks_ago: timedelta, date):
    """Hats of the time before today, and of the day where that lies further back."""
    since, hats = today - weeks_ago, Placement.objects.worn_by(worker)
    offered = hats.overlapping(since, today)
    return list(offered | hats.current(date) if date < since else offered)
