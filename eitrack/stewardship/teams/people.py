"""Who may manage a team."""

from django.db.models import Q

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Permission, roles_with
from eitrack.directory.models import TeamManager


def may_manage(today):
    """Those who can sign in and hold the role on this day or later."""
    roles = roles_with(Permission.SEE_TEAMS)
    lasting = RoleTerm.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today))
    holders = lasting.filter(role__in=roles).order_by().values("user")
    return User.objects.filter(pk__in=holders, is_active=True)


def standing_managers(team):
    """Those who manage it for as long as they hold the role."""
    named = TeamManager.objects.filter(team=team, term__isnull=True)
    return User.objects.filter(pk__in=named.order_by().values("user"))
