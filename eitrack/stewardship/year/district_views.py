"""The settings of a district."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.clashes import form_to_change
from eitrack.audit.models import Entry
from eitrack.common.words import plural
from eitrack.directory.models import District
from eitrack.stewardship.clashes import locks
from eitrack.stewardship.year.forms import DistrictForm
from eitrack.stewardship.year.settings import change_district

HISTORY_SHOWN = 20
WORDS = {Action.CREATED: "added it"}


@requires(Permission.CHANGE_SETTINGS)
def district_list(request):
    districts = District.objects.order_by("name", "pk")
    context = {"districts": [(each, facts_of(each)) for each in districts]}
    return render(request, "stewardship/district_list.html", context)


def facts_of(district):
    population = "Not said yet"
    if district.under_19_population:
        whence = filter(None, (district.under_19_year, district.under_19_source))
        population = f"{district.under_19_population:,} ({', '.join(map(str, whence))})"
    hours = f"{district.opens_at:%H:%M} to {district.closes_at:%H:%M}, Monday to Friday"
    return [
        ("Nation", district.get_nation_display()),
        ("Working hours", hours),
        ("Children and young people under 19", population),
        ("When a family becomes a formal case", district.case_threshold_text or "Not said yet"),
    ]


@requires(Permission.CHANGE_SETTINGS)
@locks(District)
def district_edit(request, pk):
    district = get_object_or_404(District, pk=pk)
    name = district.name
    form, clash = form_to_change(request, DistrictForm, district, today=timezone.localdate())
    if request.method == "POST" and not clash and form.is_valid():
        due_days, late = change_district(by=request.user, district=form.instance)
        messages.success(request, said_of(district, due_days, late))
        return redirect("stewardship:district_list")
    entries = Entry.objects.about(district).select_related("by")[:HISTORY_SHOWN]
    context = {
        "form": form,
        "name": name,
        "clash": clash,
        "trail": [(entry, WORDS.get(entry.action, "changed it")) for entry in entries],
    }
    return render(request, "stewardship/district_edit.html", context)


def said_of(district, due_days, late):
    said = f"Saved: {district}."
    if due_days:
        said += f" {plural(due_days, 'request is', 'requests are')} due on another day now."
    if late:
        said += f" {plural(late, 'entry', 'entries')} turned late or in time."
    return said
