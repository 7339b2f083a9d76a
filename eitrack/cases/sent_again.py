"""A form of a request or a referral that comes a second time (rule 9)."""

from eitrack.cases.saving import save_changed
from eitrack.common.versioned import ClashError
from eitrack.common.words import listed

# The reason in history and trail of a correction that came by the form of the new record.
SENT_AGAIN = "sent_again"


def correct(form, before, *, by):
    """What the valid form says otherwise than the record it became is a change of that record.

    Answers it in a sentence, "" where it says the same. Raises ClashError where the record was
    changed in another way since.
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
    """What was typed, with the record's own values of fields that the first form did not ask."""
    data = data.copy()
    for name in names:
        value = form.fields[name].widget.format_value(form[name].value())
        data[form.add_prefix(name)] = value[0] if isinstance(value, list) else value or ""
    return data
