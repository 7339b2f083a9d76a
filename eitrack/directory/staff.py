"""Whose hats, contracts and absences somebody keeps: of everybody, of own teams, or their own."""

from datetime import date

from django.db.models import Exists, Q
from django.utils import timezone

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import GRANTS, Permission
from eitrack.directory.models import Placement, Team


def people_in_reach(user):
    """The user; for a manager those ever placed in own teams, and newcomers without a hat."""
    reach = Q(pk=user.pk)
    if user.may(Permission.MANAGE_PLACEMENTS):
        reach |= placed_in_teams_of(user)
    return User.objects.filter(reach)


def placed_in_teams_of(user):
    """Those ever placed in teams the user manages, and newcomers."""
    placed = Placement.objects.filter(team__in=Team.objects.visible_to(user))
    return Q(pk__in=placed.values("worker")) | Q(pk__in=newcomers(user).values("pk"))


def newcomers(user):
    """Workers who never had a hat; any manager may give them one."""
    return User.objects.filter(
        may_log(), Exists(Team.objects.visible_to(user)), is_active=True, placements__isnull=True
    )


def may_log():
    """Those who hold a role today with which one records work."""
    roles = [role for role, granted in GRANTS.items() if Permission.RECORD_ACTIVITY in granted]
    terms = RoleTerm.objects.current(timezone.localdate()).filter(role__in=roles)
    return Q(pk__in=terms.values("user"))


def staff_of(user):
    """Those of whom the user keeps hats, contracts and absences."""
    if user.may(Permission.MANAGE_STAFFING):
        return User.objects.filter(may_log() | Q(pk__in=Placement.objects.values("worker")))
    if user.may(Permission.MANAGE_PLACEMENTS):
        return User.objects.filter(placed_in_teams_of(user))
    return User.objects.none()


def staff_or_self(user):
    """Those of whom the user keeps absences: their own, too."""
    own = User.objects.filter(pk=user.pk) if user.may(Permission.KEEP_ABSENCES) else None
    return staff_of(user) if own is None else staff_of(user) | own


def keeps(user, worker, first, last):
    """Whether a manager keeps what lies between these days: a hat in own teams runs then.

    An administrator keeps all, and who has no hat yet is kept by any manager.
    """
    if user.may(Permission.MANAGE_STAFFING):
        return True
    worn = Placement.objects.filter(worker=worker)
    own = worn.filter(team__in=Team.objects.visible_to(user))
    return own.overlapping(first, last or date.max).exists() or not worn.exists()
