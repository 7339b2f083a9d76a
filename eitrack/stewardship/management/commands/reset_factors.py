"""The way out where there is one administrator only, who has lost the second factor."""

from django.core.management.base import BaseCommand, CommandError

from eitrack.accounts.models import User
from eitrack.directory.factor_resets import ON_SERVER, take_off_factors


class Command(BaseCommand):
    help = (
        "Take the second factors of somebody off: for the only administrator, when the phone is "
        "lost. Elsewhere an administrator and a second person do it on the page of the user."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="their work e-mail")

    def handle(self, *, email, **options):
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the e-mail {email}.")
        take_off_factors(by=None, user=user, reason=ON_SERVER)
        self.stdout.write(
            f"{user} is signed out, and sets up a new second factor at the next sign-in. The trail "
            "says that it was done on the server."
        )
