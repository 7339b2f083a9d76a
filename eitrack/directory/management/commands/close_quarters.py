"""`manage.py close_quarters`: to be run by a timer once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from eitrack.directory.closing import close_due_quarters


class Command(BaseCommand):
    help = "Close the quarters that ended more than ten working days ago, in every district."

    def handle(self, **options):
        closed = close_due_quarters(timezone.localdate())
        for district, quarter in closed:
            self.stdout.write(f"Closed {quarter.code}, {district}.")
        if not closed:
            self.stdout.write("No quarter was due.")
