"""The pages of agencies and of their sites."""

from django.contrib import messages
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.clashes import form_to_change
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.versioned import ClashError
from eitrack.directory.models import Agency, District, LinkWorker, Placement, Site
from eitrack.directory.models.places import in_use_on
from eitrack.partnerships.agency_actions import add_partner, change_partner, settle_partner
from eitrack.partnerships.agency_forms import AgencyForm, SiteForm
from eitrack.partnerships.filters import AgencyFilter
from eitrack.partnerships.matrix import cells_of
from eitrack.partnerships.models import ProtocolVersion
from eitrack.partnerships.reach import district_in_address
from eitrack.partnerships.tables import AgencyTable

MOST_TO_SETTLE = 30


@requires(Permission.SEE_PARTNERS)
def agency_list(request):
    today = timezone.localdate()
    agencies = agency_rows(request.user, today)
    filterset, table = filtered_table(request, agencies, AgencyFilter, AgencyTable)
    kind = export_of(request)
    if kind and (not filterset.is_bound or filterset.is_valid()):
        record_export(by=request.user, kind=f"agencies.{kind}")
        return export_response(kind, table.as_values(), "agencies")
    can_edit = request.user.may(Permission.EDIT_PARTNERS)
    context = {
        "filter": filterset,
        "table": table,
        "to_settle": to_settle(request.user, today) if can_edit else [],
        "can_add": request.user.may(Permission.ADD_PARTNERS),
        **export_urls(request),
    }
    return render(request, "partnerships/agency_list.html", context)


def agency_rows(user, today):
    """Agencies in use with the number of their sites and agreements in force."""
    in_force = (
        ProtocolVersion.objects.visible_to(user)
        .in_force_on(today)
        .filter(protocol__agency=OuterRef("pk"))
        .order_by()
        .values("protocol__agency")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Agency.objects.visible_to(user)
        .in_use(today)
        .annotate(
            site_number=Count("sites", filter=in_use_on(today, "sites__")),
            agreed_number=Coalesce(Subquery(in_force, output_field=IntegerField()), 0),
        )
        .order_by("name", "pk")
    )


def to_settle(user, today):
    """Provisional sites; provisional agencies are found by the filter."""
    provisional = Site.objects.visible_to(user).in_use(today).filter(is_provisional=True)
    return provisional.select_related("agency").prefetch_related("identifiers")[:MOST_TO_SETTLE]


@requires(Permission.SEE_PARTNERS)
def agency_detail(request, pk):
    agencies = Agency.objects.visible_to(request.user).select_related("merged_into")
    agency = get_object_or_404(agencies, pk=pk)
    today = timezone.localdate()
    district, query = district_in_address(request)
    hats = Placement.objects.filter(host=agency, is_co_located=True).current(today)
    hats = hats.filter(team__district__in=District.objects.visible_to(request.user))
    managed = Placement.objects.visible_to(request.user)
    named = request.user.may(Permission.SEE_TEAMS)
    context = {
        "agency": agency,
        "sites": Site.objects.visible_to(request.user)
        .in_use(today)
        .filter(agency=agency)
        .prefetch_related("identifiers"),
        "cells": cells_of(request.user, district, agency, today, query),
        "link_workers": LinkWorker.objects.visible_to(request.user)
        .filter(agency=agency)
        .current(today),
        "hats": hats.select_related("post", "team", "worker").order_by("team__name", "post__name"),
        # Only managers see names.
        "named_hats": set(managed.filter(host=agency).values_list("pk", flat=True))
        if named
        else (),
        "can_add": request.user.may(Permission.ADD_PARTNERS),
        "can_edit": request.user.may(Permission.EDIT_PARTNERS),
    }
    return render(request, "partnerships/agency_detail.html", context)


@requires(Permission.ADD_PARTNERS)
def agency_add(request):
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agency = add_partner(by=request.user, partner=form.instance)
        messages.success(request, said_of(agency))
        return redirect(agency)
    return render(request, "partnerships/agency_add.html", {"form": form})


@requires(Permission.EDIT_PARTNERS)
def agency_edit(request, pk):
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    form, clash = changed_or_clash(request, AgencyForm, agency)
    if form is None:
        return redirect(agency)
    context = {"form": form, "clash": clash, "agency": agency}
    return render(request, "partnerships/agency_edit.html", context)


@requires(Permission.ADD_PARTNERS)
def site_add(request):
    agencies = Agency.objects.visible_to(request.user)
    asked = request.GET.get("agency", "")
    agency = agencies.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    form = SiteForm(request.POST or None, user=request.user, initial={"agency": agency})
    if request.method == "POST" and form.is_valid():
        site = add_partner(by=request.user, partner=form.instance)
        messages.success(request, said_of(site))
        return redirect(page_of(site))
    return render(request, "partnerships/site_add.html", {"form": form, "agency": agency})


@requires(Permission.EDIT_PARTNERS)
def site_edit(request, pk):
    site = get_object_or_404(Site.objects.visible_to(request.user), pk=pk)
    form, clash = changed_or_clash(request, SiteForm, site, user=request.user)
    if form is None:
        return redirect(page_of(site))
    context = {"form": form, "clash": clash, "site": site}
    return render(request, "partnerships/site_edit.html", context)


def changed_or_clash(request, form_class, partner, **options):
    """Save the change and answer (None, None); else the form, and the clash if there is one."""
    form, clash = form_to_change(request, form_class, partner, **options)
    if request.method != "POST" or clash or not form.is_valid():
        return form, clash
    try:
        change_partner(by=request.user, partner=partner, seen=form.cleaned_data["seen"])
    except ClashError:
        # Somebody was faster by a moment.
        newest = type(partner).objects.get(pk=partner.pk)
        return form_to_change(request, form_class, newest, **options)
    messages.success(request, f"Changed: {partner}.")
    return None, None


@require_POST
@requires(Permission.EDIT_PARTNERS)
def agency_settle(request, pk):
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    return settle(request, agency, redirect(agency))


@require_POST
@requires(Permission.EDIT_PARTNERS)
def site_settle(request, pk):
    site = get_object_or_404(Site.objects.visible_to(request.user), pk=pk)
    return settle(request, site, redirect(page_of(site)))


def settle(request, partner, answer):
    settle_partner(by=request.user, partner=partner)
    messages.success(request, f"{partner} is settled.")
    return answer


def said_of(partner):
    note = " It is provisional until a manager settles it." if partner.is_provisional else ""
    return f"Added: {partner}.{note}"


def page_of(site):
    return site.agency.get_absolute_url() if site.agency_id else "partnerships:agency_list"
