"""Actions on a return: start, approve by a second person, release, withdraw.

Each locks the row, so that of two users one succeeds and the other is told.
"""

from dataclasses import replace
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.figures.decided import never_print
from eitrack.indicators.release.prepare import hidden_counts_of
from eitrack.returns.choices import ReturnKind, ReturnState
from eitrack.returns.models import ReleaseSettings, Return, ReturnFile
from eitrack.returns.release.build import audited_before
from eitrack.returns.release.eligible import RefusedError, require_closed, require_year
from eitrack.returns.release.files import files_of

OTHERS_RELEASED = (
    "Another return was released since this one was prepared, and the two were not checked "
    "together. Prepare it again."
)
RULES_CHANGED = "The rules of releases were changed since this was prepared. Prepare it again."
LEAKS_LEFT = (
    "A reader could work out a hidden figure from this return and earlier ones. It cannot be "
    "released as it is: withdraw it, and prepare the year or a later revision instead."
)
SECOND_PERSON = "You prepared this return, so somebody else approves it."


def start_return(*, by, district, period, today, stream=None, with_case_count=False):
    """(the draft, whether it is new); of two users at once the second gets the first one's draft.

    For a funding stream if one is given, else for the service.
    """
    require_year(stream, period)
    require_closed(district, period, today)
    kind = ReturnKind.FUNDER if stream else ReturnKind.SUMMARY
    same = Return.objects.of(district, kind, period.code, stream)
    last = same.released().order_by("-number").first()
    draft = Return(
        district=district,
        kind=kind,
        funding_stream=stream,
        period=period.code,
        number=last.number + 1 if last else 1,
        supersedes=last,
        with_case_count=with_case_count,
        prepared_by=by,
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
            record(Action.CREATED, by=by, about=draft)
    except IntegrityError:
        if there := same.drafts().first():
            return there, False
        raise
    return draft, True


@transaction.atomic
def start_again(*, pk, now):
    """Prepare a draft again; raises RefusedError while its process is running."""
    draft = locked(pk)
    if draft.state == ReturnState.PREPARING and not draft.is_silent(now):
        raise RefusedError("It is being prepared at this moment.")
    if not draft.is_draft:
        raise RefusedError(what_happened(draft))
    draft.state, draft.heard_at, draft.failure = ReturnState.PREPARING, now, ""
    draft.prepared_at = draft.approved_at = draft.approved_by = None
    draft.save()
    return draft


@transaction.atomic
def approve_return(*, pk, by):
    draft = locked(pk)
    if draft.state != ReturnState.PREPARED:
        raise RefusedError(what_happened(draft))
    if is_second_person_needed(draft, by):
        raise RefusedError(SECOND_PERSON)
    if draft.report.get("left") or draft.report.get("amounts", {}).get("left"):
        raise RefusedError(LEAKS_LEFT)
    require_current(draft)
    draft.state, draft.approved_by = ReturnState.APPROVED, by
    draft.approved_at = timezone.now()
    draft.save()
    record(Action.APPROVED, by=by, about=draft)
    return draft


def release_return(*, pk, by, note):
    """Freeze the return with its files, which are made before locking as that takes long."""
    draft = Return.objects.get(pk=pk)
    if draft.state != ReturnState.APPROVED:
        raise RefusedError(what_happened(draft))
    now = timezone.now()
    document = replace(draft.content, note=note)
    files = files_of(draft, document, released_at=now)
    with transaction.atomic():
        # Locked, so that the second of two returns of a district finds the first.
        district = District.objects.select_for_update().get(pk=draft.district_id)
        newest = locked(pk)
        if newest.state != ReturnState.APPROVED:
            raise RefusedError(what_happened(newest))
        if newest.sha256 != draft.sha256:
            raise RefusedError("It was prepared again meanwhile. Look at it once more.")
        require_current(newest)
        newest.document, newest.note = document.to_json(), note
        newest.sha256 = sha256(newest.document.encode()).hexdigest()
        newest.state, newest.released_by, newest.released_at = ReturnState.RELEASED, by, now
        newest.save()
        ReturnFile.objects.bulk_create(files)
        never_print(
            newest.district,
            newest.period,
            amounts=newest.kept.get("amounts", {}).get("hidden", ()),
            counts=hidden_counts_of(newest.kept),
        )
        begin_releases(district, Period.parse(newest.period).start)
        record(Action.RELEASED, by=by, about=newest)
    return newest


def begin_releases(district, day):
    """Remember the first day of what was ever released; from then on late records are approved."""
    if district.released_from_on is None or day < district.released_from_on:
        district.released_from_on = day
        district.save(update_fields=["released_from_on"])


@transaction.atomic
def withdraw_return(*, pk, by):
    """Withdraw a draft; it stays in the register."""
    draft = locked(pk)
    if not draft.is_draft:
        raise RefusedError(what_happened(draft))
    draft.state, draft.withdrawn_by = ReturnState.WITHDRAWN, by
    draft.withdrawn_at = timezone.now()
    draft.save()
    record(Action.WITHDRAWN, by=by, about=draft)
    return draft


def locked(pk):
    # Lock only the row: an outer join cannot be locked.
    return Return.objects.select_for_update().get(pk=pk)


def is_second_person_needed(draft, user):
    settings = ReleaseSettings.objects.now()
    return settings.second_person_approves and draft.prepared_by_id == user.pk


def what_is_old(draft):
    """Why a draft can no longer be released as it is, or ""."""
    if draft.rules != ReleaseSettings.objects.now().rules:
        return RULES_CHANGED
    released = list(audited_before(draft).values_list("pk", flat=True))
    return "" if draft.audited_with == released else OTHERS_RELEASED


def require_current(draft):
    if old := what_is_old(draft):
        raise RefusedError(old)


def what_happened(draft):
    """The state of the return and who caused it, for a user who comes too late or too early."""
    if draft.state == ReturnState.PREPARING:
        return "It is being prepared at this moment."
    if draft.state == ReturnState.PREPARED:
        return "It is prepared and waits for approval."
    by = {
        ReturnState.APPROVED: draft.approved_by,
        ReturnState.RELEASED: draft.released_by,
        ReturnState.WITHDRAWN: draft.withdrawn_by,
    }[draft.state]
    return f"{by} {VERBS[draft.state]} it already."


VERBS = {
    ReturnState.APPROVED: "approved",
    ReturnState.RELEASED: "released",
    ReturnState.WITHDRAWN: "withdrew",
}


def may_release(user, district):
    """Whether this user is an officer of the district and may release."""
    return user.may(Permission.RELEASE_RETURN) and user.districts.filter(pk=district.pk).exists()
