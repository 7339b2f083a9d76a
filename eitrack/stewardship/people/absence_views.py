"""Absences by week: one's own, of those one places, or of everybody; never why."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.clashes import form_to_change
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.common.words import day, day_and_year
from eitrack.directory.keeping import OverlapError, keep_absence, remove
from eitrack.directory.models import Absence
from eitrack.directory.staff import staff_of, staff_or_self
from eitrack.directory.staff_forms import AbsenceForm
from eitrack.stewardship.clashes import locks
from eitrack.stewardship.people.lists import (
    AbsenceFilter,
    AbsenceTable,
    OwnAbsenceFilter,
    When,
)
from eitrack.stewardship.people.person_views import span_in_words


@requires(Permission.KEEP_ABSENCES)
def absence_list(request):
    """By week for those who keep others' too, else all of one's own."""
    absences = Absence.objects.editable_by(request.user).select_related("worker")
    keeps_others = staff_of(request.user).exclude(pk=request.user.pk).exists()
    of = AbsenceFilter if keeps_others else OwnAbsenceFilter
    absences = absences.order_by(*(("from_on", "pk") if keeps_others else ("-from_on", "-pk")))
    left_out = () if keeps_others else ("worker",)
    filterset, table = filtered_table(request, absences, of, AbsenceTable, exclude=left_out)
    exported = export_of(request)
    if exported and filterset.is_valid():
        record_export(by=request.user, kind=f"absences.{exported}")
        return export_response(exported, table.as_values(), "absences")
    context = {
        "filter": filterset,
        "table": table,
        "keeps_others": keeps_others,
        "may_add_own": request.user.may(Permission.RECORD_ACTIVITY),
        **(week_shown(request, filterset) if keeps_others else {}),
        **export_urls(request),
    }
    return render(request, "stewardship/absence_list.html", context)


def week_shown(request, filterset):
    """The week and its neighbours; none where the list is not of a week."""
    if not filterset.is_valid() or filterset.form.cleaned_data.get("when") in When.values:
        return {}
    monday, sunday = filterset.span
    return {
        "week_name": f"Week {monday.isocalendar().week}",
        "week_dates": f"{day(monday)} to {day_and_year(sunday)}",
        "earlier_url": week_url(request, monday - timedelta(days=7)),
        "later_url": week_url(request, monday + timedelta(days=7)),
    }


def week_url(request, monday):
    query = request.GET.copy()
    query.pop("page", None)
    query["week"] = monday.isoformat()
    return f"?{query.urlencode()}"


@requires(Permission.KEEP_ABSENCES)
def absence_add(request):
    """Whose it is may stand in the address; who keeps only their own is not asked."""
    people = staff_or_self(request.user)
    asked = request.GET.get("worker", "")
    is_key = asked.isdecimal() and len(asked) < 10
    person = people.filter(pk=asked).first() if is_key else None
    keeps_others = people.exclude(pk=request.user.pk).exists()
    form = AbsenceForm(
        typed(request),
        instance=Absence(worker=None if keeps_others else request.user),
        initial={"worker": person},
        user=request.user,
        people=people if keeps_others else None,
    )
    if request.method == "POST" and form.is_valid() and is_kept(request, form):
        return redirect(list_url(form.instance, keeps_others))
    return render(request, "stewardship/absence_add.html", {"form": form})


def list_url(absence, keeps_others):
    """The list in which it stands: that of its first week, where there is one of weeks."""
    url = reverse("stewardship:absence_list")
    return f"{url}?week={absence.from_on}" if keeps_others else url


@requires(Permission.KEEP_ABSENCES)
@locks(Absence)
def absence_edit(request, pk):
    absence = absence_in_address(request, pk)
    form, clash = form_to_change(request, AbsenceForm, absence, user=request.user)
    if request.method == "POST" and not clash and form.is_valid() and is_kept(request, form):
        return redirect(list_url(absence, absence.worker != request.user))
    context = {"form": form, "absence": absence, "clash": clash}
    return render(request, "stewardship/absence_edit.html", context)


@require_POST
@requires(Permission.KEEP_ABSENCES)
@locks(Absence)
def absence_remove(request, pk):
    absence = absence_in_address(request, pk)
    remove(absence, by=request.user)
    messages.success(request, f"Removed: {absence.worker}, {span_in_words(absence)}.")
    return redirect(list_url(absence, absence.worker != request.user))


def absence_in_address(request, pk):
    absences = Absence.objects.editable_by(request.user)
    return get_object_or_404(absences.select_related("worker"), pk=pk)


def is_kept(request, form):
    """Save it; False if another one was saved just now that covers the same days."""
    try:
        absence = keep_absence(by=request.user, absence=form.instance)
    except OverlapError as overlap:
        form.say_overlap(overlap.other)
        return False
    messages.success(request, f"{absence.worker} is away: {span_in_words(absence)}.")
    return True
