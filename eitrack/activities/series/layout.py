"""The form of a series on one screen: what, when, who; the rest folded."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset

from eitrack.common.layout import Fold, Layout, Row


def helper_for(form):
    helper = FormHelper()
    helper.form_tag = False
    there = [name for name in ("lead",) if name in form.fields]
    opened = [name for name in ("opened",) if name in form.fields]
    helper.layout = Layout(
        *opened,
        "name",
        "what",
        "site",
        "team",
        Fieldset(
            "When",
            "repeat",
            Row("from_on", "until_on"),
            Row("starts_at", "usual_minutes"),
            Fold("Single dates", "dates"),
            "skips_school_holidays",
            "skips_bank_holidays",
        ),
        Fieldset("Who", *there, Fold("Who else of us", "co_leads", "co_workers")),
        Fold("Partner agencies", "agencies"),
        Fold("A programme: sessions and seats", Row("planned_sessions", "seats")),
    )
    return helper
