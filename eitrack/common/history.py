"""The history of a record: what it was after each save."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


class History(HistoricalRecords):
    """Of whole saves only: a row of it copies every value the record has in memory.

    After `save(update_fields=...)` it would hold values that were never saved. A queryset's
    `update_or_create` saves so too.
    """

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        if kwargs.get("update_fields") is not None:
            raise TypeError(f"{instance._meta.label} has a history: save it whole.")
        super().post_save(instance, created, using=using, **kwargs)
