from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.periods import LastWeeks
from eitrack.common.typed import typed
from eitrack.directory.models import Team
from eitrack.directory.staff import newcomers
from eitrack.indicators.time.team import team_times
from eitrack.workload import drawings, measures
from eitrack.workload.actions import reallocate
from eitrack.workload.first_steps import first_steps
from eitrack.workload.forms import ReallocationForm
from eitrack.workload.periods import neighbours, offered, period_in_address
from eitrack.workload.team_page import team_page, with_first_day


@requires(Permission.SEE_TEAMS)
def team_list(request):
    today = timezone.localdate()
    period = LastWeeks.until(today)
    teams = list(Team.objects.visible_to(request.user))
    times = team_times([team.pk for team in teams], period.start, today)
    workers = measures.workers_by_team(teams, today)
    cases = measures.open_cases_by_team(teams, today)
    lines = [
        {
            "team": team,
            "workers": workers[team.pk],
            "open_cases": cases[team.pk],
            "waterline": drawings.team_waterline(
                times[team.pk].within(period).by_group(), period.name
            ),
        }
        for team in teams
    ]
    has_begun = any(any(times[team.pk].by_group().values()) for team in teams)
    context = {
        "lines": lines,
        "first_steps": first_steps(teams, today) if teams and not has_begun else [],
        "period": period,
        "newcomers": newcomers(request.user),
        "can_export": request.user.may(Permission.EXPORT_RECORDS),
    }
    return render(request, "workload/team_list.html", context)


@requires(Permission.SEE_TEAMS)
def team_detail(request, slug):
    today = timezone.localdate()
    teams = with_first_day(Team.objects.visible_to(request.user))
    team = get_object_or_404(teams.select_related("district"), slug=slug)
    period, period_problem = period_in_address(request.GET.get("period", ""), today)
    earlier, later = neighbours(period, team.first_on, today)
    context = {
        "team": team,
        "period": period,
        "period_problem": period_problem,
        "period_note": "so far" if period.code and period.is_open(today) else "",
        "offered": offered(team.first_on, today),
        "earlier_url": earlier and f"?period={earlier.code}",
        "later_url": later and f"?period={later.code}",
        "can_reallocate": request.user.may(Permission.REALLOCATE),
        "is_sample_data": team.district.is_sample,
        **team_page(team, period, today),
    }
    return render(request, "workload/team_detail.html", context)


@requires(Permission.REALLOCATE)
def team_handover(request, slug):
    """Hand over all cases and series of an absent worker in one action."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    asked = request.GET.get("worker", "")
    form = ReallocationForm(typed(request), team=team, today=timezone.localdate(), worker=asked)
    if request.method == "POST" and form.is_valid():
        try:
            handed = reallocate(by=request.user, team=team, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, "; ".join(refused.messages))
        else:
            to = form.cleaned_data["to"]
            messages.success(request, f"{to} has {handed} from then on.")
            return redirect(team)
    return render(request, "workload/team_handover.html", {"form": form, "team": team})
