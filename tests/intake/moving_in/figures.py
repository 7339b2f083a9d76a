"""Every figure of a quarter, by the names of what it is of."""

from dataclasses import fields
from datetime import date

from eitrack.accounts.models import User
from eitrack.common.periods import Period
from eitrack.directory.models import District, FundingStream, Team
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope

LEFT_OUT = ("behind", "by_worker", "beside")
OF_TEAMS = (None, "kind", "post", "site_kind", "agency_kind", "need_level", "worker")
SHOWN = [one.name for one in fields(Parts) if one.name not in LEFT_OUT]


def figures(quarter, today):
    """{"scope | indicator | breakdown | row": what it is made of}; none where there is nothing.

    Of the district by everything, of its teams by some, of streams and workers in total.
    """
    period, today = Period.parse(quarter), date.fromisoformat(today)
    found = {}
    for records, breakdowns in (
        (District.objects.all(), (None, *BREAKDOWNS)),
        (Team.objects.all(), OF_TEAMS),
    ):
        for scope in map(Scope.of, records):
            for by in breakdowns:
                found |= of_scope(scope, period, by, today)
    workers = User.objects.filter(placements__isnull=False).distinct()
    for scope in map(Scope.of, [*FundingStream.objects.all(), *workers]):
        found |= of_scope(scope, period, None, today)
    return found


def of_scope(scope, period, by, today):
    exact = evaluate(scope, period, by, today=today)
    # The district of one service may have another name than that of the other.
    whose = "district" if scope.kind == "district" else f"{scope.kind} {scope.name}"
    found = {}
    for one in INDICATORS:
        if by is None and not exact.totals[one.code].is_empty:
            found[f"{whose} | {one.code} | all | all"] = made_of(exact.totals[one.code])
        for row, parts in exact.rows_of(one) if by else ():
            if not parts.is_empty:
                found[f"{whose} | {one.code} | {by} | {row.label}"] = made_of(parts)
    return found


def made_of(parts):
    values = [rounded(getattr(parts, name)) for name in SHOWN]
    return values + ([made_of(parts.beside)] if parts.beside else [])


def rounded(value):
    return round(value, 6) if isinstance(value, float) else value
