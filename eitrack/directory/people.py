"""People: added, given roles and teams, switched off and on. Each change is in the trail, and one
of roles ends the sessions of whoever it concerns.

Somebody who can sign in stays administrator without an end, whatever is ended.
"""

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from eitrack.accounts.invitations import withdraw
from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.accounts.sessions import end_sessions
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import TeamManager

UNUSABLE = "!"


class LastAdministratorError(Exception):
    """Nobody would be left who can let people in."""


class EmailTakenError(Exception):
    """Somebody has this e-mail already."""


@transaction.atomic
def add_user(*, by, user, roles=(), teams=(), districts=()):
    """Save somebody who has yet to choose a password.

    A manager manages `teams`, an officer answers for `districts`.
    """
    user.set_unusable_password()
    save_unless_taken(user, force_insert=True)
    record(Action.CREATED, by=by, about=user)
    for role in roles:
        give_role(by=by, user=user, role=role, teams=teams, districts=districts)
    return user


@transaction.atomic
def change_user(*, by, user, now):
    """Save a name and an e-mail; a link that went to another address no longer works."""
    if User.objects.select_for_update().get(pk=user.pk).email != user.email:
        withdraw(user, now=now)
    save_unless_taken(user, update_fields=["name", "email"])
    record(Action.CHANGED, by=by, about=user)


def save_unless_taken(user, **options):
    try:
        with transaction.atomic():
            user.save(**options)
    except IntegrityError as problem:
        if User.objects.filter(email=user.email).exclude(pk=user.pk).exists():
            raise EmailTakenError from problem
        raise


@transaction.atomic
def give_role(*, by, user, role, from_on=None, until_on=None, teams=(), districts=()):
    """Give a role, for a deputy between two dates; returns the term, the same one if sent twice.

    The teams of a manager are managed while this term runs, or without an end for as long as any
    does.
    """
    User.objects.select_for_update().get(pk=user.pk)
    same = user.role_terms.filter(role=role, from_on=from_on, until_on=until_on).first()
    term = same or RoleTerm(user=user, role=role, from_on=from_on, until_on=until_on)
    if same is None:
        term.changed_by = by
        term.save()
        end_sessions(user)
    if role == Role.MANAGER:
        bound = term if from_on or until_on else None
        for team in teams:
            if TeamManager.objects.get_or_create(team=team, user=user, term=bound)[1]:
                record(Action.CHANGED, by=by, about=team)
    if role == Role.DISTRICT:
        for district in districts:
            if not district.officers.filter(pk=user.pk).exists():
                district.officers.add(user)
                record(Action.CHANGED, by=by, about=district)
    return term


@transaction.atomic
def end_role(*, by, term, on, today):
    """`on` is its last day; one that would never have begun is taken away."""
    keep_an_administrator(today, without_term=term)
    term = RoleTerm.objects.select_for_update().get(pk=term.pk)
    term.changed_by = by
    end_sessions(term.user)
    if term.from_on and term.from_on > on:
        term.delete()
        return
    term.until_on = on
    term.save()
    let_go_of_teams(term)


def let_go_of_teams(term):
    """With the last term without an end, teams managed for as long as any runs end, too.

    A role that is given again brings none of them back.
    """
    others = term.user.role_terms.filter(role=Role.MANAGER).exclude(pk=term.pk)
    if term.role != Role.MANAGER or others.filter(until_on__isnull=True).exists():
        return
    there = TeamManager.objects.filter(user=term.user, term=term).values("team")
    standing = TeamManager.objects.filter(user=term.user, term__isnull=True)
    standing.filter(team__in=there).delete()
    standing.update(term=term)


@transaction.atomic
def switch_off(*, by, user, now, reason=""):
    """Nobody signs in with this account, sessions and links end at once; whether it was on."""
    keep_an_administrator(timezone.localdate(now), without_user=user)
    withdraw(user, now=now)
    is_news = User.objects.filter(pk=user.pk, is_active=True).update(
        is_active=False, sign_out_round=F("sign_out_round") + 1
    )
    end_sessions(user)
    if is_news:
        record(Action.SWITCHED_OFF, by=by, about=user, reason=reason)
    return bool(is_news)


@transaction.atomic
def switch_on(*, by, user):
    """The account works again, without an end; roles that ended stay ended."""
    is_off = Q(is_active=False) | Q(last_day_on__isnull=False)
    is_news = User.objects.filter(is_off, pk=user.pk).update(is_active=True, last_day_on=None)
    if is_news:
        record(Action.SWITCHED_ON, by=by, about=user)
    return bool(is_news)


def keep_an_administrator(today, *, without_term=None, without_user=None):
    """Raise LastAdministratorError if only this term, or user, keeps the service administered.

    Locked, so that of two who end each other's role one stays.
    """
    everyone = RoleTerm.objects.filter(role=Role.ADMINISTRATOR).order_by().values("user")
    list(User.objects.select_for_update().filter(pk__in=everyone).order_by("pk"))
    lasting = lasting_administrators(today)
    left = lasting.exclude(pk=without_term and without_term.pk).exclude(user=without_user)
    if lasting.exists() and not left.exists():
        raise LastAdministratorError


def lasting_administrators(today):
    """Terms without an end of administrators who can sign in, here or at the council's provider."""
    linked = SocialAccount.objects.filter(user=OuterRef("user"))
    return (
        RoleTerm.objects.current(today)
        .filter(
            role=Role.ADMINISTRATOR,
            until_on__isnull=True,
            user__is_active=True,
            user__last_day_on__isnull=True,
        )
        .filter(~Q(user__password__startswith=UNUSABLE) | Exists(linked))
    )
