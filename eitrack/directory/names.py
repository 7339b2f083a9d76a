"""What teams and funding streams were called before."""

from eitrack.directory.choices import ChangeoverKind
from eitrack.directory.models import Changeover, FundingStream, Team

# The field of a changeover that names one.
FIELDS = {Team: "team", FundingStream: "funding_stream"}


def called_now(model):
    """{an earlier name: the name today} of teams, or of funding streams.

    An earlier name that another one bears today means that one.
    """
    field = FIELDS[model]
    renamed = Changeover.objects.filter(kind=ChangeoverKind.RENAMED, **{f"{field}__isnull": False})
    pairs = renamed.order_by("pk").values_list("name_before", f"{field}__name")
    earlier = {before: now for before, now in pairs if before != now}
    if not earlier:
        return {}
    borne = model.objects.filter(name__in=earlier).values_list("name", flat=True)
    return {before: now for before, now in earlier.items() if before not in set(borne)}
