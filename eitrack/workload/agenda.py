"""The agenda for a meeting with a partner agency: a paper that leaves the service.

It names no worker, case or family; small counts follow the rules of published figures; work with
one family on a sensitive matter is left out (SPEC.md rule 11). Obstacles concern rooms and
partners, so their counts are exact.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from eitrack.activities import kinds
from eitrack.activities.choices import OBSTACLE_OF, SENSITIVE_PURPOSES, Obstacle, Status
from eitrack.activities.models import Activity, CoDelivery, TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.cases.choices import ReferralOutcome, Route
from eitrack.cases.models import Referral, Request
from eitrack.common.words import day, hours
from eitrack.indicators.disclosure import CONFIDENTIAL, NOT_AVAILABLE, publish_cell, publish_line
from eitrack.indicators.disclosure.amount_auditor import decide
from eitrack.indicators.disclosure.amounts import Truth
from eitrack.indicators.disclosure.decided import UNDECIDED
from eitrack.indicators.disclosure.quantities import WITH_AGENCY, Amount, key_of
from eitrack.indicators.disclosure.variables import Name
from eitrack.indicators.figures.decided import decisions_of
from eitrack.indicators.terms.scope import Scope

MOST_DAYS = 6
MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class AgendaLine:
    """A line of a table, all text."""

    label: str
    count: str
    hours: str = ""


@dataclass
class Met:
    """An obstacle: how often it was met, and on which days, as far as they may be named."""

    label: str
    number: int = 0
    dates: set = field(default_factory=set)
    came_back: bool = False

    @property
    def days(self):
        """The first days in words; work with one family has none."""
        found = sorted(self.dates)
        more = len(found) - MOST_DAYS
        words = ", ".join(day(date) for date in found[:MOST_DAYS])
        return f"{words} and {more} more" if more > 0 else words


def with_agency(agency):
    """Activities with this agency: its own, at its sites, or delivered together."""
    together = CoDelivery.objects.filter(activity=OuterRef("pk"), agency=agency)
    return Activity.objects.filter(
        Q(agency=agency) | Q(agency__isnull=True, site__agency=agency) | Exists(together),
        kind__in=kinds.SERVICE,
    ).exclude(purpose__in=SENSITIVE_PURPOSES, kind__in=kinds.ONE_FAMILY)


def done_together(teams, agency, period):
    """Lines by kind of work, and their total; hours only beside a visible count.

    Hours are part of the service's of that kind, so they are printed if those are, and if they do
    not reveal one or two workers (D17).
    """
    entries = (
        TimeEntry.objects.filter(team__in=teams)
        .within(period)
        .counted()
        .filter(activity__in=with_agency(agency).within(period))
        .order_by()
    )
    numbers = dict(
        entries.values_list("activity__kind").annotate(number=Count("activity", distinct=True))
    )
    by_worker = entries.values_list("activity__kind", "worker").annotate(minutes=Sum(ALL_MINUTES))
    amounts = defaultdict(Amount)
    for kind, worker, minutes in by_worker:
        for name in (Name(WITH_AGENCY, period.code), Name(WITH_AGENCY, period.code, "kind", kind)):
            amounts[name].add((minutes or 0) / MINUTES_AN_HOUR, worker)
    there = [kind for kind in kinds.KINDS if kind.code in numbers]
    counts = [numbers[kind.code] for kind in there]
    texts, total = publish_line(counts, sum(counts))
    beside = HoursBeside(teams, period, amounts)
    lines = [
        AgendaLine(kind.label, text, beside.text(text, "kind", kind.code))
        for kind, text in zip(there, texts, strict=True)
    ]
    return lines, AgendaLine("All", total, beside.text(total))


class HoursBeside:
    """The hours of the paper, as the decision on amounts allows them."""

    def __init__(self, teams, period, amounts):
        self.period, self.amounts = period, amounts
        self.service = UNDECIDED
        if teams:
            scope = Scope.of_district(teams[0].district_id)
            self.service = decisions_of(scope, [period])[period.code]
        truth = Truth(period.code, True, {n: a for n, a in amounts.items() if a.value}, [], [])
        truth.printed.extend(truth.amounts)
        never = {
            key_of(name)
            for name in truth.amounts
            if name.by and not self.service.prints_hours(name.by, name.row)
        }
        self.printed, _ = decide(truth, never=never)

    def text(self, count, by="", row=""):
        name = Name(WITH_AGENCY, self.period.code, by, row)
        if not count.isdigit():
            return count
        if not self.amounts[name].value:
            return hours(0)
        if not self.service.is_made or key_of(name) not in self.printed:
            return self.service.instead
        return hours(round(self.amounts[name].value) * MINUTES_AN_HOUR)


def obstacles_met(teams, agency, period):
    """Each obstacle met in this period, in the order of the list.

    One has come back if it was also met in the period before.
    """
    before = period.previous()
    entries = TimeEntry.objects.filter(team__in=teams, activity=OuterRef("pk")).confirmed()
    rows = (
        with_agency(agency)
        .filter(
            Exists(entries),
            ~Q(obstacle="") | Q(not_run_reason__in=OBSTACLE_OF),
            status__in=(Status.HELD, Status.DID_NOT_RUN),
            date__range=(before.start, period.end),
        )
        .values_list("obstacle", "not_run_reason", "kind", "date")
        .order_by()
    )
    met = {obstacle: Met(obstacle.label) for obstacle in Obstacle}
    for obstacle, reason, kind, date in rows:
        one = met[Obstacle(obstacle or OBSTACLE_OF[reason])]
        if date < period.start:
            one.came_back = True
            continue
        one.number += 1
        if kind not in kinds.ONE_FAMILY:
            one.dates.add(date)
    return [one for one in met.values() if one.number]


def moments_of(period):
    """The first moment of the period and the first one after it."""
    return [
        timezone.make_aware(datetime.combine(date, time.min))
        for date in (period.start, period.end + timedelta(days=1))
    ]


def referrals_sent(teams, agency, period):
    """Referrals to the agency as published totals, by outcome and by route."""
    start, end = moments_of(period)
    sent = Referral.objects.filter(
        team__in=teams, destination=agency, sent_at__gte=start, sent_at__lt=end
    )
    became, by_route = tallied(sent, "outcome")
    accepted, waiting = became.pop(ReferralOutcome.ACCEPTED, 0), became.pop("", 0)
    parts = {
        "Accepted for assessment": accepted,
        "Decided otherwise": sum(became.values()),
        "Not decided yet": waiting,
    }
    return published("Sent to you", parts, by_route)


def requests_received(teams, agency, period):
    """Requests from the agency as published totals."""
    received = Request.objects.filter(
        team__in=teams, from_agency=agency, received_on__range=(period.start, period.end)
    )
    became, by_route = tallied(received, "decision")
    waiting = became.pop("", 0)
    parts = {"Decided": sum(became.values()), "Not decided yet": waiting}
    return published("Received from you", parts, by_route)


def tallied(records, what_became):
    """{outcome: number} and {route: number}."""
    became, by_route = Counter(), Counter()
    rows = records.values_list(what_became, "route").annotate(number=Count("pk")).order_by()
    for outcome, route, number in rows:
        became[outcome] += number
        by_route[route] += number
    return became, by_route


def published(label, parts, by_route):
    """The total with its parts, published; nothing if there were none."""
    total = sum(parts.values())
    if not total:
        return []
    fast = by_route[Route.FAST_TRACK]
    routes = {"By the fast track": fast, "By other routes": total - fast}
    lines = [AgendaLine(label, publish_cell(total))]
    for group in (parts, routes):
        texts, _ = publish_line(list(group.values()), total)
        lines += [AgendaLine(name, text) for name, text in zip(group, texts, strict=True)]
    return lines


def has_symbols(*groups):
    """Whether any of these figures needs the key."""
    symbols = {CONFIDENTIAL, NOT_AVAILABLE}
    return any(symbols & {line.count, line.hours} for lines in groups for line in lines)
