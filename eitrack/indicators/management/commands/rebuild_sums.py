"""`manage.py rebuild_sums`: compute all stored sums anew, after a restore or an upgrade."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from eitrack.indicators.monthly.upkeep import rebuild


class Command(BaseCommand):
    help = (
        "Work out all stored monthly sums again from the records. Figures are right without it, as "
        "what is missing or old is worked out when it is asked for; with it the first to ask does "
        "not wait."
    )

    def handle(self, *, verbosity, **options):
        tell = self.stdout.write if verbosity else lambda line: None
        rows = rebuild(timezone.localdate(), tell)
        tell(f"Stored {rows:,} rows.")
