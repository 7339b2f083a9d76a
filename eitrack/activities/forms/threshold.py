"""Advice on the threshold to a professional: one answer in four fields."""

ADVICE = "has_threshold_advice"
PARTS = ("level_before", "level_after", "threshold_result")


def settle_threshold_advice(form):
    """A level or a result says that advice was given.

    Who takes the tick off a record and leaves the rest as it was takes all of it back.
    """
    if ADVICE not in form.fields or form.cleaned_data.get(ADVICE):
        return
    is_taken_back = form.initial.get(ADVICE) and not set(PARTS) & set(form.changed_data)
    if is_taken_back:
        form.cleaned_data |= {"level_before": None, "level_after": None, "threshold_result": ""}
    elif any(form.cleaned_data.get(name) for name in PARTS):
        form.cleaned_data[ADVICE] = True
