import factory
from factory.django import DjangoModelFactory

from eitrack.indicators import models
from tests.factories.accounts import UserFactory


class DefinitionCommentFactory(DjangoModelFactory):
    """A worker's comment on what RCH-01 counts."""

    class Meta:
        model = models.DefinitionComment

    code = "RCH-01"
    version = 1
    author = factory.SubFactory(UserFactory, worker=True)
    role = "worker"
    text = "Do twins count as two?"
