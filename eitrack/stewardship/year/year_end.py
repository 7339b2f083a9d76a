"""What is there for the year to come, what is missing, and what wants a look."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from eitrack.common.periods import Period
from eitrack.common.words import day_and_year, listed, plural
from eitrack.directory.closing import closes_after, quarters_due
from eitrack.directory.models import Agency, FundingStream, SchoolTerm
from eitrack.directory.school_terms import school_year
from eitrack.indicators.models import WeightSet
from eitrack.stewardship.year.lists import year_in_words

MOST_NAMED = 5


class Readiness(models.TextChoices):
    """How far something is."""

    DONE = "done", "Done"
    LOOK = "look", "To look at"
    MISSING = "missing", "Missing"


@dataclass(frozen=True)
class Line:
    """One thing the year needs: how far it is, in words, and where it is done."""

    what: str
    readiness: Readiness
    words: str
    url: str = ""
    link: str = ""


def lines_for(districts, today):
    """One line for each thing and district, for the year that begins on the next 1 April."""
    year = Period.year_of(today).next()
    terms = list(SchoolTerm.objects.all())
    lines = []
    for district in districts:
        of = f" of {district}" if len(districts) > 1 else ""
        lines += [
            district_terms(district, terms, first, of)
            for first in school_years_until(today, year.end)
        ]
        lines += [population(district, year, of), closing_dates(district, year, today, of)]
    return [*lines, agency_terms(terms, today), *streams(year), weights(year)]


def school_years_until(today, end):
    """Those that run today, or begin before the end."""
    return range(school_year(today), school_year(end) + 1)


def district_terms(district, terms, first, of):
    what = f"School terms {year_in_words(first)}{of}"
    own = [
        term
        for term in terms
        if term.district_id == district.pk and school_year(term.from_on) == first
    ]
    if own:
        last = max(term.until_on for term in own)
        words = f"{plural(len(own), 'stretch', 'stretches')} of school, until {day_and_year(last)}."
        return Line(what, Readiness.DONE, words)
    words = "None yet: no day of it is a school holiday, and no series pauses."
    return Line(
        what, Readiness.MISSING, words, reverse("stewardship:term_paste"), "Paste the dates"
    )


def agency_terms(terms, today):
    """Agencies that set their own this year, and have not said them for the next."""
    what, now = "School terms of agencies that set their own", school_year(today)
    years = {}
    for term in terms:
        if term.agency_id:
            years.setdefault(term.agency_id, set()).add(school_year(term.from_on))
    without = [pk for pk, known in years.items() if now in known and now + 1 not in known]
    if not without:
        words = "All that do have said them." if years else "No agency sets its own."
        return Line(what, Readiness.DONE, words)
    names = [str(agency) for agency in Agency.objects.filter(pk__in=without)[:MOST_NAMED]]
    rest = [f"{len(without) - MOST_NAMED} more"] if len(without) > MOST_NAMED else []
    words = f"Not for {year_in_words(now + 1)} yet: {listed(names + rest)}."
    return Line(what, Readiness.LOOK, words, reverse("stewardship:term_list"), "School terms")


def population(district, year, of):
    what, url = f"Population{of}", reverse("stewardship:district_edit", args=[district.pk])
    if not district.under_19_population:
        words = "The number of children and young people is not known: no rate can be worked out."
        return Line(what, Readiness.MISSING, words, url, "Settings")
    newest = district.under_19_year or 0
    words = f"{district.under_19_population:,} under 19, of {newest or 'an unknown year'}."
    if newest >= year.start.year - 2:
        return Line(what, Readiness.DONE, words)
    return Line(what, Readiness.LOOK, f"{words} Is there a newer number?", url, "Settings")


def closing_dates(district, year, today, of):
    what = f"Closing dates{of}"
    if due := [quarter.name for quarter in quarters_due(district, today)]:
        words = f"Past the last open day and still open: {listed(due)}. Does the daily task run?"
        return Line(what, Readiness.MISSING, words)
    days = [f"{day_and_year(closes_after(one, district.nation))}" for one in year.quarters]
    url = reverse("stewardship:district_edit", args=[district.pk])
    words = f"Last open days of its quarters, by the bank holidays there: {listed(days)}."
    return Line(what, Readiness.DONE, words, url, "Nation and working hours")


def streams(year):
    """Those that end before the year does, with the hats they still pay for."""
    last = Coalesce("renewed_until_on", "ends_on")
    still = Q(placements__until_on__isnull=True) | Q(placements__until_on__gt=models.F("last"))
    ending = (
        FundingStream.objects.annotate(last=last)
        .filter(last__lt=year.end)
        .annotate(hats=Count("placements", filter=still, distinct=True))
        .filter(Q(hats__gt=0) | Q(last__gte=date(year.start.year - 1, 4, 1)))
        .order_by("last", "name", "pk")
    )
    return [stream_line(stream) for stream in ending] or [
        Line("Funding streams", Readiness.DONE, "None ends before the year does.")
    ]


def stream_line(stream):
    what, words = f"Funding stream {stream}", f"Ends on {day_and_year(stream.last)}"
    url = reverse("stewardship:item_edit", args=["streams", stream.pk])
    if not stream.hats:
        return Line(what, Readiness.DONE, f"{words}, and every hat it pays for ends by then.")
    hats = plural(stream.hats, "hat goes", "hats go")
    words = f"{words}, not renewed; {hats} on after that day."
    return Line(what, Readiness.LOOK, words, url, "Renew it")


def weights(year):
    what, url = "Weights of cases and standing work", reverse("workload:weight_list")
    version = WeightSet.objects.in_force_on(year.start)
    if version is None:
        words = "Those proposed hold: no version is written yet."
        return Line(what, Readiness.LOOK, words, url, "Weights")
    since = day_and_year(version.from_on)
    if version.from_on > date(year.start.year - 1, year.start.month, year.start.day):
        return Line(what, Readiness.DONE, f"A version from {since} holds.", url, "Weights")
    words = f"Those from {since} go on. Do they still fit? A manager writes a new version."
    return Line(what, Readiness.LOOK, words, url, "Weights")
