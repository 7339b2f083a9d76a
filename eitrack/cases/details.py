"""What the page of a case shows: what is recorded, its work by month, its history in words."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.cases.choices import Change, EndReason
from eitrack.charts.stacked import Column, stacked_columns
from eitrack.common.choices import NeedLevel
from eitrack.common.periods import Period
from eitrack.common.words import day_and_year, duration, listed, plural, yes_or_no

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
    """The last twelve months, oldest first, each with what was done on the case in it."""
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
    """What is recorded of the case, as pairs of label and words."""
    level = case.level_on(case.closed_on or today)
    return [
        ("Opened", day_and_year(case.opened_on)),
        ("Level now" if case.is_open else "Last level", level and NeedLevel(level).label),
        *(
            []
            if case.is_open
            else [("Closed", f"{day_and_year(case.closed_on)}, {case.get_end_reason_display()}")]
        ),
        ("Family", case.family_size),
        ("Age of the youngest", case.get_age_of_youngest_display() or None),
        ("Came from", case.source_agency),
        ("Met informally first", case.get_informal_first_display()),
        ("Agencies in the plan", listed(case.agencies_in_plan.all()) or "None"),
        ("Interpreter", yes_or_no(case.has_interpreter)),
        ("More than 45 minutes to travel", yes_or_no(case.has_long_travel)),
        ("Came down from statutory work", yes_or_no(case.has_stepped_down_in)),
        ("Winding down", yes_or_no(case.is_winding_down)),
        (
            "Written consent",
            f"{day_and_year(case.consent_on)}, form version {case.consent_form_version}",
        ),
    ]


def history(case):
    """Who did what to the case, newest first."""
    entries = Entry.objects.about(case).select_related("by")[:HISTORY_SHOWN]
    return [(entry.by or "Somebody", done(entry), entry.at) for entry in entries]


def done(entry):
    """ "closed this case, stepped down": from codes, never from a text."""
    if entry.action == Action.CREATED:
        return "opened this case"
    if entry.action == Action.CLOSED and entry.reason in EndReason:
        return f"{Change.CLOSED.label}: {EndReason(entry.reason).label.lower()}"
    if entry.reason in Change:
        return Change(entry.reason).label
    return f"{entry.get_action_display()} this case"
