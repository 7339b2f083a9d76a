"""E-mail to the officers of a district that a return is prepared; it contains no figures."""

from django.db import transaction
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.common.mail import send, sends_mail
from eitrack.returns.models import Return


def officers_of(district):
    officers = district.officers.filter(is_active=True).order_by("pk")
    return [each for each in officers if each.may(Permission.PREPARE_RETURN)]


@transaction.atomic
def tell_officers(pk):
    """Send each officer one e-mail per return; returns how many were sent.

    If mail is not set up, the first run after that sends it.
    """
    if not sends_mail():
        return 0
    draft = Return.objects.select_for_update().get(pk=pk)
    if draft.told_at is not None:
        return 0
    draft.told_at = timezone.now()
    draft.save()
    officers = officers_of(draft.district)
    # Inside the transaction, so that the next run retries what could not be sent.
    for officer in officers:
        send(
            f"a return is prepared, {draft.fixed_period.name}",
            message(officer, draft),
            officer.email,
            draft.get_absolute_url(),
        )
    return len(officers)


def message(officer, draft):
    about = f"{draft.funding_stream}, {draft.district}" if draft.funding_stream else draft.district
    return (
        f"{officer.name},\n\nthe return of {about} for {draft.fixed_period} is prepared. "
        "Check it in EITrack under Returns; a second person approves it, then it can be "
        "released.\n"
    )
