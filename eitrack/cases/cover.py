"""Cover: contact on a colleague's case, found by its exact reference (SPEC.md part 2)."""

from django.db import transaction
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.audit.trail import record
from eitrack.cases.models import Case

NOT_FOUND = "not_found"
MOST_WRONG_A_DAY = 10


class NotFoundError(Exception):
    """There is no such open case in the worker's district; no more is said."""


class TooManyWrongError(Exception):
    """Today too many references were not found: the manager can help."""


def case_to_cover(reference, *, by, on):
    """The case of this exact reference, open on this day in the worker's district.

    A wrong one is counted in the trail, without its text; after 10 on a day nothing is looked up.
    """
    with transaction.atomic():
        # One guess at a time, so that many at once are counted too.
        User.objects.select_for_update().get(pk=by.pk)
        today = Entry.objects.filter(on=timezone.localdate(), by=by, action=Action.COVERED)
        if today.filter(reason=NOT_FOUND).count() >= MOST_WRONG_A_DAY:
            raise TooManyWrongError
        case = Case.objects.covered_by_reference(reference, by=by, on=on)
        if case is None:
            record(Action.COVERED, by=by, reason=NOT_FOUND)
    if case is None:
        raise NotFoundError
    return case


def note_cover(case, *, by):
    """That this user recorded contact on a case that is not theirs; the case's history tells."""
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        record(Action.COVERED, by=by, about=case)
