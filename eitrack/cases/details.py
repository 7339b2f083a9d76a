"""What the page of a case shows: facts, work by month, history."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.cases.choices import Change, EndReason
from eitrack.cases.fields import FACTS
from eitrack.charts.stacked import Column, stacked_columns
from eitrack.common.periods import Period
from eitrack.common.words import duration, plural

MONTHS = 12
HISTORY_SHOWN = 30


@dataclass
class Month:
    """Contacts are held activities with the family; minutes are all confirmed time on the case."""

    start: date
    contacts: int = 0
    minutes: int = 0

    @property
    def name(self):
        return f"{self.start:%B %Y}"


def work_by_month(case, today):
    """The last twelve months, oldest first, with the work on the case in each."""
    months = {}
    period = Period.month(today.year, today.month)
    for _ in range(MONTHS):
        months[period.start] = Month(period.start)
        period = period.previous()
    held = case.activities.held().filter(date__gte=min(months)).order_by()
    for day in held.direct().values_list("date", flat=True):
        months[day.replace(day=1)].contacts += 1
    entries = held.filter(time_entries__state="confirmed").values_list("date")
    for day, minutes in entries.annotate(all=Sum(all_minutes())):
        months[day.replace(day=1)].minutes += minutes
    return [months[start] for start in sorted(months)]


def all_minutes():
    parts = ("contact_minutes", "preparation_minutes", "travel_minutes")
    contact, preparation, travel = (F(f"time_entries__{part}") for part in parts)
    return contact + preparation + travel


def month_chart(months):
    minutes = sum(month.minutes for month in months)
    contacts = plural(sum(month.contacts for month in months), "contact", "contacts")
    return stacked_columns(
        [
            Column(label=f"{month.start:%b}", name=month.name, values={"case": month.minutes})
            for month in months
        ],
        {"case": "Time on this case"},
        title="Time on this case, twelve months",
        column_header="Month",
        summary=f"In all {duration(minutes)}, {contacts}." if minutes else None,
        empty="No time was logged on this case in the last twelve months.",
    )


def facts(case, today):
    """The facts of the case, as pairs of label and text."""
    shown = [(field.fact_of(case), field) for field in FACTS]
    return [(label, field.in_words(case, today)) for label, field in shown if label]


def history(case):
    """Who did what to the case, newest first."""
    entries = Entry.objects.about(case).select_related("by")[:HISTORY_SHOWN]
    return [(entry.by or "Somebody", done(entry), entry.at) for entry in entries]


def done(entry):
    """ "closed this case, stepped down": from codes, never from free text."""
    if entry.action == Action.CREATED:
        return "opened this case"
    if entry.action == Action.CLOSED and entry.reason in EndReason:
        return f"{Change.CLOSED.label}: {EndReason(entry.reason).label.lower()}"
    if entry.reason in Change:
        return Change(entry.reason).label
    return f"{entry.get_action_display()} this case"
