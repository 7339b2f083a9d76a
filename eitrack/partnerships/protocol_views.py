"""The pages of protocols: the matrix, a cell, its steps."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.models import Entry
from eitrack.audit.trail import record_export
from eitrack.common.fields import DayField
from eitrack.common.listing import export_of, export_response, export_urls
from eitrack.common.versioned import ClashError
from eitrack.directory.models import Agency, District
from eitrack.partnerships import actions, words
from eitrack.partnerships.choices import Step, Topic
from eitrack.partnerships.forms import AgreeForm, DayForm, LearnForm
from eitrack.partnerships.matrix import matrix_of
from eitrack.partnerships.matrix_form import MatrixForm
from eitrack.partnerships.models import Protocol, ProtocolFile, ProtocolVersion
from eitrack.partnerships.reach import district_in_address, districts_of

HISTORY_SHOWN = 30


@requires(Permission.SEE_PARTNERS)
def protocol_list(request):
    """The matrix agency × topic, on any day."""
    today = timezone.localdate()
    districts = districts_of(request.user)
    form = MatrixForm(request.GET or None, districts=districts)
    asked = form.cleaned_data if form.is_valid() else {}
    day = asked.get("day") or today
    district = asked.get("district") or next(iter(districts), None)
    matrix = matrix_of(
        user=request.user,
        district=district,
        day=day,
        kind=asked.get("kind", ""),
        code=asked.get("status", ""),
        query=f"?district={district.slug}" if len(districts) > 1 else "",
    )
    kind = export_of(request)
    if kind and not form.errors:
        record_export(by=request.user, kind=f"protocols.{kind}")
        return export_response(kind, matrix.rows(), f"protocols-{day}")
    context = {
        "filter": {"form": form},
        "matrix": matrix,
        "day": day,
        "is_today": day == today,
        "district": district,
        **export_urls(request),
    }
    return render(request, "partnerships/protocol_list.html", context)


class AsOfForm(forms.Form):
    day = DayField(label="As it was on", required=False)


@requires(Permission.SEE_PARTNERS)
def protocol_detail(request, pk):
    reachable = Protocol.objects.visible_to(request.user).select_related("agency", "district")
    # Without the content of the papers, which may be large.
    versions = ProtocolVersion.objects.prefetch_related(
        Prefetch("file", ProtocolFile.objects.defer("content"))
    )
    protocol = get_object_or_404(reachable.prefetch_related(Prefetch("versions", versions)), pk=pk)
    return protocol_page(request, protocol)


@requires(Permission.SEE_PARTNERS)
def protocol_cell(request, pk, topic):
    """A cell of the matrix; if it has no protocol yet, the possible first steps."""
    protocol = cell_in_address(request, pk, topic)
    if protocol.pk:
        return redirect(protocol)
    return protocol_page(request, protocol)


def protocol_page(request, protocol):
    today = timezone.localdate()
    form = AsOfForm(request.GET if request.GET.get("day") else None)
    day = form.cleaned_data["day"] if form.is_valid() else None
    can_edit = may_edit(request.user, protocol)
    context = {
        "protocol": protocol,
        "topic": Topic(protocol.topic),
        "standing": words.standing(protocol, today),
        "status": protocol.status_on(today),
        "form": form,
        "day": day,
        "as_it_was": day and words.standing(protocol, day),
        "versions": [version_lines(version, today, can_edit) for version in protocol.newest_first],
        "timeline": words.timeline(protocol.newest_first),
        "trail": trail_of(protocol),
        "steps": steps_of(protocol, today) if can_edit else [],
    }
    return render(request, "partnerships/protocol_detail.html", context)


def version_lines(version, today, can_edit):
    paper = getattr(version, "file", None)
    return {
        "version": version,
        "status": version.status_on(today).label,
        "sides": words.sides(version),
        "rules": words.rules(version),
        "dates": words.dates(version),
        "file": paper,
        "can_attach": can_edit and may_attach(version, paper),
        "can_remove": can_edit and paper and not version.agreed_on,
    }


def may_attach(version, paper):
    """The version in the making, or the one in force if it has no paper."""
    is_agreed = version.agreed_on and not version.ended_on
    return version.is_in_the_making or bool(is_agreed and not paper)


def trail_of(protocol):
    if not protocol.pk:
        return []
    entries = Entry.objects.about(protocol).select_related("by")[:HISTORY_SHOWN]
    return [
        {"by": entry.by, "at": entry.at, "what": words.DONE.get(entry.reason, "changed it")}
        for entry in entries
    ]


def steps_of(protocol, today):
    return [(step, step_url(protocol, step)) for step in protocol.possible_steps(today)]


def step_url(protocol, step):
    arguments = [protocol.agency_id, protocol.topic, step.value]
    url = reverse("partnerships:protocol_step", args=arguments)
    return f"{url}?district={protocol.district.slug}"


def back_url(request, protocol):
    if protocol.pk:
        return protocol.get_absolute_url()
    url = reverse("partnerships:protocol_cell", args=[protocol.agency_id, protocol.topic])
    return f"{url}{district_in_address(request)[1]}"


def may_edit(user, protocol):
    if protocol.pk:
        return Protocol.objects.editable_by(user).filter(pk=protocol.pk).exists()
    if not user.may(Permission.EDIT_PROTOCOLS):
        return False
    return District.objects.with_figures_for(user).filter(pk=protocol.district_id).exists()


def cell_in_address(request, pk, topic):
    """The protocol of this agency and topic in the user's district, or a new, unsaved one."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    district, _ = district_in_address(request)
    if topic not in Topic.values or district is None:
        raise Http404
    found = Protocol.objects.visible_to(request.user).with_versions()
    found = found.select_related("agency", "district").filter(
        district=district, agency=agency, topic=topic
    )
    return found.first() or Protocol(district=district, agency=agency, topic=topic)


@requires(Permission.EDIT_PROTOCOLS)
def protocol_step(request, pk, topic, step):
    """Asks for what the step needs, then performs it; the first step creates the protocol."""
    if step not in Step.values:
        raise Http404
    protocol, step = cell_in_address(request, pk, topic), Step(step)
    if not may_edit(request.user, protocol):
        raise Http404
    form = step_form(request, protocol, step)
    if request.method == "POST" and form.is_valid():
        try:
            protocol = take(request, protocol, step, form)
        except ClashError:
            form.say_clash(cell_in_address(request, pk, topic))
        except actions.OrderError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.say_refusal(refusal)
        else:
            messages.success(request, f"Saved: {protocol}.")
            return redirect(protocol)
    context = {
        "form": form,
        "protocol": protocol,
        "step": step,
        "standing": words.standing(protocol, timezone.localdate()),
        "back_url": back_url(request, protocol),
    }
    return render(request, "partnerships/protocol_step.html", context)


def step_form(request, protocol, step):
    today = timezone.localdate()
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    options = {"protocol": protocol, "today": today}
    if step == Step.LEARN:
        before = protocol.in_force_on(today)
        text = before.learned_text if before else ""
        return LearnForm(*sent, **options, initial={"learned_text": text})
    if step in (Step.AGREE, Step.RENEW):
        version = protocol.in_the_making or protocol.in_force_on(today)
        return AgreeForm(*sent, **options, version=version, user=request.user)
    return DayForm(*sent, **options)


def take(request, protocol, step, form):
    known = {
        "by": request.user,
        "protocol": protocol,
        "seen": form.cleaned_data["seen"],
        "today": form.today,
    }
    if step == Step.LEARN:
        return actions.learn(**known, text=form.cleaned_data["learned_text"])
    if step in (Step.AGREE, Step.RENEW):
        paper = form.cleaned_data["paper"]
        return actions.agree(**known, step=step, values=form.values, paper=paper)
    return actions.take_step(**known, step=step, on=form.cleaned_data["on"])
