"""RCH-06: do programmes keep their members?"""

from collections import defaultdict

from tests.recount.rows import Figure

KEPT_COMING = 0.75


def rch_06(part):
    """Places with three quarters of the sessions, out of those that came to session 1 or 2."""
    kept = began = ticked = held = 0
    for programme in ended(part):
        sessions = sessions_of(part.world, programme)
        came = seats(part.world, sessions)
        counted = {
            number
            for activity, number in sessions.items()
            if part.world.rows_by("seat_marks", "activity")[activity]
        }
        starters = [numbers for numbers in came.values() if numbers & {1, 2}]
        kept += sum(len(numbers & counted) >= KEPT_COMING * len(counted) for numbers in starters)
        began += len(starters)
        ticked += len(counted)
        held += len(sessions)
    return Figure(kept, began, ticked, held)


def ended(part):
    """Programmes, series with seats on single dates, whose last date lies in the period."""
    world = part.world
    found = []
    for series in world["series"]:
        dates = [row["date"] for row in world.rows_by("series_dates", "series")[series["series"]]]
        is_over = series["seats"] and part.holds(max(dates)) and max(dates) <= part.day
        if is_over and (part.by != "team" or part.row in teams_of(world, series)):
            found.append(series)
    return found


def teams_of(world, series):
    """Whose workers delivered it."""
    return {entry["team"] for entry in world.counted if entry["of"]["series"] == series["series"]}


def sessions_of(world, series):
    """{activity: session number} of those that were held."""
    return {
        entry["activity"]: entry["of"]["session_number"]
        for entry in world.counted
        if entry["of"]["series"] == series["series"]
    }


def seats(world, sessions):
    """{seat: the sessions it came to or made up for}."""
    came = defaultdict(set)
    for activity, number in sessions.items():
        for mark in world.rows_by("seat_marks", "activity")[activity]:
            if mark["is_present"]:
                came[mark["seat"]] |= {number, mark["makes_up_for"]} - {None}
    return came
