from django.core.management.base import BaseCommand

from eitrack.indicators.monthly.upkeep import compact_marks


class Command(BaseCommand):
    help = "Merge the marks of changes, of which each save adds one. No figure changes."

    def handle(self, **options):
        compact_marks()
        self.stdout.write("Marks of changes are merged.")
