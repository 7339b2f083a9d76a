"""Whether a reference is known here: for somebody who asked what is held about them."""

from django import forms
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.cases.cover import NotFoundError, TooManyWrongError, case_of_subject

NOT_FOUND = (
    "No case of your teams has this reference. A case that closed more than twelve months ago has "
    "none any more."
)
TOO_MANY = "Ten references were wrong today, so none is tried until tomorrow."


class SubjectForm(forms.Form):
    reference = forms.CharField(
        label="Reference on the social services database",
        max_length=40,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Type the reference of the case."},
    )


@requires(Permission.FIND_SUBJECT)
@never_cache
def subject_find(request):
    """The case is shown on this page alone; each try is in the trail, without its text."""
    form, case = SubjectForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            case = case_of_subject(form.cleaned_data["reference"], by=request.user)
        except NotFoundError:
            form.add_error("reference", NOT_FOUND)
        except TooManyWrongError:
            form.add_error("reference", TOO_MANY)
    return render(request, "cases/subject_find.html", {"form": form, "case": case})
