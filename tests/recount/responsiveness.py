"""RSP: how quickly, and how fittingly, help is found for those who ask."""

from collections import defaultdict
from datetime import datetime
from statistics import median

from tests.recount.rows import DAY, Figure, days

NO_REFERRAL = ("held_lower", "no_action")


def rsp_01(part):
    """Requests met by their due day, out of those whose due day lay in these days and is over."""
    due = [
        request
        for request in part.world["requests"]
        if part.holds(request["due_on"])
        and request["due_on"] < part.today
        and is_in(part, request, "from_agency_kind")
    ]
    answered = [request for request in due if request["first_contact_on"]]
    met = sum(request["first_contact_on"] <= request["due_on"] for request in answered)
    waits = [
        part.world.working_days_after(request["received_on"], request["first_contact_on"])
        for request in answered
    ]
    return Figure(met, len(due), beside=Figure(median(waits) if waits else None))


def rsp_02(part):
    """Occasions on which a family was sent on by fast-track, out of all to statutory work."""
    occasions = defaultdict(list)
    for referral in part.world["referrals"]:
        if (
            referral["is_statutory"]
            and part.holds(referral["sent_at"].date())
            and referral["sent_at"].date() <= part.day
            and is_in(part, referral, "destination_kind")
        ):
            alone = None if referral["case"] else referral["referral"]
            occasions[referral["case"], referral["sent_at"].date(), alone].append(referral)
    fast = [any(map(is_fast, referrals)) for referrals in occasions.values()]
    hours = [
        working_hours(part.world, referral)
        for referrals in occasions.values()
        for referral in referrals
        if is_fast(referral) and referral["decided_at"]
    ]
    return Figure(sum(fast), len(fast), beside=Figure(median(hours) if hours else None))


def rsp_03(part):
    """Referrals accepted for assessment, out of those decided in these days."""
    decided = [
        referral
        for referral in part.world["referrals"]
        if referral["decided_at"]
        and part.holds(referral["decided_at"].date())
        and referral["outcome"] not in ("", "withdrawn")
        and is_in(part, referral, "destination_kind")
    ]
    return Figure(sum(each["outcome"] == "accepted" for each in decided), len(decided))


def rsp_04(part):
    """Advice on thresholds to professionals; beside it, after how much no referral was needed."""
    advice = [
        each["threshold_result"]
        for each in part.activities
        if each["kind"] == "consultation_professional" and each["has_threshold_advice"]
    ]
    known = [result for result in advice if result]
    none_needed = sum(result in NO_REFERRAL for result in known)
    return Figure(len(advice), beside=Figure(none_needed, len(known), len(known), len(advice)))


def is_in(part, record, kind):
    if part.by == "team":
        return record["team"] == part.row
    return not part.by or (record[kind] or None) == part.row


def is_fast(referral):
    return referral["route"] == "fast_track" and referral["has_link_worker"]


def working_hours(world, referral):
    """Hours from sending to decision within the district's hours on working days."""
    (district,) = world["districts"]
    start, end = referral["sent_at"], referral["decided_at"]
    hours = 0
    for day in days(start.date(), end.date()):
        if world.is_working_day(day):
            opens = datetime.combine(day, district["opens_at"], start.tzinfo)
            closes = datetime.combine(day, district["closes_at"], start.tzinfo)
            # Compared as the clock on the wall showed them.
            since = max(opens, start.replace(tzinfo=opens.tzinfo))
            until = min(closes, end.replace(tzinfo=closes.tzinfo))
            hours += max(0, (until - since) / DAY * 24)
    return hours
