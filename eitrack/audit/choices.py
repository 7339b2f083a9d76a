from django.db import models


class Action(models.TextChoices):
    CREATED = "created", "recorded"
    CHANGED = "changed", "changed"
    VOIDED = "voided", "voided"
    JOINED = "joined", "joined"
    PARTED = "parted", "took apart"
    APPROVED = "approved", "approved"
    CLOSED = "closed", "closed"
    PREPARED = "prepared", "prepared"
    RELEASED = "released", "released"
    WITHDRAWN = "withdrawn", "withdrew"
    COVERED = "covered", "recorded cover on"
    COMPARED = "compared", "compared with a list"
    DISSOLVED = "dissolved", "a thread was dissolved"
    REVEALED = "revealed", "saw the reference of"
    EXPORTED = "exported", "exported"
    SIGNED_IN = "signed_in", "signed in"
    SIGN_IN_FAILED = "sign_in_failed", "failed to sign in"
    SIGNED_OUT = "signed_out", "signed out"
    FACTOR_ADDED = "factor_added", "set up a second factor"
    FACTOR_REMOVED = "factor_removed", "removed a second factor"
    FACTOR_FAILED = "factor_failed", "failed the second factor"
    RESET_ASKED = "reset_asked", "asked to take off the second factors of"
    RESET_DONE = "reset_done", "took off the second factors of"
    IDENTITY_LINKED = "identity_linked", "linked the account of"
    INVITED = "invited", "invited"
    ACCEPTED = "accepted", "accepted the invitation of"
    ROLE_CHANGED = "role_changed", "changed the roles of"
    SWITCHED_OFF = "switched_off", "switched off the account of"
    SWITCHED_ON = "switched_on", "switched on the account of"
    ARCHIVED = "archived", "archived"
    MERGED = "merged", "merged"
    UNMERGED = "unmerged", "undid the merge of"
    IMPORTED = "imported", "brought in"
    TAKEN_BACK = "taken_back", "took back what was brought in by"
    PASSWORD_CHANGED = "password_changed", "changed the password of"
    SENT = "sent", "was sent the whole of"
    EXPIRED = "expired", "removed after their time the entries of"


class RoleChange(models.TextChoices):
    """What happened to a role; begins the reason of its entry."""

    GIVEN = "given", "gave the role"
    CHANGED = "changed", "changed the dates of the role"
    TAKEN = "taken", "took away the role"


# The reason of a password that was changed by a link in a mail.
BY_MAIL = "by_mail"
