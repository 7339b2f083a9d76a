"""The indicator summary: a page fit for a meeting."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.charts.waterline import waterline
from eitrack.directory.models import District, Team
from eitrack.directory.sample import is_sample_data
from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.figures.access import figures_for
from eitrack.indicators.pages.periods import period_in_address, periods_offered
from eitrack.indicators.terms.figures import checking
from eitrack.indicators.terms.scope import Scope
from eitrack.returns.files import FORMATS
from eitrack.returns.register import released_of
from eitrack.returns.summary import groups as summary_lines
from eitrack.returns.summary.build import Summary, breakdown_in_address, joint_note
from eitrack.returns.summary.read import breakdowns_offered, cases_broken_down, read, shown_of


@requires(Permission.SEE_SUMMARY)
def summary(request):
    """`?period=&by=`: the published service; for a manager with `&team=<slug>` an own team, exact.

    With `&view=publish` the team as the service publishes its row.
    """
    user, today = request.user, timezone.localdate()
    districts = list(District.objects.with_figures_for(user))
    district, team = _whose(request, districts)
    if district is None:
        return render(request, "returns/summary_empty.html")
    scope, as_published = Scope.of(team or district), request.GET.get("view") == "publish"
    as_published = bool(team) and as_published
    period, complaint = period_in_address(request.GET.get("period", ""), today)
    offered = breakdowns_offered(period, today, team, as_published)
    asked_by = request.GET.get("by", "")
    by, objection = _breakdown(asked_by, offered, period, today, team)
    choice = _in_address(districts, district, team, as_published)
    file_format = request.GET.get("format", "")
    if file_format in FORMATS and not team:
        figures = figures_for(user, scope, period, by, today=today)
        cases = figures_for(
            user, scope, period, cases_broken_down(by), today=today, indicators=CASE_COUNT
        )
        page = _summary(figures, released_of(district, period), shown_of(cases))
        return _download(request, page, file_format)
    reading = read(user, scope, period, by, today=today, team=team, as_published=as_published)
    page = _summary(reading.figures)
    water = None if as_published else reading.figures.waterline
    shown_by = None if as_published else reading.figures.by
    context = {
        "summary": page,
        "name": str(team or district),
        "complaints": [
            *filter(None, (complaint, objection)),
            *checking(reading.figures, *reading.earlier),
        ],
        "headline": summary_lines.headline(reading),
        "waterline": water and waterline(*water, when=period.name),
        "groups": summary_lines.groups(reading),
        "cases": reading.cases,
        "case_rows": summary_lines.broken_down(reading.cases)[1],
        "earlier": [each.period for each in reading.earlier],
        "unlike_recorded": summary_lines.unlike_recorded(reading),
        "shown_by": shown_by,
        "rows_are_open": bool(asked_by),
        "joint_note": joint_note(shown_by) if shown_by and shown_by.is_of_entry else "",
        "periods": periods_offered(today),
        "breakdowns": offered,
        "by": by or "none",
        "district": choice.get("district", ""),
        "districts": districts if len(districts) > 1 and not team else [],
        "team": team,
        "as_published": as_published,
        "teams": Team.objects.visible_to(user),
        "period": period,
        "released": None if team else released_of(district, period),
        "can_release": user.may(Permission.PREPARE_RETURN) and not team,
        "ask_url": "" if team or not user.may(Permission.ASK_QUERY) else _ask_url(district, period),
        "downloads": [] if team else _downloads(choice, period, by),
    }
    return render(request, "returns/summary.html", context)


def _whose(request, districts):
    """(district, managed team by its slug or None); (None, None) if the user has neither."""
    if slug := request.GET.get("team"):
        managed = Team.objects.visible_to(request.user).select_related("district")
        team = get_object_or_404(managed, slug=slug)
        return team.district, team
    if slug := request.GET.get("district"):
        found = [district for district in districts if district.slug == slug]
        if not found:
            raise Http404
        return found[0], None
    return (districts[0], None) if districts else (None, None)


def _breakdown(asked, offered, period, today, team):
    """(code or None, message): for the service as in its files, for a team on request."""
    if not team:
        return breakdown_in_address(asked, period, today)
    if asked in ("", "none") or not offered:
        return None, ""
    if asked in [each.code for each in offered]:
        return asked, ""
    return None, f"A team has no breakdown by “{asked}”. Showing the whole team instead."


def _in_address(districts, district, team, as_published):
    """The query that names whose figures are shown; the district only if there is a choice."""
    if team:
        return {"team": team.slug} | ({"view": "publish"} if as_published else {})
    return {"district": district.slug} if len(districts) > 1 else {}


def _ask_url(district, period):
    query = {"district": district.slug, "period": period.code}
    return reverse("returns:query_ask", query=query)


def _summary(figures, newest=None, cases=()):
    return Summary(figures, timezone.localtime(), is_sample_data(), newest, cases)


def _downloads(choice, period, by):
    start = "".join(f"{name}={value}&" for name, value in choice.items())
    return [
        (each.upper(), f"?{start}period={period.code}&by={by or 'none'}&format={each}")
        for each in FORMATS
    ]


def _download(request, page, file_format):
    write, content_type = FORMATS[file_format]
    record_export(by=request.user, kind=f"{page.file_name}.{file_format}")
    response = HttpResponse(write(page), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{page.file_name}.{file_format}"'
    return response
