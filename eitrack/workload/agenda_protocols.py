"""The status of the protocols with an agency, for the agenda."""

from dataclasses import dataclass
from datetime import timedelta

from eitrack.common.words import day_and_year
from eitrack.partnerships.choices import IN_FORCE, Status, Topic
from eitrack.partnerships.models import Protocol

REVIEW_SOON_DAYS = 60
OPEN = (Status.NONE, Status.DRAFT, Status.NEGOTIATING, Status.RETIRED)


@dataclass(frozen=True)
class TopicStanding:
    """One topic: its status, and what is due, in words."""

    topic: Topic
    status: Status
    due: str = ""

    @property
    def is_open(self):
        """Whether nothing is agreed although something should be."""
        return self.status in OPEN


def cells_with(agency, district, user, today):
    """A `TopicStanding` for each of the seven topics, in their order."""
    protocols = Protocol.objects.visible_to(user).filter(agency=agency, district=district)
    found = {protocol.topic: protocol for protocol in protocols.with_versions()}
    return [cell_of(topic, found.get(topic), today) for topic in Topic]


def cell_of(topic, protocol, today):
    if protocol is None:
        return TopicStanding(topic, Status.NONE)
    status = protocol.status_on(today)
    version = protocol.in_force_on(today) if status in IN_FORCE else None
    return TopicStanding(topic, status, review_in_words(version, today) if version else "")


def review_in_words(version, today):
    due_on = version.review_due_on
    if due_on < today:
        return f"review was due on {day_and_year(due_on)}"
    if due_on <= today + timedelta(days=REVIEW_SOON_DAYS):
        return f"review due on {day_and_year(due_on)}"
    return ""
