from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.indicators.access import figures_for
from eitrack.indicators.asking import period_asked, periods_offered
from eitrack.indicators.breakdowns import BREAKDOWNS
from eitrack.indicators.definitions import BY_CODE, INDICATORS
from eitrack.indicators.figure_words import shown
from eitrack.indicators.figures import ExactFigures
from eitrack.indicators.scope import Scope


@requires(Permission.SEE_INDICATORS)
def indicator_list(request):
    """The framework as it is defined, in its own order."""
    themes = [
        (theme, list(indicators))
        for theme, indicators in groupby(INDICATORS, key=lambda indicator: indicator.theme)
    ]
    return render(request, "indicators/indicator_list.html", {"themes": themes})


@requires(Permission.SEE_INDICATORS)
def indicator_detail(request, code):
    """What a figure means, and what it is for the viewer's own scope, if there is one."""
    indicator = BY_CODE.get(code)
    if indicator is None:
        raise Http404
    today = timezone.localdate()
    period, complaint = period_asked(request.GET.get("period", ""), today)
    context = {
        "indicator": indicator,
        "breakdowns": [BREAKDOWNS[code].label for code in indicator.breakdowns],
        "period": period,
        "periods": periods_offered(today),
        "complaint": complaint,
        "later": period.next() if period.next().start <= today else None,
    }
    scope = Scope.first_for(request.user)
    if scope is not None:
        figures = figures_for(request.user, scope, period, today=today, indicators=(indicator,))
        context |= {
            "scope": scope,
            "is_exact": isinstance(figures, ExactFigures),
            "figures": figures,
            "figure": shown(figures)[0].total,
        }
    return render(request, "indicators/indicator_detail.html", context)
