import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from eitrack.accounts.models import FactorReset, RoleTerm, User
from eitrack.accounts.roles import Role

PASSWORD = "a long test password"


class UserFactory(DjangoModelFactory):
    """Somebody without a role; traits name the roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    class Params:
        worker = factory.Trait(
            role=factory.RelatedFactory("tests.factories.accounts.RoleTermFactory", "user")
        )
        manager = factory.Trait(
            role=factory.RelatedFactory(
                "tests.factories.accounts.RoleTermFactory", "user", role=Role.MANAGER
            )
        )
        district = factory.Trait(
            role=factory.RelatedFactory(
                "tests.factories.accounts.RoleTermFactory", "user", role=Role.DISTRICT
            )
        )
        administrator = factory.Trait(
            role=factory.RelatedFactory(
                "tests.factories.accounts.RoleTermFactory", "user", role=Role.ADMINISTRATOR
            )
        )

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        """Signing in by the form needs one; `client.force_login` does not, and hashing is slow."""
        if create and extracted:
            self.set_password(extracted)
            self.save()


class RoleTermFactory(DjangoModelFactory):
    class Meta:
        model = RoleTerm

    user = factory.SubFactory(UserFactory)
    role = Role.WORKER


class FactorResetFactory(DjangoModelFactory):
    """Asked for by another administrator, and not confirmed."""

    class Meta:
        model = FactorReset

    user = factory.SubFactory(UserFactory)
    asked_by = factory.SubFactory(UserFactory, administrator=True)
    asked_at = factory.LazyFunction(timezone.now)
