from django.db import models


class ReturnKind(models.TextChoices):
    SUMMARY = "summary", "Indicator summary"
    FUNDER = "funder", "Funder return"


class ReturnState(models.TextChoices):
    PREPARING = "preparing", "Being prepared"
    PREPARED = "prepared", "Prepared, to be checked"
    APPROVED = "approved", "Approved"
    RELEASED = "released", "Released"
    WITHDRAWN = "withdrawn", "Withdrawn"


DRAFTS = (ReturnState.PREPARING, ReturnState.PREPARED, ReturnState.APPROVED)


class Side(models.TextChoices):
    """Who speaks in a query: the office that asks, or a manager who answers."""

    DISTRICT = "district", "District office"
    MANAGER = "manager", "Team manager"
