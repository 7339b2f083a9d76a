"""Adapts the form to the agreement with the agency of the chosen site."""

from django.utils.html import escape

from eitrack.activities.forms import fields
from eitrack.activities.forms.fields import number
from eitrack.activities.record.agreed import EMPTY, HELD_IN, is_shaped
from eitrack.activities.record.registering import why_not_registered_default
from eitrack.directory.models import Agency, Site
from eitrack.partnerships.recording import Agreement, agreement_for

REASON, FILLED_IN = "why_not_registered", "reason_filled_in"


def offer_agreement(form):
    """Add the sentence beside the site, and drop the fields not agreed for it.

    A field that was sent, is prefilled from the address, or is held by the record stays, so that
    nothing typed is lost. The record is flagged on saving (`agreed.settle_agreed`).
    """
    form.agreement = Agreement()
    if not is_shaped(form.kind):
        return
    site = chosen_site(form)
    district_id = district_of(form)
    if site:
        form.agreement = agreement_for(site.agency, district_id, form.chosen_date)
    asked = [
        field for field, names in HELD_IN.items() if any(name in form.fields for name in names)
    ]
    # Help texts are not escaped, and an agency may have any name.
    form.fields["site"].help_text = escape(form.agreement.sentence(asked))
    form.fields["site"].follows = form.is_as_new
    for field in form.agreement.not_asked(asked):
        for name in HELD_IN[field]:
            if name in form.fields and not is_filled_in(form, name):
                del form.fields[name]
    offer_reason(form, site)


def chosen_site(form):
    """The site as sent, else as prefilled; "somewhere else" as its kind and agency."""
    if kind := typed(form, "elsewhere_kind"):
        agency = number(typed(form, "elsewhere_agency"))
        known = None if agency is None else Agency.objects.filter(pk=agency).first()
        return Site(kind=kind, agency=known)
    pk = typed(form, "site") if form.is_bound else form.initial.get("site")
    if pk in (*EMPTY, fields.ELSEWHERE):
        return None
    return form.fields["site"].site(pk)


def district_of(form):
    """The district of the hat as sent, else as prefilled, else of the only hat."""
    if form.entry:
        return form.entry.team.district_id
    chosen = number(typed(form, "placement") or form.initial.get("placement"))
    hat = next((hat for hat in form.hats if hat.pk == chosen), next(iter(form.hats), None))
    return hat and hat.team.district_id


def typed(form, name):
    return form.data.get(form.add_prefix(name), "") if form.is_bound else ""


def is_filled_in(form, name):
    if form.is_bound and typed(form, name).strip():
        return True
    return name in form.asked or getattr(form.instance, name, None) not in EMPTY


def offer_reason(form, site):
    """Prefill why not registered on a new record; it follows the site until chosen."""
    if REASON not in form.fields or not form.is_as_new:
        form.fields.pop(FILLED_IN, None)
        return
    has_case = typed(form, "case") if form.is_bound else form.initial.get("case")
    reason = (
        ""
        if has_case
        else why_not_registered_default(
            form.kind.code.value, site.kind if site else "", form.agreement.consent_rule
        )
    )
    if not form.is_bound:
        form.initial[FILLED_IN] = reason
        form.initial[REASON] = form.initial.get(REASON) or reason
    elif typed(form, FILLED_IN) and typed(form, REASON) == typed(form, FILLED_IN):
        form.data = form.data.copy()
        for name in (REASON, FILLED_IN):
            form.data[form.add_prefix(name)] = reason


def settle_reason(form):
    """An unchanged prefilled reason follows the saved site; with a case there is none."""
    values = form.cleaned_data
    is_kept = values.get(REASON) == values.get(FILLED_IN)
    if REASON not in form.fields:
        return
    if values.get("case") or (is_kept and not form.instance.pk):
        values[REASON] = ""
    elif is_kept and form.is_correction:
        values[REASON] = form.initial[REASON]
