"""Everybody with their hats and contracts, and the page of one person."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.words import day_and_year, duration
from eitrack.directory.factor_resets import confirmable_by
from eitrack.directory.models import Absence, Contract, Placement
from eitrack.directory.staff import staff_of
from eitrack.stewardship.people.lists import (
    PersonFilter,
    PersonTable,
    length_in_words,
    person_rows,
)

# Absences that ended longer ago are in the list of absences.
RECENT = timedelta(days=365)
KEEPERS = (Permission.MANAGE_STAFFING, Permission.MANAGE_PLACEMENTS)


@requires(*KEEPERS)
def person_list(request):
    today = timezone.localdate()
    people = person_rows(request.user, today)
    filterset, table = filtered_table(request, people, PersonFilter, PersonTable)
    exported = export_of(request)
    if exported and filterset.is_valid():
        record_export(by=request.user, kind=f"people.{exported}")
        return export_response(exported, table.as_values(), "people")
    context = {"filter": filterset, "table": table, **export_urls(request)}
    return render(request, "stewardship/person_list.html", context)


@requires(*KEEPERS)
def person_detail(request, pk):
    person = get_object_or_404(staff_of(request.user), pk=pk)
    today = timezone.localdate()
    hats = Placement.objects.editable_by(request.user).filter(worker=person).with_context()
    contracts = Contract.objects.editable_by(request.user).filter(worker=person)
    absences = Absence.objects.editable_by(request.user).filter(worker=person)
    context = {
        "person": person,
        "hats": [hat_line(hat, request.user) for hat in hats.order_by("-from_on", "pk")],
        "add_hat_url": hat_url("add", person.pk, request.user),
        "contracts": [contract_line(contract) for contract in contracts.order_by("-from_on", "pk")],
        "absences": [
            (absence, span_in_words(absence), length_in_words(absence))
            for absence in absences.filter(until_on__gte=today - RECENT)
        ],
        "reset": confirmable_by(request.user, timezone.now()).filter(user=person).first(),
        "sees_split": request.user.may(Permission.SEE_PLACEMENTS),
        "sees_account": request.user.may(Permission.MANAGE_USERS),
    }
    return render(request, "stewardship/person_detail.html", context)


def hat_url(action, pk, user):
    """An administrator has pages for hats of every team, a manager those of own teams."""
    room = "stewardship:hat" if user.may(Permission.MANAGE_STAFFING) else "workload:placement"
    return reverse(f"{room}_{action}", args=[pk])


def hat_line(hat, user):
    return {
        "hat": hat,
        "days": span_in_words(hat),
        "planned": duration(hat.planned_minutes),
        "edit_url": hat_url("edit", hat.pk, user),
        "end_url": "" if hat.until_on else hat_url("end", hat.pk, user),
    }


def contract_line(contract):
    """(contract, hours, weekdays, days) in words."""
    days = [
        f"{name} {duration(minutes)}"
        for name, minutes in zip(
            ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
            contract.weekday_minutes,
            strict=True,
        )
        if minutes
    ]
    return contract, duration(contract.weekly_minutes), ", ".join(days), span_in_words(contract)


def span_in_words(dated):
    """ "Mon 6 Apr 2026", "Mon 6 Apr 2026 to Fri 10 Apr 2026", or from the first on."""
    first, last = day_and_year(dated.from_on), dated.until_on
    if last is None:
        return f"from {first}"
    return first if last == dated.from_on else f"{first} to {day_and_year(last)}"
