from django.db import models


class FileKind(models.TextChoices):
    """The public lists that are known by their header."""

    SCHOOLS = "schools", "Get Information About Schools: schools"
    CENTRES = "centres", "Get Information About Schools: children’s centres"
    LINKS = "links", "Get Information About Schools: what succeeded what"
    HUBS = "hubs", "List of family hub sites"
    DIRECTORY = "directory", "Directory of services (Open Referral UK)"


class Status(models.TextChoices):
    """Of a place in Get Information About Schools."""

    OPEN = "open", "Open"
    CLOSING = "closing", "Open, proposed to close"
    PROPOSED = "proposed", "Proposed to open"
    CLOSED = "closed", "Closed"


IN_USE = (Status.OPEN, Status.CLOSING)


class ChangeKind(models.TextChoices):
    """What a list says of a place that differs from what is known."""

    NEW = "new", "New"
    RENAMED = "renamed", "Renamed"
    KIND_CHANGED = "kind_changed", "Another kind"
    CLOSED = "closed", "Closed"
    SUCCEEDED = "succeeded", "Succeeded"
    REOPENED = "reopened", "Open again"


class Offered(models.TextChoices):
    """What a row of a list offers; the first five are changes of a place that is known."""

    RENAMED = "renamed", "Renamed"
    KIND_CHANGED = "kind_changed", "Another kind"
    CLOSED = "closed", "Closed"
    SUCCEEDED = "succeeded", "Succeeded"
    REOPENED = "reopened", "Open again"
    NEW = "new", "New in the list"
    UNKNOWN = "unknown", "Not here yet"
    LEFT_OUT = "left_out", "Left out before"
    PROPOSED = "proposed", "Proposed to open"
    GONE = "gone", "Closed, not here"
    SAME = "same", "As it is here"


CHANGES = (
    Offered.RENAMED,
    Offered.KIND_CHANGED,
    Offered.CLOSED,
    Offered.SUCCEEDED,
    Offered.REOPENED,
)
