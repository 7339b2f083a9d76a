"""The life of a formal case: opened, changed, levelled, closed; atomically, and in the trail.

What a rule refuses raises a ValidationError for the field of the page, and nothing is written.
`version` is the one the page was opened with; raises ClashError unless it is the newest.
"""

from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.audit.trail import record
from eitrack.cases.choices import Change
from eitrack.cases.cover import TakenError, TooManyWrongError, opened_with
from eitrack.cases.models import Case, LevelSpell
from eitrack.cases.models.case import plain_reference
from eitrack.common.horizon import STILL_TO_COME
from eitrack.common.versioned import ClashError, correct, insert_once, saved_before
from eitrack.common.words import day_and_year

DAY = timedelta(days=1)
STILL_HERE = "Everything you typed is still here: look at the case, then change it on its page."


@transaction.atomic
def open_case(*, case, reference, level, worker, team, agencies=(), by):
    """Save a new case with its reference, first level and workers, and return it.

    A form that was sent before returns the case it opened then.
    """
    case.district_id = team.district_id
    if before := insert_once(case, own=Case.objects, by=by):
        return before
    case.keep_reference(reference)
    case.agencies_in_plan.set(agencies)
    case.level_spells.create(level=level, from_on=case.opened_on)
    case.allocations.create(worker=worker, team=team, from_on=case.opened_on)
    record(Action.CREATED, by=by, about=case)
    return case


def opened_before(token):
    """The case opened with the form of this token, if it was sent before."""
    return saved_before(Case.objects, token)


def opened_by(form, *, by):
    """The case that a valid `CaseForm` opens, or opened when sent before; None if refused."""
    values = form.cleaned_data
    if before := opened_before(values["form_token"]):
        return before if corrected(form, before, by=by) else None
    worker, team = values["held_by"]
    reference = plain_reference(values["reference"])
    new = partial(
        open_case,
        case=form.instance,
        reference=reference,
        level=values["level"],
        worker=worker,
        team=team,
        agencies=values["agencies_in_plan"],
        by=by,
    )
    try:
        return opened_with(reference, by=by, district=team.district_id, open_case=new)
    except TakenError as taken:
        form.say_taken(taken.case)
    except TooManyWrongError:
        form.say_too_many()
    return None


def corrected(form, before, *, by):
    """Whether the form repeats what its case says, or could correct it (rule 9).

    Fields with a page of their own, or changed there since, get an error.
    """
    if not before.has_reference(form.cleaned_data["reference"]):
        form.say_saved_before(before)
        return False
    if elsewhere := form.said_elsewhere(before):
        for name in elsewhere:
            form.add_error(name, f"{before} was opened otherwise. Change that on its own page.")
        return False
    agencies = form.cleaned_data["agencies_in_plan"]
    change = partial(change_facts, case=before, agencies=agencies, by=by)
    of_its_form = {"history_user": by, "history_change_reason": Change.FACTS}
    try:
        form.said = correct(form, before, lambda version: change(version=version), **of_its_form)
    except ClashError:
        form.add_error(None, f"{before} was changed since you opened it. {STILL_HERE}")
        return False
    return True


@transaction.atomic
def change_facts(*, case, agencies, by, version):
    """Save changes to the case itself and to the agencies in its plan."""
    begin_change(case, version)
    case.agencies_in_plan.set(agencies)
    end_change(case, by=by, reason=Change.FACTS)


@transaction.atomic
def change_level(*, case, level, on, today, by, version=None):
    """The case is at another level from this day; the previous level ends the day before.

    On the first day of a level it is replaced.
    """
    case = begin_change(case, version)
    if on > today:
        raise ValidationError({"on": STILL_TO_COME})
    running = case.level_spells.filter(until_on__isnull=True).first()
    since = running.from_on if running else case.opened_on
    if on < since:
        raise ValidationError({"on": f"Choose {day_and_year(since)} or later: {why(running)}."})
    if running and running.level == level:
        raise ValidationError({"level": "The case is at this level already."})
    if running and running.from_on == on:
        running.level = level
        running.save()
    else:
        if running:
            running.until_on = on - DAY
            running.save()
        LevelSpell.objects.create(case=case, level=level, from_on=on)
    end_change(case, by=by, reason=Change.LEVEL)
    return case


def why(running):
    return "its level now began on that day" if running else "it opened on that day"


@transaction.atomic
def close_case(*, case, on, reason, today, by, version=None):
    """Close the case on this day; its level and allocations end on it too.

    Planned changes do not take place.
    """
    case = begin_change(case, version)
    refuse_closing(case, on, today)
    planned = list(case.allocations.filter(from_on__gt=on))
    for allocation in planned:
        allocation.delete()
    for dated in [*case.allocations.current(on), *case.level_spells.current(on)]:
        # A hand-over planned for the next day does not happen: the holder keeps it to the end.
        if dated.until_on != on or planned:
            dated.until_on = on
            dated._change_reason = Change.CLOSED
            dated.save()
    case.closed_on, case.end_reason = on, reason
    end_change(case, by=by, reason=reason, action=Action.CLOSED)
    return case


def refuse_closing(case, on, today):
    """Not before it opened, not before later events, not in the future."""
    if on > today:
        raise ValidationError({"on": STILL_TO_COME})
    last = case.level_spells.filter(from_on__gt=on).order_by("-from_on").first()
    begun = case.allocations.filter(from_on__gt=on, from_on__lte=today).order_by("-from_on").first()
    contact = case.activities.held().filter(date__gt=on).order_by("-date").first()
    reasons = [
        (case.opened_on if on < case.opened_on else None, "it opened on that day"),
        (last and last.from_on, "its level changed on that day"),
        (begun and begun.from_on, "somebody began to work on it on that day"),
        (contact and contact.date, "a contact of that day is recorded"),
    ]
    days = [(day, reason) for day, reason in reasons if day]
    if days:
        day, reason = max(days)
        raise ValidationError({"on": f"Choose {day_and_year(day)} or later: {reason}."})


@transaction.atomic
def reopen_case(*, case, today, by):
    """Undo a closing on the day it was recorded; everything is as before.

    Only later plans have to be made again.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not may_be_reopened(case, today):
        raise ClashError
    for dated in [
        *case.allocations.filter(until_on=case.closed_on),
        *case.level_spells.filter(until_on=case.closed_on),
    ]:
        if dated.history.first().history_change_reason == Change.CLOSED:
            dated.until_on = None
            dated.save()
    case.closed_on, case.end_reason = None, ""
    end_change(case, by=by, reason=Change.REOPENED)
    return case


def may_be_reopened(case, today):
    """Whether the closing was recorded today, whatever its date."""
    closings = Entry.objects.about(case).filter(action=Action.CLOSED, on=today)
    return not case.is_open and closings.exists()


def begin_change(case, version):
    """The stored case, locked until the change is saved."""
    newest = Case.objects.select_for_update().get(pk=case.pk)
    if not newest.is_open or (version is not None and newest.version != version):
        raise ClashError
    return newest


def end_change(case, *, by, reason, action=Action.CHANGED):
    case.version += 1
    case._change_reason = reason
    case.save()
    record(action, by=by, about=case, reason=reason)
