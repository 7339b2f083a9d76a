"""The hats a worker wears on a day, and who can add one."""

from eitrack.directory.models import Placement, Team


def hats_on(user, day):
    return list(Placement.objects.worn_by(user).current(day))


def who_adds_hats(user):
    """Teams with their managers: those the user was placed in, else all."""
    teams = Team.objects.prefetch_related("managers")
    own = list(teams.filter(placements__worker=user).distinct())
    return [(team, list(team.managers.all())) for team in own or teams]
