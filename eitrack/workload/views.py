from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.approval import waiting_for
from eitrack.activities.kinds import Group
from eitrack.cases.models import Request
from eitrack.charts.values import share_in_words
from eitrack.common.typed import typed
from eitrack.common.words import plural
from eitrack.directory.models import Team
from eitrack.partnerships.reviews import reviews_to_come
from eitrack.workload import drawings, measures
from eitrack.workload.actions import reallocate
from eitrack.workload.forms import ReallocationForm
from eitrack.workload.hats import newcomers
from eitrack.workload.needs_a_word import words_about
from eitrack.workload.periods import (
    LastWeeks,
    neighbours,
    offered,
    period_asked_for,
    weeks_until,
)
from eitrack.workload.tables import RecentTable


@requires(Permission.SEE_TEAMS)
def team_list(request):
    today = timezone.localdate()
    period = LastWeeks.until(today)
    teams = list(Team.objects.visible_to(request.user))
    minutes = measures.minutes_by_team(teams, period.start, period.end)
    workers = measures.workers_by_team(teams, today)
    cases = measures.open_cases_by_team(teams, today)
    lines = [
        {
            "team": team,
            "workers": workers[team.pk],
            "open_cases": cases[team.pk],
            "waterline": drawings.team_waterline(minutes[team.pk], period.name),
        }
        for team in teams
    ]
    context = {
        "lines": lines,
        "period": period,
        "can_export": request.user.may(Permission.EXPORT_RECORDS),
    }
    return render(request, "workload/team_list.html", context)


@requires(Permission.SEE_TEAMS)
def team_detail(request, slug):
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    today = timezone.localdate()
    period, period_problem = period_asked_for(request.GET.get("period", ""), today)
    end = min(period.end, today)
    first_day = measures.first_day_logged(team)
    earlier, later = neighbours(period, first_day, today)
    weeks = weeks_until(end)
    loads = measures.loads(team, period.start, end)
    totals = {group: sum(load.minutes[group] for load in loads) for group in Group}
    service_minutes = sum(totals[group] for group in measures.SERVICE_GROUPS)
    overdue, due = reviews_to_come([team.district_id], today)
    context = {
        "team": team,
        "waiting": waiting_for(request.user, team),
        "reviews_overdue": overdue,
        "reviews_due": due,
        "requests_due": Request.objects.filter(team=team).due_by(today).count(),
        "period": period,
        "period_problem": period_problem,
        "period_note": "so far" if period.code and period.is_open(today) else "",
        "offered": offered(first_day, today),
        "earlier_url": earlier and f"?period={earlier.code}",
        "later_url": later and f"?period={later.code}",
        "is_empty": not loads and first_day is None,
        "waterline": drawings.team_waterline(totals, period.name),
        "service_minutes": service_minutes,
        "case_share": share_in_words(totals[Group.CASE], service_minutes),
        "overhead_minutes": totals[Group.OVERHEAD],
        "mix": drawings.mix(weeks, measures.minutes_by_week(team, weeks), is_open=end == today),
        "side_by_side": drawings.side_by_side(loads, end),
        "can_reallocate": request.user.may(Permission.REALLOCATE),
        "words": words_about(team, today),
        "newcomers": newcomers(request.user),
        "recent": RecentTable(measures.recently_logged(team, period.start, end)),
    }
    return render(request, "workload/team_detail.html", context)


@requires(Permission.REALLOCATE)
def team_handover(request, slug):
    """All cases and series of an absent worker go to somebody else in one action."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    form = ReallocationForm(typed(request), team=team, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            cases, serieses = reallocate(by=request.user, team=team, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, "; ".join(refused.messages))
        else:
            to = form.cleaned_data["to"]
            handed = f"{plural(cases, 'case', 'cases')} and {serieses} series"
            messages.success(request, f"{to} has {handed} from then on.")
            return redirect(team)
    return render(request, "workload/team_handover.html", {"form": form, "team": team})
