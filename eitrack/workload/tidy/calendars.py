"""Calendars: working days, school days, closed quarters."""

from eitrack.activities.models import TimeEntry
from eitrack.common.periods import Period
from eitrack.directory import models
from eitrack.directory.calendars import bank_holidays
from eitrack.directory.choices import Nation
from eitrack.workload.tidy.columns import Column, Type
from eitrack.workload.tidy.dataset import ALWAYS, Dataset


def holidays(reach):
    """Of the calendar years of the period, or of what the teams recorded, and of those beside it:
    what happened in it may have begun before, or been answered after.
    """
    if reach.period:
        start, end = reach.period.start, reach.period.end
    else:
        entries = TimeEntry.objects.filter(team__in=reach.teams).order_by("date")
        start = entries.values_list("date", flat=True).first() or reach.today
        end = Period.year_of(reach.today).end
    districts = models.District.objects.filter(pk__in=reach.districts)
    nations = set(districts.values_list("nation", flat=True)) or set(Nation)
    return [
        (day, nation)
        for nation in Nation
        if nation in nations
        for year in range(start.year - 1, end.year + 2)
        for day in sorted(bank_holidays(year, nation))
    ]


SCHOOL_TERMS = Dataset(
    "school_terms",
    "A stretch of school days; holidays are the days between them.",
    ALWAYS,
    models.SchoolTerm,
    lambda reach: models.SchoolTerm.objects.all(),
    (
        Column("school_term", "The number of the record.", "pk"),
        Column("district", "The district that keeps it; blank where an agency sets its own."),
        Column("agency", "The agency that keeps it at its sites, instead of the district's."),
        Column("name", "Its name."),
        Column("from_on", "The first school day."),
        Column("until_on", "The last school day."),
    ),
)

BANK_HOLIDAYS = Dataset(
    "bank_holidays",
    "A bank holiday of a nation. Working days of a district are Monday to Friday without those of "
    "its nation.",
    "Of the calendar years of the period, one before and one after.",
    None,
    holidays,
    (
        Column("date", "The day.", type=Type.DATE),
        Column("nation", "Where it is kept.", type=Type.CODE, codes=Nation),
    ),
)

CLOSED_QUARTERS = Dataset(
    "closed_quarters",
    "A quarter whose figures are settled; what comes later waits for approval.",
    ALWAYS,
    models.ClosedQuarter,
    lambda reach: models.ClosedQuarter.objects.filter(district__in=reach.districts),
    (
        Column("closed_quarter", "The number of the record.", "pk"),
        Column("district", "Whose figures they are."),
        Column("quarter", "The quarter: 2026-Q2 is July to September 2026."),
        Column("closed_at", "When it was closed."),
    ),
)

CALENDARS = (SCHOOL_TERMS, BANK_HOLIDAYS, CLOSED_QUARTERS)
