"""What others call an agency or a site: URN, UPRN, ODS code, local number."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.clashes import form_to_change
from eitrack.audit.trail import record
from eitrack.common.typed import typed
from eitrack.directory.models import ExternalIdentifier
from eitrack.stewardship.clashes import locks
from eitrack.stewardship.places.forms import IdentifierForm
from eitrack.stewardship.places.kinds import page_of
from eitrack.stewardship.places.views import unmerged_in_address
from eitrack.stewardship.places.words import NUMBER_ADDED, NUMBER_CHANGED, NUMBER_REMOVED


@requires(Permission.MANAGE_LISTS)
def identifier_add(request, kind, pk):
    kind, place = unmerged_in_address(request, kind, pk)
    new = ExternalIdentifier(**{place._meta.model_name: place})
    form = IdentifierForm(typed(request), instance=new)
    if request.method == "POST" and form.is_valid() and is_saved(request, form, place):
        messages.success(request, f"Added: {new}.")
        return redirect(page_of(place))
    context = {"form": form, "place": place, "back_url": page_of(place)}
    return render(request, "stewardship/identifier_add.html", context)


@requires(Permission.MANAGE_LISTS)
@locks(ExternalIdentifier)
def identifier_edit(request, pk):
    number = number_in_address(request, pk)
    place, said = number.agency or number.site, str(number)
    form, clash = form_to_change(request, IdentifierForm, number, about=place)
    if (
        request.method == "POST"
        and not clash
        and form.is_valid()
        and is_saved(request, form, place)
    ):
        messages.success(request, f"Changed: {number}.")
        return redirect(page_of(place))
    context = {"form": form, "place": place, "number": said, "back_url": page_of(place)}
    return render(request, "stewardship/identifier_edit.html", {**context, "clash": clash})


@require_POST
@requires(Permission.MANAGE_LISTS)
@locks(ExternalIdentifier)
def identifier_remove(request, pk):
    number = number_in_address(request, pk)
    place, said = number.agency or number.site, str(number)
    number.delete()
    record(Action.CHANGED, by=request.user, about=place, reason=NUMBER_REMOVED)
    messages.success(request, f"Removed: {said}.")
    return redirect(page_of(place))


def number_in_address(request, pk):
    numbers = ExternalIdentifier.objects.visible_to(request.user)
    return get_object_or_404(numbers.select_related("agency", "site__agency"), pk=pk)


def is_saved(request, form, place):
    """Save it with its line in the trail; False if somebody else took the number just now."""
    reason = NUMBER_CHANGED if form.instance.pk else NUMBER_ADDED
    try:
        with transaction.atomic():
            form.save()
            record(Action.CHANGED, by=request.user, about=place, reason=reason)
    except IntegrityError:
        form.refuse_taken(form.instance.scheme, form.instance.value)
        return False
    return True
