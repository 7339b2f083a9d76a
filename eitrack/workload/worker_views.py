"""A worker of the manager's team: the same figures the worker sees."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.directory.models import Placement, Team
from eitrack.indicators.time.worker import worker_figures
from eitrack.workload.periods import neighbours, offered, period_in_address
from eitrack.workload.team_page import with_first_day
from eitrack.workload.worker_page import worker_page


@requires(Permission.SEE_TEAMS)
def worker_detail(request, slug, pk):
    """For a worker with a hat in this team today; a 404 for others."""
    today = timezone.localdate()
    teams = with_first_day(Team.objects.visible_to(request.user))
    team = get_object_or_404(teams, slug=slug)
    placed = Placement.objects.filter(team=team).current(today)
    worker = get_object_or_404(User.objects.filter(placements__in=placed).distinct(), pk=pk)
    period, period_problem = period_in_address(request.GET.get("period", ""), today)
    earlier, later = neighbours(period, team.first_on, today)
    found = worker_figures(request.user, worker, period, today=today)
    context = {
        "team": team,
        "worker": worker,
        "period": period,
        "period_problem": period_problem,
        "period_note": "so far" if period.code and period.is_open(today) else "",
        "offered": offered(team.first_on, today),
        "earlier_url": earlier and f"?period={earlier.code}",
        "later_url": later and f"?period={later.code}",
        **worker_page(found, worker, today),
    }
    return render(request, "workload/worker_detail.html", context)
