"""Where a reference can be tried: contact on a colleague's case, opening one, and finding one for
somebody who asks what is held (SPEC.md part 2).

Typing a reference held by others reveals that it exists. So each try is recorded in the trail,
without its text, and after ten on a day nothing is looked up.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.audit.trail import record, record_reveal
from eitrack.cases.models import Case
from eitrack.cases.models.case import plain_reference

NOT_FOUND, TAKEN = "not_found", "taken"
MOST_WRONG_A_DAY = 10


class NotFoundError(Exception):
    """There is no such open case in the worker's district; nothing more is revealed."""


class TakenError(Exception):
    """The reference cannot be used for a new case; `case` has it and is in reach."""

    def __init__(self, case):
        super().__init__()
        self.case = case


class TooManyWrongError(Exception):
    """Too many references were wrong or taken today: the manager can help."""


@contextmanager
def one_try(by):
    """Context of one try; raises TooManyWrongError after ten wrong ones on the day."""
    with transaction.atomic():
        # One guess at a time, so that concurrent ones are counted too.
        User.objects.select_for_update().get(pk=by.pk)
        today = Entry.objects.filter(on=timezone.localdate(), by=by, action=Action.COVERED)
        if today.filter(reason__in=(NOT_FOUND, TAKEN)).count() >= MOST_WRONG_A_DAY:
            raise TooManyWrongError
        yield


def case_to_cover(reference, *, by, on):
    """The case of this exact reference, open on this day in the worker's district."""
    with one_try(by):
        case = Case.objects.covered_by_reference(reference, by=by, on=on)
        if case is None:
            record(Action.COVERED, by=by, reason=NOT_FOUND)
    if case is None:
        raise NotFoundError
    return case


def case_of_subject(reference, *, by):
    """The case in reach, open or closed, of somebody who asked what is held about them."""
    with one_try(by):
        known = Case.objects.visible_to(by).known_among([plain_reference(reference)])
        case = next(iter(known.values()), None)
        if case:
            record_reveal(by=by, about=case)
        else:
            record(Action.COVERED, by=by, reason=NOT_FOUND)
    if case is None:
        raise NotFoundError
    return case


def opened_with(reference, *, by, district, open_case):
    """The case that `open_case` opens; raises TakenError when another one has the reference."""
    with one_try(by):
        try:
            return open_case()
        except ValidationError as refused:
            if "reference" not in getattr(refused, "error_dict", ()):
                raise
        known = Case.objects.visible_to(by).filter(district=district).known_among([reference])
        case = next(iter(known.values()), None)
        if case:
            record_reveal(by=by, about=case)
        else:
            record(Action.COVERED, by=by, reason=TAKEN)
    raise TakenError(case)


def note_cover(case, *, by):
    """Record that this user logged contact on a case of others, for its history."""
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        record(Action.COVERED, by=by, about=case)
