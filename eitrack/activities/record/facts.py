"""Values of an activity in words, as the page of the record says them."""

from eitrack.activities.choices import ThresholdResult

NOT_SHOWN = "not shown"
RESULT_WORDS = {
    ThresholdResult.HELD_LOWER: "held at a lower level",
    ThresholdResult.FAST_TRACKED: "fast-tracked",
    ThresholdResult.REFERRED: "referred",
    ThresholdResult.NO_ACTION: "no further action",
}
WITH_LEVEL = {
    "": "now level {}",
    ThresholdResult.HELD_LOWER: "held at level {}",
    ThresholdResult.FAST_TRACKED: "fast-tracked at level {}",
    ThresholdResult.REFERRED: "referred at level {}",
    ThresholdResult.NO_ACTION: "level {}, no further action",
}


def site(activity):
    return activity.site if activity.has_open_site else NOT_SHOWN


def agency(activity):
    """The one that counts: its own, else the site's."""
    return activity.open_agency if activity.has_open_site else NOT_SHOWN


def request(activity):
    return activity.request_id and f"Request {activity.request_id}"


def referral(activity):
    return activity.referral_id and f"Referral {activity.referral_id}"


def case(activity):
    return activity.case_id and f"Case {activity.case_id}"


def interpreter(activity):
    return {True: "yes", False: "no"}.get(activity.has_interpreter)


def attendance(activity):
    if activity.attendance is None:
        return None
    estimate = f" ({activity.get_band_display().lower()})" if activity.band else ""
    return f"{activity.attendance}{estimate}"


def split(activity):
    if activity.children is None:
        return None
    return f"{activity.adults} adults, {activity.children} children"


def new_or_returning(activity):
    if activity.first_time is None:
        return None
    return (
        f"{activity.first_time} new, {activity.returning} returning, "
        f"{activity.first_time_not_known} not known"
    )


def threshold_advice(activity):
    """`thought to be level 3, held at level 2`; None if nobody said."""
    if not activity.has_threshold_advice:
        return None if activity.has_threshold_advice is None else "none given"
    words = RESULT_WORDS.get(activity.threshold_result, "")
    if after := activity.level_after:
        words = WITH_LEVEL[activity.threshold_result].format(after)
    before = activity.level_before and f"thought to be level {activity.level_before}"
    return ", ".join(part for part in (before, words) if part) or "given"


def seats_taken(activity):
    """`1, 4 (making up session 2)`: numbers, never names."""
    if not (activity.series and activity.series.seats):
        return None
    return ", ".join(
        f"{mark.seat} (making up session {mark.makes_up_for})"
        if mark.makes_up_for
        else f"{mark.seat}"
        for mark in activity.seat_marks.filter(is_present=True)
    )


def took_part(activity):
    if not activity.has_open_site:
        return None
    return ", ".join(str(delivery) for delivery in activity.co_deliveries.select_related("agency"))
