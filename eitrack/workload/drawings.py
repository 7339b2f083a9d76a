"""A team's measures as charts."""

from collections import Counter, defaultdict

from django.urls import reverse

from eitrack.activities.kinds import Group
from eitrack.charts.bars import Part, bars
from eitrack.charts.geometry import Box, length
from eitrack.charts.planned import Plan, planned_against_actual
from eitrack.charts.rows import NO_BAR, BarCell, BarRow, bar_table, cell_bar
from eitrack.charts.stacked import Column, stacked_columns
from eitrack.charts.svg import identity, rectangle
from eitrack.charts.values import NOTHING, hours
from eitrack.charts.waterline import waterline
from eitrack.common.words import day, duration, plural


def team_waterline(minutes, when):
    """Service time on formal cases against all other service time; overhead is in neither."""
    return waterline(
        minutes[Group.CASE],
        {group: minutes[group] for group in (Group.UNREGISTERED, Group.PARTNERSHIP)},
        when=when,
        above_label="on formal cases, which a case count shows",
        below_label="of other service time",
    )


def mix(weeks, minutes, *, is_open):
    """Hours by group, week by week."""
    columns = [
        Column(
            label=f"{week.start.day} {week.start:%b}",
            name=f"Week of {day(week.start)}",
            values=values,
            note="" if week.is_whole else "so far" if is_open else f"to {day(week.end)}",
        )
        for week, values in zip(weeks, minutes, strict=True)
    ]
    return stacked_columns(columns, title="Hours by kind of work, twelve weeks")


def side_by_side(loads, team, on):
    """Hours, points and open cases of each worker in name order, each on one scale.

    A row says whether they are of all the worker's teams or of this one.
    """
    measures = ("Hours", f"Points on {day(on)}", f"Open cases on {day(on)}")
    values = [
        (load.all_minutes, load.points.all if load.points else None, load.open_cases)
        for load in loads
    ]
    tops = [max((row[i] or 0 for row in values), default=0) for i in range(len(measures))]
    title = "Hours, points and open cases, worker by worker"
    return bar_table(
        (
            BarRow(
                load.name,
                reverse("workload:worker_detail", args=[team.slug, load.pk])
                if load.is_whole
                else "",
                "All teams" if load.is_whole else f"{team} only",
                (
                    BarCell(hours(load.all_minutes), length_of(row[0], tops[0], "plain")),
                    BarCell(
                        load.points.in_words if load.points else NOTHING,
                        length_of(row[1], tops[1], "plain"),
                    ),
                    BarCell(f"{load.open_cases:,}", length_of(row[2], tops[2], "case")),
                ),
            )
            for load, row in zip(loads, values, strict=True)
        ),
        ("Worker", *measures),
        id=identity("bars", title, values),
        title=title,
        summary="" if loads else "Nobody to show.",
    )


def length_of(value, top, group):
    if value is None:
        return NO_BAR
    box = Box(0, 0, length(value, top), 100)
    return cell_bar(rectangle(box, data_value=f"{value:g}", class_=f"mark group-{group}"))


def hats(loads, period, end):
    """Planned and logged time of each hat, worker by worker in name order."""
    plans = []
    for load in loads:
        logged = load.minutes_by_hat
        plans += [
            Plan(
                label=load.name,
                planned=round(hat.planned_between(period.start, end)),
                actual=logged.get(hat.pk, 0),
                note=f"{hat}, {duration(hat.planned_minutes)} a week",
            )
            for hat in load.placements
        ]
    return planned_against_actual(
        plans,
        title="Planned and logged time, hat by hat",
        row_header="Worker and hat",
        empty="Nobody had a hat in this team in this time.",
    )


def roles(loads):
    """How the team's time spreads over posts: hours and how many people, by name of the post."""
    minutes, people = Counter(), defaultdict(set)
    for load in loads:
        logged = load.minutes_by_hat
        for hat in load.placements:
            people[hat.post.name].add(load.pk)
            minutes[hat.post.name] += logged.get(hat.pk, 0)
    return bars(
        [
            Part(
                post,
                (minutes[post], hours(minutes[post])),
                note=plural(len(people[post]), "person", "people"),
            )
            for post in sorted(people, key=str.casefold)
        ],
        title="Hours by post",
        row_header="Post",
        figure_header="Hours",
    )
