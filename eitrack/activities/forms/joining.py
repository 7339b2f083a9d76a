"""Same session? Asked once, before a second record of one session is saved (SPEC.md rule 8)."""

from django import forms

from eitrack.activities.models import Activity
from eitrack.activities.same_session import same_sessions
from eitrack.directory.closing import is_closed

ANOTHER = "another"


def settle_joining(form):
    """Whether the valid log form may be saved: nothing looks alike, or its question is answered.

    What is to be joined stands in `form.joined` afterwards, or None. A session planned in the
    form's own series needs no question: saving it joins it.
    """
    form.joined = None
    answer = form.data.get(form.add_prefix("same_session"), "")
    if answer == ANOTHER or form.cleaned_data.get("not_run_reason"):
        return True
    alike = alike_of(form)
    if answer.isdecimal():
        found = [one for one in alike if one.pk == int(answer[:18])]
        form.joined = found[0] if found else joined_before(form, int(answer[:18]))
        if form.joined:
            return True
    if not alike:
        return True
    if is_closed(form.instance.date, form.cleaned_data["placement"].team_id):
        # It waits for approval anyway; the manager is told, and joins them.
        form.instance.looks_like = alike[0]
        return True
    ask(form, alike)
    return False


def alike_of(form):
    series = form.cleaned_data.get("series")
    return [
        other
        for other in same_sessions(
            form.instance,
            kind=form.kind,
            minutes=form.minutes["contact_minutes"],
            worker=form.worker,
        )
        if not (other.planned_on and series and other.series_id == series.pk)
    ]


def joined_before(form, pk):
    """The very form was sent before: its time is on the record already."""
    return (
        Activity.objects.held()
        .filter(pk=pk, time_entries__worker=form.worker, date=form.instance.date)
        .filter(site=form.instance.site, kind=form.kind.code.value)
        .first()
    )


def ask(form, alike):
    """The form comes back with one question, first of all its fields."""
    field = forms.ChoiceField(
        label="Is it the same session?",
        choices=[
            *((other.pk, f"Yes, join it: {said(other)}") for other in alike),
            (ANOTHER, "No, another session"),
        ],
        widget=forms.RadioSelect,
        required=False,
        help_text="Joined, it stays one session: the headcount is the one recorded there, and "
        f"your minutes are added.{' Your note is not.' if form.cleaned_data.get('note') else ''}",
    )
    form.fields["same_session"] = field
    form.add_error("same_session", "A colleague has recorded a session like this. Choose one.")


def said(other):
    """Type, site, time and lead, nothing else."""
    start = f"{other.starts_at:%H:%M}" if other.starts_at else "no start given"
    lead = next((entry.worker for entry in other.time_entries.all() if entry.is_lead), None)
    return f"{other.activity_type}, {other.site}, {start}, {lead or other.recorded_by}"
