from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.indicators.catalogue.comments import comments_on
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.figures.access import figures_over_time
from eitrack.indicators.figures.behind import has_records
from eitrack.indicators.figures.over_time import changeovers_of, quarters_until
from eitrack.indicators.pages.detail import Page
from eitrack.indicators.pages.periods import period_in_address, periods_offered
from eitrack.indicators.pages.scopes import breakdowns_offered, scope_in_address, scopes_offered
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.figures import checking


@requires(Permission.SEE_INDICATORS)
def indicator_list(request):
    """The catalogue, in the framework's order."""
    themes = [
        (theme, list(indicators))
        for theme, indicators in groupby(INDICATORS, key=lambda indicator: indicator.theme)
    ]
    context = {"themes": themes, "can_compare": request.user.may(Permission.COMPARE_FIGURES)}
    return render(request, "indicators/indicator_list.html", context)


@requires(Permission.SEE_INDICATORS)
def indicator_detail(request, code):
    """The definition of a figure, its value for one scope, and twelve quarters of it."""
    user, today = request.user, timezone.localdate()
    indicator = indicator_of(code)
    period, complaint = period_in_address(request.GET.get("period", ""), today)
    context = {
        "indicator": indicator,
        "breakdowns": [BREAKDOWNS[code].label for code in indicator.breakdowns],
        "period": period,
        "complaints": [complaint] if complaint else [],
        "comments": comments_on(indicator, user, timezone.now()),
        "can_comment": user.may(Permission.COMMENT_DEFINITIONS),
    }
    offered = scopes_offered(user, today)
    scope = scope_in_address(user, request.GET.get("scope", ""), offered)
    if scope is None or not indicator.measure:
        return render(request, "indicators/indicator_detail.html", context)
    breakdowns = breakdowns_offered(user, scope, indicator, period, today)
    by, objection = _breakdown_in_address(request.GET.get("by", ""), breakdowns)
    quarters = quarters_until(period, today)
    with figures_over_time(user, scope, [*quarters, period], today=today) as over_time:
        figures = over_time.of(period, by and by.code, indicators=(indicator,))
        by_quarter = [over_time.of(quarter, indicators=(indicator,)) for quarter in quarters]
    can_open = user.may(Permission.SEE_RECORDS_BEHIND) and has_records(indicator)
    context |= {
        "page": Page(indicator, scope, figures, by_quarter, can_open, changeovers_of(scope)),
        "scopes": offered if scope in offered else [*offered, scope],
        "periods": periods_offered(today),
        "breakdowns_offered": breakdowns,
        "later": period.next() if period.next().start <= today else None,
    }
    context["complaints"] += [*filter(None, [objection]), *checking(figures, *by_quarter)]
    return render(request, "indicators/indicator_detail.html", context)


def indicator_of(code):
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


def _breakdown_in_address(code, offered):
    """A Breakdown or None, and a message if this figure has no such breakdown here."""
    if not code:
        return None, ""
    found = next((each for each in offered if each.code == code), None)
    return found, "" if found else "This figure is not broken down like that here."
