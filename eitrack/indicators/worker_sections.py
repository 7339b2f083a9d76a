"""What one worker's time went into, section by section, for pages and for paper.

Each section says what it counts; a worker and their manager read the same ones.
"""

from collections import Counter
from dataclasses import dataclass

from eitrack.activities import kinds
from eitrack.activities.choices import Contribution, OverheadKind
from eitrack.activities.kinds import Group, KindCode
from eitrack.charts.bars import Part, bars
from eitrack.charts.planned import Plan, planned_against_actual
from eitrack.charts.values import share_in_words
from eitrack.charts.waterline import waterline
from eitrack.common.words import duration, listed, plural
from eitrack.indicators.worker_time import minutes_by
from eitrack.partnerships.choices import Topic

MOST_ROWS = 8
NO_PLACE = "Site not shown"
NO_AGENCY = "No single agency"
OWN_TEAM = "Own team"
NOTHING_SAID = (
    "Not said of anything logged in this time; the log form asks it among its folded questions."
)
IN_ORDER = (Group.UNREGISTERED, Group.CASE, Group.PARTNERSHIP, Group.OVERHEAD)


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it: a sentence, pairs of label and figure, charts."""

    code: str
    title: str
    said: str = ""
    facts: tuple = ()
    charts: tuple = ()


def waterline_of(found, when):
    """Service time on formal cases against all other service time; overhead is in neither."""
    groups = found.groups
    below = {group.value: groups[group] for group in (Group.UNREGISTERED, Group.PARTNERSHIP)}
    return waterline(groups[Group.CASE], below, when=when)


def in_all(found):
    """All of the time as sentences: what is service time, what overhead, what is contact."""
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
    """The Sections of these WorkerFigures in order, all or those whose code is in `only`."""
    return [
        SECTIONS[code][1](found, code, SECTIONS[code][0])
        for code in SECTIONS
        if only is None or code in only
    ]


def hours_by_kind(found, code, title):
    rows = {}
    for each in found.pieces:
        on_a_case = each.has_case and each.kind != KindCode.CASE_CONTACT
        minutes, times = rows.get((each.group, each.kind, on_a_case), (0, 0))
        rows[each.group, each.kind, on_a_case] = minutes + each.minutes, times + each.times
    spine = list(kinds.BY_CODE)
    in_order = sorted(rows, key=lambda key: (IN_ORDER.index(key[0]), spine.index(key[1]), key[2]))
    parts = [
        Part(
            f"{KindCode(kind).label}{', on a case' if on_a_case else ''}",
            hours_shown(rows[group, kind, on_a_case][0]),
            group=group,
            note=plural(rows[group, kind, on_a_case][1], "time", "times"),
        )
        for group, kind, on_a_case in in_order
    ]
    groups = found.groups
    said = "; ".join(
        f"{group.label.lower()} {duration(groups[group])}" for group in IN_ORDER if groups[group]
    )
    said = f"{said[0].upper()}{said[1:]}." if said else ""
    return Section(code, title, charts=(hour_bars(parts, title, "Kind of work", said),))


def hats(found, code, title):
    """Hours under each hat, and where there are several hosts the split against the plan."""
    by_hat = minutes_by(found.pieces, lambda each: str(found.hats[each.placement]))
    said = f"{plural(len(by_hat), 'hat', 'hats')}, all logged time."
    shown = hour_bars(top_parts(by_hat), title, "Hat", said)
    return Section(code, title, charts=(shown, *planned_split(found)))


def planned_split(found):
    """Each host's share of what was planned beside its share of what was logged (LOD-04)."""
    planned, actual = found.planned_by_host(), found.actual_by_host()
    hosts = {hat.host_id: str(hat.host) if hat.host_id else OWN_TEAM for hat in found.hats.values()}
    there = [host for host in hosts if planned[host] or actual[host]]
    if len(there) < 2:
        return ()
    there.sort(key=lambda host: (host is None, hosts[host].casefold()))
    return (
        planned_against_actual(
            [
                Plan(
                    hosts[host],
                    percent_of(planned, host),
                    percent_of(actual, host),
                    group="plain",
                    note=f"{duration(actual[host])} logged",
                )
                for host in there
            ],
            title="Planned and actual split between hosts",
            unit="percent",
            note="Shares of all planned and of all logged time, so leave and holidays do not tilt "
            "them.",
        ),
    )


def percent_of(minutes, host):
    return 100 * minutes[host] / minutes.total() if minutes.total() else None


def sites(found, code, title):
    by_site = minutes_by(found.pieces, lambda each: found.sites.get(each.site, NO_PLACE))
    said = f"{plural(len(by_site), 'site', 'sites')}, all logged time."
    return Section(
        code, title, charts=(hour_bars(top_parts(by_site, "sites"), title, "Site", said),)
    )


def streams(found, code, title):
    service = [each for each in found.pieces if each.is_service]
    by_stream = minutes_by(service, lambda each: found.streams[each.funding_stream])
    said = "Service time only, as funders are told."
    return Section(
        code, title, charts=(hour_bars(top_parts(by_stream, "streams"), title, "Stream", said),)
    )


def families(found, code, title):
    """Contacts with children and parents, attendances at them, and how many people that may be."""
    direct = [each for each in found.pieces if each.is_direct]
    contacts = sum(each.times for each in direct)
    unregistered = sum(each.times for each in direct if not each.has_case)
    facts = [
        ("Contacts with children or parents", plural(contacts, "activity", "activities")),
        ("Of these, on no case", f"{unregistered:,}"),
        ("Attendances", found.text_of("RCH-01")),
        ("People reached", found.text_of("RCH-03")),
        ("Direct time on no case", found.text_of("VIS-01")),
    ]
    said = "Attendances are not people: one person who comes ten times is ten."
    return Section(code, title, said, facts=tuple(fact for fact in facts if fact[1]))


def unregistered(found, code, title):
    """What was given that no case shows: sessions, consultations, attendances, partner work."""
    hidden = [each for each in found.pieces if each.is_service and not each.has_case]
    talks = [each for each in hidden if each.kind in kinds.CONSULTATIONS]
    others = [each for each in hidden if each.is_direct and each not in talks]
    partners = [each for each in hidden if each.group == Group.PARTNERSHIP and each not in talks]
    referrals = [each for each in hidden if each.kind == KindCode.REFERRAL_WORK]
    attended = sum(each.attendances for each in hidden)
    facts = (
        ("Drop-ins, groups, visits and other sessions", times_and_hours(others)),
        ("Consultations given", times_and_hours(talks)),
        ("Attendances at these", f"{attended:,}"),
        ("Work with partners", times_and_hours(partners)),
        ("Protocol topics worked on", f"{len(protocol_cells(hidden)):,}"),
        ("Requests and referrals", times_and_hours(referrals)),
    )
    minutes, service = sum(each.minutes for each in hidden), found.service_minutes
    said = f"{duration(minutes)} of service time, {share_in_words(minutes, service)} of it."
    return Section(code, title, said if hidden else "", facts=facts)


def cases(found, code, title):
    on_cases = [each for each in found.pieces if each.has_case]
    met = frozenset().union(*(each.cases for each in on_cases))
    direct = [each for each in on_cases if each.is_direct]
    facts = (
        ("Open cases held at the end", f"{found.open_cases:,}"),
        ("Cases with logged time", f"{len(met):,}"),
        ("Contacts with these families", times_and_hours(direct)),
        ("All time on formal cases", duration(sum(each.minutes for each in on_cases))),
    )
    return Section(code, title, facts=facts)


def partners(found, code, title):
    work = [each for each in found.pieces if each.group == Group.PARTNERSHIP]
    by_agency = minutes_by(work, lambda each: found.agencies.get(each.agency, NO_AGENCY))
    cells = sorted(
        f"{found.agencies.get(agency, NO_AGENCY)} ({Topic(topic).label.lower()})"
        for agency, topic in protocol_cells(work)
        if topic
    )
    more = len(cells) - MOST_ROWS
    named = [*cells[:MOST_ROWS], *([f"{more} more"] if more > 0 else [])]
    said = f"Protocols worked on: {listed(named)}." if named else ""
    agencies = len(by_agency.keys() - {NO_AGENCY})
    in_words = f"{duration(by_agency.total())} with {plural(agencies, 'agency', 'agencies')}."
    parts = top_parts(by_agency, "agencies", group=Group.PARTNERSHIP)
    return Section(code, title, said, charts=(hour_bars(parts, title, "Partner agency", in_words),))


def contribution(found, code, title):
    """Of service time: whether it was said what it contributed, and what."""
    service = [each for each in found.pieces if each.is_service]
    minutes = minutes_by(service, lambda each: each.contribution)
    words = {choice.value: choice.label for choice in Contribution} | {"": "Not said"}
    if not +Counter({key: minutes[key] for key in words if key}):
        return Section(code, title, NOTHING_SAID)
    parts = [
        Part(
            words[key],
            hours_shown(minutes[key]),
            note=share_in_words(minutes[key], minutes.total()),
        )
        for key in words
    ]
    said = "Service time, as it was said of each activity; it may be left open."
    return Section(code, title, charts=(hour_bars(parts, title, "Contribution", said),))


def supervision(found, code, title):
    overhead = [each for each in found.pieces if each.group == Group.OVERHEAD]
    words = {choice.value: choice.label for choice in OverheadKind}
    facts = []
    for key, label in words.items():
        of_kind = [each for each in overhead if each.overhead_kind == key]
        if of_kind or key == OverheadKind.SUPERVISION:
            facts.append((label, times_and_hours(of_kind)))
    if other := [each for each in overhead if each.overhead_kind not in words]:
        facts.append(("Other", times_and_hours(other)))
    return Section(code, title, facts=tuple(facts))


SECTIONS = {
    "hours": ("Hours by kind of work", hours_by_kind),
    "hats": ("Hours by hat", hats),
    "cases": ("Formal cases", cases),
    "unregistered": ("What no case shows", unregistered),
    "families": ("Contacts and people", families),
    "partners": ("Work with partners", partners),
    "contribution": ("Direct work, coordination, advocacy", contribution),
    "sites": ("Hours by site", sites),
    "streams": ("Hours by funding stream", streams),
    "supervision": ("Supervision, team, own training", supervision),
}


def protocol_cells(found):
    """Pairs of agency and topic that protocol work was about."""
    return {(each.agency, each.topic) for each in found if each.kind == KindCode.PROTOCOL_WORK}


def times_and_hours(found):
    """ "12 times, 24 h"; "none"."""
    times = sum(each.times for each in found)
    minutes = sum(each.minutes for each in found)
    return f"{plural(times, 'time', 'times')}, {duration(minutes)}" if times else "none"


def hours_shown(minutes):
    return minutes, duration(minutes)


def hour_bars(parts, title, row_header, summary):
    return bars(
        parts,
        title=title,
        row_header=row_header,
        figure_header="Hours",
        summary=summary if parts else None,
        empty="Nothing logged.",
    )


def top_parts(minutes, what="", group="plain"):
    """Parts from the most hours to the least; what is left over after a few is one row."""
    ordered = sorted(minutes.items(), key=lambda row: (-row[1], row[0].casefold()))
    first, rest = ordered, []
    if what and len(ordered) > MOST_ROWS + 1:
        first, rest = ordered[:MOST_ROWS], ordered[MOST_ROWS:]
    parts = [Part(label, hours_shown(each), group=group) for label, each in first]
    if rest:
        left = Counter(dict(rest)).total()
        parts.append(Part(f"{len(rest)} other {what}", hours_shown(left), group=group))
    return parts
