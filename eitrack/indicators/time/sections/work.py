"""What the work was: with families, on cases, with partners, and without a case."""

from collections import Counter

from eitrack.activities import kinds
from eitrack.activities.choices import Contribution
from eitrack.activities.kinds import Group, KindCode
from eitrack.charts.bars import Part
from eitrack.charts.values import share_in_words
from eitrack.common.words import duration, listed, plural
from eitrack.indicators.measures.pieces import minutes_by
from eitrack.indicators.time.sections.section import (
    MOST_ROWS,
    Section,
    hour_bars,
    hours_shown,
    times_and_hours,
    top_parts,
)
from eitrack.partnerships.choices import Topic

NO_AGENCY = "No single agency"
NOTHING_SAID = (
    "Not said of anything logged in this time; the log form asks it among its folded questions."
)


def families(found, code, title):
    """Contacts with children and parents, attendances, and the range of people they may be."""
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
    """Work without a case: sessions, consultations, attendances, partner work."""
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
    """Service time by contribution, and how much has none recorded."""
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


def protocol_cells(found):
    """Pairs of agency and topic that protocol work was about."""
    return {(each.agency, each.topic) for each in found if each.kind == KindCode.PROTOCOL_WORK}
