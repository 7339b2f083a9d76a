"""From a calendar to proposals on the worker's Week; no word of it is kept."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from eitrack.accounts.models import User
from eitrack.activities.models import ActivityType, CalendarProposal, Series, SeriesWorker
from eitrack.activities.models.calendar_proposal import KEPT_DAYS
from eitrack.directory.models import Site
from eitrack.directory.school_terms import SchoolTerms
from eitrack.intake.calendars.read import CalendarEvent, Skipped, read_calendar
from eitrack.intake.calendars.recognise import Known, Session, recognise


@dataclass(frozen=True)
class Proposed:
    """What came of a calendar, in numbers."""

    new: int
    known_before: int
    unrecognised: int
    skipped: Counter[Skipped]


def propose(*, by: User, content: bytes, today: date) -> Proposed:
    """Propose what stood in the worker's calendar in the last 28 days and is recognised.

    An event that was proposed before follows its calendar to another hour of its day, and is not
    proposed again. Raises NotReadable.
    """
    start = today - timedelta(days=KEPT_DAYS - 1)
    read = read_calendar(content, start, today, timezone.get_default_timezone())
    known = known_to(by, start, today)
    proposals, seen = [], Counter[Any]()
    for event in read.events:
        seen[event.uid, event.day] += 1
        if found := recognise(event, known):
            proposals.append(
                CalendarProposal(
                    worker=by,
                    date=event.day,
                    starts_at=event.starts_at,
                    minutes=event.minutes,
                    site_id=found.site,
                    activity_type_id=found.activity_type,
                    series_id=found.series,
                    event_key=key_of(by, event, seen[event.uid, event.day]),
                )
            )
    new = save(by, proposals)
    return Proposed(new, len(proposals) - new, len(read.events) - len(proposals), read.skipped)


@transaction.atomic
def save(by: User, proposals: list[CalendarProposal]) -> int:
    """Save those that are new, and the hours of those that are not; returns how many are new."""
    # One upload of a worker at a time: the same calendar sent twice is saved once.
    User.objects.select_for_update().get(pk=by.pk)
    own = CalendarProposal.objects.visible_to(by)
    before = {proposal.event_key: proposal for proposal in own}
    for proposal in proposals:
        there = before.get(proposal.event_key)
        if there is not None and hours_of(there) != hours_of(proposal):
            there.starts_at, there.minutes = hours_of(proposal)
            there.save(update_fields=["starts_at", "minutes"])
    new = [proposal for proposal in proposals if proposal.event_key not in before]
    return len(CalendarProposal.objects.bulk_create(new))


def hours_of(proposal: CalendarProposal) -> tuple[Any, int]:
    return proposal.starts_at, proposal.minutes


def key_of(worker: User, event: CalendarEvent, number: int) -> str:
    """Which event of which day it is; without the server's key it says nothing."""
    value = f"{worker.pk} {event.day:%Y%m%d} {number} {event.uid}"
    return str(salted_hmac("eitrack.calendar", value, algorithm="sha256").hexdigest())


def known_to(user: User, start: date, end: date) -> Known:
    """What the worker's events may be: sites and types in use, and sessions they deliver."""
    sites = Site.objects.visible_to(user).in_use(end).filter(is_provisional=False)
    types = list(ActivityType.objects.in_use())
    of_kinds = Counter(one.kind for one in types)
    return Known(
        sites=list(sites.values_list("pk", "name")),
        types=[(one.pk, one.name) for one in types]
        + [(one.pk, str(one.spine.label)) for one in types if of_kinds[one.kind] == 1],
        sessions=sessions_of(user, start, end),
    )


def sessions_of(user: User, start: date, end: date) -> list[Session]:
    roles = SeriesWorker.objects.filter(worker=user).overlapping(start, end)
    terms, found = SchoolTerms(), {}
    plans = {series.pk: series for series in Series.objects.filter(workers__in=roles).with_plan()}
    for role in roles:
        series = plans[role.series_id]
        last = min(filter(None, (role.until_on, end)))
        for day in series.dates_between(max(role.from_on, start), last, terms):
            found[series.pk, day] = Session(
                series.pk,
                series.name,
                day,
                series.starts_at,
                series.site_id,
                series.activity_type_id,
            )
    return list(found.values())


def drop_old_proposals(today: date) -> int:
    """Remove proposals of days that are 28 days ago or more; returns how many."""
    return int(CalendarProposal.objects.outdated(today).delete()[0])
