"""The pages of series: list, plan, workers, sessions."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.choices import SeriesRole
from eitrack.activities.models import Series
from eitrack.activities.record.clashes import clash_of
from eitrack.activities.series.form import SeriesForm
from eitrack.activities.series.handover import hand_over_all, led_by, save_series
from eitrack.activities.series.handover_form import HandoverForm
from eitrack.activities.series.lists import export_rows, series_details, series_rows
from eitrack.activities.series.tables import SeriesFilter, SeriesTable
from eitrack.audit.trail import record_export
from eitrack.cases.teams import teams_of, workers_of
from eitrack.common.clash import TAKE, with_theirs
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.directory.models import Team


@requires(Permission.MANAGE_SERIES)
def series_list(request):
    today = timezone.localdate()
    filterset, table = filtered_table(
        request,
        series_rows(request.user, today),
        partial(SeriesFilter, today=today),
        SeriesTable,
        today=today,
    )
    kind = export_of(request)
    if kind and filterset.is_valid():
        record_export(by=request.user, kind=f"series.{kind}")
        return export_response(kind, export_rows(table.data.data, today), "series")
    context = {
        "filter": filterset,
        "table": table,
        "has_any": Series.objects.visible_to(request.user).exists(),
        **export_urls(request),
    }
    return render(request, "activities/series_list.html", context)


@requires(Permission.MANAGE_SERIES)
def series_detail(request, pk):
    today = timezone.localdate()
    visible = Series.objects.visible_to(request.user).with_plan()
    series = get_object_or_404(visible, pk=pk)
    context = {
        "series": series,
        "can_edit": Series.objects.editable_by(request.user, today).filter(pk=pk).exists(),
        **series_details(series, request.user, today),
    }
    return render(request, "activities/series_detail.html", context)


@requires(Permission.MANAGE_SERIES)
def series_add(request):
    teams = teams_of(request.user, timezone.localdate())
    return series_page(request, "activities/series_add.html", Series(), teams)


@requires(Permission.MANAGE_SERIES)
def series_edit(request, pk):
    if request.method != "POST":
        return series_to_edit(request, pk)
    with transaction.atomic():
        # Two at once wait for each other: the second one then sees what the first has saved.
        list(Series.objects.select_for_update().filter(pk=pk))
        return series_to_edit(request, pk)


def series_to_edit(request, pk):
    today = timezone.localdate()
    series = get_object_or_404(Series.objects.editable_by(request.user, today), pk=pk)
    teams = teams_of(request.user, today)
    if series.team not in teams:
        teams.append(series.team)
    return series_page(request, "activities/series_edit.html", series, teams)


def series_page(request, template, series, teams):
    today = timezone.localdate()
    sent, clash = typed(request), None
    known = {"instance": series, "user": request.user, "teams": teams, "today": today}
    form = SeriesForm(sent or None, **known)
    if series.pk and TAKE in form.data:
        form = SeriesForm(with_theirs(form, sent[TAKE]), **known)
    if series.pk and (form.is_behind or TAKE in form.data):
        clash = clash_to_show(form, series, request.user)
    elif request.method == "POST" and form.is_valid():
        saved = save_series(
            by=request.user,
            series=form.instance,
            agencies=form.cleaned_data["agencies"],
            dates=form.cleaned_data["dates"],
            lead=form.cleaned_data.get("lead"),
            helpers=form.helpers,
            today=today,
        )
        messages.success(request, f"Saved. {saved} is on Today of those who deliver it.")
        return redirect(saved)
    context = {"form": form, "series": series, "teams": teams, "clash": clash}
    return render(request, template, context)


def clash_to_show(form, series, user):
    """Both versions; the other user is named if they are of the series' team."""
    here = workers_of([series.team], timezone.localdate()).values_list("pk", flat=True)
    managers = series.team.managers.values_list("pk", flat=True)
    return clash_of(form, series, user, {*here, *managers})


@requires(Permission.MANAGE_SERIES)
def series_handover(request, pk):
    """Another worker leads from a day on; a manager may hand over several series at once."""
    today = timezone.localdate()
    editable = Series.objects.editable_by(request.user, today)
    series = get_object_or_404(editable.select_related("team"), pk=pk)
    role = series.workers.not_ended(today).filter(role=SeriesRole.LEAD).first()
    lead = role and role.worker
    others = other_series(request.user, series, lead, today)
    people = workers_of([series.team], today)
    form = HandoverForm(
        request.POST or None,
        people=people.exclude(pk=lead.pk) if lead else people,
        today=today,
        others=others,
    )
    if request.method == "POST" and form.is_valid():
        to, day = form.cleaned_data["to"], form.cleaned_data["day"]
        along = others if form.cleaned_data.get("everything") else []
        hand_over_all(by=request.user, serieses=[series, *along], to=to, day=day)
        names = "1 series" if not along else f"{len(along) + 1} series"
        messages.success(request, f"{to} leads {series if not along else names} from then on.")
        return redirect("activities:series_list")
    context = {"form": form, "series": series, "lead": lead}
    return render(request, "activities/series_handover.html", context)


def other_series(user, series, lead, today):
    """The lead's other series in the team, for its manager to hand over together."""
    if lead is None or not Team.objects.visible_to(user).filter(pk=series.team_id).exists():
        return []
    led = led_by(lead, today).filter(team=series.team).exclude(pk=series.pk)
    return list(led.exclude(until_on__lt=today).distinct())
