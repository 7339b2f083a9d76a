"""A form of a request or referral that is sent again (rule 9)."""

from eitrack.cases.saving import save_changed
from eitrack.common.versioned import ClashError
from eitrack.common.words import listed

# The reason in history and trail of a correction made by sending the form again.
SENT_AGAIN = "sent_again"


def correct(form, before, *, by):
    """Save the differences between the valid form and the record it became.

    Returns a sentence, "" if there are none. Raises ClashError if the record was changed in another
    way since.
    """
    version, changed = before.version, form.correct(before)
    if not changed:
        return ""
    others = before.history.filter(history_type="~").exclude(history_change_reason=SENT_AGAIN)
    if others.exists():
        raise ClashError
    before._change_reason = SENT_AGAIN
    save_changed(before, by=by, version=version, reason=SENT_AGAIN)
    return f"Changed: {listed(changed)}."


def with_what_stands(data, form, names):
    """The typed data, with the record's values for fields the first form did not have."""
    data = data.copy()
    for name in names:
        value = form.fields[name].widget.format_value(form[name].value())
        data[form.add_prefix(name)] = value[0] if isinstance(value, list) else value or ""
    return data
