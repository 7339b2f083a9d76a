"""What surrounds the marks: lines at round values, names of periods below."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from eitrack.charts.geometry import FEWEST_SLOTS, middle
from eitrack.charts.svg import element, percent
from eitrack.charts.values import in_words

EVERY = 4  # On a phone every fourth period is named, counted from the last.
MANY = 12  # With more periods than this, a desk too shows only every second name.
LONGEST_NAME = 12  # Letters that fit below a period.


def gridline(tick: float, top: float, unit: str) -> SafeString:
    y = percent(100 - 100 * tick / top)
    words = in_words(tick, unit) if tick else "0"
    return element(
        "g",
        element("line", x1="0%", x2="100%", y1=y, y2=y),
        element("text", words, x="0%", y=y, dx="-0.5em", dy="0.35em"),
        class_="chart-tick" if tick else "chart-tick is-foot",
        data_value=tick,
    )


def foot_texts(lines: Sequence[str], index: int, periods: int) -> list[SafeString]:
    """The lines of text below a period, name first; those of the last are right-aligned."""
    if (periods - 1 - index) % 2 and periods > MANY:
        return []
    is_flush = index == periods - 1 and periods > FEWEST_SLOTS
    at = percent(100 if is_flush else middle(index, periods))
    classes = label_class(index, periods) + (" is-flush" if is_flush else "")
    lines = [shortened(lines[0]), *lines[1:]]
    return [
        element("text", line, x=at, y="100%", dy=f"{1.5 + 1.3 * i:g}em", class_=classes)
        for i, line in enumerate(lines)
        if line
    ]


def shortened(name: str) -> str:
    """A name cut so that it does not overlap the next; the table has the full name."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def label_class(index: int, periods: int) -> str:
    """The last period is always named; on a phone only every fourth of the others."""
    from_last = periods - 1 - index
    if from_last == 0:
        return "column-label is-last"
    is_in_the_way = from_last == EVERY and periods > MANY
    if from_last % EVERY == 0 and not is_in_the_way:
        return "column-label"
    return "column-label only-wide"


def nothing_at(index: int, periods: int, word: str) -> SafeString:
    """The text at the foot of a period without a mark: "0", "–" or a symbol."""
    at = percent(middle(index, periods))
    return element("text", word, x=at, y="100%", dy="-0.5em", class_="column-none")
