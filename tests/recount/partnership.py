"""PTN: whether agencies and the service work together, and what it takes."""

from statistics import median

from tests.recount.rows import Figure, all_minutes

TOPICS = (
    "consent",
    "criteria",
    "assessment",
    "records",
    "sharing",
    "confidentiality",
    "roles",
)


def ptn_01(part):
    """Needed cells of the matrix agreed and in date on the last day, out of all needed ones."""
    agreed = agreements(part)
    in_date = [cell for cell, version in agreed.items() if version["review_due_on"] >= part.day]
    needed = [
        (agency["agency"], topic)
        for agency in partners(part)
        for topic in TOPICS
        if not is_not_needed(part, (agency["agency"], topic))
    ]
    return Figure(len(in_date), len(needed))


def ptn_02(part):
    """Agreed cells whose review was due before the last day, out of all agreed ones."""
    agreed = agreements(part)
    overdue = sum(version["review_due_on"] < part.day for version in agreed.values())
    return Figure(overdue, len(agreed))


def ptn_03(part):
    """Time on protocols, over how many cells; beside it, median days from draft to agreement."""
    worked = [each for each in part.entries if each["of"]["kind"] == "protocol_work"]
    cells = {(each["of"]["agency"], each["of"]["topic"]) for each in worked}
    # A version belongs to no team, hat or stream.
    has_median = part.by in ("", "agency_kind")
    return Figure(
        all_minutes(worked),
        across=len(cells),
        beside=draft_to_agreement(part) if has_median else None,
    )


def ptn_04(part):
    """Activities with families that a partner delivered with us."""
    kinds = {agency["agency"]: agency["kind"] for agency in part.world["agencies"]}
    delivered = {
        each["activity"]
        for each in part.world["co_deliveries"]
        if part.by != "partner_kind" or kinds[each["agency"]] == part.row
    }
    joint = sum(each["activity"] in delivered for each in part.direct_activities)
    return Figure(joint, len(part.direct_activities))


def ptn_05(part):
    """Informal contacts with partners, out of those of which it is known."""
    found = [each["formality"] for each in part.activities if each["kind"] == "partner_liaison"]
    known = [formality for formality in found if formality]
    return Figure(known.count("informal"), len(known), len(known), len(found))


def partners(part):
    """Agencies in use on the last day, without statutory social work."""
    return [
        agency
        for agency in part.world["agencies"]
        if agency["merged_into"] is None
        and (agency["archived_from_on"] is None or agency["archived_from_on"] > part.day)
        and agency["kind"] != "social_work"
        and (part.by != "agency_kind" or agency["kind"] == part.row)
    ]


def versions(part, cell):
    """The versions of one cell, the newest first."""
    found = part.world.rows_by("protocol_versions", "agency")[cell[0]]
    of_topic = [version for version in found if version["topic"] == cell[1]]
    return sorted(of_topic, key=lambda version: -version["number"])


def agreed_on(version):
    """Both sides' agreement counts, so the later day does."""
    ours, theirs = version["our_agreed_on"], version["their_agreed_on"]
    return max(ours, theirs) if ours and theirs else None


def is_over(version, day):
    return version["ended_on"] is not None and version["ended_on"] <= day


def agreements(part):
    """{cell: the version in force on the last day}; one stays while the next is negotiated."""
    found = {}
    for agency in partners(part):
        for topic in TOPICS:
            cell = agency["agency"], topic
            if is_not_needed(part, cell):
                continue
            for version in reversed(versions(part, cell)):
                agreed = agreed_on(version)
                if agreed and agreed <= part.day and not is_over(version, part.day):
                    found[cell] = version
    return found


def is_not_needed(part, cell):
    return any(
        version["not_needed_from_on"]
        and version["not_needed_from_on"] <= part.day
        and not is_over(version, part.day)
        for version in versions(part, cell)
    )


def draft_to_agreement(part):
    counted = {agency["agency"] for agency in partners(part)}
    waits = [
        (agreed_on(version) - version["drafted_on"]).days
        for version in part.world["protocol_versions"]
        if version["agency"] in counted
        and version["drafted_on"]
        and part.holds(agreed_on(version))
        and agreed_on(version) <= part.day
    ]
    return Figure(median(waits) if waits else None)
