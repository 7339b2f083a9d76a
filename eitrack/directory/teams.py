"""Teams: added, renamed, given managers, closed. Each change is in the trail.

A team keeps its key and its slug whatever it is called, and so do its figures, its addresses and
what was released.
"""

from django.db import IntegrityError, transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.slugs import free_slug
from eitrack.directory.choices import ChangeoverKind
from eitrack.directory.models import Changeover, FundingStream, Team, TeamManager

REOPENED = "reopened"
RENAMED = "renamed"
MANAGERS = "managers"


class NameTakenError(Exception):
    """Another one has this name."""


@transaction.atomic
def add_team(*, by, team, managers=()):
    """Save a new team under a slug of its own."""
    team.slug = free_slug(Team, team.name)
    save_unless_taken(team)
    TeamManager.objects.bulk_create([TeamManager(team=team, user=user) for user in managers])
    record(Action.CREATED, by=by, about=team)
    return team


def save_unless_taken(named, **options):
    try:
        with transaction.atomic():
            named.save(**options)
    except IntegrityError as problem:
        if type(named).objects.filter(name=named.name).exclude(pk=named.pk).exists():
            raise NameTakenError from problem
        raise


@transaction.atomic
def rename(*, by, named, name, on):
    """A team or funding stream is called otherwise from this day; None only mends the spelling."""
    before = type(named).objects.select_for_update().get(pk=named.pk).name
    named.name = name
    save_unless_taken(named, update_fields=["name"])
    if on is not None and before != name:
        field = "funding_stream" if isinstance(named, FundingStream) else "team"
        Changeover.objects.create(
            kind=ChangeoverKind.RENAMED,
            from_on=on,
            name_before=before,
            name_after=name,
            **{field: named},
        )
    record(Action.CHANGED, by=by, about=named, reason=RENAMED)


@transaction.atomic
def name_managers(*, by, team, managers):
    """These manage the team for as long as they hold the role; deputies stay as they are."""
    Team.objects.select_for_update().get(pk=team.pk)
    standing = TeamManager.objects.filter(team=team, term__isnull=True)
    wanted = {user.pk for user in managers}
    there = set(standing.values_list("user", flat=True))
    standing.exclude(user__in=wanted).delete()
    TeamManager.objects.bulk_create(
        [TeamManager(team=team, user_id=pk) for pk in sorted(wanted - there)]
    )
    if wanted != there:
        record(Action.CHANGED, by=by, about=team, reason=MANAGERS)


@transaction.atomic
def close_team(*, by, team, on):
    """`on` is its last day; nothing is offered in it afterwards, and its records stay."""
    team.until_on = on
    team.save(update_fields=["until_on"])
    record(Action.CLOSED, by=by, about=team)


@transaction.atomic
def reopen_team(*, by, team):
    """Returns whether it was closed."""
    is_news = bool(Team.objects.filter(pk=team.pk, until_on__isnull=False).update(until_on=None))
    if is_news:
        record(Action.CHANGED, by=by, about=team, reason=REOPENED)
    return is_news
