"""What happened to a user, in words."""

from django.db.models import Q

from eitrack.accounts.roles import Role
from eitrack.audit.choices import Action, RoleChange
from eitrack.audit.models import Entry
from eitrack.directory.models import Placement
from eitrack.stewardship.choices import LEAVING

ENTRIES_SHOWN = 40
# Signing in and out is their own.
NOT_TOLD = (Action.SIGNED_IN, Action.SIGNED_OUT, Action.SIGN_IN_FAILED)
OF_USER = {
    Action.CREATED: "added this account",
    Action.CHANGED: "changed the name or the e-mail",
    Action.INVITED: "made a link to choose a password",
    Action.ACCEPTED: "chose a password",
    Action.FACTOR_ADDED: "set up a second factor",
    Action.FACTOR_REMOVED: "removed a second factor",
    Action.FACTOR_FAILED: "noted a wrong code of a second factor",
    Action.IDENTITY_LINKED: "linked the account to the council’s sign-in",
    Action.RESET_ASKED: "asked to take the second factors off",
    Action.RESET_DONE: "took the second factors off",
    Action.PASSWORD_CHANGED: "changed the password",
    Action.SWITCHED_OFF: "switched the account off",
    Action.SWITCHED_ON: "switched the account on",
    Action.CLOSED: "noted that they leave",
}
OF_HAT = {
    Action.CREATED: "gave a hat",
    Action.CHANGED: "changed a hat",
    Action.CLOSED: "ended a hat",
    Action.VOIDED: "took away a hat that had not begun",
}


def told_of(user):
    """[(entry, what)] of the newest entries about the user and their hats."""
    hats = Placement.objects.filter(worker=user).order_by().values("pk")
    of_user = Q(record_kind=user._meta.label, record_id=user.pk)
    of_hats = Q(record_kind=Placement._meta.label, record_id__in=hats)
    entries = Entry.objects.filter(of_user | of_hats).exclude(action__in=NOT_TOLD)
    return [(entry, in_words(entry)) for entry in entries.select_related("by")[:ENTRIES_SHOWN]]


def in_words(entry):
    if entry.action == Action.ROLE_CHANGED:
        change, _, role = entry.reason.rpartition(" ")
        what = RoleChange(change).label if change else "changed the role"
        return f"{what} “{Role(role).label}”"
    if entry.action == Action.SWITCHED_OFF and entry.reason == LEAVING:
        return "switched the account off after the last day"
    words = OF_HAT if entry.record_kind == Placement._meta.label else OF_USER
    return words.get(entry.action, entry.get_action_display())
