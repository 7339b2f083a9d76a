"""Teams and streams that are renamed; teams that part or merge."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.clashes import form_to_change
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year
from eitrack.directory.models import FundingStream, Team
from eitrack.directory.teams import NameTakenError, rename
from eitrack.stewardship.clashes import locks
from eitrack.stewardship.teams.forms import RenameStreamForm, RenameTeamForm
from eitrack.stewardship.teams.moving import DAY, hats_after, merge, part, work_in_words
from eitrack.stewardship.teams.moving_forms import MergeForm, SplitForm


@requires(Permission.MANAGE_TEAMS)
@locks(Team)
def team_rename(request, pk):
    team = get_object_or_404(Team, pk=pk)
    return rename_page(request, team, RenameTeamForm, redirect("stewardship:team_detail", pk))


@requires(Permission.MANAGE_LISTS)
@locks(FundingStream)
def stream_rename(request, pk):
    stream = get_object_or_404(FundingStream, pk=pk)
    answer = redirect("stewardship:item_edit", "streams", pk)
    return rename_page(request, stream, RenameStreamForm, answer)


def rename_page(request, named, form_class, answer):
    before = named.name
    form, clash = form_to_change(request, form_class, named, today=timezone.localdate())
    if request.method == "POST" and not clash and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "from_on")}
        try:
            rename(by=request.user, named=named, name=said["name"], on=said["from_on"])
        except NameTakenError:
            form.say_taken()
        else:
            messages.success(request, f"{before} is called {named.name} now.")
            return answer
    context = {"form": form, "named": before, "clash": clash, "back_url": answer.url}
    return render(request, "stewardship/rename.html", context)


def answer_closed(request, team):
    """A team with a last day neither parts nor merges; so a form sent twice is done once."""
    messages.warning(request, f"The last day of {team} is {day_and_year(team.until_on)}.")
    return redirect("stewardship:team_detail", team.pk)


@requires(Permission.MANAGE_TEAMS)
@locks(Team)
def team_split(request, pk):
    team = get_object_or_404(Team.objects.select_related("district"), pk=pk)
    if team.until_on:
        return answer_closed(request, team)
    form = SplitForm(typed(request), team=team, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            new = part(
                by=request.user,
                team=team,
                new=form.instance,
                hats=list(said["hats"]),
                managers=said.get("managers") or (),
                on=said["from_on"],
            )
        except NameTakenError:
            form.say_taken()
        except ValidationError as refused:
            form.add_error(None, "; ".join(refused.messages))
        else:
            messages.success(request, f"{new} begins on {day_and_year(said['from_on'])}.")
            return redirect("stewardship:team_detail", new.pk)
    return render(request, "stewardship/team_split.html", {"form": form, "team": team})


@requires(Permission.MANAGE_TEAMS)
@locks(Team)
def team_merge(request, pk):
    team = get_object_or_404(Team, pk=pk)
    if team.until_on:
        return answer_closed(request, team)
    today = timezone.localdate()
    form = MergeForm(typed(request), team=team, today=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            merge(
                by=request.user,
                team=team,
                into=said["into"],
                managers=said.get("managers") or (),
                on=said["from_on"],
            )
        except ValidationError as refused:
            form.add_error(None, "; ".join(refused.messages))
        else:
            last = day_and_year(said["from_on"] - DAY)
            messages.success(request, f"{team} goes on in {said['into']}; its last day is {last}.")
            return redirect("stewardship:team_detail", said["into"].pk)
    context = {
        "form": form,
        "team": team,
        "hats": hats_after(team, today - DAY),
        "work": work_in_words(team, today),
    }
    return render(request, "stewardship/team_merge.html", context)
