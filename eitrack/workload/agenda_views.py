"""The page of an agenda, and the same page as a PDF."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.common.pdf import PdfError, pdf_of, pdf_response
from eitrack.common.words import listed
from eitrack.directory.models import Agency, Placement, Team
from eitrack.directory.sample import is_sample_data
from eitrack.indicators.disclosure.decided import BEING_CHECKED
from eitrack.indicators.pages.periods import period_in_address, periods_offered
from eitrack.indicators.terms.figures import IS_BEING_CHECKED
from eitrack.workload import agenda as of_agenda
from eitrack.workload.agenda_protocols import cells_with


@requires(Permission.SEE_PARTNERS)
def agenda(request, pk):
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    period, complaint = ended_period(request.GET.get("period", ""), today)
    context = {
        **contents(request.user, agency, period, today),
        "period": period,
        "complaints": [complaint] if complaint else [],
        "offered": [one for one in periods_offered(today) if not one.is_open(today)],
    }
    if request.GET.get("format") == "pdf" and context["teams"]:
        try:
            return as_pdf(request.user, context)
        except PdfError as problem:
            context["complaints"] = [str(problem)]
    if any(line.hours == BEING_CHECKED for line in (*context["done"], context["total"])):
        context["complaints"].append(IS_BEING_CHECKED)
    return render(request, "workload/agenda.html", context)


def ended_period(code, today):
    """A period that has ended, as only those are published (D8); else the last one."""
    period, complaint = period_in_address(code, today)
    if not period.is_open(today):
        return period, complaint
    usual = period_in_address("", today)[0]
    return usual, f"{period.name} has not ended yet. Showing {usual.name} instead."


def contents(user, agency, period, today):
    """Everything on the paper; figures are totals of the user's teams."""
    teams = teams_of(user, today)
    district = teams[0].district if teams else None
    # One paper is for one district, like protocols.
    teams = [team for team in teams if team.district_id == district.pk]
    done, total = of_agenda.done_together(teams, agency, period)
    obstacles = of_agenda.obstacles_met(teams, agency, period)
    sent = of_agenda.referrals_sent(teams, agency, period)
    received = of_agenda.requests_received(teams, agency, period)
    cells = cells_with(agency, district, user, today)
    return {
        "agency": agency,
        "teams": teams,
        "team_names": listed(teams),
        "printed_on": today,
        "done": done,
        "total": total,
        "obstacles": obstacles,
        "cells": cells,
        "sent": sent,
        "received": received,
        "open_topics": listed(cell.topic.label for cell in cells if cell.is_open),
        "came_back": listed(one.label for one in obstacles if one.came_back),
        "has_symbols": of_agenda.has_symbols(done, [total], sent, received),
        "blank_lines": range(6),
    }


def teams_of(user, today):
    """The teams this user manages, and those in which they wear a hat today, by name."""
    worn = Placement.objects.filter(worker=user).current(today)
    managed = Team.objects.visible_to(user)
    found = Team.objects.filter(Q(pk__in=worn.values("team")) | Q(pk__in=managed.values("pk")))
    return list(found.select_related("district"))


def as_pdf(user, context):
    """The same template without a signed-in user, so that no name is on the paper."""
    content = pdf_of(
        render_to_string(
            "workload/agenda.html", {**context, "is_sample_data": is_sample_data(), "is_pdf": True}
        )
    )
    name = f"agenda-{context['agency'].pk}-{context['period'].code}"
    record_export(by=user, kind=f"{name}.pdf")
    return pdf_response(content, name)
