"""What the sample world reached beside the table it was built to."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Sum

from eitrack.activities.choices import Mode, Status
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.demo import volumes
from eitrack.demo.calendar import working_days

MEASURES = ("activities", "entries", "hours", "attendances")
HEAD = ("Activities", "Time entries", "Hours", "Attendances")


@dataclass
class ReportLine:
    """A row of the table: what it asks for in these days, and what was reached."""

    label: str
    target: dict
    reached: dict


def reached_lines(window, workers):
    """Twelve months, or all there are, against the table scaled to the service's size.

    Attendances of a playground spell are its conversations, as in the table; professionals
    trained are none.
    """
    start = window.figures_start
    scale = workers / volumes.STAFF_IN_TABLE
    reached = _reached(start, window.until)
    lines = []
    for row in volumes.ROWS:
        share = scale * window.share_of_year(row, working_days(start, window.until))
        target = {name: getattr(row, name) * share for name in MEASURES}
        lines.append(ReportLine(row.label, target, reached[row.kind, row.is_at_home]))
    total = ReportLine("Total", Counter(), Counter())
    for line in lines:
        for name in MEASURES:
            total.target[name] += line.target[name]
            total.reached[name] += line.reached[name]
    return [*lines, total]


def _reached(start, end):
    """{(kind, at home): numbers} of what was held."""
    found = {(row.kind, row.is_at_home): Counter() for row in volumes.ROWS}

    def place(line, kind, mode):
        at_home = mode == Mode.HOME or kind == KindCode.JOINT_VISIT
        return found[kind, at_home]

    held = Activity.objects.held().filter(date__range=(start, end))
    counts = (
        held.order_by()
        .values("kind", "mode")
        .annotate(number=Count("pk"), heads=Sum("attendance"), talks=Sum("conversations"))
    )
    for line in counts:
        cell = place(line, line["kind"], line["mode"])
        cell["activities"] += line["number"]
        if line["kind"] != KindCode.TRAINING_GIVEN:
            is_gate = line["kind"] == KindCode.PLAYGROUND
            cell["attendances"] += line["talks" if is_gate else "heads"] or 0
    times = (
        TimeEntry.objects.filter(activity__status=Status.HELD, date__range=(start, end))
        .order_by()
        .values(kind=F("activity__kind"), mode=F("activity__mode"))
        .annotate(number=Count("pk"), minutes=Sum(ALL_MINUTES))
    )
    for line in times:
        cell = place(line, line["kind"], line["mode"])
        cell["entries"] += line["number"]
        cell["hours"] += line["minutes"] / 60
    return found


def table(window, workers):
    """The lines as text: target and reached of each measure."""
    pair = "{:>9} {:>9}"
    head = f"{'':38}" + "".join(f"{name:>21}" for name in HEAD)
    under = f"{'':38}" + "".join("  " + pair.format("target", "reached") for _ in HEAD)
    body = [
        f"{line.label:38}"
        + "".join(
            "  " + pair.format(f"{line.target[name]:,.0f}", f"{line.reached[name]:,.0f}")
            for name in MEASURES
        )
        for line in reached_lines(window, workers)
    ]
    return [head, under, *body]
