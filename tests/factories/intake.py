from hashlib import sha256

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from eitrack.intake import models
from tests.factories.accounts import UserFactory

BRINDLEY = {"authorities": [["399", "Brindley", 1]], "authority_name": "Brindley"}


class BatchFactory(DjangoModelFactory):
    """A file that has been read and waits."""

    class Meta:
        model = models.Batch

    class Params:
        reading = factory.Trait(state="reading")
        imported = factory.Trait(state="imported", imported_at=factory.LazyFunction(timezone.now))
        # A list of places: before, and once its authority was chosen.
        of_places = factory.Trait(kind="places", source="schools", answers=BRINDLEY)
        of_brindley = factory.Trait(
            kind="places", source="schools", answers=BRINDLEY | {"authority": "399"}
        )

    kind = "activity"
    by = factory.SubFactory(UserFactory, worker=True)
    state = "ready"
    uploaded_at = factory.LazyFunction(timezone.now)
    heard_at = factory.LazyFunction(timezone.now)
    digest = factory.Sequence(lambda number: sha256(str(number).encode()).hexdigest())


class StagedRowFactory(DjangoModelFactory):
    class Meta:
        model = models.StagedRow

    batch = factory.SubFactory(BatchFactory)
    number = factory.Sequence(lambda number: number + 1)
    state = "new"
    content = factory.LazyFunction(dict)


class StagedFileFactory(DjangoModelFactory):
    """A sheet of one column, whose questions are open."""

    class Meta:
        model = models.StagedFile

    batch = factory.SubFactory(BatchFactory)
    content = b""
    asks = factory.LazyFunction(
        lambda: {
            "is_open": True,
            "fingerprint": "0" * 64,
            "columns": [{"name": "Date", "field": "DATE", "why": "", "samples": ["3/11/2026"]}],
            "has_lengths": True,
            "has_zeros": False,
            "may_fill_down": False,
            "day_order": "day",
            "day_said": "",
            "unit": "HOURS",
            "unit_said": "",
            "words": {"what": [["d/in", 12]]},
            "workers": [],
            "own_names": None,
        }
    )


class LayoutFactory(DjangoModelFactory):
    class Meta:
        model = models.Layout

    by = factory.SubFactory(UserFactory, worker=True)
    fingerprint = factory.Sequence(lambda number: sha256(str(number).encode()).hexdigest())
    columns = factory.LazyFunction(lambda: ["DATE", "KIND", "PLACE", "LENGTH"])


class WordFactory(DjangoModelFactory):
    class Meta:
        model = models.Word

    by = factory.SubFactory(UserFactory, worker=True)
    field = "what"
    text = factory.Sequence(lambda number: f"word {number}")
