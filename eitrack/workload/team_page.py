"""A team's page: who carries what, the mix, what is coming, whom to talk to."""

from collections import defaultdict

from django.db.models import OuterRef, Subquery, Value

from eitrack.activities.kinds import Group
from eitrack.activities.models import TimeEntry
from eitrack.activities.time.approval import waiting_in
from eitrack.cases.models import Request
from eitrack.charts.values import share_in_words
from eitrack.common.compiled_query import compiled_query
from eitrack.common.periods import LastWeeks
from eitrack.indicators.time.team import TeamTime, team_times
from eitrack.partnerships.reviews import reviews_to_come
from eitrack.workload import drawings
from eitrack.workload.coming import sessions_to_come
from eitrack.workload.measures import (
    SERVICE_GROUPS,
    hats_of,
    loads,
    open_cases,
    teams_beside,
)
from eitrack.workload.needs_a_word import looked_at_from, words_about
from eitrack.workload.periods import weeks_until
from eitrack.workload.points import look_wrong, stretches


def with_first_day(teams):
    """Teams with `first_on`, the first day with time; None without any."""
    first = TimeEntry.objects.filter(team=OuterRef("pk")).order_by("date")
    return teams.annotate(first_on=Subquery(first.values("date")[:1]))


@compiled_query
def facts_of(team, day, today):
    """(what, key, number) of a team, in one query.

    Cases of each worker on the day, due or late requests, records and times waiting for its
    managers, and neighbouring teams.
    """
    one = {"number": Value(1)}
    due = Request.objects.filter(team=team).due_by(today).order_by()
    return (
        open_cases(team, day)
        .annotate(what=Value("cases"))
        .values_list("what", "worker", "number")
        .union(
            *(
                found.annotate(what=Value(what), **one).values_list("what", "pk", "number")
                for what, found in (
                    ("due", due),
                    ("beside", teams_beside(team)),
                    *(("waiting", found) for found in waiting_in([team])),
                )
            )
        )
    )


def team_page(team, period, today):
    """The context of the page; a period that has ended has no coming sessions."""
    end = min(period.end, today)
    is_now = end == today
    weeks = weeks_until(end)
    first = min(period.start, weeks[0].start, *([looked_at_from(today)] if is_now else []))
    facts = defaultdict(dict)
    for what, key, number in facts_of(team.pk, end, today):
        facts[what][key] = number
    time, *beside = team_times([team.pk, *facts["beside"]], first, end).values()
    hats = hats_of(team.pk, period.start, end)
    of_period, elsewhere = time.within(period), TeamTime.of_all(beside)
    there = elsewhere.within(period)
    of_team = loads(hats, of_period, there, facts["cases"], end, today)
    context = {
        "is_empty": not of_team and team.first_on is None,
        "is_now": is_now,
        "requests_due": len(facts["due"]),
        "waiting": len(facts["waiting"]),
        **shares(of_period.by_group(), period),
        "mix": drawings.mix(weeks, minutes_by_week(time, weeks), is_open=is_now),
        "side_by_side": drawings.side_by_side(of_team, team, end),
        "hats": drawings.hats(of_team, period, end),
        "roles": drawings.roles(of_team),
    }
    if is_now:
        all_time = TeamTime.of_all([time, elsewhere])
        context["weights_look_wrong"] = weights_look_wrong(of_team, all_time, today)
        overdue, due = reviews_to_come(team.district_id, today)
        context |= {
            "words": words_about(hats, all_time, today),
            "sessions": sessions_to_come(team.pk, today),
            "reviews_overdue": overdue,
            "reviews_due": due,
        }
    return context


def shares(minutes, period):
    service_minutes = sum(minutes[group] for group in SERVICE_GROUPS)
    return {
        "waterline": drawings.team_waterline(minutes, period.name),
        "service_minutes": service_minutes,
        "case_share": share_in_words(minutes[Group.CASE], service_minutes),
        "overhead_minutes": minutes[Group.OVERHEAD],
    }


def minutes_by_week(time, weeks):
    """[{group: minutes}], one for each week."""
    by_monday = time.within(LastWeeks(weeks[0].start, weeks[-1].end, "")).by(
        lambda week: week.monday
    )
    return [by_monday.get(week.start.isoformat(), TeamTime()).by_group() for week in weeks]


def weights_look_wrong(loads, time, today):
    """Whether the current points differ from the hours logged, in all of the workers' teams."""
    weighed = {load.pk: load.points.minutes for load in loads if load.points}
    logged = [
        sum(
            week.all_minutes
            for week in time.within(LastWeeks(first, last, "")).weeks
            if week.worker in weighed
        )
        for first, last in stretches(today)
    ]
    return look_wrong([sum(weighed.values())] * len(logged), logged)
