"""The papers of protocols: added, removed, downloaded."""

from django.contrib import messages
from django.db.models import BinaryField
from django.db.models.functions import Substr
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.versioned import ClashError
from eitrack.partnerships import actions
from eitrack.partnerships.forms import PaperForm
from eitrack.partnerships.models import ProtocolFile, ProtocolVersion

CHUNK = 512 * 1024


@requires(Permission.EDIT_PROTOCOLS)
def protocol_file_add(request, pk, number):
    """Attach the paper of a version, or replace it while both sides have not agreed."""
    version = version_to_change(request, pk, number)
    is_sent = request.method == "POST"
    form = PaperForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        protocol=version.protocol,
        today=timezone.localdate(),
    )
    if is_sent and form.is_valid():
        seen, paper = form.cleaned_data["seen"], form.cleaned_data["paper"]
        try:
            actions.attach(by=request.user, version=version, paper=paper, seen=seen)
        except ClashError:
            form.say_clash(version_to_change(request, pk, number).protocol)
        except actions.OrderError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{paper.name} is attached.")
            return redirect(version.protocol)
    context = {"form": form, "version": version, "protocol": version.protocol}
    return render(request, "partnerships/protocol_file_add.html", context)


@require_POST
@requires(Permission.EDIT_PROTOCOLS)
def protocol_file_remove(request, pk, number):
    version = version_to_change(request, pk, number)
    try:
        actions.attach(by=request.user, version=version, paper=None, seen=version.protocol.stamp)
    except actions.OrderError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The file was taken away.")
    return redirect(version.protocol)


def version_to_change(request, pk, number):
    editable = ProtocolVersion.objects.editable_by(request.user)
    return get_object_or_404(
        editable.select_related("protocol__agency"), protocol=pk, number=number
    )


@never_cache
@requires(Permission.SEE_PARTNERS)
def protocol_file(request, pk, number):
    """The paper as a download, never displayed inline; the trail records who took it."""
    reachable = ProtocolFile.objects.visible_to(request.user).defer("content")
    paper = get_object_or_404(reachable, version__protocol=pk, version__number=number)
    record(Action.EXPORTED, by=request.user, about=paper)
    response = StreamingHttpResponse(chunks(paper), content_type="application/octet-stream")
    response["Content-Length"] = paper.size
    response["Content-Disposition"] = content_disposition_header(True, paper.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def chunks(paper):
    """The content in chunks from the database, so that it is never in memory as a whole."""
    for start in range(1, paper.size + 1, CHUNK):
        piece = Substr("content", start, CHUNK, output_field=BinaryField())
        yield bytes(ProtocolFile.objects.filter(pk=paper.pk).values_list(piece, flat=True).get())
