"""The district whose protocols a page shows."""

from django.utils import timezone

from eitrack.common.cached_lists import cached_list
from eitrack.directory.models import District


def districts_of(user):
    """Districts whose protocols this user may see, in name order."""
    return _districts_of(user, timezone.localdate())


@cached_list(
    *("directory.District", "directory.Team", "directory.Placement", "accounts.RoleTerm"),
    copied=True,
)
def _districts_of(user, today):
    return list(District.objects.visible_to(user))


def district_in_address(request):
    """The district in the address if in reach, else the first; None if there is none.

    Also the query an address needs to stay with this district.
    """
    districts = districts_of(request.user)
    slug = request.GET.get("district", "")
    district = next((one for one in districts if one.slug == slug), next(iter(districts), None))
    query = f"?district={district.slug}" if len(districts) > 1 else ""
    return district, query
