"""Drop-ins, groups and playground spells: series that repeat on their weekday."""

from collections import Counter
from dataclasses import dataclass
from datetime import time
from itertools import count
from math import ceil

from eitrack.activities.choices import NotRunReason
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import Series
from eitrack.demo import names, planned, programmes, signins, stories, volumes
from eitrack.demo.happenings import Happening, quotas
from eitrack.demo.seasons import WEEKDAYS
from eitrack.demo.writing import write
from eitrack.directory.choices import SiteKind

MORNING, AFTERNOON = time(8, 35), time(15, 5)
STARTS = {
    KindCode.DROP_IN: (time(9, 30), time(10, 0), time(13, 0), time(13, 30)),
    KindCode.GROUP_SESSION: (time(9, 30), time(10, 0), time(13, 15), time(16, 0), time(18, 0)),
    KindCode.PLAYGROUND: (MORNING, AFTERNOON),
}
NOT_RUN = {
    NotRunReason.CANCELLED_BY_HOST: 35,
    NotRunReason.NO_ROOM: 20,
    NotRunReason.NOBODY_AVAILABLE: 30,
    NotRunReason.WEATHER: 10,
    NotRunReason.OTHER: 5,
}
# Of the sessions due but not held, so many were recorded as "did not run".
RECORDED_NOT_RUN = 0.4
SPARE_SLOTS = 1.04
KINDS = tuple(STARTS)


@dataclass
class Slot:
    """One place on the timetable of a week, with the worker who usually leads it.

    A programme runs term by term, each run a series of its own.
    """

    name: str
    series: list[Series]
    weekday: int
    starts_at: time
    lead: object
    is_sample: bool = False

    def on(self, day):
        """The series that runs on this day, if one does."""
        return next(
            (
                series
                for series in self.series
                if series.from_on <= day and (series.until_on is None or day <= series.until_on)
            ),
            None,
        )


def build_timetable(dice, window, places, workers, rows):
    """Write the series; {row: slots}."""
    practitioners = [worker for worker in workers if not worker.is_manager]
    scale, booked = len(workers) / volumes.STAFF_IN_TABLE, Counter()
    slots = {row: _slots(dice, window, places, practitioners, row, scale, booked) for row in rows}
    planned.give_rules(rows, slots)
    series = {id(each): each for row in rows for slot in slots[row] for each in slot.series}
    write(list(series.values()), history=True)
    planned.write_leads(rows, slots)
    return slots


def _slots(dice, window, places, practitioners, row, scale, booked):
    """As many weekly slots as hold the year's number, with a few to spare."""
    weeks = len(window.school_days & {d for d in window.days if d.weekday() == 2}) or 1
    others = sum(1 for d in window.days if d.weekday() == 2) - weeks
    a_slot = weeks + (0.6 * others if row.kind == KindCode.DROP_IN else 0)
    due = sum(number for _, number in quotas(row, window, scale))
    number = ceil(SPARE_SLOTS * due / a_slot)
    slots = []
    if row.kind == KindCode.DROP_IN:
        slots.append(_sample_slot(window, places, practitioners, row))
    gates = {}
    while len(slots) < number:
        weekday = _fewest(dice, slots)
        starts_at = dice.choice(STARTS[row.kind])
        lead = _free_lead(dice, practitioners, weekday, booked)
        booked[lead.user.email, weekday] += row.entry_minutes
        if row.kind == KindCode.PLAYGROUND:
            gate = _gate(window, places, row, gates, len(slots), weekday, starts_at, lead)
            name, series = gate.name, [gate]
        else:
            site = _site(dice, places, lead, row)
            name = _name(dice, row, site, weekday, [slot.name for slot in slots])
            series = _runs_of(
                _series(window, row, places, name, site, lead, len(slots)), window, len(slots)
            )
        slots.append(Slot(name, series, weekday, starts_at, lead))
    return slots


def _fewest(dice, slots):
    """The weekday that holds the fewest slots for its weight."""
    held = Counter(slot.weekday for slot in slots)
    return min(range(5), key=lambda day: (held[day] + dice.random()) / WEEKDAYS[day])


def _free_lead(dice, practitioners, weekday, booked):
    """Somebody at work on this weekday, whose timetable holds least on it."""
    at_work = [worker for worker in practitioners if worker.week[weekday]]

    def fullness(worker):
        return (booked[worker.user.email, weekday] + 30 * dice.random()) / worker.week[weekday]

    return min(at_work, key=fullness)


def _gate(window, places, row, gates, turn, weekday, starts_at, lead):
    """The series of a school's gate, mornings or afternoons; each has a weekday once."""
    schools = places.sites_of(SiteKind.PRIMARY_SCHOOL)
    school = schools[turn % len(schools)]
    when = "mornings" if starts_at == MORNING else "afternoons"
    for number in count(1):
        name = f"{school.name} gate, {when}" + (f" ({number})" if number > 1 else "")
        if name not in gates:
            gates[name] = (_series(window, row, places, name, school, lead), set())
        series, weekdays = gates[name]
        if weekday not in weekdays:
            weekdays.add(weekday)
            return series


def _sample_slot(window, places, practitioners, row):
    sample = next(w for w in practitioners if w.user.email == signins.WORKER.email)
    weekday = stories.sample_weekday(window)
    site = places.sites[stories.SAMPLE_SITE]
    name = f"Ladybird {DAYS[weekday]} drop-in"
    series = _series(window, row, places, name, site, sample)
    return Slot(name, [series], weekday, time(9, 30), sample, is_sample=True)


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def _site(dice, places, lead, row):
    bases = [hat.base_site for hat in lead.hats if hat.base_site in places.centres]
    if bases and dice.happens(0.5):
        return dice.choice(bases)
    if row.kind == KindCode.GROUP_SESSION and dice.happens(row.school_share):
        return dice.choice(places.schools)
    return dice.choice([*places.centres, *places.centres, *places.halls])


def _name(dice, row, site, weekday, taken):
    words = names.DROP_INS if row.kind == KindCode.DROP_IN else names.GROUPS
    name = f"{dice.choice(words)}, {site.name}"
    name = name if name not in taken else f"{name}, {DAYS[weekday]}s"
    return name if name not in taken else f"{name}, {len(taken) + 1}"


def _series(window, row, places, name, site, lead, number=0):
    types = places.types[row.kind]
    return Series(
        name=name,
        activity_type=types[number % len(types)],
        site=site,
        team=lead.team,
        from_on=window.start,
    )


def _runs_of(series, window, number):
    """The series itself; of a programme its runs, which the rules of a series come to later."""
    if series.activity_type.name != programmes.PROGRAMME:
        return [series]
    return [
        Series(
            name=f"{series.name}, {run}",
            activity_type=series.activity_type,
            site=series.site,
            team=series.team,
            from_on=first,
            until_on=last,
            seats=programmes.SEATS,
        )
        for run, first, last in programmes.runs(window, number)
    ]


def sessions(dice, rota, row, window, slots, scale):
    """The sessions held, each year's number, and those recorded as not run."""
    due, planted = [], []
    for slot in slots:
        sample_days = stories.always_at_work(window) if slot.is_sample else []
        for day in window.days:
            if day.weekday() != slot.weekday or day == window.last_working_day or not slot.on(day):
                continue
            if day in sample_days:
                planted.append((slot, day))
            elif window.weight(row, day) and dice.happens(_runs(row, window, day)):
                due.append((slot, day))
    held, missed = list(planted), []
    for days, number in quotas(row, window, scale):
        this_year = [pair for pair in due if days[0] <= pair[1] <= days[-1]]
        room = max(0, number - sum(days[0] <= day <= days[-1] for _, day in planted))
        dice.shuffle(this_year)
        held += this_year[:room]
        missed += this_year[room:]
    held, missed = (sorted(pairs, key=lambda pair: pair[1]) for pairs in (held, missed))
    return (
        [_session(rota, row, slot, day) for slot, day in held],
        [
            _session(rota, row, slot, day, dice.weighted(NOT_RUN))
            for slot, day in missed
            if day in window.school_days and dice.happens(RECORDED_NOT_RUN)
        ],
    )


def _runs(row, window, day):
    if day in window.school_days:
        return 1
    return {KindCode.DROP_IN: 0.6, KindCode.GROUP_SESSION: 0.05}.get(row.kind, 0)


def _session(rota, row, slot, day, not_run=""):
    lead = slot.lead
    if day in lead.days:
        rota.take(lead, row, day)
    else:
        lead = rota.lead_for(row, day)
    series = slot.on(day)
    happening = Happening(row, day, series.site, series, starts_at=slot.starts_at)
    happening.team = [lead]
    if not_run:
        happening.fields = {"status": "did_not_run", "not_run_reason": not_run}
    return happening


def number_sessions(window, by_row):
    """Sessions of a group are numbered from the start of a term's stretch, those of a run on."""
    numbers = Counter()
    for row, happenings in by_row.items():
        if row.kind != KindCode.GROUP_SESSION:
            continue
        for happening in happenings:
            series, stretch = happening.series, 0
            if not series.seats:
                stretch = sum(1 for _, first, _ in window.terms if first <= happening.date)
            numbers[series.pk, stretch] += 1
            happening.fields["session_number"] = numbers[series.pk, stretch]
