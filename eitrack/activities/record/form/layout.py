"""The log form on one screen: questions first, prefilled fields below, the rest folded."""

from crispy_forms.helper import FormHelper

from eitrack.activities.record.form.steps import row_names
from eitrack.common.layout import Fold, Layout, Row

HEADCOUNT = ("conversations", "attendance", "children")
BEGUN = ("begun_by_family", "begun_by_worker")

FOLDS = (
    ("New or returning, adults, estimate", ("first_time", "returning", "adults", "band")),
    ("A colleague’s case? Type its reference", ("colleague_reference",)),
    ("What it was about", ("purpose", "outcome", "begun_by", "need_level")),
    ("Why not registered", ("why_not_registered",)),
    ("Is this a family you will meet again?", ("thread",)),
    (
        "Threshold advice",
        ("has_threshold_advice", "level_before", "level_after", "threshold_result"),
    ),
    ("For a formal case", ("case",)),
    ("With colleagues", ("co_workers",)),
    ("Who else was there", ("co_agencies", "tier")),
    ("Part of a series", ("series",)),
    ("Asked for help afterwards", ("asked_for_help",)),
    ("Which agency", ("agency",)),
    ("With whom", ("supervisor",)),
    ("Where the protocol stands", ("became",)),
    ("Preparation and travel", ("preparation_minutes", "travel_minutes")),
    ("Somewhere else", ("elsewhere_kind", "elsewhere_agency")),
    ("Note", ("note",)),
    ("How we worked", ("has_interpreter", "contribution", "outcome_tag")),
    ("Who paid", ("funding_stream",)),
    ("Something was in the way", ("obstacle",)),
    ("It did not run", ("not_run_reason",)),
)
SIDE_BY_SIDE = {
    "Preparation and travel",
    "Somewhere else",
    "New or returning, adults, estimate",
    "What it was about",
    "Threshold advice",
    "How we worked",
}


def helper_for(form):
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = layout_for(form)
    return helper


def layout_for(form):
    there = [name for name in form.fields if not form[name].is_hidden]
    asked = [name for name in form.kind.asks if name in there and name not in (*HEADCOUNT, *BEGUN)]
    # Shown first if the form was opened to continue a thread.
    asked += ["thread"] if form.initial.get("thread") and "thread" in there else []
    return Layout(
        *(name for name in form.fields if form[name].is_hidden),
        *row(there, "same_session"),
        *row(there, "as_chosen"),
        *row(there, "change_reason"),
        *row(there, "activity_type"),
        *row(there, *HEADCOUNT),
        *row(there, *BEGUN),
        *asked,
        *row(there, "contact_minutes"),
        *row(there, "has_confirmed_long_day"),
        *row(there, "date", "starts_at"),
        *row(there, "site"),
        *row(there, "placement"),
        *folds(there, asked),
        *step_rows(form),
    )


def row(there, *names):
    """Those of these fields that the form has, side by side if there is room."""
    found = [name for name in names if name in there]
    return [Row(*found)] if len(found) > 1 else found


def step_rows(form):
    """On an away day: one row for each protocol it brought forward."""
    if rows := getattr(form, "step_rows", ()):
        yield Fold("Protocols brought forward", *(Row(*row_names(number)) for number in rows))


def folds(there, asked):
    for legend, names in FOLDS:
        found = [name for name in names if name in there and name not in asked]
        if found:
            together = legend in SIDE_BY_SIDE and len(found) > 1
            apart = [name for name in found if name.startswith("has_")]
            beside = [name for name in found if name not in apart]
            yield Fold(legend, *([*apart, Row(*beside)] if together else found))
