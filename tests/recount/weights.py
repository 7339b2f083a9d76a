"""The points of a worker's load, as INDICATORS part 5 proposes them (LOD-01)."""

from datetime import timedelta

from tests.recount.partnership import agreed_on, is_over
from tests.recount.rows import runs_on
from tests.recount.staff import full_time_on

STABLE = 15
MOST_EXTRAS = 2
# Points of a series with a session every week.
WEEKLY = {"drop_in": 9, "outreach": 9, "group_session": 10}
PROGRAMME = {"lead": 12, "co_lead": 9}
DAILY_PLAYGROUND = 7
DAYS_IN_FOUR_WEEKS = 20
PANEL = 2
SESSIONS = {"weekly": 4, "fortnightly": 2, "monthly": 1}
COMMITMENTS = {"school_half_day": 12, "daily_playground": 7, "panel": PANEL, "protocol_lead": 1}
NEGOTIATION = 2
OPEN_EVENING = 3


def points(part, worker):
    """The stable part by hours, cases, and standing commitments on the last day."""
    world, day = part.world, part.day
    held = [each for each in world.rows_by("allocations", "worker")[worker] if runs_on(each, day)]
    return (
        STABLE * full_time_on(world, worker, day)
        + sum(case_points(world, each["case"], day) for each in held)
        + sum(role_points(world, role, day) for role in roles(world, worker, day))
        + commitment_points(part, worker)
        + OPEN_EVENING * open_evenings(world, worker, day)
    )


def case_points(world, number, day):
    """Nothing where the case had closed before; else by its level on the day, and what adds."""
    (case,) = world.rows_by("cases", "case")[number]
    if case["closed_on"] and case["closed_on"] < day:
        return 0
    levels = [
        spell["level"]
        for spell in world.rows_by("level_spells", "case")[number]
        if runs_on(spell, day)
    ]
    extras = bool(case["has_long_travel"]) + bool(case["has_interpreter"]) + (case["children"] >= 4)
    agencies = len(world.rows_by("case_agencies", "case")[number])
    if case["is_winding_down"]:
        base = 2
    elif any(level in ("3", "4") for level in levels):
        base = 6
    else:
        base = 5 if agencies >= 2 else 4
    return base + min(MOST_EXTRAS, extras)


def roles(world, worker, day):
    """Lead and co-lead of series that run on the day; a co-worker helps out."""
    return [
        role
        for role in world.rows_by("series_workers", "worker")[worker]
        if role["role"] in PROGRAMME
        and runs_on(role, day)
        and all(
            runs_on(series, day) for series in world.rows_by("series", "series")[role["series"]]
        )
    ]


def role_points(world, role, day):
    """By how often the series meets; on single dates, as often as in the last four weeks."""
    (series,) = world.rows_by("series", "series")[role["series"]]
    last_weeks = [
        row
        for row in world.rows_by("series_dates", "series")[role["series"]]
        if day - timedelta(weeks=4) < row["date"] <= day
    ]
    sessions = SESSIONS.get(series["repeat"], len(last_weeks))
    if series["kind"] == "group_session" and series["seats"]:
        return PROGRAMME[role["role"]] * sessions / 4
    if series["kind"] == "playground":
        return DAILY_PLAYGROUND * sessions / DAYS_IN_FOUR_WEEKS
    if series["kind"] == "meeting_service":
        return PANEL * sessions
    return WEEKLY.get(series["kind"], 0) * sessions / 4


def commitment_points(part, worker):
    found = 0
    for commitment in part.world.rows_by("commitments", "worker")[worker]:
        if runs_on(commitment, part.day):
            found += COMMITMENTS[commitment["kind"]]
            if commitment["kind"] == "protocol_lead":
                found += NEGOTIATION * is_negotiating(part, commitment["agency"])
    return found


def is_negotiating(part, agency):
    """Whether a version with the agency is negotiated on the day and not agreed yet."""
    return any(
        version["negotiating_from_on"]
        and version["negotiating_from_on"] <= part.day
        and not is_over(version, part.day)
        and not (agreed_on(version) and agreed_on(version) <= part.day)
        for version in part.world.rows_by("protocol_versions", "agency")[agency]
    )


def open_evenings(world, worker, day):
    """Those logged in the month of the day, up to it."""
    return sum(
        entry["of"]["kind"] == "open_evening" and day.replace(day=1) <= entry["date"] <= day
        for entry in world.counted
        if entry["worker"] == worker
    )
