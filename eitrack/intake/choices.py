from django.db import models


class BatchKind(models.TextChoices):
    """What a file brings."""

    PLACES = "places", "Places from a national list"
    SERVICE = "service", "People, places and formal work"
    ACTIVITY = "activity", "Activity from a sheet"


class BatchState(models.TextChoices):
    """How far a file has come; nothing of it is a record before it was imported."""

    READING = "reading", "Being read"
    READY = "ready", "Read, not imported"
    IMPORTING = "importing", "Being imported"
    IMPORTED = "imported", "Imported"
    TAKING_BACK = "taking_back", "Being taken back"
    TAKEN_BACK = "taken_back", "Taken back"
    DROPPED = "dropped", "Dropped"
    REFUSED = "refused", "Refused"


class RowState(models.TextChoices):
    """What an import would do with a row."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    SAME = "same", "Same as now"
    REFUSED = "refused", "Refused"
    HELD_BACK = "held_back", "Held back"
    DOUBLE = "double", "There already"


class WordField(models.TextChoices):
    """Columns whose words are decided one by one."""

    WHAT = "what", "What"
    WHERE = "where", "Where"
    AGENCY = "agency", "Partner agency"


class ZeroMeans(models.TextChoices):
    """What a headcount of 0 says, which differs from sheet to sheet."""

    NOBODY = "nobody", "It ran, and nobody came"
    NOT_RUN = "not_run", "It did not run"
