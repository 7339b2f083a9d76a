"""What is planted on purpose, so that the pages have something to tell.

- A worker with two hats, each planned at 60 % of a week, who carries twice the usual cases.
- A school where round-robin evenings lift our conversations from about 9 to about 60.
- Neighbourhood Renewal ends on 31 March and is not renewed (`places.STREAMS`).
- A pilot team of a few hours a week whose breakdown is suppressed (`people.SMALL_TEAM_HATS`).
- A worker who logs about half of their days; another who was away for twelve weeks.
- The sample worker: a drop-in on this weekday in the weeks before, something logged today.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eitrack.activities.kinds import KindCode
from eitrack.common.periods import Period
from eitrack.demo.signins import MANAGER, WORKER

LONDON = ZoneInfo("Europe/London")

OVERLOADED_EMAIL = "dan.daffodil@sample.example"
OVERLOADED_SHARES = (0.6, 0.6)
OVERLOADED_CASES = 14
# One worker logs about half of their days, another was away for twelve weeks.
SELDOM_EMAIL = "kate.kale@sample.example"
LONG_AWAY_EMAIL = "yan.zinnia@sample.example"
LONG_AWAY_WEEKS, BACK_FOR_WEEKS = 12, 18
# What part of their days somebody logs, where it is not drawn.
COVERAGE = {WORKER.email: 1, MANAGER.email: 1, SELDOM_EMAIL: 0.5}

EVENING_SCHOOL = "Kingfisher Primary School"
EVENINGS_BEFORE, EVENINGS_AFTER = 9, 60

SAMPLE_SITE = "Ladybird Children's Centre"
SAMPLE_WEEKS = 8
# Unregistered talks a quarter in the pilot team: fewer than eight, so that they are not published.
SMALL_TEAM_TALKS = 4
TODAY = {
    KindCode.CONSULTATION_FAMILY: time(8, 40),
    KindCode.CONSULTATION_PROFESSIONAL: time(9, 5),
}


def moment(day, hour, minute):
    return datetime.combine(day, time(hour, minute), LONDON)


def sample_weekday(window):
    """The weekday of the sample worker's drop-in: that of the last day, so that it is due."""
    return window.last_working_day.weekday()


def always_at_work(window):
    """The drop-in days of the sample worker in the last eight weeks."""
    since = window.until - timedelta(weeks=SAMPLE_WEEKS)
    weekday = sample_weekday(window)
    return [
        day
        for day in window.days
        if since <= day < window.last_working_day and day.weekday() == weekday
    ]


def round_robin_since(window):
    """The first day of the round-robin format: the 1 September nearest to the window's middle."""
    middle = window.start + (window.until - window.start) / 2
    septembers = [date(year, 9, 1) for year in (middle.year - 1, middle.year, middle.year + 1)]
    return min(septembers, key=lambda day: abs(day - middle))


def log_today(window, row, happenings, staff):
    """The sample worker has logged a talk and an advice on the last morning."""
    starts_at = TODAY.get(row.kind)
    if starts_at is None or not happenings:
        return
    sample = next(worker for worker in staff if worker.user.email == WORKER.email)
    last = happenings[-1]
    last.date, last.starts_at, last.team = window.last_working_day, starts_at, [sample]


def place_evenings(dice, places, happenings):
    """Two evenings of each autumn and spring are at the story's school, others go round.

    What falls in July is a fun day in a park or hall.
    """
    others = [school for school in places.schools if school.name != EVENING_SCHOOL]
    seasons = {}
    for turn, happening in enumerate(happenings):
        if happening.date.month == 7:
            happening.site = dice.choice([*places.halls, places.sites["Market square"]])
            continue
        happening.site = others[turn % len(others)]
        seasons.setdefault((happening.date.year, happening.date.month > 6), []).append(happening)
    for evenings in seasons.values():
        for index in {len(evenings) // 4, 3 * len(evenings) // 4}:
            evenings[index].site = places.sites[EVENING_SCHOOL]


def log_for_small_team(happenings):
    """The pilot team's few talks, each with one person, under the pilot team's hat."""
    logged = Counter()
    for happening in happenings:
        quarter = Period.quarter_of(happening.date).code
        if happening.lead.small_hat and logged[quarter] < SMALL_TEAM_TALKS:
            logged[quarter] += 1
            happening.hats = [happening.lead.small_hat]
