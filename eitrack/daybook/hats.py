"""What follows from the hats that a worker wears, and who can add one."""

from django.db.models import Prefetch

from eitrack.directory.calendars import is_working_day
from eitrack.directory.models import Team, TeamManager


def is_worked_in(hats, day):
    """Whether it is a working day in the district of one of these hats.

    Without a hat, any Monday to Friday.
    """
    nations = {hat.team.district.nation for hat in hats}
    return day.weekday() < 5 and (
        not nations or any(is_working_day(day, nation) for nation in nations)
    )


def who_adds_hats(user, today):
    """Teams with their managers: those the user was placed in, else all that are open."""
    acting = TeamManager.objects.acting(today).select_related("user").order_by("user__name", "pk")
    teams = Team.objects.prefetch_related(Prefetch("named_managers", acting, to_attr="acting"))
    teams = teams.open_on(today)
    own = list(teams.filter(placements__worker=user).distinct())
    return [
        (team, list(dict.fromkeys(named.user for named in team.acting))) for team in own or teams
    ]
