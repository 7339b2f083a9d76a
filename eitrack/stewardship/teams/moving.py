"""Hats, and the work that goes along, from one team to another: when teams part or merge.

Time that is logged keeps the team of its day.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from eitrack.accounts.models import User
from eitrack.activities.choices import SeriesRole
from eitrack.activities.models import Series, SeriesWorker, TimeEntry
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.cases.handover import hand_over_all
from eitrack.cases.models import Allocation, Request
from eitrack.cases.saving import save_changed
from eitrack.common.words import listed, plural
from eitrack.directory.choices import ChangeoverKind
from eitrack.directory.models import Changeover, Placement, Team, TeamManager
from eitrack.directory.placing import add_placement, end_placement
from eitrack.directory.teams import add_team, close_team

DAY = timedelta(days=1)
OF_TEAM = "team"


def hats_after(team, day):
    """Hats of the team that are worn on some day after this one, by worker."""
    goes_on = Q(until_on__isnull=True) | Q(until_on__gt=day)
    hats = Placement.objects.filter(goes_on, team=team).select_related("worker", "post", "host")
    return hats.order_by("worker__name", "-planned_minutes", "pk")


def logged_from(hats, day):
    """(worker, the last day) with time logged under one of these hats from this day on, or None."""
    entries = TimeEntry.objects.filter(placement__in=[hat.pk for hat in hats], date__gte=day)
    return entries.order_by("-date", "pk").values_list("worker__name", "date").first()


def series_of(team, day):
    """Series of the team that go on on this day or later."""
    return Series.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), team=team)


def open_allocations(team):
    return Allocation.objects.filter(team=team, until_on__isnull=True, case__closed_on__isnull=True)


def work_in_words(team, day):
    """ "8 open cases, 3 series and 1 request to decide", or ""."""
    cases = open_allocations(team).order_by().values("case").distinct().count()
    serieses = series_of(team, day).count()
    requests = Request.objects.undecided().filter(team=team).count()
    parts = [plural(cases, "open case", "open cases")] * bool(cases)
    parts += [f"{serieses} series"] * bool(serieses)
    parts += [plural(requests, "request to decide", "requests to decide")] * bool(requests)
    return listed(parts)


@transaction.atomic
def part(*, by, team, new, hats, managers, on):
    """A new team begins on this day with these hats of another, and with the work of their workers.

    Work of somebody who keeps a hat in the old team stays there.
    """
    lock(team)
    add_team(by=by, team=new, managers=managers)
    move_hats(by=by, hats=hats, to=new, on=on)
    staying = set(hats_after(team, on - DAY).values_list("worker", flat=True))
    moved = {hat.worker_id for hat in hats} - staying
    move_work(by=by, team=team, to=new, on=on, workers=moved)
    keep_changeover(team, new, on, ChangeoverKind.PARTED, ChangeoverKind.SPLIT_OFF)
    return new


@transaction.atomic
def merge(*, by, team, into, managers, on):
    """All hats and all work of the team go to another on this day; it ends the day before."""
    lock(team, into)
    move_hats(by=by, hats=hats_after(team, on - DAY), to=into, on=on)
    move_work(by=by, team=team, to=into, on=on)
    for user in managers:
        TeamManager.objects.get_or_create(team=into, user=user, term=None)
    keep_changeover(into, team, on, ChangeoverKind.TOOK_IN, ChangeoverKind.MERGED)
    record(Action.CHANGED, by=by, about=into, reason=ChangeoverKind.TOOK_IN)
    close_team(by=by, team=team, on=on - DAY)


def lock(*teams):
    list(Team.objects.select_for_update().filter(pk__in=[team.pk for team in teams]).order_by("pk"))


def keep_changeover(team, other, on, kind, kind_of_other):
    Changeover.objects.create(kind=kind, from_on=on, team=team, other=other)
    Changeover.objects.create(kind=kind_of_other, from_on=on, team=other, other=team)


def move_hats(*, by, hats, to, on):
    """Each ends the day before and goes on in the other team; one to come begins there."""
    for hat in hats:
        if hat.from_on >= on:
            hat.team = to
            hat.save()
            record(Action.CHANGED, by=by, about=hat)
            continue
        managers = list(hat.joint_managers.all())
        end_placement(by=by, placement=hat, on=on - DAY)
        hat.pk, hat.team, hat.from_on = None, to, on
        hat._state.adding = True
        add_placement(by=by, placement=hat, joint_managers=managers)


def move_work(*, by, team, to, on, workers=None):
    """Open cases, series and undecided requests of these workers, or all of them."""
    of_workers = {} if workers is None else {"worker__in": workers}
    holders = open_allocations(team).filter(**of_workers).order_by().values("worker")
    for holder in User.objects.filter(pk__in=holders).order_by("pk"):
        hand_over_all(worker=holder, teams=[team], to=holder, team=to, on=on, by=by)
    serieses = series_of(team, on)
    if workers is not None:
        leads = SeriesWorker.objects.filter(role=SeriesRole.LEAD, **of_workers).not_ended(on)
        serieses = serieses.filter(pk__in=leads.order_by().values("series"))
    for series in serieses.order_by("pk"):
        series.team = to
        series.save()
        record(Action.CHANGED, by=by, about=series, reason=OF_TEAM)
    requests = Request.objects.undecided().filter(team=team, **of_workers)
    for request in requests.order_by("pk").select_for_update():
        request.team = to
        save_changed(request, by=by, version=request.version, reason=OF_TEAM)
