"""The page that compares two periods or two teams."""

from django.shortcuts import render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.figures import compare
from eitrack.indicators.figures.access import figures_over_time
from eitrack.indicators.figures.drawings import HOW_RECKONED
from eitrack.indicators.figures.limits import FEWEST_KNOWN
from eitrack.indicators.figures.over_time import changeovers_of, is_uneven, quarters_until
from eitrack.indicators.pages.periods import period_in_address, periods_offered
from eitrack.indicators.pages.scopes import scope_in_address, scopes_offered
from eitrack.indicators.terms.figures import checking
from eitrack.indicators.terms.scope import ScopeKind

FIRST_CHART = "VIS-01"


@requires(Permission.COMPARE_FIGURES)
def indicator_compare(request):
    """`?scope=&period=&to=&chart=`: `to` is another period or, for a team, another team."""
    user, today = request.user, timezone.localdate()
    offered = scopes_offered(user, today)
    scope = scope_in_address(user, request.GET.get("scope", ""), offered)
    if scope is None:
        return render(request, "indicators/indicator_compare.html", {})
    period, complaint = period_in_address(request.GET.get("period", ""), today)
    teams = [each for each in offered if each.kind == scope.kind == ScopeKind.TEAM]
    to_scope, to_period, objection = _other(request, scope, period, teams, today)
    chosen = BY_CODE.get(request.GET.get("chart", ""), BY_CODE[FIRST_CHART])
    if not chosen.measure:
        chosen = BY_CODE[FIRST_CHART]
    first, second = _sides(user, (scope, period), (to_scope, to_period), chosen, today)
    context = {
        "scope": scope,
        "scopes": offered if scope in offered else [*offered, scope],
        "period": period,
        "periods": periods_offered(today),
        "teams": [each for each in teams if each != scope],
        "to_scope": to_scope,
        "to_period": to_period,
        "is_of_teams": to_scope != scope,
        "complaints": [
            *filter(None, (complaint, objection)),
            *checking(first.figures, second.figures),
        ],
        "first": first,
        "second": second,
        "tables": compare.comparisons(first, second),
        "is_uneven": is_uneven(first.coverage, second.coverage),
        "is_exact": scope.kind != ScopeKind.DISTRICT,
        "chosen": chosen,
        "choices": compare.COLLECTED,
        "how_reckoned": HOW_RECKONED,
        "fewest_known": FEWEST_KNOWN,
        "charts": compare.charts(chosen, first, second),
    }
    return render(request, "indicators/indicator_compare.html", context)


def _other(request, scope, period, teams, today):
    """What to compare with: (scope, period, message).

    By default the same time a year before, as school terms shape the work.
    """
    usual = period.a_year_before()
    asked = request.GET.get("to", "")
    if asked.startswith(f"{ScopeKind.TEAM}:") and asked != scope.code:
        if scope.kind != ScopeKind.TEAM:
            return scope, usual, "A team is compared with a team. Choose a team first."
        return scope_in_address(request.user, asked, teams), period, ""
    if not asked or asked in (period.code, scope.code):
        return scope, usual, ""
    to_period, complaint = period_in_address(asked, today)
    if complaint:
        return scope, usual, f"{complaint.partition(' Showing')[0]} Compared with {usual.name}."
    return scope, to_period, ""


def _sides(user, first, second, chosen, today):
    """Both sides; two periods of one scope share the months read, and the line of the later one."""
    (scope, period), (to_scope, to_period) = first, second
    later = max(period, to_period)
    quarters = [*quarters_until(later, today), period, to_period]
    marks = changeovers_of(scope)
    with figures_over_time(user, scope, quarters, today=today) as over_time:
        lines = compare.lines_of(over_time, later, chosen, today, marks)
        if scope == to_scope:
            return (
                compare.Side.of(over_time, period.name, period, lines, marks),
                compare.Side.of(over_time, to_period.name, to_period, lines, marks),
            )
        one = compare.Side.of(over_time, scope.name, period, lines, marks)
    marks = changeovers_of(to_scope)
    with figures_over_time(user, to_scope, quarters, today=today) as over_time:
        lines = compare.lines_of(over_time, later, chosen, today, marks)
        return one, compare.Side.of(over_time, to_scope.name, to_period, lines, marks)
