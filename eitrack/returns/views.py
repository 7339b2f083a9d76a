from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.charts.waterline import waterline
from eitrack.directory.context_processors import is_sample_data
from eitrack.directory.models import District, Team
from eitrack.indicators.access import figures_for
from eitrack.indicators.asking import period_asked, periods_offered
from eitrack.indicators.breakdowns import BREAKDOWNS, PUBLISHED
from eitrack.indicators.definitions import HEADLINE
from eitrack.indicators.disclosure import NOT_APPLICABLE
from eitrack.indicators.figures import ShownCell
from eitrack.indicators.scope import Scope
from eitrack.returns.files import FORMATS
from eitrack.returns.summary import Summary, breakdown_asked, joint_note

NO_SUCH_ROW = ShownCell("", NOT_APPLICABLE)


@requires(Permission.SEE_SUMMARY)
def summary(request):
    """The service in the publish view; for a manager, own teams exact (`?team=<slug>`)."""
    today = timezone.localdate()
    districts = list(District.objects.with_figures_for(request.user))
    scope, team = _scope_asked(request, districts)
    if scope is None:
        return render(request, "returns/summary_empty.html")
    period, complaint = period_asked(request.GET.get("period", ""), today)
    by, objection = breakdown_asked(request.GET.get("by", ""), period, today)
    if team:
        # D4: the page of a team carries totals only.
        by, objection = None, ""
    page = Summary(
        figures_for(request.user, scope, period, by, today=today),
        timezone.localtime(),
        is_sample_data(),
    )
    # Said in the address only where there is a choice.
    offered = districts if len(districts) > 1 and not team else []
    slug = next((each.slug for each in offered if each.pk == scope.pk), "")
    district = f"district={slug}&" if slug else ""
    file_format = request.GET.get("format", "")
    if file_format in FORMATS and page.is_published:
        return _download(request, page, file_format)
    return render(
        request,
        "returns/summary.html",
        {
            "summary": page,
            "complaints": [text for text in (complaint, objection) if text],
            "headline": _headline(page),
            "waterline": waterline(*page.figures.waterline, when=period.name),
            "tables": _tables(page),
            "joint_note": joint_note(page.figures.by)
            if page.figures.by and page.figures.by.is_of_entry
            else "",
            "periods": periods_offered(today),
            "breakdowns": [] if team else _breakdowns_offered(period, today),
            "by": by or "none",
            "district": slug,
            "districts": offered,
            "team": team,
            "teams": Team.objects.visible_to(request.user),
            "period": period,
            "downloads": [
                (each.upper(), f"?{district}period={period.code}&by={by or 'none'}&format={each}")
                for each in FORMATS
            ],
            "later": period.next() if period.next().start <= today else None,
        },
    )


def _scope_asked(request, districts):
    """A managed team by its slug, else a district of this user, by default the first.

    (None, None) for who has neither.
    """
    if slug := request.GET.get("team"):
        team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
        return Scope.of(team), team
    if slug := request.GET.get("district"):
        found = [district for district in districts if district.slug == slug]
        if not found:
            raise Http404
        return Scope.of(found[0]), None
    return (Scope.of(districts[0]), None) if districts else (None, None)


def _breakdowns_offered(period, today):
    codes = ("team",) if period.is_open(today) else PUBLISHED
    return [BREAKDOWNS[code] for code in codes]


def _headline(page):
    """The old measure beside the new."""
    by_code = {shown.indicator.code: shown for shown in page.shown}
    return [by_code[indicator.code] for indicator in HEADLINE]


def _tables(page):
    """For each theme its indicators and lines: the label of a row and its cells, all text."""
    tables = []
    for theme, group in groupby(page.shown, key=lambda each: each.indicator.theme):
        shown = list(group)
        # A group of which nothing is broken down has its totals only.
        labels = next((each.rows for each in shown if each.rows), ())
        lines = [(shown[0].total.label, [each.total for each in shown])]
        for number, row in enumerate(labels):
            lines.append(
                (row.label, [each.rows[number] if each.rows else NO_SUCH_ROW for each in shown])
            )
        tables.append((theme, [each.indicator for each in shown], lines))
    return tables


def _download(request, page, file_format):
    write, content_type = FORMATS[file_format]
    record_export(by=request.user, kind=f"{page.file_name}.{file_format}")
    response = HttpResponse(write(page), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{page.file_name}.{file_format}"'
    return response
