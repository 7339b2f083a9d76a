"""What a list said is kept when it was applied, for the next one to be compared with."""

from django.db.models import Q

from eitrack.intake.choices import BatchState
from eitrack.intake.models import RememberedPlace
from eitrack.intake.models.batches import TAKEN_BACK_FOR
from eitrack.intake.places.choices import CHANGES, Offered
from eitrack.intake.places.known import remembered_of

ASPECTS = {
    Offered.RENAMED: ("name",),
    Offered.KIND_CHANGED: ("kind",),
    Offered.REOPENED: ("is_in_use",),
    Offered.CLOSED: ("is_in_use",),
    Offered.SUCCEEDED: ("is_in_use",),
}


def remember(batch, offers, chosen):
    """Keep what the list says; a change that was not ticked is offered again by the next."""
    authority = batch.answers["authority"]
    before = remembered_of(authority)
    by_number = {}
    for offer in offers:
        if offer.session is not None:
            continue
        by_number.setdefault(offer.number, []).append(offer)
    rows = []
    for number, of_one in by_number.items():
        values = values_of(of_one, before.get(number), chosen)
        if values:
            rows.append(RememberedPlace(batch=batch, authority=authority, number=number, **values))
    RememberedPlace.objects.bulk_create(rows, batch_size=500)


def values_of(offers, was, chosen):
    """Of one place; None for one that nothing was kept of, and that is offered again."""
    place = offers[0].place
    left = [one for one in offers if one.what in CHANGES and one.key not in chosen]
    if was is None and (left or place is None):
        return None
    said = values_in_list(place) if place else values_kept(was) | {"is_in_use": False}
    for offer in left:
        said |= {aspect: values_kept(was)[aspect] for aspect in ASPECTS[offer.what]}
    return said


def values_in_list(place):
    return {
        "name": place.name,
        "kind": place.site_kind,
        "postcode": place.postcode,
        "is_in_use": place.is_in_use,
    }


def values_kept(was):
    return {name: getattr(was, name) for name in ("name", "kind", "postcode", "is_in_use")}


def forget_superseded(now):
    """Remove what newer lists say anew, once neither can be taken back."""
    settled = Q(batch__state=BatchState.IMPORTED, batch__imported_at__lt=now - TAKEN_BACK_FOR)
    newest = {}
    for pk, authority, number in (
        RememberedPlace.objects.filter(settled)
        .order_by("batch__imported_at", "pk")
        .values_list("pk", "authority", "number")
    ):
        newest[authority, number] = pk
    old = RememberedPlace.objects.filter(settled).exclude(pk__in=newest.values())
    taken_back = RememberedPlace.objects.filter(batch__state=BatchState.TAKEN_BACK)
    return old.delete()[0] + taken_back.delete()[0]
