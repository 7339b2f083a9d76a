"""`manage.py dissolve_threads`: to be run by a timer once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from eitrack.activities.threads.life import dissolve_expired


class Command(BaseCommand):
    help = (
        "Dissolve every thread whose last contact was more than 26 weeks ago, also those of people "
        "who left. Their contacts stay as they are."
    )

    def handle(self, **options):
        self.stdout.write(f"Dissolved {dissolve_expired(timezone.localdate())}.")
