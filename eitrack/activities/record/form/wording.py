"""Words of the log form: labels, and what an empty choice of a list means."""

from django import forms

from eitrack.activities.forms.fields import SiteField
from eitrack.activities.kinds import Counts
from eitrack.activities.record.fields import FIELDS
from eitrack.activities.threads.form import NO_THREAD
from eitrack.common.forms import name_the_empty_choice

HOW_MANY = {
    Counts.PEOPLE: "How many",
    Counts.BOTH: "How many came (the host's number)",
    Counts.FAMILY_MEMBERS: "How many family members",
    Counts.PROFESSIONALS: "How many professionals",
}
EMPTY_WORDS = {
    "agency": "Choose an agency",
    "case": "Choose a case",
    "topic": "Choose a topic",
    "elsewhere_kind": "Choose a kind of place",
    "elsewhere_agency": "No agency",
    "request": "No request",
    "referral": "No referral",
    "series": "No series",
    "thread": NO_THREAD,
    "not_run_reason": "It ran",
    "band": "Counted, not estimated",
    "activity_type": "Choose what it was",
    "placement": "Choose a hat",
    "change_reason": "Choose a reason",
    "obstacle": "Nothing was in the way",
    "funding_stream": "The one of the hat",
}
LABELS = {field.name: field.label for field in FIELDS}


def worded(form_class):
    """Capitalise labels and replace the dashes of empty choices.

    Done on the class, once for all its forms.
    """
    for name, field in form_class.base_fields.items():
        label = LABELS.get(name) or str(field.label or name.replace("_", " "))
        field.label = label[0].upper() + label[1:]
        if not isinstance(field, (SiteField, forms.ModelMultipleChoiceField)):
            name_the_empty_choice(field, empty_words(name))
    return form_class


def empty_words(name):
    return EMPTY_WORDS.get(name, "Not recorded")


def word_for_kind(form):
    """Labels that depend on the kind or the user."""
    if "attendance" in form.fields:
        form.fields["attendance"].label = HOW_MANY[form.kind.counts]
    if "begun_by_worker" in form.fields and form.user != form.worker:
        form.fields["begun_by_worker"].label = "Begun by the worker"
