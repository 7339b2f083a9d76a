"""`manage.py close_accounts`: to be run by a timer once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from eitrack.stewardship.users.leaving import close_accounts


class Command(BaseCommand):
    help = (
        "Close the accounts of people whose last day has passed: their calendar address is dead, "
        "their threads are dissolved. They cannot sign in after that day either way."
    )

    def handle(self, **options):
        self.stdout.write(f"Closed {close_accounts(timezone.now())}.")
