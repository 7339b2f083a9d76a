"""The sample world, built in order: places, people, cases, series, what happened, its records."""

from eitrack.activities.kinds import ONE_FAMILY, KindCode
from eitrack.common.planner import look_at_sizes
from eitrack.demo import stories, timetable, volumes
from eitrack.demo.attendance import count_heads, tell_evening_story
from eitrack.demo.attending import write_days
from eitrack.demo.caseload import build_cases
from eitrack.demo.commitments import write_commitments
from eitrack.demo.contribution import say_contributions, say_outcomes
from eitrack.demo.details import fill_details
from eitrack.demo.dice import Dice
from eitrack.demo.doors import write_doors
from eitrack.demo.happenings import (
    Rota,
    add_colleagues,
    case_contacts,
    choose_hat,
    choose_site,
    unplanned,
)
from eitrack.demo.minutes import spend_minutes
from eitrack.demo.people import build_people
from eitrack.demo.places import build_places
from eitrack.demo.planned import cancel_ahead, write_closed_quarters, write_waiting
from eitrack.demo.protocols import build_protocols
from eitrack.demo.records import write_records
from eitrack.demo.returns import write_returns
from eitrack.demo.staff import STAFF
from eitrack.demo.threads import write_threads
from eitrack.indicators.models import WeightSet

TWICE = 0.04


def build_world(*, workers, window, seed, tell, with_returns=True):
    """Write everything, telling each step by `tell(line)`; the caller holds the transaction."""
    dice = Dice(seed)
    WeightSet.objects.keep_one()
    tell("Places, people and their hats")
    places = build_places(window, team_count=2 * -(-workers // len(STAFF)))
    staff, leaver = build_people(dice, window, places, workers)
    write_days(dice, window, [*staff, leaver])
    write_commitments(places, staff)
    tell("Protocols with partner agencies")
    build_protocols(seed, window, places)
    tell("Formal cases")
    caseloads = build_cases(dice, window, places, staff)
    tell(f"What happened on {len(window.days)} working days")
    happenings = _happenings(dice, window, places, staff, leaver, caseloads)
    say_contributions(seed, happenings)
    say_outcomes(seed, happenings)
    write_records(dice, window, places, happenings, tell)
    tell("What is planned, settled or waiting")
    write_closed_quarters(window, places.district)
    write_waiting(dice, window, places, staff)
    tell("Requests in and referrals on")
    write_doors(dice, window, places, staff)
    write_threads(dice, window)
    cancel_ahead(dice, window)
    look_at_sizes()
    if with_returns:
        write_returns(window, places.district, tell)


def _happenings(dice, window, places, staff, leaver, caseloads):
    """Everything that happened, oldest first. What is fixed takes its time before what is not."""
    rota = Rota(dice, window, [*staff, leaver])
    scale = len(staff) / volumes.STAFF_IN_TABLE
    rows = sorted(volumes.ROWS, key=_turn)
    planned = [row for row in rows if row.kind in timetable.KINDS]
    slots = timetable.build_timetable(dice, window, places, staff, planned)
    by_row, not_run = {}, []
    for row in rows:
        if row in slots:
            by_row[row], missed = timetable.sessions(dice, rota, row, window, slots[row], scale)
            not_run += missed
        elif row.kind in (KindCode.CASE_CONTACT, KindCode.REFERRAL_WORK):
            by_row[row] = case_contacts(dice, rota, row, window, caseloads, scale)
        else:
            by_row[row] = unplanned(dice, rota, row, window, scale)
        stories.log_today(window, row, by_row[row], staff)
        add_colleagues(dice, rota, row, by_row[row])
    for row, happenings in by_row.items():
        _complete(dice, window, places, row, happenings)
    for happening in not_run:
        _place(dice, window, places, happening)
        fill_details(dice, window, places, happening)
        happening.minutes = [(0, 0, 0)]
    timetable.number_sessions(window, by_row)
    held = [happening for happenings in by_row.values() for happening in happenings]
    everything = held + not_run + _logged_twice(dice, held)
    return sorted(everything, key=lambda happening: happening.date)


def _turn(row):
    """Away days first, then what is on a timetable, then cases, then the rest, longest first."""
    order = (KindCode.AWAY_DAY, *timetable.KINDS, KindCode.CASE_CONTACT)
    return order.index(row.kind) if row.kind in order else len(order), -row.entry_minutes


def _complete(dice, window, places, row, happenings):
    for happening in happenings:
        _place(dice, window, places, happening)
    if row.kind == KindCode.OPEN_EVENING:
        stories.place_evenings(dice, places, happenings)
    if row.kind == KindCode.CONSULTATION_FAMILY:
        stories.log_for_small_team(happenings)
    count_heads(dice, row, happenings)
    if row.kind == KindCode.OPEN_EVENING:
        tell_evening_story(dice, window, happenings)
    for happening in happenings:
        fill_details(dice, window, places, happening)
    spend_minutes(dice, row, happenings)


def _place(dice, window, places, happening):
    happening.site = happening.site or choose_site(dice, window, places, happening)
    happening.hats = [choose_hat(dice, worker, happening.site) for worker in happening.team]


def _logged_twice(dice, held):
    """Joint work that the colleague logged too: what a merge leaves, a void "logged twice".

    One family's contact is never offered to be joined, so it is not among them. The record of a
    merge comes with a later issue.
    """
    return [
        happening.logged_again()
        for happening in held
        if len(happening.team) > 1 and happening.row.kind not in ONE_FAMILY and dice.happens(TWICE)
    ]
