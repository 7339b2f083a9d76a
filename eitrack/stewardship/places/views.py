"""Agencies and sites: their lists, one of them, adding, changing, settling, archiving."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.clashes import form_to_change
from eitrack.audit.models import Entry
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.common.versioned import ClashError
from eitrack.directory.archiving import archive_place, reopen_place
from eitrack.directory.links import links_to
from eitrack.directory.models import Agency, PlaceMerge
from eitrack.partnerships.agency_actions import add_partner, change_partner, settle_partner
from eitrack.partnerships.likeness import alike
from eitrack.stewardship.places import words
from eitrack.stewardship.places.forms import ArchiveForm
from eitrack.stewardship.places.kinds import AGENCIES, kind_called, page_of
from eitrack.stewardship.places.lists import (
    AgencyFilter,
    AgencyTable,
    SiteFilter,
    SiteTable,
    place_rows,
    standing_in_words,
)

HISTORY_SHOWN = 20
MOST_MERGES = 20


@requires(Permission.MANAGE_LISTS)
def place_list(request, kind):
    kind = kind_called(kind)
    of_kind = (AgencyFilter, AgencyTable) if kind is AGENCIES else (SiteFilter, SiteTable)
    filterset, table = filtered_table(request, place_rows(kind.model, request.user), *of_kind)
    exported = export_of(request)
    if exported and filterset.is_valid():
        record_export(by=request.user, kind=f"{kind.code}.{exported}")
        return export_response(exported, table.as_values(), kind.code)
    today = timezone.localdate()
    to_settle = kind.model.objects.in_use(today).filter(is_provisional=True)
    context = {
        "kind": kind,
        "filter": filterset,
        "table": table,
        "to_settle": to_settle.count(),
        **export_urls(request),
    }
    return render(request, "stewardship/place_list.html", context)


@requires(Permission.MANAGE_LISTS)
def place_detail(request, kind, pk):
    kind, place = place_in_address(request, kind, pk)
    today = timezone.localdate()
    counted = [(link, link.rows(place).count()) for link in links_to(kind.model)]
    context = {
        "kind": kind,
        "place": place,
        "standing": standing_in_words(place, today),
        "is_in_use": place.is_in_use_on(today),
        "records": [words.records_in_words(link, number) for link, number in counted if number],
        "identifiers": place.identifiers.all(),
        "sites": place.sites.in_use(today) if kind is AGENCIES else (),
        "similar": similar(place, today) if place.is_provisional else (),
        "merges": merges_of(place, today),
        "trail": trail_of(place),
    }
    return render(request, "stewardship/place_detail.html", context)


def place_in_address(request, kind, pk):
    kind = kind_called(kind)
    places = kind.model.objects.visible_to(request.user).select_related("merged_into")
    if kind is not AGENCIES:
        places = places.with_agency()
    return kind, get_object_or_404(places, pk=pk)


def similar(place, today):
    """Those in use with a name that is much like this one's, most like first."""
    return alike(place.name, type(place).objects.in_use(today).exclude(pk=place.pk))


def merges_of(place, today):
    """The merges in which it took part, and whether each can still be undone."""
    merges = PlaceMerge.objects.of(place).with_places()[:MOST_MERGES]
    return [(merge, not merge.undone_at and today <= merge.last_day) for merge in merges]


def trail_of(place):
    entries = Entry.objects.about(place).select_related("by")[:HISTORY_SHOWN]
    return [(entry, words.done(entry)) for entry in entries]


@requires(Permission.MANAGE_LISTS)
def place_add(request, kind):
    kind = kind_called(kind)
    agency = agency_asked_for(request)
    form = kind.form(typed(request), user=request.user, initial={"agency": agency})
    if request.method == "POST" and form.is_valid():
        place = add_partner(by=request.user, partner=form.instance)
        messages.success(request, f"Added: {place}.")
        return redirect(page_of(place))
    return render(request, "stewardship/place_add.html", {"form": form, "kind": kind})


def agency_asked_for(request):
    asked = request.GET.get("agency", "")
    is_key = asked.isdecimal() and len(asked) < 10
    return Agency.objects.visible_to(request.user).filter(pk=asked).first() if is_key else None


@requires(Permission.MANAGE_LISTS)
def place_edit(request, kind, pk):
    kind, place = unmerged_in_address(request, kind, pk)
    form, clash = form_to_change(request, kind.form, place, user=request.user)
    if request.method == "POST" and not clash and form.is_valid():
        try:
            change_partner(by=request.user, partner=place, seen=form.cleaned_data["seen"])
        except ClashError:
            # Somebody was faster by a moment.
            newest = kind.model.objects.get(pk=pk)
            form, clash = form_to_change(request, kind.form, newest, user=request.user)
        else:
            messages.success(request, f"Changed: {place}.")
            return redirect(page_of(place))
    context = {
        "form": form,
        "clash": clash,
        "kind": kind,
        "place": place,
        "back_url": page_of(place),
    }
    return render(request, "stewardship/place_edit.html", context)


def unmerged_in_address(request, kind, pk):
    """What was merged is changed no more; undoing the merge comes first."""
    kind = kind_called(kind)
    places = kind.model.objects.visible_to(request.user).unmerged()
    return kind, get_object_or_404(places, pk=pk)


@require_POST
@requires(Permission.MANAGE_LISTS)
def place_settle(request, kind, pk):
    _, place = unmerged_in_address(request, kind, pk)
    settle_partner(by=request.user, partner=place)
    messages.success(request, f"{place} is settled.")
    return redirect(page_of(place))


@requires(Permission.MANAGE_LISTS)
def place_archive(request, kind, pk):
    kind, place = unmerged_in_address(request, kind, pk)
    today = timezone.localdate()
    site_number = place.sites.in_use(today).count() if kind is AGENCIES else 0
    form = ArchiveForm(typed(request), place=place, today=today, site_number=site_number)
    if request.method == "POST" and form.is_valid():
        if form.is_behind:
            form.say_clash(place)
        else:
            archive_place(
                by=request.user,
                place=place,
                from_on=form.cleaned_data["archived_from_on"],
                with_sites=form.cleaned_data.get("with_sites", False),
            )
            place.refresh_from_db()
            messages.success(request, f"{place}: {standing_in_words(place, today).lower()}.")
            return redirect(page_of(place))
    context = {"form": form, "kind": kind, "place": place, "back_url": page_of(place)}
    return render(request, "stewardship/place_archive.html", context)


@require_POST
@requires(Permission.MANAGE_LISTS)
def place_reopen(request, kind, pk):
    _, place = unmerged_in_address(request, kind, pk)
    reopen_place(by=request.user, place=place)
    messages.success(request, f"{place} is in use again.")
    return redirect(page_of(place))
