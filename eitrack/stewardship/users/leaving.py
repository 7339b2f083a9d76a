"""Somebody leaves: roles and hats end on the last day, then the account and what was theirs alone.

Cases and series stay with them until a manager hands them over.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.activities.choices import SeriesRole
from eitrack.activities.models import SeriesWorker
from eitrack.activities.series.handover import end as end_helping
from eitrack.activities.threads.life import dissolve_thread
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import Contract, Placement, TeamManager
from eitrack.directory.people import end_role, keep_an_administrator, switch_off
from eitrack.directory.placing import end_placement
from eitrack.stewardship.choices import LEAVING

DAY = timedelta(days=1)


@transaction.atomic
def see_off(*, by, user, on, is_now, now):
    """`on` is the last day; the account closes after it, or now. Sent twice it is done once."""
    today = timezone.localdate(now)
    keep_an_administrator(today, without_user=user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.last_day_on == on and not (is_now and user.is_active):
        return
    for term in not_ended(user.role_terms.all(), on):
        end_role(by=by, term=term, on=on, today=today)
    # What is left of them rests on no role.
    TeamManager.objects.filter(user=user, term__isnull=True).delete()
    for hat in not_ended(Placement.objects.filter(worker=user), on):
        end_hat(by=by, hat=hat, on=on)
    for contract in not_ended(Contract.objects.filter(worker=user), on):
        end_contract(by=by, contract=contract, on=on)
    for helping in helping_of(user, on):
        end_helping(helping, on + DAY)
    user.last_day_on = on
    user.save(update_fields=["last_day_on"])
    record(Action.CLOSED, by=by, about=user, reason=LEAVING)
    if is_now or on < today:
        close_account(by=by, user=user, now=now)


def not_ended(records, on):
    """Those of these dated records that would run on after this day."""
    return [each for each in records if each.until_on is None or each.until_on > on]


def helping_of(user, on):
    """Roles beside a lead in series that go on after this day."""
    roles = SeriesWorker.objects.filter(worker=user).exclude(role=SeriesRole.LEAD)
    return not_ended(roles.select_related("series"), on)


def end_hat(*, by, hat, on):
    """One that has not begun is taken away: no time was logged under it."""
    if hat.from_on <= on:
        end_placement(by=by, placement=hat, on=on)
        return
    record(Action.VOIDED, by=by, about=hat)
    hat.delete()


def end_contract(*, by, contract, on):
    is_begun = contract.from_on <= on
    record(Action.CLOSED if is_begun else Action.VOIDED, by=by, about=contract)
    if is_begun:
        contract.until_on = on
        contract.save()
    else:
        contract.delete()


@transaction.atomic
def close_account(*, by, user, now):
    """Nobody signs in with it, its calendar address is dead, its threads leave no trace."""
    switch_off(by=by, user=user, now=now, reason=LEAVING)
    if hasattr(user, "calendar_feed"):
        user.calendar_feed.delete()
    user.kept_forms.all().delete()
    for thread in user.threads.order_by("pk"):
        dissolve_thread(thread, on=timezone.localdate(now))


def close_accounts(now):
    """Of those whose last day has passed; returns how many."""
    gone = User.objects.filter(is_active=True, last_day_on__lt=timezone.localdate(now))
    users = list(gone.order_by("pk"))
    for user in users:
        close_account(by=None, user=user, now=now)
    return len(users)
