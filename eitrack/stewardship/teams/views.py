"""Teams: their list, a new one, one of them, its managers, its end."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.clashes import form_to_change
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year, listed
from eitrack.directory.models import Team
from eitrack.directory.teams import (
    NameTakenError,
    add_team,
    close_team,
    name_managers,
    reopen_team,
)
from eitrack.stewardship.clashes import added_just_now, locks
from eitrack.stewardship.teams.details import details_of
from eitrack.stewardship.teams.forms import CloseForm, ManagersForm, NewTeamForm
from eitrack.stewardship.teams.lists import TeamFilter, TeamTable, team_rows


@requires(Permission.MANAGE_TEAMS)
def team_list(request):
    rows = team_rows(timezone.localdate())
    filterset, table = filtered_table(request, rows, TeamFilter, TeamTable)
    kind = export_of(request)
    if kind and filterset.is_valid():
        record_export(by=request.user, kind=f"teams.{kind}")
        return export_response(kind, table.as_values(), "teams")
    context = {"filter": filterset, "table": table, **export_urls(request)}
    return render(request, "stewardship/team_list.html", context)


@requires(Permission.MANAGE_TEAMS)
def team_add(request):
    form = NewTeamForm(typed(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        managers = form.cleaned_data.get("managers") or ()
        try:
            add_team(by=request.user, team=form.instance, managers=managers)
        except NameTakenError:
            form.say_taken()
        else:
            return answer_added(request, form.instance)
    if request.method == "POST" and added_just_now(form.holder, by=request.user):
        return answer_added(request, form.holder)
    return render(request, "stewardship/team_add.html", {"form": form})


def answer_added(request, team):
    messages.success(request, f"{team} is added.")
    return redirect("stewardship:team_detail", team.pk)


@requires(Permission.MANAGE_TEAMS)
def team_detail(request, pk):
    team = get_object_or_404(Team.objects.select_related("district"), pk=pk)
    today = timezone.localdate()
    context = {"team": team, **details_of(team, today)}
    return render(request, "stewardship/team_detail.html", context)


@requires(Permission.MANAGE_TEAMS)
@locks(Team)
def team_managers(request, pk):
    team = get_object_or_404(Team, pk=pk)
    form, clash = form_to_change(request, ManagersForm, team, today=timezone.localdate())
    if request.method == "POST" and not clash and form.is_valid():
        managers = form.cleaned_data["managers"]
        name_managers(by=request.user, team=team, managers=managers)
        who = listed(managers) or "nobody without a last day"
        messages.success(request, f"{team} is managed by {who}.")
        return redirect("stewardship:team_detail", pk)
    context = {"form": form, "team": team, "clash": clash}
    return render(request, "stewardship/team_managers.html", context)


@requires(Permission.MANAGE_TEAMS)
@locks(Team)
def team_close(request, pk):
    team = get_object_or_404(Team, pk=pk)
    initial = {} if team.until_on else {"until_on": timezone.localdate()}
    form, clash = form_to_change(request, CloseForm, team, initial=initial)
    if request.method == "POST" and not clash and form.is_valid():
        last = form.cleaned_data["until_on"]
        close_team(by=request.user, team=team, on=last)
        messages.success(request, f"The last day of {team} is {day_and_year(last)}.")
        return redirect("stewardship:team_detail", pk)
    context = {"form": form, "team": team, "clash": clash}
    return render(request, "stewardship/team_close.html", context)


@require_POST
@requires(Permission.MANAGE_TEAMS)
def team_reopen(request, pk):
    team = get_object_or_404(Team, pk=pk)
    reopen_team(by=request.user, team=team)
    messages.success(request, f"{team} is open.")
    return redirect("stewardship:team_detail", pk)
