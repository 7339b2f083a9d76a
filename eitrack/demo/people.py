"""The staff of the sample world: who they are, their hats and contracts, the days they work."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.demo import names, signins, stories
from eitrack.demo.attending import plan_days
from eitrack.demo.staff import (
    BASES,
    DAY,
    HAT_SHARES,
    LEAVER,
    NO_CASES,
    OTHER_HATS,
    STAFF,
    WEEK_MINUTES,
)
from eitrack.demo.writing import write
from eitrack.directory.choices import SiteKind
from eitrack.directory.models import Contract, Placement

SMALL_TEAM_MINUTES = 60
SMALL_TEAM_HATS = 3
SMALL_TEAM_COVERAGE = 0.9
# The leaver stayed for one part of so many of the window.
LEAVER_STAYED = 9
LEAVER_COVERAGE = 0.9


@dataclass
class Worker:
    """Somebody in the sample world, with what the generators need to know of them."""

    user: User
    team: object
    post: str
    week: tuple
    coverage: float
    hats: list = field(default_factory=list)
    small_hat: Placement | None = None
    days: frozenset = frozenset()
    leave: list = field(default_factory=list)
    marks: dict = field(default_factory=dict)

    @property
    def is_manager(self):
        return self.post == "Team manager"

    @property
    def holds_cases(self):
        return self.post not in NO_CASES

    @property
    def fte(self):
        return sum(self.week) / (5 * DAY)


def build_people(dice, window, places, count):
    """Write accounts, roles, contracts and placements.

    Returns the workers, managers first, and the one who has left.
    """
    workers = [_worker(dice, places, number) for number in range(count)]
    leaver, left_on = _leaver(places), window.days[len(window.days) // LEAVER_STAYED]
    officers = [
        User(email=sign_in.email, name=sign_in.name)
        for sign_in in (signins.DISTRICT, signins.SECOND_OFFICER)
    ]
    administrator = User(email=signins.ADMINISTRATOR.email, name=signins.ADMINISTRATOR.name)
    users = [worker.user for worker in [*workers, leaver]] + [*officers, administrator]
    password = make_password(signins.PASSWORD, salt="samplesalt2026abcdefgh")
    for user in users:
        # Only the sample accounts can sign in.
        is_sign_in = user.email in [sign_in.email for sign_in in signins.EVERYBODY]
        user.password = password if is_sign_in else "!"
        user.joined_at = stories.moment(window.start, 9, 0)
    write(users)
    write(
        [
            RoleTerm(user=worker.user, role=Role.MANAGER if worker.is_manager else Role.WORKER)
            for worker in workers
        ]
        + [
            *(RoleTerm(user=officer, role=Role.DISTRICT) for officer in officers),
            RoleTerm(user=administrator, role=Role.ADMINISTRATOR),
            RoleTerm(user=leaver.user, role=Role.WORKER, until_on=left_on),
        ]
    )
    places.district.officers.add(*officers)
    for worker in workers:
        if worker.is_manager:
            worker.team.managers.add(worker.user)
            places.managers[worker.team.pk] = worker.user
    places.small_team.managers.add(workers[0].user)
    started = window.start - timedelta(days=400)
    contracts = [_contract(worker, started) for worker in [*workers, leaver]]
    contracts[-1].until_on = left_on
    write(contracts, history=True)
    for number, worker in enumerate(workers):
        worker.hats = _hats(dice, places, worker, STAFF[number % len(STAFF)], started)
    leaver.hats = _hats(dice, places, leaver, LEAVER, started)
    leaver.hats[0].until_on = left_on
    _small_team_hats(places, workers)
    write([hat for worker in [*workers, leaver] for hat in worker.hats], history=True)
    for worker in workers:
        plan_days(dice, window, worker)
    plan_days(dice, window, leaver, left_on)
    return workers, leaver


def _worker(dice, places, number):
    post, _, _, fte = STAFF[number % len(STAFF)]
    block, place = divmod(number, len(STAFF))
    sign_in = {0: signins.MANAGER, 2: signins.WORKER}.get(number)
    first = names.FIRST_NAMES[number % len(names.FIRST_NAMES)]
    plant = names.PLANTS[number % len(names.PLANTS)]
    name = f"{first} {plant}" + (f" {block + 1}" if block else "")
    email = name.lower().replace(" ", ".") + "@sample.example"
    if sign_in:
        name, email = sign_in.name, sign_in.email
    week = WEEK_MINUTES[fte]
    turn = number % len(week)
    return Worker(
        user=User(email=sign_in.email, name=sign_in.name)
        if sign_in
        else User(email=email, name=name),
        team=places.teams[2 * block + place % 2],
        post=post,
        week=week[turn:] + week[:turn],
        coverage=stories.COVERAGE.get(email) or dice.uniform(0.70, 1),
    )


def _leaver(places):
    """Somebody who has left: the records stay, the sign-in does not work any more."""
    post, _, _, fte = LEAVER
    return Worker(
        user=User(email=names.LEAVER_EMAIL, name=names.LEAVER, is_active=False),
        team=places.teams[0],
        post=post,
        week=WEEK_MINUTES[fte],
        coverage=LEAVER_COVERAGE,
    )


def _contract(worker, started):
    fields = ("monday", "tuesday", "wednesday", "thursday", "friday")
    minutes = {f"{day}_minutes": spent for day, spent in zip(fields, worker.week, strict=True)}
    return Contract(worker=worker.user, from_on=started, **minutes)


def _hats(dice, places, worker, row, started):
    post, stream, count, _ = row
    others = [hat for hat in OTHER_HATS if hat != post]
    shares = HAT_SHARES[count]
    if worker.user.email == stories.OVERLOADED_EMAIL:
        shares = stories.OVERLOADED_SHARES
    ends = places.streams[stream]
    hats = []
    for title, share in zip([post, *dice.sample(others, count - 1)], shares, strict=True):
        kinds = BASES.get(title)
        bases = places.sites_of(*kinds) if kinds else places.sites_of(SiteKind.DISTRICT_OFFICE)
        base = dice.choice(bases)
        agreed = {
            f"has_agreed_{part}": dice.happens(0.75)
            for part in ("role", "responsibilities", "accountability", "supervision", "training")
        }
        hats.append(
            Placement(
                worker=worker.user,
                post=places.posts[title],
                team=worker.team,
                host=base.agency,
                base_site=base,
                supervising_body="" if base.agency is None else str(base.agency),
                funding_stream=ends,
                planned_minutes=round(sum(worker.week) * share),
                is_co_located=base.agency is not None,
                from_on=started,
                until_on=ends.ends_on,
                renewed_until_on=ends.renewed_until_on,
                **agreed,
            )
        )
    return hats


def _small_team_hats(places, workers):
    """A story: a third team of a few hours a week, so small that its figures are suppressed."""
    three_hats = [worker for worker in workers if len(worker.hats) == 3]
    for worker in three_hats[:SMALL_TEAM_HATS]:
        hat = worker.hats[2]
        hat.team = places.small_team
        hat.planned_minutes = SMALL_TEAM_MINUTES
        worker.small_hat = hat
        worker.coverage = max(worker.coverage, SMALL_TEAM_COVERAGE)
