"""The teams a user works for, and who works in them."""

from django.db.models import Q

from eitrack.accounts.models import User
from eitrack.directory.models import Placement, Team


def teams_of(user, day):
    """Teams the user works in on this day, or manages, unless they are closed."""
    worn, managed = Team.objects.worn_by(user, day), Team.objects.visible_to(user)
    return list(Team.objects.filter(Q(pk__in=worn) | Q(pk__in=managed)).open_on(day))


def workers_of(teams, day):
    """Workers placed in one of these teams on this day who can sign in."""
    placed = Placement.objects.filter(team__in=teams).current(day).values("worker")
    return User.objects.filter(pk__in=placed, is_active=True)
