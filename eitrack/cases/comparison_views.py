from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.trail import record, record_export
from eitrack.cases.comparison import compare
from eitrack.cases.uploaded_lists import ListError, read_list, refuse_too_large
from eitrack.common.listing import EXPORTS, export_response

MOST_SHOWN = 500


class ComparisonForm(forms.Form):
    """A list of references; after validation `uploaded` is its content."""

    uploaded = None
    file = forms.FileField(
        label="List of open cases",
        help_text="A CSV or XLSX file exported from the social services database, with a column "
        "headed “reference”; a column “status” may say what is closed. Up to 5 MB and 20,000 rows; "
        "of a workbook the first sheet that is not hidden is read.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            refuse_too_large(file.size)
            self.uploaded = read_list(file.name, file.read())
        except ListError as refused:
            raise forms.ValidationError(str(refused)) from None
        return file


@requires(Permission.COMPARE_CASES)
@never_cache
def case_compare(request):
    """The differences, on the page or as a file; nothing is stored or changed."""
    is_sent = request.method == "POST"
    form = ComparisonForm(*([request.POST, request.FILES] if is_sent else []))
    context = {"form": form}
    if is_sent and form.is_valid():
        result = compare(form.uploaded, by=request.user, today=timezone.localdate())
        record(Action.COMPARED, by=request.user)
        kind = request.POST.get("to")
        if kind in EXPORTS:
            record_export(by=request.user, kind=f"comparison.{kind}")
            return export_response(kind, result.rows(), "comparison")
        context |= {"result": result, "missing_shown": result.missing_here[:MOST_SHOWN]}
    return render(request, "cases/case_compare.html", context)
