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
