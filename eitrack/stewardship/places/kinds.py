"""The two kinds of place, as the addresses of their pages name them."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from eitrack.directory.models import Agency, Site
from eitrack.partnerships.agency_forms import AgencyForm, SiteForm


@dataclass(frozen=True)
class PlaceKind:
    """Agencies, or sites: their model, and how one speaks of them."""

    code: str
    model: type[Model]
    one: str
    a: str

    @property
    def title(self):
        return self.code.capitalize()

    @property
    def list_url(self):
        return reverse("stewardship:place_list", args=[self.code])

    def form(self, *args, user, **kwargs):
        if self.model is Agency:
            return AgencyForm(*args, **kwargs)
        return SiteForm(*args, user=user, **kwargs)


AGENCIES = PlaceKind("agencies", Agency, "agency", "an agency")
SITES = PlaceKind("sites", Site, "site", "a site")
BY_CODE = {kind.code: kind for kind in (AGENCIES, SITES)}


def kind_called(code):
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


def kind_of(place):
    return AGENCIES if isinstance(place, Agency) else SITES


def page_of(place, action="detail"):
    """The address of one of the administrator's pages of this place."""
    return reverse(f"stewardship:place_{action}", args=[kind_of(place).code, place.pk])
