"""School terms: their list, one by one, and pasted from the page of the council."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.clashes import form_to_change
from eitrack.audit.trail import record_export
from eitrack.common.forms import retype
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.common.words import plural
from eitrack.directory.models import SchoolTerm
from eitrack.directory.terms import OverlapError, add_terms, keep_term, remove_term
from eitrack.stewardship.clashes import locks
from eitrack.stewardship.year.forms import PasteForm, TermForm, days_of
from eitrack.stewardship.year.lists import TermFilter, TermTable, term_rows


@requires(Permission.CHANGE_SETTINGS)
def term_list(request):
    filterset, table = filtered_table(request, term_rows(request.user), TermFilter, TermTable)
    exported = export_of(request)
    if exported and (not filterset.is_bound or filterset.is_valid()):
        record_export(by=request.user, kind=f"terms.{exported}")
        return export_response(exported, table.as_values(), "terms")
    context = {"filter": filterset, "table": table, **export_urls(request)}
    return render(request, "stewardship/term_list.html", context)


@requires(Permission.CHANGE_SETTINGS)
def term_add(request):
    form = TermForm(typed(request), instance=SchoolTerm(), today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and is_kept(request, form):
        return redirect("stewardship:term_list")
    return render(request, "stewardship/term_add.html", {"form": form})


@requires(Permission.CHANGE_SETTINGS)
@locks(SchoolTerm)
def term_edit(request, pk):
    term = term_in_address(request, pk)
    said = str(term)
    form, clash = form_to_change(request, TermForm, term, today=timezone.localdate())
    if request.method == "POST" and not clash and form.is_valid() and is_kept(request, form):
        return redirect("stewardship:term_list")
    context = {"form": form, "term": term, "said": said, "clash": clash}
    return render(request, "stewardship/term_edit.html", context)


@require_POST
@requires(Permission.CHANGE_SETTINGS)
@locks(SchoolTerm)
def term_remove(request, pk):
    term = term_in_address(request, pk)
    remove_term(term, by=request.user)
    messages.success(request, f"Removed: {term.name}.")
    return redirect("stewardship:term_list")


def term_in_address(request, pk):
    terms = SchoolTerm.objects.visible_to(request.user)
    return get_object_or_404(terms.select_related("district", "agency"), pk=pk)


def is_kept(request, form):
    """Save it; False if another one was saved just now that covers the same days."""
    try:
        term = keep_term(by=request.user, term=form.instance)
    except OverlapError as overlap:
        form.say_overlap(overlap.other)
        return False
    messages.success(request, f"Saved: {term.name} of {term.agency or term.district}.")
    return True


@requires(Permission.CHANGE_SETTINGS)
def term_paste(request):
    """First what was read of the text; what was shown is saved when it is sent again."""
    form = PasteForm(typed(request), today=timezone.localdate())
    is_read = request.method == "POST" and form.is_valid()
    lines, seal = [], ""
    if is_read:
        owner = form.cleaned_data["owner"]
        lines, seal = lines_of(form.reading.terms, owner), seal_of(form.reading.terms, owner)
        is_sound = not any(line["clash"] for line in lines)
        if is_sound and "save" in request.POST and form.cleaned_data["confirmed"] == seal:
            named = [(one.name, one.from_on, one.until_on) for one in form.reading.terms]
            added = add_terms(by=request.user, owner=owner, terms=named)
            messages.success(request, f"{plural(len(added), 'term', 'terms')} added to {owner}.")
            return redirect("stewardship:term_list")
        retype(form, confirmed=seal if is_sound else "")
    context = {
        "form": form,
        "lines": lines,
        "reading": form.reading if is_read else None,
        "new_number": sum(not line["is_known"] and not line["clash"] for line in lines),
        "is_sound": is_read and bool(form.data.get("confirmed")),
    }
    return render(request, "stewardship/term_paste.html", context)


def lines_of(terms, owner):
    """Each term that was found, whether it is there already, and what it runs into."""
    known = list(owner.school_terms.all())
    return [
        {
            "term": one,
            "is_known": any(days_of(one) == days_of(other) for other in known),
            "clash": next(
                (
                    other
                    for other in known
                    if days_of(one) != days_of(other)
                    and one.from_on <= other.until_on
                    and one.until_on >= other.from_on
                ),
                None,
            ),
        }
        for one in terms
    ]


def seal_of(terms, owner):
    """Of what is shown, so that nothing else is saved."""
    said = [owner._meta.label, owner.pk, *terms]
    return salted_hmac("eitrack.stewardship.terms", repr(said)).hexdigest()[:20]
