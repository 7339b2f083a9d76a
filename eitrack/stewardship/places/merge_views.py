"""Merging two agencies or two sites: choosing, seeing what it touches, undoing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.words import day_and_year, plural
from eitrack.directory.merging import (
    NotNowError,
    merge_places,
    still_there,
    touched,
    undo_merge,
    why_not_undone,
)
from eitrack.directory.models import PlaceMerge
from eitrack.stewardship.places import words
from eitrack.stewardship.places.forms import MergeForm
from eitrack.stewardship.places.kinds import kind_of, page_of
from eitrack.stewardship.places.views import similar, unmerged_in_address


@requires(Permission.MANAGE_LISTS)
def place_merge(request, kind, pk):
    """First which one stays, then what that would touch; only a POST does it."""
    kind, gone = unmerged_in_address(request, kind, pk)
    today = timezone.localdate()
    sent = request.POST if request.method == "POST" else request.GET
    form = MergeForm(sent if "into" in sent else None, gone=gone, today=today)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if request.method == "POST" and into:
        try:
            merge = merge_places(by=request.user, gone=gone, into=into, today=today)
        except NotNowError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, said_of(merge))
            return redirect(page_of(into))
    context = {
        "kind": kind,
        "gone": gone,
        "into": into,
        "form": form,
        "back_url": page_of(gone),
        "similar": similar(gone, today) if into is None else (),
        **(words_of_merge(gone, into) if into else {}),
        "differences": differences(gone, into) if into else (),
        "swap_url": f"{page_of(into, 'merge')}?into={gone.pk}" if into else "",
    }
    return render(request, "stewardship/place_merge.html", context)


def said_of(merge):
    moved = plural(merge.number, "record", "records")
    until = day_and_year(merge.last_day)
    return f"{merge} is merged, with {moved}. It can be undone until {until}."


def words_of_merge(gone, into):
    """What moves and what stays, a line for each kind of record."""
    found = touched(gone, into)
    return in_words([(line.link, line.moves, line.stays) for line in found])


def in_words(numbers):
    return {
        "moving": [words.records_in_words(link, moves) for link, moves, _ in numbers if moves],
        "staying": [words.records_in_words(link, stays) for link, _, stays in numbers if stays],
    }


def differences(gone, into):
    """(label, of the one, of the other) where records would count as something else."""
    pairs = [("Kind", gone.get_kind_display(), into.get_kind_display())]
    if hasattr(gone, "agency_id"):
        pairs.append(("Agency", gone.agency or "No agency", into.agency or "No agency"))
    return [pair for pair in pairs if pair[1] != pair[2]]


@requires(Permission.MANAGE_LISTS)
def merge_undo(request, pk):
    merges = PlaceMerge.objects.visible_to(request.user).with_places()
    merge, now = get_object_or_404(merges, pk=pk), timezone.localtime()
    refusal = why_not_undone(merge, now.date())
    if request.method == "POST" and not refusal:
        try:
            left = undo_merge(merge, by=request.user, now=now, today=now.date())
        except NotNowError as problem:
            refusal = str(problem)
        else:
            stays = plural(left, "record stays", "records stay")
            rest = f" {stays} with {merge.into} or where somebody moved it." if left else ""
            messages.success(request, f"{merge.gone} stands for itself again.{rest}")
            return redirect(page_of(merge.gone))
    context = {
        "merge": merge,
        "kind": kind_of(merge.gone),
        "refusal": refusal,
        **({} if refusal else in_words(still_there(merge))),
        "back_url": page_of(merge.into),
        "gone_url": page_of(merge.gone),
    }
    return render(request, "stewardship/merge_undo.html", context)
