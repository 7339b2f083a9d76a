"""The log form on one screen: questions first, prefilled fields below, the rest folded."""

from eitrack.activities.kinds import KINDS
from eitrack.activities.record import field
from eitrack.activities.record.fields import ON_THE_FORM
from eitrack.activities.record.form.steps import row_names
from eitrack.common.layout import Fold, Layout, Row

ROWS = {top: [one.name for one in ON_THE_FORM if one.asked[0] == top] for top in field.Top}
FOLDS = {fold: [one.name for one in ON_THE_FORM if one.folded[0] == fold] for fold in field.Fold}
QUESTIONS = {
    kind: [
        one.name
        for one in ON_THE_FORM
        if one.asked[0] == field.Top.ASKED and kind.code.value in one.asked[1]
    ]
    for kind in KINDS
}
APART = {one.name for one in ON_THE_FORM if one.is_apart}


def layout_for(form):
    there = {name for name in form.fields if not form[name].is_hidden}
    asked = [name for name in QUESTIONS[form.kind] if name in there]
    # Shown first if the form was opened to continue a thread.
    asked += ["thread"] if form.initial.get("thread") and "thread" in there else []
    return Layout(
        *(name for name in form.fields if name not in there),
        *rows(there, asked),
        *folds(there, asked),
        *step_rows(form),
    )


def rows(there, asked):
    for top, names in ROWS.items():
        yield from asked if top == field.Top.ASKED else row(there, names)


def row(there, names):
    """Those of these fields that the form has, side by side if there is room."""
    found = [name for name in names if name in there]
    return [Row(*found)] if len(found) > 1 else found


def folds(there, asked):
    for legend, names in FOLDS.items():
        found = [name for name in names if name in there and name not in asked]
        if found:
            apart = [name for name in found if name in APART]
            yield Fold(legend, *apart, *row(found, [one for one in found if one not in apart]))


def step_rows(form):
    """On an away day: one row for each protocol it brought forward."""
    if rows := getattr(form, "step_rows", ()):
        yield Fold("Protocols brought forward", *(Row(*row_names(number)) for number in rows))
