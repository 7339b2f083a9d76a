"""A worker's own work over any period, and the statement of it for supervision."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.common.pdf import PdfError, pdf_of, pdf_response
from eitrack.common.typed import typed
from eitrack.daybook.context_notes import notes_about, save_note
from eitrack.daybook.my_work_forms import ContextNoteForm, ReflectionForm
from eitrack.daybook.stretches import neighbours, offered, period_in_address, query_of
from eitrack.directory.sample import is_sample_data
from eitrack.indicators.time.sections import SECTIONS, in_all, sections, waterline_of
from eitrack.indicators.time.worker import worker_figures

# What a statement may contain beside figures, and what it contains by default.
WORDS = {"note": "My notes", "reflection": "Reflection"}
BLANK_LINES = 6
USUAL = (
    "hats",
    "cases",
    "unregistered",
    "families",
    "partners",
    "contribution",
    "supervision",
    "reflection",
)


@requires(Permission.RECORD_ACTIVITY)
def my_work(request):
    today = timezone.localdate()
    period, problem = period_in_address(request.GET, today)
    notes = notes_about(request.user, period)
    form = ContextNoteForm(typed(request), initial={"text": notes.own_text})
    if request.method == "POST" and form.is_valid():
        said = save_note(request.user, period, form.cleaned_data["text"])
        messages.success(request, said)
        return redirect(f"{reverse('daybook:my_work')}?{query_of(period)}")
    found = worker_figures(request.user, request.user, period, today=today)
    return render(
        request,
        "daybook/my_work.html",
        {
            **about(found, period, problem, today),
            **choices(request, period, today),
            "sections": sections(found),
            "notes": notes,
            "form": form,
        },
    )


@requires(Permission.RECORD_ACTIVITY)
def statement(request):
    """Two pages for supervision; typed text is printed, and saved only on request."""
    today = timezone.localdate()
    period, problem = period_in_address(request.GET, today)
    notes = notes_about(request.user, period)
    form = ReflectionForm(typed(request), note=notes.own)
    is_sent = request.method == "POST" and form.is_valid()
    saved = ""
    if is_sent and form.wants_note:
        saved = save_note(request.user, period, form.note_with(form.cleaned_data["reflection"]))
    found = worker_figures(request.user, request.user, period, today=today)
    chosen = chosen_sections(request.GET)
    context = {
        **about(found, period, problem, today),
        **choices(request, period, today),
        "worker": request.user,
        "printed_on": today,
        "chosen": chosen,
        "to_choose": [
            (code, label, code in chosen)
            for code, label in ({code: row[0] for code, row in SECTIONS.items()} | WORDS).items()
        ],
        "sections": sections(found, chosen),
        "notes": notes,
        "form": form,
        "reflection": form.cleaned_data.get("reflection", "") if is_sent else "",
        "saved": saved,
        "blank_lines": range(BLANK_LINES),
    }
    if is_sent and request.POST.get("do") == "pdf":
        try:
            return as_pdf(request.user, context)
        except PdfError as refused:
            context["problem"] = str(refused)
    return render(request, "daybook/statement.html", context)


def about(found, period, problem, today):
    """What both pages say about the period."""
    is_open = period.is_open(today)
    return {
        "found": found,
        "period": period,
        "problem": problem,
        "period_note": "so far" if is_open else "",
        "waterline": waterline_of(found, f"{period.name} so far" if is_open else period.name),
        "in_all": in_all(found),
    }


def choices(request, period, today):
    """The periods to choose from, and the addresses of the neighbouring ones."""
    earlier, later = neighbours(period, today)
    return {
        "offered": offered(today),
        "earlier_url": f"?{query_of(earlier)}",
        "later_url": later and f"?{query_of(later)}",
        "query": query_of(period),
        "from_typed": request.GET.get("from", ""),
        "until_typed": request.GET.get("until", ""),
        "is_by_dates": bool(request.GET.get("from") or request.GET.get("until")),
    }


def chosen_sections(params):
    """Codes of the sections named by the address; the usual ones by default."""
    known = (*SECTIONS, *WORDS)
    return [code for code in params.getlist("show") if code in known] or list(USUAL)


def as_pdf(user, context):
    """The same template without a signed-in user, so that the paper has no menu."""
    content = pdf_of(
        render_to_string(
            "daybook/statement.html",
            {**context, "is_sample_data": is_sample_data(), "is_pdf": True},
        )
    )
    period = context["period"]
    name = f"statement-{period.code or f'{period.start}-to-{period.end}'}"
    record_export(by=user, kind=f"{name}.pdf")
    return pdf_response(content, name)
