"""Somebody has lost their phone: two people together take the second factors off.

Whoever asks is an administrator; another one, or a manager of the person, confirms. Where there is
nobody else, `manage.py reset_factors` does it on the server.
"""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from eitrack.accounts.models import FactorReset, User
from eitrack.accounts.roles import Permission
from eitrack.accounts.sessions import end_sessions
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import Placement, Team, TeamManager

ON_SERVER = "on the server"


class NotByThemError(Exception):
    """This person may not confirm it, or it was confirmed or is too old."""


def confirmable_by(user, now):
    """Resets that wait, and that this person may confirm."""
    waiting = FactorReset.objects.open(now).exclude(Q(asked_by=user) | Q(user=user))
    if user.may(Permission.MANAGE_USERS):
        return waiting
    if not user.may(Permission.MANAGE_PLACEMENTS):
        return waiting.none()
    today = timezone.localdate(now)
    worn = Placement.objects.current(today).filter(team__in=Team.objects.managed_by(user, today))
    return waiting.filter(user__in=worn.order_by().values("worker"))


def managers_who_may(reset, today):
    """Managers of a team in which the person wears a hat; not whoever asked."""
    teams = Team.objects.worn_by(reset.user, today)
    acting = TeamManager.objects.acting(today).filter(team__in=teams).order_by().values("user")
    return User.objects.filter(pk__in=acting).exclude(pk__in=[reset.user_id, reset.asked_by_id])


@transaction.atomic
def ask_reset(*, by, user, now):
    """One that waits already is asked for once; returns (the reset, whether it is new)."""
    User.objects.select_for_update().get(pk=user.pk)
    waiting = FactorReset.objects.open(now).filter(user=user).first()
    if waiting:
        return waiting, False
    reset = FactorReset.objects.create(user=user, asked_by=by, asked_at=now)
    record(Action.RESET_ASKED, by=by, about=user)
    return reset, True


@transaction.atomic
def confirm_reset(*, by, reset, now):
    """Take the factors off; sessions end, and the next sign-in asks for new ones."""
    User.objects.select_for_update().get(pk=reset.user_id)
    reset = confirmable_by(by, now).select_related("user").filter(pk=reset.pk).first()
    if reset is None:
        raise NotByThemError
    reset.confirmed_by, reset.confirmed_at = by, now
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    take_off_factors(by=by, user=reset.user)


@transaction.atomic
def take_off_factors(*, by, user, reason=""):
    """The second person alone, or nobody (`by=None`) on the server."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions(user)
    record(Action.RESET_DONE, by=by, about=user, reason=reason)
