import datetime

from factory.django import DjangoModelFactory

from eitrack.daybook import models


class ContextNoteFactory(DjangoModelFactory):
    """A note about the third quarter of 2026/27; `worker=…` says whose."""

    class Meta:
        model = models.ContextNote

    from_on = datetime.date(2026, 10, 1)
    until_on = datetime.date(2026, 12, 31)
    text = "The hall was closed for two weeks."
