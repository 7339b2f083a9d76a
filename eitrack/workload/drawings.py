"""A team's measures as charts."""

from django.urls import reverse

from eitrack.activities.kinds import Group
from eitrack.charts.paired import Measure, Row, paired_bars
from eitrack.charts.stacked import Column, stacked_columns
from eitrack.charts.waterline import waterline
from eitrack.common.words import day, duration


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


def side_by_side(loads, on):
    """Hours and open cases of each worker, in name order."""
    return paired_bars(
        [
            Row(
                label=load.name,
                values=(load.all_minutes, load.open_cases),
                url=reverse("workload:placement_list", args=[load.pk]) if load.placements else "",
                note=hats(load),
            )
            for load in loads
        ],
        [Measure("Hours", unit="minutes"), Measure(f"Open cases on {day(on)}", group="case")],
        title="Hours logged and open cases, worker by worker",
    )


def hats(load):
    """The posts somebody holds in the team, with their planned hours a week."""
    return "; ".join(
        f"{placement.post}, {duration(placement.planned_minutes)} a week"
        for placement in load.placements
    )
