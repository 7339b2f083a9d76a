"""The tally: counting with or without a signal, and receiving what a phone has stored."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities import kinds
from eitrack.activities.joint.same_session import same_session
from eitrack.activities.models import Activity
from eitrack.activities.record.protocol_work import record_steps
from eitrack.activities.series.sessions import SessionTakenError, record_session
from eitrack.activities.time.proposals import propose_time
from eitrack.common.fields import TokenField
from eitrack.common.sessions import unattended
from eitrack.common.versioned import was_changed_since
from eitrack.daybook.again import (
    correcting_form,
    may_be_corrected,
    save_correction,
)
from eitrack.daybook.habits import usual_sites
from eitrack.daybook.log_views import retired_kinds
from eitrack.daybook.own_log import recent_log
from eitrack.daybook.planned import form_for, planned_of
from eitrack.daybook.prefill import date_in_address
from eitrack.daybook.saving import token_of
from eitrack.daybook.tally import (
    KEPT_KINDS,
    TALLIES,
    acknowledged_before,
    completed,
    moment,
    owner_of,
)
from eitrack.directory.models import Site

# What the page needs without a signal; the service worker stores exactly these.
TALLY_FILES = (
    "css/site.css",
    "js/on-phone.js",
    "js/counting.js",
    "img/favicon.svg",
)


@requires(Permission.RECORD_ACTIVITY)
def tally(request):
    """The same page for everybody, without a name, as phones store it for use without a signal."""
    retired = retired_kinds()
    context = {
        "tallies": [one for one in TALLIES if one.kind.code.value not in retired],
        "kept_kinds": KEPT_KINDS,
        "sites": Site.objects.visible_to(request.user)
        .in_use(timezone.localdate())
        .filter(is_provisional=False),
    }
    return render(request, "daybook/tally.html", context)


@requires(Permission.RECORD_ACTIVITY)
def no_signal(request):
    """What a phone shows for Today and Week without a signal: no data, and a link to Tally."""
    return render(request, "daybook/no_signal.html")


@requires(Permission.RECORD_ACTIVITY)
def tally_worker(request):
    """The service worker, at the root so that it covers Tally, Today and Week."""
    files = [staticfiles_storage.url(name) for name in TALLY_FILES]
    context = {
        "page": reverse("daybook:tally"),
        "no_signal": reverse("daybook:no_signal"),
        "files": files,
        "version": salted_hmac("tally", " ".join(files)).hexdigest()[:12],
    }
    response = render(
        request, "daybook/tally_worker.js", context, content_type="text/javascript; charset=utf-8"
    )
    patch_cache_control(response, no_cache=True)
    return response


@unattended
@never_cache
@requires(Permission.RECORD_ACTIVITY)
def tally_ready(request):
    """Whose records this phone may send now, and a new token to send them."""
    ready = {"owner": owner_of(request.user), "csrf": get_token(request)}
    if "usual" in request.GET:
        log = recent_log(request.user, timezone.localdate())
        ready["sites"] = usual_sites(log)
    if "token" in request.GET:
        token = TokenField().clean(request.GET["token"])
        ready["is_saved"] = Activity.objects.filter(
            form_token=token, recorded_by=request.user
        ).exists()
    return JsonResponse(ready)


@never_cache
@requires(Permission.RECORD_ACTIVITY)
@require_POST
def tally_send(request):
    """Save one stored record, once; one that looks alike is flagged without asking."""
    if request.POST.get("owner") != owner_of(request.user):
        return JsonResponse({"errors": {"owner": ["Somebody else is signed in."]}}, status=409)
    kind = kinds.BY_CODE.get(request.POST.get("kind"))
    if kind not in KEPT_KINDS:
        return refusal({"kind": ["This kind of work is not kept on a phone."]})
    now = timezone.localtime()
    recorded_at = moment(request.POST.get("recorded_at"), now)
    activity = acknowledged_before(token_of(request), request.user, recorded_at)
    planned = planned_of(request, kind, now.date())
    date = date_in_address(request.POST.get("date"), now.date())
    data = completed(request.POST, kind, request.user, date)
    form_class, known = form_for(request, kind, planned), {"user": request.user}
    known["today"] = now.date()
    if activity is None:
        form = form_class(data, kind=kind, worker=request.user, **known)
        if not form.is_valid():
            return refusal(form.errors)
        try:
            activity = save_kept(form, request.user, planned, recorded_at)
        except SessionTakenError as taken:
            return refusal({"series": [str(taken)]})
    elif "refused" in request.POST:
        # A refused record was corrected on the log form, which takes precedence.
        return JsonResponse({"saved": activity.pk, "at": f"{now:%H:%M}", "is_mended": True})
    elif may_be_mended(activity, request.user, now.date()):
        # The answer to the first request was lost, and the record was corrected on the phone since.
        version, form = activity.version, correcting_form(form_class, data, activity, **known)
        if not form.is_valid():
            return refusal(form.errors)
        save_correction(form, by=request.user, version=version)
    return JsonResponse({"saved": activity.pk, "at": f"{now:%H:%M}"})


def may_be_mended(activity, user, today):
    """Not if it was undone or changed on its own page since."""
    return may_be_corrected(activity, user, today) and not was_changed_since(activity)


def refusal(errors):
    return JsonResponse({"errors": errors}, status=422)


@transaction.atomic
def save_kept(form, user, planned, recorded_at):
    """As the log form saves, but a record that looks like a colleague's is only flagged."""
    form.instance.looks_like = same_session(
        form.instance,
        kind=form.kind,
        minutes=form.minutes["contact_minutes"],
        worker=user,
    )
    activity = record_session(
        by=user,
        activity=form.instance,
        worker=user,
        placement=form.cleaned_data["placement"],
        minutes=form.minutes,
        co_agencies=form.cleaned_data.get("co_agencies", ()),
        recorded_at=recorded_at,
        planned_on=planned.on if planned else None,
        seats=getattr(form, "seats", None),
    )
    record_steps(
        by=user,
        activity=activity,
        steps=form.steps,
        district_id=form.cleaned_data["placement"].team.district_id,
    )
    propose_time(
        by=user,
        activity=activity,
        co_workers=form.cleaned_data.get("co_workers", ()),
        minutes=form.minutes,
    )
    return activity
