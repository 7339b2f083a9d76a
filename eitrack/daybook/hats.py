"""Who can add a hat for a worker who wears none."""

from eitrack.directory.models import Team


def who_adds_hats(user):
    """Teams with their managers: those the user was placed in, else all."""
    teams = Team.objects.prefetch_related("managers")
    own = list(teams.filter(placements__worker=user).distinct())
    return [(team, list(team.managers.all())) for team in own or teams]
