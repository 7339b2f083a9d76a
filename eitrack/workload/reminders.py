"""Reminders of managers: one e-mail a day.

It contains no case reference, family or worker: agencies, topics and days only.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from eitrack.accounts.models import User
from eitrack.common.mail import send
from eitrack.common.words import day_and_year, plural
from eitrack.directory.models import District, Team, TeamManager
from eitrack.partnerships.reviews import reviews_until
from eitrack.workload.models import Reminder
from eitrack.workload.reminder_lines import (
    requests_fallen_due,
    requests_overdue,
    streams_ending,
    supervision_missing,
)

DAYS_BEFORE = (60, 30, 0)


def reviews_due(manager, day):
    """Agreements whose review is due in exactly 60, 30 or 0 days."""
    due = {day + timedelta(days=days): days for days in DAYS_BEFORE}
    found = reviews_until(districts_of(manager, day), day, max(due))
    return [
        f"{version.protocol}: review due {in_days(due[version.review_due_on])}, "
        f"{day_and_year(version.review_due_on)}"
        for version in found.filter(review_due_on__in=due)
    ]


def reviews_overdue(manager, day):
    """One line for all overdue reviews."""
    number = reviews_until(districts_of(manager, day), day, day - timedelta(days=1)).count()
    return [f"{plural(number, 'agreement is', 'agreements are')} overdue for review"] * bool(number)


# Each returns lines of text. What becomes due causes an e-mail on its day; what stays open is
# added to it, and causes one only on Mondays.
COMING_DUE = [reviews_due, streams_ending, requests_fallen_due]
STANDING_OPEN = [reviews_overdue, supervision_missing, requests_overdue]


def lines_for(manager, day):
    """The lines of the e-mail of this day; empty if there is none."""
    due = [line for lines in COMING_DUE for line in lines(manager, day)]
    still = [line for lines in STANDING_OPEN for line in lines(manager, day)]
    return [*due, *still] if due or day.weekday() == 0 else []


def managers_on(day):
    """Users who manage a team on this day."""
    acting = TeamManager.objects.acting(day).order_by().values("user")
    return User.objects.filter(pk__in=acting).order_by("pk")


def remind(manager, day, lines):
    """Send the e-mail unless it was sent; returns whether it was sent now."""
    with transaction.atomic():
        _, is_new = Reminder.objects.get_or_create(to=manager, on=day)
        if is_new:
            # Inside the transaction, so that the next run retries what could not be sent.
            send(
                f"{plural(len(lines), 'thing', 'things')} to look at",
                message(manager, day, lines),
                manager.email,
                reverse("workload:team_list"),
            )
    return is_new


def message(manager, day, lines):
    listed = "\n".join(f"- {line}" for line in lines)
    return (
        f"{manager.name},\n\nfor {day_and_year(day)}:\n\n{listed}\n\n"
        "You find agreements in EITrack under Partners, everything else under Teams.\n"
    )


def in_days(days):
    return f"in {days} days" if days else "today"


def districts_of(manager, day):
    teams = Team.objects.managed_by(manager, day).order_by()
    return District.objects.filter(pk__in=teams.values("district"))
