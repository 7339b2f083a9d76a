"""Whose figures a page offers, and which its address may name (INDICATORS.md part 1)."""

import re

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import Http404

from eitrack.accounts.roles import Permission
from eitrack.directory.models import District, Placement, Team
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, PUBLISHED
from eitrack.indicators.terms.scope import Scope, ScopeKind

# Without rows if only totals of the team are theirs to see (SPEC.md rule 13).
NONE = ()
OF_AN_OPEN_PERIOD = ("team",)


def scopes_offered(user, today):
    """Own work, own and managed teams, the service: the most likely first."""
    found = []
    if user.may(Permission.RECORD_ACTIVITY):
        found.append(Scope.of(user))
    found += map(Scope.of, teams_offered(user, today))
    found += map(Scope.of, District.objects.with_figures_for(user))
    return found


def teams_offered(user, today):
    """Managed teams, and those in which the user wears a hat."""
    wanted = Q()
    if user.may(Permission.SEE_TEAMS):
        wanted |= Q(pk__in=Team.objects.visible_to(user).order_by().values("pk"))
    if user.may(Permission.RECORD_ACTIVITY):
        worn = Placement.objects.current(today).filter(worker=user)
        wanted |= Q(pk__in=worn.order_by().values("team"))
    return list(Team.objects.filter(wanted)) if wanted else []


def scope_in_address(user, code, offered):
    """The scope that an address names; the first one offered by default, None without any.

    A worker of a managed team is not offered but may be named. A scope out of reach is a 404.
    """
    if not code:
        return offered[0] if offered else None
    for scope in offered:
        if scope.code == code:
            return scope
    if found := re.fullmatch(r"(worker|team):([0-9]{1,9})", code):
        model = Team if found[1] == ScopeKind.TEAM else get_user_model()
        record = model.objects.filter(pk=found[2]).first()
        scope = record and Scope.of(record)
        if scope and scope.is_exact_for(user):
            return scope
    raise Http404


def breakdowns_offered(user, scope, indicator, period, today):
    """The breakdowns a user may choose for this figure.

    For the service those that are published. A team the user does not manage has totals only, as a
    row of one post would be one colleague.
    """
    if scope.kind == ScopeKind.DISTRICT:
        codes = OF_AN_OPEN_PERIOD if period.is_open(today) else PUBLISHED
    elif scope.kind == ScopeKind.TEAM and not scope.is_managed_by(user):
        codes = NONE
    else:
        # A worker has one row: the figure itself.
        own = ("team", "worker") if scope.kind == ScopeKind.WORKER else ("team",)
        codes = [code for code in BREAKDOWNS if code not in own]
    return [BREAKDOWNS[code] for code in codes if code in indicator.breakdowns]
