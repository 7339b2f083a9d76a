"""Names for places that come in: no two agencies have the same, many schools do."""

from collections import Counter

from eitrack.intake.places.listed import LONGEST_NAME


def own_names(places, taken):
    """{number: name} for these ListedPlaces, none of them in `taken` (in lower case).

    Where several in use have one name, each gets its town or postcode, and where that does not
    help its number. A closed place leaves its name to one in use.
    """
    in_use = Counter(one.name.casefold() for one in places if one.is_in_use)
    names, used = {}, set(taken)
    for place in sorted(places, key=lambda one: (not one.is_in_use, one.number)):
        is_alone = in_use[place.name.casefold()] <= place.is_in_use
        names[place.number] = free_name(place, used, is_alone)
        used.add(names[place.number].casefold())
    return names


def free_name(place, used, is_alone):
    offered = [place.name] if is_alone else []
    if (where := place.town or place.postcode) and place.is_in_use:
        offered.append(longer(place.name, f", {where}"))
    offered.append(longer(place.name, f" ({place.number})"))
    # The number is unique: if even that name is taken, the place is known already.
    return next((name for name in offered if name.casefold() not in used), offered[-1])


def longer(name, end):
    room = LONGEST_NAME - len(end)
    return f"{name if len(name) <= room else name[: room - 1].rstrip() + '…'}{end}"
