"""RCH-03: between how many and how many people came (INDICATORS part 3, C8 to C11, C14)."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from tests.recount.families import met
from tests.recount.reach import OPEN_TO_ALL
from tests.recount.rows import Figure

OPEN_BAND_POINT = 100


def rch_03(part):
    """The range of all series and of the families that were met."""
    low = high = attendances = estimated = known = asked = 0
    is_open = has_estimates = False
    for (year, series), own in by_series(sessions(part)).items():
        since = sessions(
            replace(part, start=date(year, 9, 1), end=min(part.end, date(year + 1, 8, 31)), by="")
        )
        whole = by_series(since)[year, series]
        of_series, to_series, open_series = range_of(own, whole)
        low, high = max(low, of_series), high + to_series
        is_open = is_open or open_series
        attendances += heads(own)
        estimated += heads(each for each in own if is_estimate(each))
        known += known_faces(whole)
        asked += heads(whole)
        has_estimates = has_estimates or any(map(is_estimate, whole))
    persons = sum(case["adults"] + case["children"] for case in met(part))
    if not high + persons:
        return Figure(low=0, beside=population(part))
    return Figure(
        high + persons,
        low=max(low, persons),
        is_open_ended=is_open,
        grade=grade(known / asked if asked else 1, has_estimates),
        known=known,
        asked=asked,
        estimated=estimated / attendances * high if attendances else 0,
        beside=population(part),
    )


def sessions(part):
    """Sessions of series to which anybody came, in order."""
    found = [
        each
        for each in part.activities
        if each["kind"] in OPEN_TO_ALL and each["series"] and each["attendance"] != 0
    ]
    return sorted(found, key=lambda each: each["date"])


def by_series(found):
    """{(school year, series): its sessions}; what was not counted at all stays with them."""
    grouped = defaultdict(list)
    for each in found:
        year = each["date"].year - (each["date"].month < 9)
        grouped[year, each["series"]].append(each)
    return {
        key: of_key for key, of_key in grouped.items() if any(each["attendance"] for each in of_key)
    }


def range_of(own, whole):
    """(low, high, whether the high one is open) of a series in a school year (C8)."""
    counted = [each for each in own if each["attendance"]]
    low = max(end_of_band(each, "band_low") for each in counted)
    # Whether it is open, before how many: a closed end is the better one.
    high = any(map(is_open_band, counted)), sum(end_of_band(each, "band_high") for each in counted)
    if all(each["attendance"] for each in whole):
        first, *later = whole
        if all(is_new_known(each) for each in later):
            newcomers = end_of_band(first, "band_high") + sum(map(new_at_most, later))
            if newcomers >= low:
                high = min(high, (any(map(is_open_band, whole)), newcomers))
    is_open, number = high
    return low, number, is_open


def is_estimate(session):
    return session["method"] == "estimate"


def is_open_band(session):
    return is_estimate(session) and session["band"] == "81+"


def end_of_band(session, end):
    """Of an estimate the end of its band; the open band ends at its point."""
    if not is_estimate(session) or not session["band"]:
        return session["attendance"]
    return session[end] or OPEN_BAND_POINT


def is_new_known(session):
    return session["first_time"] is not None and not session["first_time_not_known"]


def new_at_most(session):
    """Who is above the number written down may be new as well."""
    return session["first_time"] + end_of_band(session, "band_high") - session["attendance"]


def heads(found):
    return sum(each["attendance"] or 0 for each in found)


def known_faces(whole):
    """Known to be new or returning; at the first session since September everybody is new."""
    first = next(each for each in whole if each["attendance"])
    of_first = first["first_time"] is not None
    is_unknown = not is_new_known(first)
    found = sum(
        each["first_time"] + each["returning"]
        for each in whole
        if each["first_time"] is not None and each["returning"] is not None
    )
    if is_unknown:
        found += first["attendance"]
        found -= first["first_time"] + first["returning"] if of_first else 0
    return found


def grade(share, has_estimates):
    if share < 0.3:
        return "D"
    if has_estimates or share < 0.6:
        return "C"
    return "A" if share >= 0.9 else "B"


def population(part):
    """Of the service only."""
    (district,) = part.world["districts"]
    return None if part.by else Figure(district["under_19_population"])
