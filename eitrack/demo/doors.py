"""Requests in and referrals on of the sample world, and the link workers they go to.

780 requests a year, three in four met within five working days; 160 referrals on to statutory
social work a year, 70 % accepted, 55 % fast-track, decided in a median of 9 against 31 hours.
"""

from datetime import timedelta

from eitrack.cases.choices import Decision, ReferralOutcome, Route
from eitrack.cases.models import Referral, Request
from eitrack.common.choices import NeedLevel, Purpose
from eitrack.demo import signins, volumes
from eitrack.demo.calendar import add_working_days, is_working_day
from eitrack.demo.stories import moment
from eitrack.demo.writing import write
from eitrack.directory.choices import AgencyKind
from eitrack.directory.models import Agency, LinkWorker

REQUESTS, REFERRALS = 780, 160
MET_IN_TIME, FAST_TRACK, ACCEPTED = 0.74, 0.55, 0.70
HOURS_FAST, HOURS_STANDARD = 9, 31
ROUTES = {Route.STANDARD: 60, Route.SELF: 30, Route.FAST_TRACK: 10}
DECISIONS = {
    Decision.CASE: 35,
    Decision.CONSULTATION: 20,
    Decision.GROUP: 15,
    Decision.ADVICE: 15,
    Decision.SIGNPOSTED: 10,
    Decision.REDIRECTED: 5,
}
OUTCOMES = {ReferralOutcome.NO_ACTION: 20, ReferralOutcome.REDIRECTED: 10}
ASSESSMENT_TEAM = "Referral and assessment team"
LINK_WORKERS = ("Robin Reed", "Sasha Sorrel", "Toni Teasel")


def write_doors(dice, window, places, staff):
    """The last ones are still waiting; one is due today on the sample worker's page."""
    scale = len(staff) / volumes.STAFF_IN_TABLE * len(window.days) / 253
    workers = [worker for worker in staff if worker.holds_cases]
    # The last day is a morning in progress: nothing of it has come in yet.
    past = window.days[:-1]
    days = sorted(dice.choices(past, k=round(REQUESTS * scale)))
    requests = [_request(dice, window, places, dice.choice(workers), day) for day in days]
    requests.append(_due_now(window, staff))
    write(requests, history=True)
    people = _link_workers(window, places.district)
    days = sorted(dice.choices(past, k=round(REFERRALS * scale)))
    referrals = [_referral(dice, window, dice.choice(workers), people, day) for day in days]
    waiting = _referral(dice, window, _sample_worker(staff), people, past[-1])
    waiting.outcome, waiting.decided_at = "", None
    referrals.append(waiting)
    write(referrals, history=True)


def _request(dice, window, places, worker, day):
    agencies = list(places.agencies.values())
    one = Request(
        team=worker.team,
        taken_by=worker.user,
        worker=worker.user,
        received_at=moment(day, dice.randint(9, 17), dice.choice((0, 10, 20, 40))),
        from_agency=dice.choice(agencies) if dice.happens(0.7) else None,
        route=dice.weighted(ROUTES),
        purpose=dice.choice(Purpose.values),
        need_level=dice.weighted({NeedLevel.UNIVERSAL: 20, NeedLevel.TARGETED: 80}),
        form_token=dice.token(),
    )
    one.start_clock()
    after = dice.randint(0, 5) if dice.happens(MET_IN_TIME) else dice.randint(6, 9)
    met = add_working_days(one.received_on, after)
    decided = add_working_days(met, dice.randint(0, 4))
    if met <= window.until:
        one.first_contact_on = met
    if decided <= window.until:
        one.decision, one.decided_on = dice.weighted(DECISIONS), decided
    return _dated(one, one.received_at, worker)


def _due_now(window, staff):
    """Received so that it is due on the last working day, and nobody has met the family yet."""
    worker = _sample_worker(staff)
    received, left = window.last_working_day, 5
    while left:
        received -= timedelta(days=1)
        left -= is_working_day(received)
    one = Request(
        team=worker.team,
        taken_by=worker.user,
        worker=worker.user,
        received_at=moment(received, 11, 20),
        purpose=Purpose.PARENTING,
    )
    one.start_clock()
    return _dated(one, one.received_at, worker)


def _sample_worker(staff):
    return next(worker for worker in staff if worker.user.email == signins.WORKER.email)


def _link_workers(window, district):
    """Of the district's own team: no partner of the matrix of protocols."""
    agency = Agency.objects.create(name=ASSESSMENT_TEAM, kind=AgencyKind.SOCIAL_WORK)
    people = [
        LinkWorker(
            district=district,
            agency=agency,
            name=name,
            job="Duty social worker",
            from_on=window.start - timedelta(days=200),
        )
        for name in LINK_WORKERS
    ]
    return write(people, history=True)


def _referral(dice, window, worker, people, day):
    """Sent on this day; what would be decided on the last day still waits."""
    to = dice.choice(people)
    is_fast = dice.happens(FAST_TRACK)
    sent_at = moment(day, dice.randint(9, 16), dice.choice((5, 15, 25, 45)))
    hours = dice.around(HOURS_FAST if is_fast else HOURS_STANDARD, 4)
    # Working hours run from 9 to 17 o'clock.
    days_later, after_nine = divmod(sent_at.hour - 9 + hours, 8)
    decided_on = add_working_days(day, int(days_later))
    one = Referral(
        team=worker.team,
        worker=worker.user,
        destination=to.agency,
        link_worker=to if is_fast else None,
        is_statutory=True,
        route=Route.FAST_TRACK if is_fast else Route.STANDARD,
        need_level=dice.weighted({NeedLevel.STATUTORY: 85, NeedLevel.STATUTORY_HIGH: 15}),
        sent_at=sent_at,
        form_token=dice.token(),
    )
    if decided_on < window.until:
        accepted = dice.happens(ACCEPTED)
        one.outcome = ReferralOutcome.ACCEPTED if accepted else dice.weighted(OUTCOMES)
        one.decided_at = max(sent_at, moment(decided_on, 9 + int(after_nine), sent_at.minute))
    return _dated(one, sent_at, worker)


def _dated(record, at, worker):
    record._history_date, record._history_user = at, worker.user
    return record
