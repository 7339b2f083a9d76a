"""`manage.py seal_trail`: part of `manage.py daily`."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from eitrack.audit.chain import seal_finished_days
from eitrack.common.alone import alone


class Command(BaseCommand):
    help = (
        "Seal the finished days of the audit trail, each on from the day before. Safe to run "
        "twice, or on two machines at once: one of them works."
    )

    def handle(self, **options):
        with alone("seal_trail") as is_alone:
            if not is_alone:
                self.stdout.write("Another run is at work, so there is nothing to do here.")
                return
            sealed = seal_finished_days(timezone.now())
        # What is printed stays in a log, outside the database.
        for seal in sealed:
            self.stdout.write(f"{seal.day}  {seal.entries:,} entries  {seal.hash}")
        self.stdout.write(f"Sealed {len(sealed)}.")
