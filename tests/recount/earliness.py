"""ERL: how early help comes, and what becomes of it."""

from tests.recount.rows import Figure, contact, total, unregistered

EARLY = ("1", "2")
WITH_A_FAMILY = ("consultation_family", "consultation_child")
SETTLED = ("advice", "signposted", "programme")


def erl_01(part):
    """Direct minutes at level 1 or 2, out of those at a known level."""
    known = [each for each in part.direct_entries if each["of"]["need_level"]]
    early = [each for each in known if each["of"]["need_level"] in EARLY]
    return Figure(contact(early), contact(known), contact(known), contact(part.direct_entries))


def erl_02(part):
    """Talks that the family began, out of those of which it is known who did."""
    found = [each for each in part.activities if each["evening_format"] != "round_robin"]
    talks = [each for each in found if each["kind"] in WITH_A_FAMILY]
    spells = [each for each in found if each["kind"] == "playground"]
    by_family = sum(each["begun_by"] == "family" for each in talks)
    by_family += total(each["begun_by_family"] for each in spells)
    by_worker = sum(each["begun_by"] == "worker" for each in talks)
    by_worker += total(each["begun_by_worker"] for each in spells)
    known = by_family + by_worker
    return Figure(
        by_family, known, known, len(talks) + total(each["conversations"] for each in spells)
    )


def erl_03(part):
    """New cases whose family met the team informally first, out of those asked."""
    new = opened(part)
    asked = [case for case in new if case["informal_first"] in ("yes", "no")]
    met = sum(case["informal_first"] == "yes" for case in asked)
    return Figure(met, len(asked), len(asked), len(new))


def erl_04(part):
    """Talks on no case that ended with advice, signposting or a programme."""
    talks = [
        each for each in part.activities if each["kind"] in WITH_A_FAMILY and unregistered(each)
    ]
    ended = [each["outcome"] for each in talks if each["outcome"]]
    settled = sum(outcome in SETTLED for outcome in ended)
    return Figure(settled, len(ended), len(ended), len(talks))


def erl_05(part):
    """Closures that stepped up; beside them, openings that stepped down in."""
    done, new = closed(part), opened(part)
    up = sum(case["end_reason"] == "stepped_up" for case in done)
    down = sum(case["has_stepped_down_in"] for case in new)
    return Figure(up, len(done), beside=Figure(down, len(new)))


def opened(part):
    """Cases opened in these days, in the row of the team that held them first."""
    return [
        case
        for case in part.world["cases"]
        if known_on(part, case["opened_on"]) and stands_in(part, case, first_teams)
    ]


def closed(part):
    """Cases closed in these days, in the row of the team that held them last."""
    return [
        case
        for case in part.world["cases"]
        if known_on(part, case["closed_on"]) and stands_in(part, case, last_teams)
    ]


def known_on(part, day):
    return part.holds(day) and day <= part.day


def stands_in(part, case, teams_of):
    if part.by == "team":
        return part.row in teams_of(part.world, case)
    return not part.by or (case["source_agency_kind"] or None) == part.row


def first_teams(world, case):
    held = world.rows_by("allocations", "case")[case["case"]]
    first = min((each["from_on"] for each in held), default=None)
    return {each["team"] for each in held if each["from_on"] == first}


def last_teams(world, case):
    """Those that held it to its end: no last day of its own, or the latest one."""
    held = world.rows_by("allocations", "case")[case["case"]]
    until = [each["until_on"] or case["closed_on"] for each in held]
    return {each["team"] for each, last in zip(held, until, strict=True) if last == max(until)}
