"""RCH-04, RCH-05: families with a formal case that were met, and how many stayed."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from tests.recount.rows import Figure

THIRTEEN_WEEKS = timedelta(weeks=13)


def rch_04(part):
    """Families met while their case was open; beside them, their children and adults."""
    cases = met(part)
    adults = Figure(sum(case["adults"] for case in cases))
    children = Figure(sum(case["children"] for case in cases), beside=adults)
    return Figure(len(cases), beside=children)


def rch_05(part):
    """Of families met whose case is 13 weeks old: those met three times within 13 weeks."""
    old = [case for case in met(part) if case["opened_on"] <= part.day - THIRTEEN_WEEKS]
    days = contacts(replace(part, start=part.start - THIRTEEN_WEEKS))
    stayed = [
        case
        for case in old
        if any(
            last >= part.start and last - first < THIRTEEN_WEEKS
            for first, last in zip(days[case["case"]], days[case["case"]][2:], strict=False)
        )
    ]
    return Figure(len(stayed), len(old))


def contacts(part):
    """{case: the day of each direct contact, in order}; a joint contact is one."""
    found = defaultdict(list)
    for activity in part.direct_activities:
        if activity["case"]:
            found[activity["case"]].append(activity["date"])
    return {case: sorted(days) for case, days in found.items()}


def met(part):
    """Cases open on a day of the period with at least one direct contact in it."""
    found = contacts(part)
    return [
        case
        for case in part.world["cases"]
        if case["case"] in found
        and case["opened_on"] <= part.day
        and (case["closed_on"] is None or case["closed_on"] >= part.start)
    ]
