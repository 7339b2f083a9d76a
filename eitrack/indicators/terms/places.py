"""Where work took place, as it is stored: by site and agency, and whether its purpose is sensitive.

Rows by kind are folded from these when they are read, so another kind of a site or agency makes no
stored row stale. Rows of sensitive work are never shown by site or agency (SPEC.md rule 11).
"""

from typing import NamedTuple

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from eitrack.activities.choices import SENSITIVE_PURPOSES
from eitrack.activities.kinds import ONE_FAMILY
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models import Agency, Site
from eitrack.indicators.terms.aggregates import BETWEEN, Joined, text_of

SENSITIVE = Q(activity__purpose__in=SENSITIVE_PURPOSES, activity__kind__in=ONE_FAMILY)
SITE = F("activity__site")
AGENCY = Coalesce("activity__agency", "activity__site__agency")
PLACE = Joined(
    text_of(SITE), text_of(AGENCY), Case(When(SENSITIVE, then=Value("1")), default=Value(""))
)


def unless_sensitive(expression):
    """The expression, or None for one-family work with a sensitive purpose (SPEC.md rule 11)."""
    return Case(When(SENSITIVE, then=None), default=expression)


class Kinds(NamedTuple):
    """{key: kind} of all sites and agencies."""

    sites: dict
    agencies: dict

    @classmethod
    def now(cls):
        found = cls({}, {})
        for which, pk, kind in _kinds():
            found[which][pk] = kind
        return found


@compiled_query
def _kinds():
    """(0 for a site, 1 for an agency; key; kind)."""
    sites, agencies = (
        model.objects.order_by().values_list(Value(which), "pk", "kind")
        for which, model in enumerate((Site, Agency))
    )
    return sites.union(agencies, all=True)


# Each (key of a place, Kinds) -> key of the row that the place belongs to.


def site(place, kinds):
    key, _, is_sensitive = _parts(place)
    return None if is_sensitive else key


def agency(place, kinds):
    _, key, is_sensitive = _parts(place)
    return None if is_sensitive else key


def site_kind(place, kinds):
    key, _, _ = _parts(place)
    return kinds.sites.get(key)


def agency_kind(place, kinds):
    _, key, _ = _parts(place)
    return kinds.agencies.get(key)


def _parts(place):
    site, agency, is_sensitive = place.split(BETWEEN)
    return int(site) if site else None, int(agency) if agency else None, bool(is_sensitive)
