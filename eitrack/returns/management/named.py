"""What a command is told by name: a period, a district."""

from django.core.management.base import CommandError

from eitrack.common.periods import Period
from eitrack.directory.models import District


def period_named(code):
    try:
        return Period.parse(code)
    except ValueError as error:
        raise CommandError(str(error)) from error


def district_named(slug):
    """The district with this slug; without one the only district there is."""
    districts = District.objects.filter(slug=slug) if slug else District.objects.all()
    found = list(districts[:2])
    if len(found) == 1:
        return found[0]
    names = ", ".join(District.objects.values_list("slug", flat=True)) or "none yet"
    raise CommandError(f"Say which district with --district. There are: {names}.")
