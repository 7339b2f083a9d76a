"""What follows from the hats that a worker wears, and who can add one."""

from eitrack.directory.calendars import is_working_day
from eitrack.directory.models import Team


def is_worked_in(hats, day):
    """Whether it is a working day in the district of one of these hats.

    Without a hat, any Monday to Friday.
    """
    nations = {hat.team.district.nation for hat in hats}
    return day.weekday() < 5 and (
        not nations or any(is_working_day(day, nation) for nation in nations)
    )


def who_adds_hats(user):
    """Teams with their managers: those the user was placed in, else all."""
    teams = Team.objects.prefetch_related("managers")
    own = list(teams.filter(placements__worker=user).distinct())
    return [(team, list(team.managers.all())) for team in own or teams]
