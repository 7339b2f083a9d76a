"""A log form sent again: where it differs from the record it became (rule 9).

All fields of the form are compared, so none can be forgotten here.
"""

from eitrack.activities.forms.fields import MINUTE_PARTS
from eitrack.activities.record.form.following import FILLED_IN_FOR, QUESTION
from eitrack.activities.record.form.stored import stored_values
from eitrack.activities.threads.life import NEW
from eitrack.activities.time.proposals import invited
from eitrack.common.clash import NOT_COMPARED, Difference, in_words
from eitrack.common.forms import as_sent
from eitrack.common.free_text import FreeTextField
from eitrack.directory.models import Site

# Fields whose meaning another field holds, and fields about the sending itself.
SAID_BY_ANOTHER = {
    *NOT_COMPARED,
    *("form_token", "reason_filled_in", "with_seats", "same_session", QUESTION),
    *FILLED_IN_FOR.values(),
    *("elsewhere_kind", "elsewhere_agency"),  # the site
    "colleague_reference",  # the case
}


def values_to_correct(activity, entry):
    """The stored values of everything the log form of a new record asks."""
    return {
        **stored_values(activity, entry),
        "thread": activity.thread_id,
        "co_workers": list(invited(entry).values_list("worker", flat=True)),
    }


def corrections(form):
    """Each field where the valid form differs from the record."""
    found = []
    for name, field in form.fields.items():
        if name in SAID_BY_ANOTHER:
            continue
        stands, said = form.get_initial_for_field(field, name), answer_of(form, name)
        if as_sent(field, stands) == as_sent(field, said):
            continue
        is_text = isinstance(field, FreeTextField)
        words = ("as it was", "changed") if is_text else words_of(field, stands, said)
        found.append(Difference(name, form[name].label, *words))
    return found


def answer_of(form, name):
    """The final value: as typed, or as derived from what was typed."""
    value = form.derived.get(name, form.cleaned_data.get(name))
    if name in MINUTE_PARTS:
        return value or 0
    if name == "site" and form.elsewhere:
        place = form.elsewhere
        same = Site.objects.unmerged().filter(name=place.name, kind=place.kind, agency=place.agency)
        return same.first() or place
    if name == "thread" and value == NEW:
        return form.initial["thread"] or NEW
    return getattr(value, "pk", value) if name == "thread" else value


def words_of(field, stands, said):
    return in_words(field, stands), in_words(field, said)


def in_a_sentence(found):
    """`Changed. How many: 6, now 8. Minutes: 60, now 90.`"""
    return " ".join(["Changed.", *(sentence(one) for one in found)])


def sentence(one):
    if (one.now, one.typed) == ("as it was", "changed"):
        return f"{one.label}: changed."
    return f"{one.label}: {one.now}, now {one.typed}."
