"""The pictures in help. `make help-pictures` takes them of the sample world, all anew."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """The top of a page as this role sees it.

    `path` may name `{team}`, or `{workbook}`, a file that waits to be imported.
    `width` and `height` are those of the browser, in its pixels.
    """

    slug: str
    topic: str
    role: str
    path: str
    alt: str
    width: int
    height: int

    @property
    def file(self):
        """Where it lies below `static/`."""
        return f"help/{self.slug}.webp"


PHONE, DESK = (390, 760), (1000, 640)
PICTURES = (
    Picture(
        *("today", "log", "worker", "/today/"),
        "Today on a phone: what is due, then usual work as large buttons.",
        *(390, 1180),
    ),
    Picture(
        *("drop-in", "counting", "worker", "/log/drop_in/"),
        "The form of a drop-in on a phone: how many came, minutes, date and site, and Save.",
        *PHONE,
    ),
    Picture(
        *("tally", "tally", "worker", "/tally/"),
        "Tally on a phone: a large counter for each thing that is counted.",
        *PHONE,
    ),
    Picture(
        *("week", "week", "worker", "/week/"),
        "Week on a wide screen: usual work as rows, the days as columns, minutes in the cells.",
        *DESK,
    ),
    Picture(
        *("my-work", "my-work", "worker", "/my-work/"),
        "My work on a phone: the time chosen, and hours above and below the waterline.",
        *PHONE,
    ),
    Picture(
        *("team", "manager", "manager", "/teams/{team}/"),
        "The page of a team on a wide screen: its hours, and each worker’s load.",
        *DESK,
    ),
    Picture(
        *("summary", "district", "district", "/summary/"),
        "The summary on a wide screen: each indicator with its figure for the period.",
        *DESK,
    ),
    Picture(
        *("service", "first-morning", "administrator", "/stewardship/"),
        "Service on a wide screen: what comes first in a new service, and what is done already.",
        *DESK,
    ),
    Picture(
        *("workbook", "bring-in", "administrator", "/intake/service/{workbook}/"),
        "A workbook before its import: how many rows are new, and why one is refused.",
        *DESK,
    ),
)


def pictures_of(topic):
    return [picture for picture in PICTURES if picture.topic == topic.slug]
