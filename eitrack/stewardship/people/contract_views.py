"""Contracts: how many hours somebody works on each day of the week."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.audit.clashes import form_to_change
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year, duration
from eitrack.directory.keeping import OverlapError, keep_contract, remove
from eitrack.directory.models import Contract
from eitrack.directory.staff import staff_of
from eitrack.directory.staff_forms import ContractForm
from eitrack.stewardship.clashes import locks
from eitrack.stewardship.people.person_views import KEEPERS


@requires(*KEEPERS)
def contract_add(request, pk):
    person = get_object_or_404(staff_of(request.user), pk=pk)
    today = timezone.localdate()
    form = ContractForm(
        typed(request),
        instance=Contract(worker=person),
        user=request.user,
        today=today,
        initial={"from_on": today},
    )
    if request.method == "POST" and form.is_valid() and is_kept(request, form):
        return redirect("stewardship:person_detail", person.pk)
    return render(request, "stewardship/contract_add.html", {"form": form, "person": person})


@requires(*KEEPERS)
@locks(Contract)
def contract_edit(request, pk):
    contract = contract_in_address(request, pk)
    who = {"user": request.user, "today": timezone.localdate()}
    form, clash = form_to_change(request, ContractForm, contract, **who)
    if request.method == "POST" and not clash and form.is_valid() and is_kept(request, form):
        return redirect("stewardship:person_detail", contract.worker_id)
    context = {"form": form, "person": contract.worker, "contract": contract, "clash": clash}
    return render(request, "stewardship/contract_edit.html", context)


@require_POST
@requires(*KEEPERS)
@locks(Contract)
def contract_remove(request, pk):
    contract = contract_in_address(request, pk)
    remove(contract, by=request.user)
    messages.success(request, f"The contract from {day_and_year(contract.from_on)} is removed.")
    return redirect("stewardship:person_detail", contract.worker_id)


def contract_in_address(request, pk):
    contracts = Contract.objects.editable_by(request.user)
    return get_object_or_404(contracts.select_related("worker"), pk=pk)


def is_kept(request, form):
    """Save it; False if another one was saved just now that covers the same days."""
    ends = form.cleaned_data.get("ends_the_one_before", False)
    try:
        contract = keep_contract(by=request.user, contract=form.instance, ends_the_one_before=ends)
    except OverlapError as overlap:
        form.say_overlap(overlap.other)
        return False
    hours = duration(contract.weekly_minutes)
    messages.success(
        request, f"{contract.worker}: {hours} a week from {day_and_year(contract.from_on)}."
    )
    return True
