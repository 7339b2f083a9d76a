"""What happens on each day, and who leads it and joins in; details and minutes come later."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import accumulate

from eitrack.activities.choices import Status, VoidReason
from eitrack.activities.kinds import KindCode
from eitrack.demo import places as p
from eitrack.demo import volumes
from eitrack.demo.seasons import season

# Which posts a kind falls to more often (others 1).
SUITS = {
    KindCode.CONSULTATION_CHILD: {"School liaison social worker": 3, "BEST social worker": 3},
    KindCode.CONSULTATION_PROFESSIONAL: {"School liaison social worker": 2},
    KindCode.TRAINING_GIVEN: {"Domestic violence social worker": 4},
    KindCode.OUTREACH: {"Sure Start social worker": 2, "Vietnamese community social worker": 4},
}
# A full day makes room for another day.
DAYS_TRIED = 5
# Kinds that managers take part in, without leading them.
WITH_MANAGERS = (KindCode.MEETING_SERVICE, KindCode.PROTOCOL_WORK, KindCode.AWAY_DAY)
PHONE_SHARE = {
    KindCode.CASE_CONTACT: 0.5,
    KindCode.CONSULTATION_FAMILY: 0.3,
    KindCode.CONSULTATION_PROFESSIONAL: 0.35,
    KindCode.PARTNER_LIAISON: 0.6,
}


@dataclass
class Happening:
    """One activity in the making. `team` is the workers on it, the lead first."""

    row: volumes.Row
    date: object
    site: object = None
    series: object = None
    case: object = None
    starts_at: object = None
    team: list = field(default_factory=list)
    hats: list = field(default_factory=list)
    minutes: list = field(default_factory=list)
    partners: list = field(default_factory=list)
    attendance: int | None = None
    fields: dict = field(default_factory=dict)

    recorded_at: object = None
    received_at: object = None

    @property
    def lead(self):
        return self.team[0]

    def logged_again(self):
        """The same activity as the colleague logged it, voided afterwards."""
        return replace(
            self,
            team=self.team[1:2],
            hats=self.hats[1:2],
            minutes=self.minutes[1:2],
            partners=[],
            fields={**self.fields, "status": Status.VOID, "void_reason": VoidReason.TWICE},
        )


class Rota:
    """Who is at work on a day, and how much of the day is taken already."""

    def __init__(self, dice, window, workers):
        self.dice = dice
        self.practitioners = [worker for worker in workers if not worker.is_manager]
        self.managers = [worker for worker in workers if worker.is_manager]
        self.taken = defaultdict(float)
        self.at_work = {
            day: [worker for worker in self.practitioners if day in worker.days]
            or self.practitioners
            for day in window.days
        }
        self.managers_in = {
            day: [worker for worker in self.managers if day in worker.days] for day in window.days
        }

    def left(self, worker, day):
        """Minutes of the day that are not taken yet."""
        return worker.week[day.weekday()] - self.taken[worker.user.email, day]

    def somebody_has_time(self, day):
        return any(self.left(worker, day) > 0 for worker in self.at_work[day])

    def take(self, worker, row, day):
        self.taken[worker.user.email, day] += row.entry_minutes
        return worker

    def lead_for(self, row, day):
        """Somebody at work that day, rather with time left, rather of a post that suits."""
        suits = SUITS.get(row.kind, {})
        weights = [
            suits.get(worker.post, 1) * max(1, self.left(worker, day)) ** 2
            for worker in self.at_work[day]
        ]
        return self.take(self.dice.choices(self.at_work[day], weights)[0], row, day)

    def join(self, happening, number):
        """Add colleagues, seven in ten of them of the lead's team."""
        day = happening.date
        for _ in range(number):
            others = [
                worker
                for worker in self.at_work[day]
                + (self.managers_in[day] if happening.row.kind in WITH_MANAGERS else [])
                if worker not in happening.team
            ]
            if not others:
                return
            weights = [
                (7 if worker.team == happening.lead.team else 3)
                * max(1, self.left(worker, day)) ** 2
                for worker in others
            ]
            worker = self.dice.choices(others, weights)[0]
            happening.team.append(self.take(worker, happening.row, day))


def quotas(row, window, scale):
    """How many of a row belong in each year of the window: [(days, number)]."""
    return [
        (days, round(row.activities * scale * window.share_of_year(row, days)))
        for days in window.years
    ]


def days_of(dice, row, window, scale):
    """For each of a year's number a few days, drawn by their weight, to choose one from."""
    for days, number in quotas(row, window, scale):
        weights = list(accumulate(window.weight(row, day) for day in days))
        for _ in range(number):
            yield dice.choices(days, cum_weights=weights, k=DAYS_TRIED)


def case_contacts(dice, rota, row, window, caseloads, scale):
    """Contacts on cases that are open that day, by a holder who is at work and has time."""
    found, on_day = [], {}
    for days in days_of(dice, row, window, scale):
        options = []
        for day in days:
            if day not in on_day:
                loads = [load for load in caseloads if load.holder_on(day)]
                free = [load for load in loads if day in load.holder_on(day).days]
                on_day[day] = free or loads
            for load in dice.choices(on_day[day], k=2) if on_day[day] else ():
                holder = load.holder_on(day)
                options.append((rota.left(holder, day), day, holder, load))
            if any(left > 0 for left, *_ in options):
                break
        if options:
            _, day, holder, load = max(options, key=lambda option: option[0])
            rota.take(holder, row, day)
            found.append(Happening(row, day, case=load, team=[holder]))
    return sorted(found, key=lambda happening: happening.date)


def unplanned(dice, rota, row, window, scale):
    """By somebody at work, on a day on which somebody has time."""
    found = []
    for days in days_of(dice, row, window, scale):
        day = next((day for day in days if rota.somebody_has_time(day)), days[0])
        found.append(Happening(row, day, team=[rota.lead_for(row, day)]))
    return sorted(found, key=lambda happening: happening.date)


def add_colleagues(dice, rota, row, happenings):
    """Joint work: as many more time entries than activities as the table says."""
    extra = round(len(happenings) * (row.entries / row.activities - 1))
    everywhere, rest = divmod(extra, len(happenings)) if happenings else (0, 0)
    more = set(dice.sample(range(len(happenings)), rest))
    for index, happening in enumerate(happenings):
        rota.join(happening, everywhere + (index in more))


def choose_hat(dice, worker, site):
    """The hat whose host the site belongs to, else by planned hours; never the pilot team's."""
    hats = [hat for hat in worker.hats if hat is not worker.small_hat]
    own = [hat for hat in hats if hat.host_id and hat.host_id == site.agency_id]
    return own[0] if own else dice.choices(hats, [hat.planned_minutes for hat in hats])[0]


def choose_site(dice, window, places, happening):
    """Home, phone, a school (in term), else a centre, a hall or the lead's base."""
    row, day = happening.row, happening.date
    if row.is_at_home:
        return places.sites[p.HOME]
    if row.kind in (KindCode.OVERHEAD, KindCode.REFERRAL_WORK):
        return dice.choice(places.sites_of(p.S.DISTRICT_OFFICE))
    if dice.happens(PHONE_SHARE.get(row.kind, 0)):
        return places.sites[p.REMOTE]
    school = row.school_share
    if day not in window.school_days and school < 1:
        school *= 0.05 / max(season(row, day, False), 0.05)
    bases = [hat.base_site for hat in happening.lead.hats]
    at_school = dice.happens(school)
    near = [site for site in bases if ("school" in site.kind) == at_school]
    if near and dice.happens(0.6):
        return dice.choice(near)
    if at_school:
        return dice.choice(places.schools)
    if row.kind == KindCode.OUTREACH:
        return dice.choice([*places.halls, *places.sites_of(p.S.OTHER)])
    return dice.choice([*places.centres, *places.centres, *places.halls])
