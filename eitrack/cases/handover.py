"""Who works on a case, from which day: every day of an open case has a worker."""

from django.core.exceptions import ValidationError
from django.db import transaction

from eitrack.cases.actions import DAY, begin_change, end_change
from eitrack.cases.choices import Change
from eitrack.cases.models import Allocation, Referral, Request
from eitrack.cases.saving import save_changed
from eitrack.common.words import day_and_year


@transaction.atomic
def hand_over(*, case, allocation, to, team, on, by, version=None):
    """From this day `to` works on the case instead of the worker of this allocation.

    A worker already on it continues, from this day at the latest.
    """
    case = begin_change(case, version)
    pass_on(case, allocation, to, team, on)
    end_change(case, by=by, reason=Change.HANDED_OVER)
    return case


@transaction.atomic
def share_case(*, case, worker, team, on, by, version=None):
    """A joint case: a second worker from this day."""
    case = begin_change(case, version)
    if on < case.opened_on:
        since = day_and_year(case.opened_on)
        raise ValidationError({"on": f"Choose {since} or later: it opened on that day."})
    if running_of(case, worker):
        raise ValidationError({"to": f"{worker} works on this case already."})
    begin(case, worker, team, on)
    end_change(case, by=by, reason=Change.SHARED)
    return case


@transaction.atomic
def hand_over_all(*, worker, teams, to, team, on, by):
    """Hand over all open cases of this worker in these teams; returns how many."""
    held = list(held_by(worker, teams).order_by("case"))
    for allocation in held:
        case = begin_change(allocation.case, None)
        pass_on(case, allocation, to, team, max(on, allocation.from_on))
        end_change(case, by=by, reason=Change.HANDED_OVER)
    return len(held)


@transaction.atomic
def hand_over_open(*, worker, team, to, by):
    """Requests without a decision that this worker answers, and referrals without an answer.

    At once: neither has a day from which somebody has it. Returns how many of each.
    """
    requests, referrals = open_of(worker, [team])
    changed = [
        *((request, "worker") for request in requests.select_for_update()),
        *((referral, "taken_over_by") for referral in referrals.select_for_update()),
    ]
    for record, field in changed:
        setattr(record, field, to)
        save_changed(record, by=by, version=record.version, reason=Change.HANDED_OVER)
    number = sum(isinstance(record, Request) for record, _ in changed)
    return number, len(changed) - number


def open_of(worker, teams):
    """(requests to answer, referrals without an answer) that somebody has in these teams."""
    requests = Request.objects.undecided().to_answer_by(worker).filter(team__in=teams)
    referrals = Referral.objects.undecided().followed_by(worker).filter(team__in=teams)
    return requests.order_by("pk"), referrals.order_by("pk")


def held_by(worker, teams):
    """Allocations of open cases without an end."""
    return Allocation.objects.filter(
        worker=worker, team__in=teams, until_on__isnull=True, case__closed_on__isnull=True
    ).select_related("case")


def pass_on(case, allocation, to, team, on):
    allocation = case.allocations.select_related("worker").get(pk=allocation.pk)
    if allocation.until_on is not None or (allocation.worker, allocation.team) == (to, team):
        raise ValidationError({"to": "Choose somebody who does not have this case already."})
    if on < allocation.from_on:
        since = day_and_year(allocation.from_on)
        who = allocation.worker
        raise ValidationError({"on": f"Choose {since} or later: {who} has it since that day."})
    if allocation.from_on >= on:
        allocation.delete()
    else:
        allocation.until_on = on - DAY
        allocation.save()
    begin(case, to, team, on)


def begin(case, worker, team, on):
    """Work on the case from this day, unless already on it that day."""
    running = running_of(case, worker)
    if running and running.from_on <= on:
        return
    before = case.allocations.filter(worker=worker, until_on__gte=on).order_by("-until_on").first()
    if before:
        until = day_and_year(before.until_on)
        raise ValidationError({"on": f"Choose a later day: {worker} has it until {until}."})
    if running:
        running.from_on = on
        running.save()
    else:
        Allocation.objects.create(case=case, worker=worker, team=team, from_on=on)


def running_of(case, worker):
    return case.allocations.filter(worker=worker, until_on__isnull=True).first()
