"""Posts, funding streams and activity types: one set of pages for the three lists."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.clashes import form_to_change
from eitrack.audit.models import Entry
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.directory.archiving import IN_USE_AGAIN
from eitrack.directory.teams import NameTakenError
from eitrack.stewardship.lists.actions import add_item, archive_item, change_item, remove_item
from eitrack.stewardship.lists.kinds import list_called

HISTORY_SHOWN = 20
DONE = {
    Action.CREATED: "added it",
    Action.CHANGED: "changed it",
    Action.ARCHIVED: "archived it",
    IN_USE_AGAIN: "took it into use again",
}


@requires(Permission.MANAGE_LISTS)
def item_list(request, kind):
    kind = list_called(kind)
    filterset, table = filtered_table(request, kind.rows(request.user), kind.filter, kind.table)
    exported = export_of(request)
    if exported and filterset.is_valid():
        record_export(by=request.user, kind=f"{kind.code}.{exported}")
        return export_response(exported, table.as_values(), kind.code)
    context = {"kind": kind, "filter": filterset, "table": table, **export_urls(request)}
    return render(request, "stewardship/item_list.html", context)


@requires(Permission.MANAGE_LISTS)
def item_add(request, kind):
    kind = list_called(kind)
    form = kind.form(typed(request), instance=kind.model())
    if request.method == "POST" and form.is_valid():
        try:
            add_item(by=request.user, item=form.instance)
        except NameTakenError:
            form.say_taken()
        else:
            messages.success(request, f"Added: {form.instance}.")
            return redirect(kind.list_url)
    return render(request, "stewardship/item_add.html", {"form": form, "kind": kind})


@requires(Permission.MANAGE_LISTS)
@transaction.atomic
def item_edit(request, kind, pk):
    kind, item = item_in_address(request, kind, pk, is_locked=request.method == "POST")
    name = str(item)
    form, clash = form_to_change(request, kind.form, item)
    if request.method == "POST" and not clash and form.is_valid():
        try:
            change_item(by=request.user, item=form.instance)
        except NameTakenError:
            form.say_taken()
        else:
            messages.success(request, f"Saved: {form.instance}.")
            return redirect(kind.list_url)
    context = {
        "form": form,
        "kind": kind,
        "item": item,
        "name": name,
        "clash": clash,
        "trail": trail_of(item),
    }
    return render(request, "stewardship/item_edit.html", context)


@require_POST
@requires(Permission.MANAGE_LISTS)
def item_archive(request, kind, pk):
    """Offer it no more or, with `again`, from now on again."""
    kind, item = item_in_address(request, kind, pk)
    if not kind.can_be_archived:
        raise Http404
    is_archived = "again" not in request.POST
    archive_item(by=request.user, item=item, is_archived=is_archived)
    messages.success(request, f"{item} is {'archived' if is_archived else 'in use again'}.")
    return redirect(kind.list_url)


@require_POST
@requires(Permission.MANAGE_LISTS)
def item_remove(request, kind, pk):
    kind, item = item_in_address(request, kind, pk)
    name = str(item)
    if remove_item(by=request.user, item=item):
        messages.success(request, f"Removed: {name}.")
        return redirect(kind.list_url)
    instead = "Archive it instead." if kind.can_be_archived else "Set its last day instead."
    messages.error(request, f"{name} is in use, so it stays. {instead}")
    return redirect("stewardship:item_edit", kind.code, pk)


def item_in_address(request, kind, pk, *, is_locked=False):
    kind = list_called(kind)
    if is_locked:
        # So that the second of two users sees what the first has saved.
        list(kind.model.objects.select_for_update().filter(pk=pk))
    return kind, get_object_or_404(kind.model.objects.visible_to(request.user), pk=pk)


def trail_of(item):
    entries = Entry.objects.about(item).select_related("by")[:HISTORY_SHOWN]
    return [
        (entry, DONE.get(entry.reason) or DONE.get(entry.action, entry.get_action_display()))
        for entry in entries
    ]
