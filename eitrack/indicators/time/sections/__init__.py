"""What the time of one worker went into, section by section, for pages and for paper.

Each section says what it counts; worker and manager read the same sections.
"""

from eitrack.activities.kinds import Group
from eitrack.charts.waterline import waterline
from eitrack.common.words import duration
from eitrack.indicators.time.sections import hours, work


def waterline_of(found, when):
    """Service time on formal cases against all other service time; overhead is in neither."""
    groups = found.groups
    below = {group.value: groups[group] for group in (Group.UNREGISTERED, Group.PARTNERSHIP)}
    return waterline(groups[Group.CASE], below, when=when)


def in_all(found):
    """All time in sentences: service time, overhead, contact."""
    if found.is_empty:
        return ""
    contact, before, travel = (
        sum(getattr(each, name) for each in found.pieces)
        for name in ("contact", "preparation", "travel")
    )
    service, overhead = found.service_minutes, found.groups[Group.OVERHEAD]
    return (
        f"{duration(service + overhead)} in all: {duration(service)} of service time, and "
        f"{duration(overhead)} of supervision, team and own training. {duration(contact)} were at "
        f"the work itself, {duration(before)} preparation, {duration(travel)} travel."
    )


def sections(found, only=None):
    """The Sections of these WorkerFigures in order; all, or those whose code is in `only`."""
    return [
        SECTIONS[code][1](found, code, SECTIONS[code][0])
        for code in SECTIONS
        if only is None or code in only
    ]


SECTIONS = {
    "hours": ("Hours by kind of work", hours.hours_by_kind),
    "hats": ("Hours by hat", hours.hats),
    "cases": ("Formal cases", work.cases),
    "unregistered": ("What no case shows", work.unregistered),
    "families": ("Contacts and people", work.families),
    "partners": ("Work with partners", work.partners),
    "contribution": ("Direct work, coordination, advocacy", work.contribution),
    "sites": ("Hours by site", hours.sites),
    "streams": ("Hours by funding stream", hours.streams),
    "supervision": ("Supervision, team, own training", hours.supervision),
}
