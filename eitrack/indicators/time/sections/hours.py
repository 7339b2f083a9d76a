"""Where the hours went: by kind of work, hat, site, stream, and overhead."""

from eitrack.activities import kinds
from eitrack.activities.choices import OverheadKind
from eitrack.activities.kinds import Group, KindCode
from eitrack.charts.bars import Part
from eitrack.charts.planned import Plan, planned_against_actual
from eitrack.common.words import duration, plural
from eitrack.indicators.measures.pieces import minutes_by
from eitrack.indicators.time.sections.section import (
    Section,
    hour_bars,
    hours_shown,
    times_and_hours,
    top_parts,
)

NO_PLACE = "Site not shown"
OWN_TEAM = "Own team"
IN_ORDER = (Group.UNREGISTERED, Group.CASE, Group.PARTNERSHIP, Group.OVERHEAD)


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
    """Hours under each hat; with several hosts, also the split against the plan."""
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
