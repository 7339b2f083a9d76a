"""A section, and how its hours are drawn and worded."""

from collections import Counter
from dataclasses import dataclass

from eitrack.charts.bars import Part, bars
from eitrack.common.words import duration, plural

MOST_ROWS = 8


@dataclass(frozen=True)
class Section:
    """A heading, with a sentence, pairs of label and figure, and charts."""

    code: str
    title: str
    said: str = ""
    facts: tuple = ()
    charts: tuple = ()


def times_and_hours(found):
    """ "12 times, 24 h"; "none"."""
    times = sum(each.times for each in found)
    minutes = sum(each.minutes for each in found)
    return f"{plural(times, 'time', 'times')}, {duration(minutes)}" if times else "none"


def hours_shown(minutes):
    return minutes, duration(minutes)


def hour_bars(parts, title, row_header, summary):
    return bars(
        parts,
        title=title,
        row_header=row_header,
        figure_header="Hours",
        summary=summary if parts else None,
        empty="Nothing logged.",
    )


def top_parts(minutes, what="", group="plain"):
    """Parts by hours, most first; all after the first few are one row."""
    ordered = sorted(minutes.items(), key=lambda row: (-row[1], row[0].casefold()))
    first, rest = ordered, []
    if what and len(ordered) > MOST_ROWS + 1:
        first, rest = ordered[:MOST_ROWS], ordered[MOST_ROWS:]
    parts = [Part(label, hours_shown(each), group=group) for label, each in first]
    if rest:
        left = Counter(dict(rest)).total()
        parts.append(Part(f"{len(rest)} other {what}", hours_shown(left), group=group))
    return parts
