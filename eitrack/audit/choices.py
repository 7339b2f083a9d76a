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
    ROLE_CHANGED = "role_changed", "changed the roles of"
