"""Advice on the threshold to a professional: one answer in four fields."""

ADVICE = "has_threshold_advice"
PARTS = ("level_before", "level_after", "threshold_result")


def settle_threshold_advice(form):
    """A level or a result implies that advice was given.

    Unsetting it on a record and leaving the rest unchanged clears all of it; answering No with a
    new result is refused.
    """
    if ADVICE not in form.fields or form.cleaned_data.get(ADVICE):
        return
    is_taken_back = form.initial.get(ADVICE) and not set(PARTS) & set(form.changed_data)
    if is_taken_back:
        form.cleaned_data |= {"level_before": None, "level_after": None, "threshold_result": ""}
    elif any(form.cleaned_data.get(name) for name in PARTS):
        if form.cleaned_data.get(ADVICE) is False:
            form.add_error(ADVICE, "A level or a result says that advice was given: choose Yes.")
        form.cleaned_data[ADVICE] = True
