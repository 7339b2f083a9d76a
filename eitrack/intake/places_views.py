"""The pages of a list of places: upload, authority, ticks, *Apply*."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.directory.models import Team
from eitrack.intake.choices import BatchKind, BatchState, RowState
from eitrack.intake.models import Batch
from eitrack.intake.places.applying import (
    ChangedMeanwhileError,
    NotAppliedError,
    UndecidedError,
    apply,
)
from eitrack.intake.places.choices import FileKind
from eitrack.intake.places.directory_taking import types_of_series
from eitrack.intake.places.filters import PlaceRowFilter, Show
from eitrack.intake.places.forms import AuthorityForm, FetchForm, ListsForm
from eitrack.intake.places.listed import PlacesFileError
from eitrack.intake.places.staging import (
    bring_in,
    choose_authority,
    counts_in_words,
    stage_again,
    usual_authority,
)
from eitrack.intake.places.tables import PlaceRowTable
from eitrack.intake.places.ticks import keep_ticks, tick_all

MOST_WAITING = 5
WITHOUT_NUMBERS = (FileKind.HUBS, FileKind.DIRECTORY)
# What stands in the address of a list of ticks.
IN_ADDRESS = ("words", "show", "kind", "sort", "page")


@requires(Permission.IMPORT_PLACES)
def places_add(request):
    is_sent = request.method == "POST"
    form = ListsForm(*([request.POST, request.FILES] if is_sent else []))
    if is_sent and form.is_valid():
        return go_on_with(bring_in(form.cleaned_data["files"], form.lists, by=request.user))
    return add_page(request, form, FetchForm())


@require_POST
@requires(Permission.IMPORT_PLACES)
def places_fetch(request):
    """A page of a directory, from an address that the settings allow; off unless they name one."""
    if not settings.OUTGOING:
        raise Http404
    form = FetchForm(request.POST)
    if form.is_valid():
        return go_on_with(bring_in([form.upload], form.lists, by=request.user))
    return add_page(request, ListsForm(), form)


def go_on_with(batch):
    """To the choice of the authority, if the list names several."""
    named = batch.answers["authorities"]
    if len(named) > 1:
        return redirect("intake:places_authority", batch.pk)
    choose_authority(batch, named[0][0], timezone.localdate())
    return redirect("intake:places_list", batch.pk)


def add_page(request, form, fetch_form):
    context = {
        "form": form,
        "fetch_form": fetch_form if settings.OUTGOING else None,
        "waiting": waiting_lists(request.user),
    }
    return render(request, "intake/places_add.html", context)


@requires(Permission.IMPORT_PLACES)
def places_authority(request, pk):
    batch, elsewhere = own_list(request, pk)
    if elsewhere:
        return elsewhere
    named = batch.answers["authorities"]
    if "authority" in batch.answers:
        return redirect("intake:places_list", pk)
    is_sent = request.method == "POST"
    initial = {"authority": usual_authority(batch)}
    form = AuthorityForm(request.POST if is_sent else None, named=named, initial=initial)
    if is_sent and form.is_valid():
        try:
            choose_authority(batch, form.cleaned_data["authority"], timezone.localdate())
        except PlacesFileError as refusal:
            form.add_error("authority", str(refusal))
        else:
            return redirect("intake:places_list", pk)
    return render(request, "intake/places_authority.html", {"form": form, "batch": batch})


@requires(Permission.IMPORT_PLACES)
def places_list(request, pk):
    """The rows to tick; whatever its buttons do, the ticks of the page are kept first."""
    batch, elsewhere = own_list(request, pk)
    if elsewhere:
        return elsewhere
    if "authority" not in batch.answers:
        return redirect("intake:places_authority", pk)
    if request.method == "POST":
        return keep_and_go_on(request, batch)
    rows = batch.staged_rows.exclude(state=RowState.SAME)
    is_of_directory = batch.source == FileKind.DIRECTORY
    options = {"types": types_for_choice()} if is_of_directory else {}
    if batch.source in WITHOUT_NUMBERS:
        options["exclude"] = ["number"]
    filterset, table = filtered_table(request, rows, PlaceRowFilter, PlaceRowTable, **options)
    kind = export_of(request)
    if kind and filterset.is_valid():
        record_export(by=request.user, kind=f"places.{kind}")
        return export_response(kind, table.as_values(), "places")
    context = {
        "batch": batch,
        "filter": filterset,
        "table": table,
        "ticked": batch.staged_rows.filter(is_chosen=True).count(),
        "is_of_hubs": batch.source == FileKind.HUBS,
        "is_all_same": not rows.exists(),
        "is_of_directory": is_of_directory,
        "teams": teams_for_choice(batch) if is_of_directory else [],
        "counted": counts_in_words(batch.counts),
        "sort": request.GET.get("sort", ""),
        **export_urls(request),
    }
    return render(request, "intake/places_list.html", context)


def types_for_choice():
    return [(str(one.pk), one.name) for one in types_of_series()]


def teams_for_choice(batch):
    """(key, name, whether it is chosen); the only team is."""
    teams = list(Team.objects.values_list("pk", "name"))
    chosen = batch.answers.get("team", "")
    return [(pk, name, len(teams) == 1 or str(pk) == chosen) for pk, name in teams]


def keep_and_go_on(request, batch):
    """Keep the ticks, then show what the button asked for; the filter goes into the address."""
    keep_ticks(batch, request.POST)
    asked = {name: request.POST.get(name, "") for name in IN_ADDRESS}
    go = request.POST.get("go", "")
    if go == "show":
        asked["page"] = ""
    if go in ("all", "none"):
        rows = batch.staged_rows.exclude(state=RowState.SAME)
        tick_all(batch, filtered(request, rows, asked), is_chosen=go == "all")
    return redirect(f"{request.path}?{urlencode({k: v for k, v in asked.items() if v})}")


def filtered(request, rows, asked):
    data = QueryDict(mutable=True)
    data.update(asked)
    filterset = PlaceRowFilter(data, queryset=rows, request=request)
    return filterset.qs if filterset.is_valid() else rows.none()


@require_POST
@requires(Permission.IMPORT_PLACES)
def places_apply(request, pk):
    batch, elsewhere = own_list(request, pk)
    if elsewhere:
        return elsewhere
    keep_ticks(batch, request.POST)
    page = reverse("intake:places_list", args=[pk])
    try:
        apply(batch, by=request.user, now=timezone.now())
    except UndecidedError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{page}?show={Show.UNDECIDED}")
    except ChangedMeanwhileError as refusal:
        stage_again(batch, timezone.localdate())
        messages.warning(request, str(refusal))
        return redirect(f"{page}?show={Show.TICKED}")
    except NotAppliedError as refusal:
        messages.warning(request, str(refusal))
        return redirect(page)
    messages.success(request, "Applied. It can be taken back for a day.")
    return redirect(batch)


def own_list(request, pk):
    """A list of one's own, and None or the answer if it is not waiting to be applied any more."""
    own = Batch.objects.visible_to(request.user).filter(kind=BatchKind.PLACES)
    batch = get_object_or_404(own, pk=pk)
    return batch, None if batch.state == BatchState.READY else redirect(batch)


def waiting_lists(user):
    own = Batch.objects.visible_to(user)
    return own.filter(kind=BatchKind.PLACES, state=BatchState.READY)[:MOST_WAITING]
