"""Same session? Asked once, before a second record of a session is saved (SPEC.md rule 8)."""

from django import forms

from eitrack.activities.joint.same_session import (
    counted_alike,
    different_numbers,
    lead_of,
    records_alike,
)
from eitrack.activities.models import Activity
from eitrack.activities.words import headcount_in_words, not_run_in_words
from eitrack.directory.closing import is_closed

ANOTHER = "another"
# Followed by the key of the own record to be changed instead.
CHANGE = "change-"


def settle_joining(form):
    """Whether the valid log form may be saved: nothing looks alike, or the question is answered.

    Sets `form.joined` to the record to be joined, `form.to_change` to the own record to be changed
    instead, or None, and `form.is_another` if it is certainly another session. A planned session of
    the form's own series that was counted alike needs no question: saving joins it.
    """
    answer = form.data.get(form.add_prefix("same_session"), "")
    form.joined = form.to_change = None
    form.is_another = answer == ANOTHER
    if form.is_another:
        return True
    own, others = alike_of(form)
    if answer.startswith(CHANGE):
        form.to_change = found_in(own, answer.removeprefix(CHANGE))
        if form.to_change:
            return True
    if answer.isdecimal():
        form.joined = found_in(others, answer) or joined_before(form, int(answer[:18]))
        if form.joined:
            return True
    team_id = form.cleaned_data["placement"].team_id
    if others and not own and is_closed(form.instance.date, team_id):
        # It waits for approval anyway; the manager is told and can join them.
        form.instance.looks_like = others[0]
        return True
    if own or others:
        ask(form, own, others)
    return not (own or others)


def found_in(records, pk):
    return next((one for one in records if str(one.pk) == pk), None)


def alike_of(form):
    own, others = records_alike(
        form.instance,
        kind=form.kind,
        minutes=form.minutes["contact_minutes"],
        worker=form.worker,
    )
    if form.cleaned_data.get("not_run_reason"):
        return own, []
    return own, [
        one
        for one in others
        if not (is_planned_in(form, one) and counted_alike(form.instance, one))
    ]


def is_planned_in(form, other):
    """Whether it is the record of a planned date of the form's own series."""
    series = form.cleaned_data.get("series")
    return bool(other.planned_on and series and other.series_id == series.pk)


def joined_before(form, pk):
    """Whether this very form was sent before and its time is on the record already."""
    return (
        Activity.objects.held()
        .filter(pk=pk, time_entries__worker=form.worker, date=form.instance.date)
        .filter(site=form.instance.site, kind=form.kind.code.value)
        .first()
    )


def ask(form, own, others):
    """Show the form again, with this question above all fields."""
    said_by_own = [f"You logged this already: {counted_there(one, form.today)}." for one in own]
    # A colleague's number and the one typed; only the two of them know which is right.
    numbers = [
        different_numbers(one, headcount_in_words(one.kind, form.instance.headcount))
        for one in others
        if is_planned_in(form, one)
    ]
    field = forms.ChoiceField(
        label=" ".join([*said_by_own, *numbers]) or "Is it the same session?",
        choices=[
            *((f"{CHANGE}{one.pk}", change_words(one, own)) for one in own if is_mine(form, one)),
            *((one.pk, f"Yes, join it: {said(one)}") for one in others),
            (ANOTHER, "Log another" if own else "No, another session"),
        ],
        widget=forms.RadioSelect,
        help_text=help_of(form, own, others),
    )
    form.fields["same_session"] = field
    form.add_error(
        "same_session",
        "Choose one: change what you logged, or log another."
        if own
        else "A colleague has recorded a session like this. Choose one.",
    )


def is_mine(form, one):
    """Whether this user may still change it."""
    own = Activity.objects.open_to_author(form.user, form.today)
    return one.recorded_by_id == form.user.pk and own.filter(pk=one.pk).exists()


def change_words(one, own):
    which = "" if len(own) == 1 else f": {one.activity_type}, {start_of(one)}"
    return f"Change that one{which}"


def help_of(form, own, others):
    words = []
    if own:
        words.append("To change it, both are shown side by side first; nothing is saved before.")
    if others:
        words.append(
            "Joined, it stays one session: the headcount is the one recorded there, and your "
            "minutes are added."
        )
        if form.cleaned_data.get("note"):
            words.append("Your note is not.")
    return " ".join(words)


def counted_there(one, today):
    """`21 attended, 09:30`: how its author recognises a record."""
    counted = headcount_in_words(one.kind, one.headcount)
    if one.not_run_reason:
        counted = not_run_in_words(one, today)
    return ", ".join(part for part in (counted, start_of(one)) if part)


def start_of(one):
    return f"{one.starts_at:%H:%M}" if one.starts_at else "no start given"


def said(other):
    """Type, site, time and lead; nothing else."""
    return f"{other.activity_type}, {other.site}, {start_of(other)}, {lead_of(other)}"
