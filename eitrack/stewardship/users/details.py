"""What the page of one user shows."""

from django.utils import timezone

from eitrack.accounts.factors.required import has_factor
from eitrack.accounts.roles import GRANTS, Permission, Role
from eitrack.common.words import day, day_and_year, listed
from eitrack.directory.factor_resets import confirmable_by
from eitrack.directory.models import Placement, TeamManager
from eitrack.stewardship.users.handing_over import left_by
from eitrack.stewardship.users.leaving import DAY
from eitrack.stewardship.users.lists import Account
from eitrack.stewardship.users.trail import told_of
from eitrack.stewardship.words import dates_in_words


def details_of(user, *, by, today):
    """`user` is one of `user_rows`."""
    now, past = role_lines(user, today)
    hats = list(Placement.objects.worn_by(user))
    return {
        "facts": facts(user),
        "roles": now,
        "past_roles": past,
        "hats": hats,
        "has_person_page": bool(hats) or may_log(user),
        "trail": told_of(user),
        "works": user.works_on(today),
        "has_factor": has_factor(user),
        "reset": confirmable_by(by, timezone.now()).filter(user=user).first(),
        "is_self": user.pk == by.pk,
        "lefts": left_behind(user, by, today),
    }


def may_log(user):
    """Whether they have a page of hats and contracts before they have a hat."""
    return any(Permission.RECORD_ACTIVITY in GRANTS[term.role] for term in user.terms_now)


def left_behind(user, by, today):
    """What nobody has taken over of somebody who leaves, has left, or cannot sign in."""
    if user.is_active and not user.last_day_on:
        return []
    after = min(user.last_day_on or today, today) + DAY
    return left_by(user, after=after, by=by, today=today)


def facts(user):
    joined, signed_in = timezone.localtime(user.joined_at), user.last_login
    return [
        ("Work e-mail", user.email),
        ("Account", account_in_words(user)),
        *([("Last day", day_and_year(user.last_day_on))] if user.last_day_on else []),
        ("Last signed in", moment_in_words(signed_in) if signed_in else "Never"),
        ("Added", day_and_year(joined)),
    ]


def account_in_words(user):
    label = Account(user.state).label
    if user.state != Account.INVITED:
        return label
    until = timezone.localtime(user.invitations.open(timezone.now()).first().expires_at)
    return f"{label}: the link works until {day(until)}, {until:%H:%M}"


def moment_in_words(moment):
    local = timezone.localtime(moment)
    return f"{day_and_year(local)}, {local:%H:%M}"


def role_lines(user, today):
    """(those that run or are to come, those that have ended), each with what belongs to it."""
    named = list(TeamManager.objects.filter(user=user).select_related("team"))
    districts = listed(user.districts.all())
    now, past = [], []
    for term in user.role_terms.all():
        is_past = bool(term.until_on and term.until_on < today)
        teams = {each.team for each in named if each.term_id in (term.pk, None)}
        belongs = {
            Role.MANAGER: f"of {listed(sorted(teams, key=str))}" if teams else "of no team yet",
            Role.DISTRICT: f"of {districts}" if districts else "of no district yet",
        }.get(term.role, "")
        line = {
            "term": term,
            "belongs": "" if is_past and not teams else belongs,
            "dates": dates_in_words(term),
        }
        (past if is_past else now).append(line)
    return now, past
