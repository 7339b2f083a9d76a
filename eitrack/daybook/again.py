"""A log form sent a second time: repeated, it is saved once; corrected, it changes its record."""

from django.db import transaction
from django.utils import timezone

from eitrack.activities.models import Activity
from eitrack.activities.pages.views import save_change
from eitrack.activities.record.form.correction import corrections, in_a_sentence, values_to_correct
from eitrack.activities.threads.life import NONE, keep_together
from eitrack.activities.time.proposals import propose_anew
from eitrack.cases.cover import note_cover
from eitrack.common.versioned import SENT_AGAIN

CHANGED_SINCE = (
    "You saved this form before, and the record was changed since. Both versions are below, side "
    "by side, and nothing more is saved yet. If you save, what you typed replaces what stands "
    "there; “Use theirs” takes over its value."
)
LOGGED_BEFORE = (
    "You logged this already. Both versions are below, side by side, and nothing is saved yet. If "
    "you save, what you typed replaces what stands there; “Use theirs” keeps its value."
)


def correcting_form(form_class, data, before, *, user, today):
    """The same form, bound to the record it became."""
    entry = before.time_entries.select_related("team", "worker").get(worker=user)
    return form_class(
        data,
        instance=before,
        initial=values_to_correct(before, entry),
        kind=before.spine,
        user=user,
        worker=user,
        entry=entry,
        today=today,
        is_correction=True,
    )


def may_be_corrected(activity, user, today):
    own = Activity.objects.editable_by(user, today).open_to_author(user, today)
    return own.filter(pk=activity.pk, time_entries__worker=user).exists()


@transaction.atomic
def save_correction(form, *, by, version):
    """Save the differences between the valid form and its record; returns a sentence about them.

    Nothing is saved if there are none. `version` is the one the form was compared with.
    """
    found = corrections(form)
    if not found:
        return ""
    names = {one.name for one in found}
    activity = save_change(form, by, form.entry, version=version, reason=SENT_AGAIN)
    if form.covered:
        note_cover(form.covered, by=by)
    if "co_workers" in form.fields:
        chosen = form.cleaned_data["co_workers"]
        propose_anew(by=by, entry=form.entry, co_workers=chosen, minutes=form.minutes)
    if "thread" in names:
        to = form.cleaned_data["thread"] or NONE
        keep_together(by=by, activity=activity, to=to, today=timezone.localdate())
    return in_a_sentence(found)
